"""Deleting what somebody wrote (个人信息保护法 第四十七条), and the years for which it has to be
kept (政府采购法 第四十二条).
"""

import datetime as dt
import io
import json

import pytest
import sqlalchemy as sa
from flask import current_app

from market.adapters import blobs
from market.complaints import queries, rules, service
from market.complaints.models import Complaint
from market.complaints.rules import ErasureGround, State
from market.db import db, reading
from market.files import service as files
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from market.windows.models import Window
from tests.factories import accounts as people
from tests.factories import complaints, selection
from tests.factories.accounts import sign_in, submit
from tests.factories.deeds import do
from tests.factories.selection import tick
from verify.zjcs import logcheck
from verify.zjcs.faults import Fault

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
BY_REQUEST = {"ground": ErasureGround.CONSENT_WITHDRAWN, "basis": "本人到窗口书面申请。"}
SECRETS = (
    "王小民",
    "13812345678",
    "属于地域限制",
    "请求更正公告",
    "补充：另有一家",
    "证据一.pdf",
    "没有明确的依据",
)


def everything() -> str:
    """Every text that the database holds, but people's own records and their letters."""
    found = []
    for table in sa.inspect(db.engine).get_table_names():
        if table not in ("person", "letter", "log_leaf", "log_node", "log_head"):
            rows = db.session.execute(sa.select(sa.table(table, sa.literal_column("*"))))
            found += [str(part) for row in rows for part in row]
    db.session.rollback()
    return "\n".join(found)


def a_tip() -> str:
    return do(
        service.tip,
        VISITOR,
        content="有人围标，请核查。",
        contact="zhang@example.org",
        submission_key="k" * 32,
    )


def erase(subject, desk):
    do(service.propose_erasure, desk.officer, subject=subject, **BY_REQUEST)
    return do(service.sign_erasure, desk.signatory, subject=subject)


def written(notice, desk, who):
    """A complaint with a file, completed, and what the body wrote about it."""
    draft = complaints.drafted(notice, who)
    scan = files.receive(
        type("Upload", (), {"filename": "证据一.pdf", "stream": io.BytesIO(PDF)})(),
        current_app.instance_path,
    )
    do(service.attach, who, scan=scan, draft_id=draft)
    number = do(service.file, who, draft_id=draft)
    do(service.ask_completion, desk.officer, number=number, request="请补充另一家的名称。")
    do(service.complete, who, number=number, text="补充：另有一家。")
    return number, scan.key


@pytest.mark.databases
def test_a_tip_is_erased_by_two_persons_and_the_log_says_so(context):
    desk = complaints.desk()
    number = a_tip()
    received = ledger.find(reading(CLOCK), "tip.received", number)
    do(service.propose_erasure, desk.officer, subject=number, **BY_REQUEST)
    with pytest.raises(Refusal, match="erasure.waits"):
        do(service.propose_erasure, desk.officer, subject=number, **BY_REQUEST)
    assert "围标" in everything()
    assert do(service.sign_erasure, desk.signatory, subject=number) == []
    assert not {"围标", "zhang@example.org", "k" * 32} & {
        part for part in ("围标", "zhang@example.org", "k" * 32) if part in everything()
    }
    said = ledger.erasure(reading(CLOCK), received)
    assert said.fields == {
        "v": 1,
        "type": "payload.erased",
        "at": said.fields["at"],
        "subject": number,
        "index": received.index,
        "reason": "consent_withdrawn",
    }
    assert ledger.entry(reading(CLOCK), received.index).leaf == received.leaf
    assert next(iter(queries.tips(reading(desk.officer)))).erased.entry == said.index
    with pytest.raises(Refusal, match="erasure.done"):
        do(service.propose_erasure, desk.officer, subject=number, **BY_REQUEST)
    with pytest.raises(NotFound):
        do(service.sign_erasure, desk.signatory, subject=number)


@pytest.mark.databases
def test_of_a_complaint_nothing_is_left_but_what_was_public(context, clock):
    notice = selection.published_notice()
    desk = complaints.desk()
    who = complaints.citizen()
    number, key = written(notice, desk, who)
    do(
        service.propose_non_acceptance,
        desk.officer,
        number=number,
        reason=rules.Reason.NO_FACTS,
        **{**complaints.GROUNDS, "reasons": "王小民的投诉没有明确的依据。"},
    )
    do(service.sign, desk.signatory, number=number)
    assert all(secret in everything() for secret in SECRETS)
    with pytest.raises(Refusal, match="erasure.kept") as no:
        do(service.propose_erasure, desk.officer, subject=number, **BY_REQUEST)
    assert no.value.facts["until"] == "2041-03-04"
    clock.instant = dt.datetime(2041, 3, 3, 16, tzinfo=dt.UTC)  # the first midnight in China
    assert erase(number, desk) == [key]
    assert [secret for secret in SECRETS if secret in everything()] == []
    row = queries.by_key(reading(CLOCK), number)
    assert (row.state, row.notice_number, row.reason) == (
        State.NOT_ACCEPTED,
        notice,
        rules.Reason.NO_FACTS,
    )
    assert (row.salt, row.complainant_person_id, row.drafted_by) == (
        None,
        None,
        desk.signatory.person_id,
    )
    left = db.session.scalars(sa.select(Window.person_id).where(Window.subject == number)).all()
    assert left and set(left) == {None}
    card = queries.view(reading(desk.officer), number)
    assert (card.content, card.dossier, card.ruling) == (None, None, None)
    assert card.erased.ground is ErasureGround.CONSENT_WITHDRAWN


def test_the_bytes_of_its_files_go_with_it(app, new_client, clock):
    with app.app_context():
        notice = selection.published_notice()
        desk = complaints.desk()
        who = complaints.citizen()
        number, key = written(notice, desk, who)
        do(service.withdraw, who, number=number, note="不再投诉")
        store = blobs.of(app.instance_path)
        assert store.exists(key)
    officer = new_client()
    signatory = new_client()
    sign_in(officer, desk.officer)
    sign_in(signatory, desk.signatory)
    asked = {"number": number, "ground": "consent_withdrawn", "basis": "本人到窗口书面申请。"}
    assert submit(officer, "/office/erasures", asked, to="/office/erasures").status_code == 303
    assert "签发删除" not in officer.get("/office/erasures").text
    assert "签发删除" in signatory.get("/office/erasures").text
    assert (
        submit(signatory, "/office/erasures", to=f"/office/erasures/{number}/sign").status_code
        == 303
    )
    with app.app_context():
        assert not blobs.of(app.instance_path).exists(key)
    for reader in (officer, signatory, new_client()):
        page = reader.get(f"/complaints/{number}")
        assert page.status_code == 200
        assert "已按规定删除" in page.text and "王小民" not in page.text
    sign_in(own := new_client(), who)
    assert "已按规定删除" in own.get(f"/complaints/{number}").text
    assert own.get(f"/complaints/{number}/receipt").status_code == 404
    assert own.get("/complaints/mine").status_code == 200
    assert officer.get("/office/complaints").status_code == 200
    assert new_client().get("/complaints?q=" + number).status_code == 200


def test_the_entrys_page_links_to_what_says_that_it_was_erased(app, client):
    with app.app_context():
        desk = complaints.desk()
        number = a_tip()
        erase(number, desk)
        received = ledger.find(reading(CLOCK), "tip.received", number)
        said = ledger.erasure(reading(CLOCK), received)
    page = client.get(f"/log/entries/{received.index}").text
    assert "已按规定删除" in page and f"/log/entries/{said.index}" in page
    assert f'href="/log/entries/{received.index}"' in client.get(f"/log/entries/{said.index}").text
    assert client.get(f"/log/entries/{received.index}.json").json["payload_erased_by"] == said.index
    assert "payload_erased_by" not in client.get(f"/log/entries/{said.index}.json").json
    sign_in(client, desk.officer)
    assert "内容已按规定删除" in client.get("/office/tips").text


def test_the_log_stays_verifiable_and_lists_what_was_erased(app, live_server):
    with app.app_context():
        selection.town()
        desk = complaints.desk()
        number = a_tip()
        erase(number, desk)
        tick()
        received = ledger.find(reading(CLOCK), "tip.received", number)
        said = ledger.erasure(reading(CLOCK), received)
    steps = list(logcheck.check(logcheck.open_source(f"{live_server.url}/log")))
    assert [step.fault for step in steps] == [None] * len(steps)
    assert f"{received.index} ({number}, {said.index})" in [
        step.detail for step in steps if step.name == "erased"
    ]


@pytest.mark.parametrize("index", [5, 6, -1, "4", None])
def test_an_erasure_of_what_does_not_stand_before_it_is_a_fault(index):
    leaf = {
        "v": 1,
        "type": "payload.erased",
        "at": 1,
        "subject": "XS-1",
        "index": index,
        "reason": "unlawful",
    }
    text = json.dumps(
        {key: value for key, value in leaf.items() if value is not None},
        sort_keys=True,
        separators=(",", ":"),
    )
    with pytest.raises(Fault, match="erased.index"):
        logcheck.Found().keep(5, text.encode())


def test_what_is_not_over_is_not_erased(context):
    notice = selection.published_notice()
    desk = complaints.desk()
    number = complaints.filed(notice)
    for _ in (number, complaints.accepted(number, desk), complaints.decided(number, desk)):
        with pytest.raises(Refusal, match="erasure.still_open"):
            do(service.propose_erasure, desk.officer, subject=number, **BY_REQUEST)


@pytest.mark.parametrize("state", [state for state in State if state not in rules.ENDED])
def test_only_an_ended_complaint_may_be_erased(state):
    with pytest.raises(Refusal, match="erasure.still_open"):
        rules.check_erasable(state, dt.date(2020, 1, 1), 15, dt.date(2050, 1, 1))


def test_what_was_ruled_on_is_kept_to_the_day_and_what_was_taken_back_is_not():
    ended = dt.date(2028, 2, 29)
    assert rules.kept_until(State.CLOSED, ended, 15) == dt.date(2043, 3, 1)
    assert rules.kept_until(State.NOT_ACCEPTED, ended, 16) == dt.date(2044, 2, 29)
    assert rules.kept_until(State.WITHDRAWN, ended, 15) is None
    rules.check_erasable(State.CLOSED, ended, 15, dt.date(2043, 3, 1))
    rules.check_erasable(State.WITHDRAWN, ended, 15, ended)
    with pytest.raises(Refusal, match="erasure.kept"):
        rules.check_erasable(State.CLOSED, ended, 15, dt.date(2043, 2, 28))


def test_one_person_alone_erases_nothing(context):
    body = complaints.desk()
    number = a_tip()
    both = people.member(body.organisation_id, "complaint_officer", "complaint_signatory")
    do(service.propose_erasure, both, subject=number, **BY_REQUEST)
    with pytest.raises(Refusal, match="erasure.same_person"):
        do(service.sign_erasure, both, subject=number)
    for who, verb in (
        (body.officer, service.sign_erasure),
        (body.signatory, service.propose_erasure),
    ):
        with pytest.raises(NotPermitted):
            do(verb, who, subject=number, **(BY_REQUEST if verb is service.propose_erasure else {}))
    do(service.return_erasure, body.signatory, subject=number, note="请写明申请日期")
    assert queries.erasures(reading(body.officer))[0].return_note == "请写明申请日期"
    do(service.propose_erasure, body.officer, subject=number, **BY_REQUEST)


def test_another_bodys_complaint_is_like_an_absent_one(context):
    other = complaints.regulator_desk()
    notice = selection.published_notice()
    desk = complaints.desk()
    who = complaints.citizen()
    number = complaints.filed(notice, who)
    do(service.withdraw, who, number=number, note="误会")
    for subject in (number, "TS-360481-2026-09999", "XS-360481-2026-09999"):
        with pytest.raises(NotFound):
            do(service.propose_erasure, other.officer, subject=subject, **BY_REQUEST)
    do(service.propose_erasure, desk.officer, subject=number, **BY_REQUEST)
    with pytest.raises(NotFound):
        do(service.sign_erasure, other.signatory, subject=number)
    assert (
        db.session.scalar(sa.select(Complaint.complainant_name).where(Complaint.number == number))
        == "王小民"
    )


def test_the_form_says_what_is_wrong_and_who_may_not_gets_no_page(app, client, new_client):
    with app.app_context():
        desk = complaints.desk()
        clerk = people.member(people.body("office"), "intake_clerk")
    sign_in(client, desk.officer)
    assert (
        submit(
            client, "/office/erasures", {"number": "", "basis": ""}, to="/office/erasures"
        ).status_code
        == 422
    )
    absent = {"number": "TS-360481-2026-09999", "ground": "unlawful", "basis": "监察要求。"}
    gone = submit(client, "/office/erasures", absent, to="/office/erasures")
    assert gone.status_code == 404 and "没有这件投诉" in gone.text
    sign_in(other := new_client(), clerk)
    assert other.get("/office/erasures").status_code == 403
