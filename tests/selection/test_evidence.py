"""What the product shows of its draws convinces outsiders: both verifiers, each file alone and the
whole live log.
"""

import datetime as dt
import hashlib
import json
import subprocess
import sys

import pytest
from flask import current_app

from market.adapters import vkeys
from market.complaints import jobs as complaint_jobs
from market.complaints.rules import Outcome, Remedy
from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.clock import epoch
from market.kernel.errors import NotFound
from market.ledger import jobs as ledger
from market.ledger import queries as log
from market.selection.entries import service as entry_service
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices.rules.states import NoticeState
from market.selection.results import queries as result_queries
from market.selection.results import service as result_service
from market.selection.sources import queries as source_queries
from market.selection.sources import service as source_service
from market.selection.sources.queries.evidence import evidence_of
from tests.factories import agencies as agency
from tests.factories import complaints
from tests.factories import selection as made
from tests.factories import witness as near
from tests.verify.node import ROOT, batch, node
from verify.zjcs import evidence as verifier
from verify.zjcs.faults import Fault

MANY = 258  # two more than stand in one leaf: rule 14


def card(number):
    return result_queries.notice(reading(CLOCK), number)


def data_of(number):
    return evidence_of(reading(CLOCK), card(number).draw_number, vkeys.vkeys(current_app.config))


def file_of(number):
    return json.dumps(data_of(number), ensure_ascii=False)


def cosignatures_of(number):
    """What the draw's page hands out beside the evidence."""
    return source_queries.cosignatures_of(reading(CLOCK), card(number).draw_number)


def keys_json():
    """keys.json as the regulator publishes it."""
    return json.dumps(fabric().witness.keys())


def convinces(tmp_path, number):
    """Both verifiers, as programs, with the file's own keys and with the regulator's; returns the
    file's data.
    """
    path = tmp_path / f"{number}.json"
    pinned = tmp_path / "keys.json"
    listed = tmp_path / "cosignatures.json"
    listed.write_text(json.dumps(cosignatures_of(number)), encoding="utf-8")
    path.write_text(file_of(number), encoding="utf-8")
    pinned.write_text(keys_json(), encoding="utf-8")
    for program in (
        [sys.executable, str(ROOT / "verify/verify_draw.py")],
        [node(), str(ROOT / "static/verify/cli.mjs")],
    ):
        for keys in ([], ["--keys", str(pinned)]):
            run = subprocess.run(
                [*program, str(path), *keys, "--cosignatures", str(listed)],
                capture_output=True,
                text=True,
                timeout=60,
            )
            assert run.returncode == 0, run.stdout + run.stderr
    data = json.loads(path.read_text())
    shown = result_queries.entry_list(reading(CLOCK), number)
    assert [row["ref"] for row in data["order"]] == [row.ref for row in shown if row.rank]
    assert [row["ticket"] for row in data["order"]] == [row.ticket for row in shown if row.rank]
    return data


def types(data):
    return [json.loads(leaf["utf8"])["type"] for leaf in data["leaves"]]


@pytest.mark.databases
def test_an_ordinary_draw(context, tmp_path):
    number, _ = made.announced_notice()
    data = convinces(tmp_path, number)
    assert types(data) == [
        "source.anchor",
        "source.anchor",
        "notice.published",
        *["entry.received"] * 3,
        "entries.sealed",
        "source.value",
        "source.value",
        "draw.result",
    ]
    assert data["level"] == "S1"
    assert data["log"]["witnesses"] == [fabric().witness.inner.vkey.vkey]


def test_withdrawn_renewed_and_excluded_entries(context, tmp_path):
    number = made.published_notice()
    who = made.entered(number, 2)
    who.append(
        agency.active_agency([made.ITEM], legal_representative="到期", valid_to=dt.date(2026, 3, 8))
    )
    made.enter(number, who[2])
    who += made.entered(number, 2)
    in_one_transaction(entry_service.withdraw, who[0].actor, number=number)
    in_one_transaction(
        entry_service.enter_anew,
        who[1].actor,
        number=number,
        quote_fen=9_900_000,
        sealing_key=made.keys().sealing_public(),
    )
    made.drawn(number)
    data = convinces(tmp_path, number)
    assert types(data).count("entry.received") == 6
    assert types(data).count("entry.withdrawn") == 2
    assert {row["ref"] for row in data["order"]} == {who[1].ref, who[3].ref, who[4].ref}
    sealed = next(
        json.loads(leaf["utf8"]) for leaf in data["leaves"] if "entries.sealed" in leaf["utf8"]
    )
    assert [(row["ref"], row["reason"]) for row in sealed["excluded"]] == [
        (who[2].ref, "agency.qualification_expired")
    ]


def test_a_disqualified_winner_and_the_end(context, tmp_path):
    number, _ = made.announced_notice()
    before = data_of(number)
    service_call = {"number": number, "reason": "false_statement", "by": "O000001"}
    in_one_transaction(result_service.annul_to_next, CLOCK, **service_call)
    made.tick()
    in_one_transaction(result_service.mark_awarded, CLOCK, number=number)
    in_one_transaction(result_service.mark_contracted, CLOCK, number=number)
    made.tick()
    data = convinces(tmp_path, number)
    assert types(data)[-2:] == ["result.skip", "result.final"]
    assert data["order"] == before["order"]
    assert json.loads(data["leaves"][-1]["utf8"])["winners"] == [before["order"][1]["ref"]]


def test_a_seal_witnessed_late_postpones_by_rule(context, tmp_path):
    number = made.published_notice()
    made.entered(number)
    witness = fabric().witness
    witness.answers = False
    made.sealed(number)
    promised = card(number).draw_at
    made.move_to(promised + dt.timedelta(minutes=2))
    assert card(number).state is NoticeState.WAITING_VALUE
    witness.answers = True
    made.tick()
    late = promised + dt.timedelta(minutes=3)
    assert source_queries.draw(reading(CLOCK), card(number).draw_number).draw_at == late
    made.move_to(late)
    assert card(number).state is NoticeState.WAITING_VALUE  # the next slot is a round ten minutes
    made.move_to(promised + dt.timedelta(minutes=10))
    assert card(number).state is NoticeState.ANNOUNCED
    data = convinces(tmp_path, number)
    assert "draw.postponed" in types(data)
    slots = {
        value["slot"]
        for leaf in data["leaves"]
        if (value := json.loads(leaf["utf8"]))["type"] == "source.value"
    }
    planned = next(
        json.loads(leaf["utf8"]) for leaf in data["leaves"] if "notice.published" in leaf["utf8"]
    )
    assert slots == {planned["sources"][0]["slot"] + 1}


def test_an_amended_and_a_relisted_notice(context, tmp_path):
    number = made.published_notice()
    made.entered(number, 1)
    in_one_transaction(
        notice_service.amend,
        made.publisher(),
        number=number,
        entry_close=made.at(8),
        draw_at=made.at(8, 17, 30),
        reason="补充资料",
    )
    made.entered(number, 2)
    made.drawn(number)
    assert "notice.amended" in types(convinces(tmp_path, number))


def test_a_notice_that_a_decision_has_worded_anew_and_moved(context, clock, tmp_path):
    """And then a relisting that was signed while it was drawn: the result stands in the file as it
    was drawn.
    """
    desk = complaints.desk()
    number = made.published_notice()
    first, second = (complaints.accepted(complaints.filed(number), desk) for _ in range(2))
    made.entered(number, 3)
    clock.advance(dt.timedelta(days=6))
    complaints.decided(
        first, desk, Outcome.UPHELD, {Remedy.AMEND: ""}, texts={"scale": "约 100 亩"}
    )
    made.sealed(number)
    complaints.decided(second, desk, Outcome.UPHELD, {Remedy.RELIST: ""})
    made.drawn(number)
    complaint_jobs.open_filing()
    assert result_queries.notice(reading(CLOCK), number).state == "annulled"
    (amended,) = (
        leaf for leaf in convinces(tmp_path, number)["leaves"] if '"notice.amended"' in leaf["utf8"]
    )
    document = notice_queries.document(reading(CLOCK), number)
    assert (
        json.loads(amended["utf8"])["notice_sha256"]
        == hashlib.sha256(document.encode()).hexdigest()
    )


def test_a_draw_below_a_witness(context, tmp_path):
    """S0, of a demonstration without a regulator: the file says so, and holds."""
    made.town(witnessed=False)
    near.take_away()
    number = made.published_notice(fund=made.Fund.SOCIAL, fiscal_percent=0)
    made.entered(number)
    made.drawn(number)
    data = data_of(number)
    assert data["level"] == "S0"
    assert data["log"]["witnesses"] == []
    assert [step.fault for step in verifier.check(json.dumps(data)) if step.fault] == []
    assert batch([{"text": json.dumps(data)}])[0]["ok"] is True


def test_a_long_list_in_parts(context, tmp_path):
    number = made.published_notice()
    first = made.agency()
    for each in [first, *agency.alike(first, MANY - 1)]:
        made.enter(number, each, 9_000_000)
    made.drawn(number)
    data = convinces(tmp_path, number)
    assert types(data).count("entries.part") == 2
    assert len(data["order"]) == MANY


def test_two_draws_of_one_slot_share_their_values(context, tmp_path):
    first = made.published_notice()
    second = made.published_notice()
    made.entered(first)
    made.entered(second, 4)
    made.drawn(second)
    one = convinces(tmp_path, first)
    two = convinces(tmp_path, second)
    values = [
        [leaf for leaf in data["leaves"] if "source.value" in leaf["utf8"]] for data in (one, two)
    ]
    assert values[0] == values[1]
    assert one["seed"] != two["seed"]


def test_there_is_no_evidence_before_the_result_nor_before_a_witness_saw_it(context):
    number = made.published_notice()
    made.entered(number)
    for reach in (lambda: None, lambda: made.sealed(number)):
        reach()
        with pytest.raises(NotFound, match=r"draw\.no_result"):
            data_of(number)
    fabric().clock.instant = card(number).draw_at
    made.windows.sweep()
    made.source_jobs.bring_values()
    assert card(number).state is NoticeState.ANNOUNCED
    with pytest.raises(NotFound, match=r"draw\.evidence_soon"):
        data_of(number)
    ledger.witness_head()
    assert data_of(number)["order"]


def test_what_waits_for_its_witness_is_shown_a_moment_later(context):
    number, _ = made.announced_notice()
    before = data_of(number)
    in_one_transaction(
        result_service.annul_to_next, CLOCK, number=number, reason="false_statement", by="O000001"
    )
    assert [leaf for leaf in data_of(number)["leaves"] if leaf not in before["leaves"]] == []
    ledger.witness_head()
    assert types(data_of(number))[-1] == "result.skip"


def test_every_changed_byte_is_refused(context):
    """One bit of each hundredth byte, and of every byte of one leaf: Python and JavaScript refuse
    all of them.
    """
    number, _ = made.announced_notice()
    text = file_of(number).encode()
    leaf = text.index(b"draw.result")
    places = sorted({*range(0, len(text), 97), *range(leaf, leaf + 120)})
    changed = [
        bytes([*text[:place], text[place] ^ 1, *text[place + 1 :]]).decode(
            "utf-8", errors="replace"
        )
        for place in places
    ]
    assert len(changed) > 200
    for place, each in zip(places, changed, strict=True):
        with pytest.raises(Fault):
            list(verifier.check(each)), place
    assert [answer["ok"] for answer in batch([{"text": each} for each in changed])] == [
        False
    ] * len(changed)


def test_the_whole_live_log(live_server, app, clock, tmp_path):
    """An outsider reads everything over HTTP: hashes, head, and every draw with its evidence."""
    with app.app_context():
        drawn, _ = made.announced_notice()
        failed = made.published_notice()
        made.entered(failed, 1)
        made.drawn(failed)
        in_one_transaction(
            result_service.annul_to_next,
            CLOCK,
            number=drawn,
            reason="false_statement",
            by="O000001",
        )
        made.tick()
        open_one = made.published_notice()
        made.entered(open_one, 2)
        made.tick()
        (tmp_path / "keys.json").write_text(keys_json())
        size = log.size(reading(CLOCK))
        winner = data_of(drawn)["order"][0]["ref"]
    run = subprocess.run(
        [
            sys.executable,
            str(ROOT / "verify/verify_log.py"),
            f"{live_server.url}/log",
            "--tiles",
            "--keys",
            str(tmp_path / "keys.json"),
            "--as-of",
            str(int(clock.instant.timestamp())),
        ],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert str(size) in run.stdout
    assert winner in run.stdout


def test_a_witness_key_is_learnt_once_and_rules_from_then_on(context):
    made.town()
    witness = fabric().witness
    made.tick()
    known = vkeys.witness_vkeys(current_app.config)
    assert known == [witness.inner.vkey.vkey]
    (made.keys().folder.parent / "witness" / "journal.jsonl").unlink()
    (made.keys().folder.parent / "witness").rename(made.keys().folder.parent / "first-witness")
    fabric().witness = made.witness()
    in_one_transaction(
        source_service.anchor_chain,
        CLOCK,
        source="x-chain",
        anchor="0" * 64,
        genesis=0,
        period=1,
        n=1,
    )
    head = log.cosigned(reading(CLOCK))
    made.tick()
    assert log.cosigned(reading(CLOCK)) == head  # another key's cosignature is not kept
    assert vkeys.witness_vkeys(current_app.config) == known
    assert epoch(head.cosigned_at) > 0
