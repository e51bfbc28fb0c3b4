"""Clues for a discipline body: written down, exported, signed for, asked after once; nobody but the body
that hands over reads them, and the log has nothing that could warn anybody.
"""

import dataclasses
import datetime as dt
import hashlib
import io
import json
import re
import zipfile
import zlib

import pytest

from market.db import reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from market.oversight import handing, queries, service
from market.oversight.rules import clues as rules
from market.oversight.rules.clues import ClueKind, ClueStanding, Found
from market.web.pdf import paper, wrap
from tests.factories import accounts as people
from tests.factories import agencies
from tests.factories import selection as made
from tests.factories.accounts import sign_in, submit
from tests.factories.deeds import do
from verify.zjcs import evidence, keys

FOUND = Found(
    kind=ClueKind.COLLUSION,
    receiver="瑞昌市纪律检查委员会",
    subjects="甲测绘有限公司 A000001\n乙测绘有限公司 A000002 CANARY",
    facts="3月4日两家机构用同一台电脑报名 CANARY。",
    checked="报名记录和报价。",
    unchecked="两家机构的往来款项。",
)


@pytest.fixture
def inspector(app, context):
    made.town()
    return people.staff("inspection", "inspector")


def made_clue(who, **more):
    return do(service.make_clue, who, found=FOUND, **more)


def shown(pdf):
    """The lines that a paper draws, read as a reader of PDF does."""
    streams = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)
    drawn = b"\n".join(map(zlib.decompress, streams)).decode()
    return [
        bytes.fromhex(each).decode("utf-16-be") for each in re.findall(r"<([0-9a-f]*)> Tj", drawn)
    ]


@pytest.mark.databases
def test_from_the_paper_to_the_one_question_each_day_is_the_sender_s(inspector):
    number, _entrants = made.announced_notice()
    clue = made_clue(inspector, notice=number, submission_key="k")
    assert made_clue(inspector, notice=number, submission_key="k") == clue
    card = queries.clue(reading(inspector), clue)
    assert card.commit == rules.digest(card.salt, clue, number, FOUND)
    assert card.due.responsible_id == inspector.organisation_id
    said = b"".join(each.leaf for each in ledger.of_subject(reading(CLOCK), clue))
    assert b"CANARY" not in said
    assert number.encode() not in said

    scan = agencies.paper("回执.pdf")
    given = {"number": clue, "scan": scan}
    with pytest.raises(Invalid, match=r"clue.receipt_day"):
        do(service.keep_clue_receipt, inspector, **given, signed_on=dt.date(2020, 1, 1))
    with pytest.raises(Refusal, match=r"clue.ask_early"):
        do(service.ask_after_clue, inspector, number=clue, answer="尚在办理。")
    do(service.keep_clue_receipt, inspector, **given, signed_on=reading(CLOCK).today)
    with pytest.raises(Refusal, match=r"clue.receipt_twice"):
        do(service.keep_clue_receipt, inspector, **given, signed_on=reading(CLOCK).today)
    card = queries.clue(reading(inspector), clue)
    assert (card.standing, card.due) == (ClueStanding.HANDED_OVER, None)  # nobody has a clock

    made.move_to(reading(CLOCK).now + dt.timedelta(days=24))  # more than 15 working days
    card = queries.clue(reading(inspector), clue)
    assert card.standing is ClueStanding.TO_ASK
    do(service.ask_after_clue, inspector, number=clue, answer="已立案，尚在办理。")
    with pytest.raises(Refusal, match=r"clue.asked_before"):
        do(service.ask_after_clue, inspector, number=clue, answer="又问一次。")
    kinds = [each.type for each in ledger.of_subject(reading(CLOCK), clue)]
    assert [each for each in kinds if each.startswith("clue.")] == [
        "clue.made",
        "clue.handed_over",
        "clue.asked_after",
    ]


@pytest.mark.databases
def test_only_the_body_that_hands_over_reads_it(inspector):
    clue = made_clue(inspector)
    regulator = people.staff("regulator", "regulator_officer", name="自然资源局")
    with pytest.raises(NotFound, match=r"clue.none"):
        queries.clue(reading(regulator), clue)
    with pytest.raises(NotFound, match=r"clue.none"):
        do(service.export_clue, regulator, number=clue, sha256="0" * 64)
    assert queries.clues(reading(regulator)) == []
    colleague = people.member(inspector.organisation_id, "inspector")
    assert queries.clue(reading(colleague), clue).number == clue
    with pytest.raises(NotPermitted):
        made_clue(people.staff("office", "enrolment_checker"))


def test_what_is_not_said_is_named_field_by_field(inspector):
    empty = dataclasses.replace(FOUND, facts=" ", unchecked="\u200b")
    with pytest.raises(Refusal) as no:
        do(service.make_clue, inspector, found=empty)
    assert {each.field for each in no.value.each} == {"facts", "unchecked"}


def test_who_had_a_hand_in_a_notice_makes_no_clue_of_it(app, context):
    number, _entrants = made.announced_notice()
    steps = made.result_queries.steps(reading(CLOCK), number)
    person = next(each.person_id for each in steps if each.act == "published")
    people.join(people.body("inspection"), person, "inspector")
    overseer = people.actor_of(person, people.body("inspection"))
    with pytest.raises(Refusal, match=r"oversight.own_matter"):
        made_clue(overseer, notice=number)


def test_the_archive_proves_itself_and_its_digest_is_on_the_log(app, client):
    with app.app_context():
        inspector = people.staff("inspection", "inspector")
        number, _entrants = made.announced_notice()
        made.tick()
        clue = made_clue(inspector, notice=number)
    sign_in(client, inspector)
    page = f"/office/clues/{clue}"
    first = submit(client, page, {}, to=f"{page}/export")
    assert first.status_code == 200
    assert first.data == submit(client, page, {}, to=f"{page}/export").data
    pack = zipfile.ZipFile(io.BytesIO(first.data))
    for line in pack.read("SHA256SUMS").decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(pack.read(name)).hexdigest() == digest
    said = json.loads(pack.read("clue.json"))
    assert rules.digest(said["salt"], clue, number, FOUND) == said["commit"]
    with app.app_context():
        pinned = keys.load(json.dumps(made.fabric().witness.inner.keys()))
        exported = ledger.find(reading(CLOCK), "clue.exported", clue)
        assert exported.fields["sha256"] == hashlib.sha256(first.data).hexdigest()
    assert [step for step in evidence.check(pack.read("evidence.json"), pinned) if step.fault] == []
    lines = shown(pack.read("hand-over.pdf"))
    assert lines[0] == handing.TITLE
    assert f"编号：{clue}" in lines
    assert any("CANARY" in line for line in lines)


def test_a_long_paper_has_pages_and_every_sign_of_it():
    text = "测绘成果报告 ABC 𠮷 " * 900
    pdf = paper("标题", [text])
    assert pdf.count(b"/Type/Page/") > 1
    assert "".join(shown(pdf)[1:]) == text.replace("𠮷", "〓")
    assert all(sum(1 + (ord(sign) > 255) for sign in line) <= 86 for line in wrap(text))
    table = int(pdf.rsplit(b"startxref\n", 1)[1].split()[0])
    assert pdf[table:].startswith(b"xref")
    places = re.findall(rb"(?m)^(\d{10}) 00000 n ", pdf[table:])
    for number, place in enumerate(places, 1):
        assert pdf[int(place) :].startswith(b"%d 0 obj" % number)
