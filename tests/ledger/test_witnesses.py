"""Several witnesses, each a process of its own: the level S3, and the guard that asks them before
the first write.
"""

import datetime as dt
import json
import pathlib
import subprocess
import sys

import pytest
from flask import current_app

from market.adapters import vkeys
from market.adapters.beacon import Forked, HttpWitness
from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.clock import epoch
from market.kernel.errors import Refusal
from market.ledger import jobs, queries
from market.ledger import service as ledger_service
from market.ledger.guard import Guard
from market.selection.results import queries as result_queries
from market.selection.sources import queries as source_queries
from market.selection.sources import service as source_service
from market.selection.sources.queries.evidence import evidence_of
from market_witness import folder as store
from tests.factories import accounts as people
from tests.factories import selection as made
from tests.factories import witness as near
from tests.ledger.test_service import note
from tests.operations.test_backup import grow, market, restored, run
from tests.selection.outsiders import real_rounds
from tests.verify.node import ROOT, node
from tests.witness.process import make
from verify.zjcs import note as notes

__all__ = ["market"]  # a fixture
ORIGIN = "zjcs.example.org/log"
REGULATOR = "regulator.example.org/w1"
NOTARY = "notary.example.org/w1"


def two_processes(tmp_path, clock, genesis):
    """The regulator's and the notary's, not yet started."""
    facts = {
        "origin": ORIGIN,
        "log": [made.keys().log_vkey()],
        "genesis": genesis,
        "period": made.PERIOD,
        "slots": made.SLOTS,
    }
    anchors = {made.OPERATOR_CHAIN: store.whole(made.keys().chain().anchor_leaf())}
    regulator = make(
        tmp_path / "regulator",
        clock,
        name=REGULATOR,
        source=made.REGULATOR_CHAIN,
        anchors=anchors,
        **facts,
    )
    notary = make(tmp_path / "notary", clock, name=NOTARY, source="notary-chain-1", **facts)
    store.trust(regulator.folder, notary.vkey)
    return [regulator, notary]


@pytest.fixture
def started(context, tmp_path, clock, monkeypatch):
    """Two witness processes at their addresses; the regulator's holds the second chain and names
    the notary's key too.
    """

    running = []
    ticks = made.tick

    def start(genesis):
        both = two_processes(tmp_path, clock, genesis)
        running.extend(each.start() for each in both)
        context.config["WITNESS_URLS"] = [each.url for each in both]
        near.take_away()
        return both

    def tick():
        for each in running:
            each.keep_time()
        ticks()

    monkeypatch.setattr(made, "tick", tick)
    yield start
    for each in running:
        each.stop()


def with_two(started, clock, monkeypatch):
    """A town whose second chain is the regulator's process's, in the days of the real round 657413."""
    clock.instant = dt.datetime(2023, 9, 8, 2, tzinfo=dt.UTC)
    monkeypatch.setattr(made, "GENESIS", epoch(dt.datetime(2023, 9, 1, tzinfo=dt.UTC)))
    both = started(made.GENESIS)
    made.town()
    regulator = people.organisation("regulator", "自然资源局")
    facts = HttpWitness(both[0].url).chain()
    in_one_transaction(
        source_service.anchor_chain,
        CLOCK,
        source=made.REGULATOR_CHAIN,
        owner_id=regulator,
        **made._anchor(facts),
    )
    made.tick()
    return both


def ready():
    """A notice of three sources with three entrants, before its close."""
    number = made.published_notice(
        beacon=True, entry_close=made.at(7, 18, 30), draw_at=made.at(7, 19)
    )
    made.entered(number)
    return number


def drawn(number):
    """The draw, with the round handed in; returns its evidence."""
    card = result_queries.notice(reading(CLOCK), number)
    made.move_to(card.draw_at + dt.timedelta(seconds=3))
    signature = real_rounds()[657413]["signature"]
    in_one_transaction(
        source_service.submit_value,
        VISITOR,
        draw_no=card.draw_number,
        source="drand-quicknet",
        round_=657413,
        signature=signature,
    )
    made.tick()
    return evidence_of(reading(CLOCK), card.draw_number, vkeys.vkeys(current_app.config))


def say(tmp_path, data, keys):
    """What both programs say of the file: (exit code, output) by name; `keys` the regulator's
    keys.json, or None.
    """
    path = tmp_path / "evidence.json"
    pinned = tmp_path / "keys.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    more = []
    if keys is not None:
        pinned.write_text(keys, encoding="utf-8")
        more = ["--keys", str(pinned)]
    said = {}
    for name, program in (
        ("python", [sys.executable, str(ROOT / "verify/verify_draw.py")]),
        ("node", [node(), str(ROOT / "static/verify/cli.mjs")]),
    ):
        run = subprocess.run(
            [*program, str(path), *more], capture_output=True, text=True, timeout=60
        )
        said[name] = run.returncode, run.stdout + run.stderr
    return said


def test_two_timely_witnesses_and_a_beacon_make_s3(context, started, clock, monkeypatch, tmp_path):
    both = with_two(started, clock, monkeypatch)
    assert [key.split("+")[0] for key in vkeys.witness_vkeys(current_app.config)] == [
        REGULATOR,
        NOTARY,
    ]
    number = ready()
    made.sealed(number)
    data = drawn(number)
    assert data["level"] == "S3"
    card = result_queries.notice(reading(CLOCK), number)
    assert source_queries.watched(reading(CLOCK), card.draw_number).level == "S3"
    assert "S3" in current_app.test_client().get(f"/draws/{card.draw_number}").text
    seal = notes.parse_note(data["seal"]["checkpoint"])
    assert {line.name for line in seal.signatures} == {ORIGIN, REGULATOR, NOTARY}
    for keys in (both[0].keys(), None):
        for name, (code, said) in say(tmp_path, data, keys).items():
            assert code == 0, name + said
    low = {**data, "level": "S2"}
    for name, (code, said) in say(tmp_path, low, both[0].keys()).items():
        assert (code, "S3" in said) == (1, True), name + said


def test_a_second_witness_that_comes_late_leaves_it_at_s2(
    context, started, clock, monkeypatch, tmp_path
):
    both = with_two(started, clock, monkeypatch)
    number = ready()
    both[1].stop()
    made.sealed(number)
    card = result_queries.notice(reading(CLOCK), number)
    made.move_to(card.draw_at - dt.timedelta(seconds=59))
    both[1].start()
    made.tick()
    data = drawn(number)
    assert data["level"] == "S2"
    assert NOTARY in data["seal"]["checkpoint"]  # it did cosign the same head, a second too late
    for name, (code, said) in say(tmp_path, data, both[0].keys()).items():
        assert code == 0, name + said


def test_a_witness_that_was_away_cosigns_what_it_missed_in_order(
    context, started, clock, monkeypatch
):
    both = with_two(started, clock, monkeypatch)
    both[1].stop()
    for number in range(5):
        in_one_transaction(note, CLOCK, number)
        clock.advance(dt.timedelta(seconds=5))
        made.tick()
    heads = queries.cosigned_beyond(reading(CLOCK), 0, 100)[-5:]
    assert not any(NOTARY in head.note for head in heads)
    assert all(head.cosigned_at for head in heads)
    both[1].start()
    made.tick()
    assert all(NOTARY in head.note for head in queries.cosigned_beyond(reading(CLOCK), 0, 100)[-5:])
    jobs.FOLLOWED.of().clear()  # a clock that was started anew knows nothing, and asks
    in_one_transaction(note, CLOCK, 5)
    made.tick()
    assert NOTARY in queries.checkpoint(reading(CLOCK)).note


def test_the_further_witness_waits_until_the_chains_holder_was_met(
    context, started, clock, monkeypatch
):
    both = started(made.GENESIS)
    both[0].stop()
    in_one_transaction(note, CLOCK, 1)
    made.tick()
    assert vkeys.witness_vkeys(current_app.config) == []
    assert NOTARY not in queries.checkpoint(reading(CLOCK)).note
    both[0].start()
    made.tick()
    assert [key.split("+")[0] for key in vkeys.witness_vkeys(current_app.config)] == [
        REGULATOR,
        NOTARY,
    ]


def test_witnesses_are_met_in_whatever_order_they_come(
    context, started, clock, monkeypatch, tmp_path
):
    regulator, notary = started(made.GENESIS)
    third = make(
        tmp_path / "third",
        clock,
        name="third.example.org/w1",
        source="c-1",
        origin=ORIGIN,
        log=[made.keys().log_vkey()],
        genesis=made.GENESIS,
        period=made.PERIOD,
        slots=50,
    ).start()
    try:
        store._change(regulator.folder, {**store.settings(regulator.folder), "witnesses": []})
        regulator.stop()
        regulator.start()
        context.config["WITNESS_URLS"] = [regulator.url, notary.url, third.url]
        notary.stop()
        in_one_transaction(note, CLOCK, 1)
        made.tick()
        notary.start()
        in_one_transaction(note, CLOCK, 2)
        made.tick()
    finally:
        third.stop()
    head = notes.parse_note(queries.checkpoint(reading(CLOCK)).note)
    assert {line.name for line in head.signatures} == {
        ORIGIN,
        REGULATOR,
        NOTARY,
        "third.example.org/w1",
    }
    assert [key.split("+")[0] for key in vkeys.witness_vkeys(current_app.config)] == [
        REGULATOR,
        "third.example.org/w1",
        NOTARY,
    ]


# --- the guard ----------------------------------------------------------------------------


@pytest.fixture
def put_back(app, market, tmp_path, clock, started):
    """A witness's process that has seen more than a copy of the database holds, and the product on
    that copy, on a new
    machine: the checkpoint beside the database is lost. Both sizes, the product, the witness.
    """
    with app.app_context():
        (one, _) = started(made.GENESIS)
        app.config["WITNESS_URLS"] = [one.url]
    run(app, tmp_path / "backup")
    with app.app_context():
        size = queries.size(reading(CLOCK))
    for _ in range(3):
        seen = grow(app)
    (market / "checkpoint").unlink()
    again = restored(app, tmp_path / "backup" / "market.sqlite", clock)
    again.config.update(WITNESS_URLS=[one.url], ORIGIN=ORIGIN)
    ledger_service._edges.clear()
    return size, seen, again, one


def read_only(app):
    answer = app.test_client().get("/healthz")
    return answer.json["read_only"]


def test_a_backup_put_back_on_a_new_machine_writes_nothing(put_back):
    size, seen, again, _ = put_back
    with again.app_context():
        with pytest.raises(Refusal, match=r"ledger\.read_only"):
            in_one_transaction(note, CLOCK, 1)
        assert queries.size(reading(CLOCK)) == size
    assert read_only(again) == f"witness: {seen} > {size}"
    assert f"witness: {seen} &gt; {size}" in again.test_client().get("/accessibility").text


def test_a_silent_witness_at_the_start_is_a_warning_and_finds_the_fork_later(put_back, caplog):
    size, seen, again, one = put_back
    one.stop()
    with again.app_context():
        for number in range(
            seen - size + 2
        ):  # beyond what the witness saw: only the tree tells the difference
            in_one_transaction(note, CLOCK, number)
        assert "the witness was not asked" in caplog.text
        one.start()
        jobs.witness_head()
        with pytest.raises(Refusal, match=r"ledger\.read_only"):
            in_one_transaction(note, CLOCK, 1)
    assert read_only(again).startswith("witness: ")


def test_another_history_of_the_length_that_the_witness_saw_is_found_too(put_back):
    size, seen, again, one = put_back
    one.stop()
    with again.app_context():
        for number in range(seen - size):
            in_one_transaction(note, CLOCK, number)
        one.start()
        jobs.witness_head()
        with pytest.raises(Refusal, match=r"ledger\.read_only"):
            in_one_transaction(note, CLOCK, 1)
    assert read_only(again) == f"witness: {seen} ≠ {seen}"


def test_the_newest_copy_goes_on(app, market, tmp_path, clock, started):
    with app.app_context():
        (one, _) = started(made.GENESIS)
        app.config["WITNESS_URLS"] = [one.url]
    size = grow(app)
    run(app, tmp_path / "backup")
    again = restored(app, tmp_path / "backup" / "market.sqlite", clock)
    again.config.update(WITNESS_URLS=[one.url], ORIGIN=ORIGIN)
    with again.app_context():
        in_one_transaction(note, CLOCK, 1)
        jobs.witness_head()
        assert queries.cosigned(reading(CLOCK)).size == size + 1
    assert read_only(again) is None


class Liar:
    """A witness that tells of a head that this log never signed."""

    def newest(self):
        signer = notes.Signer.from_skey(notes.new_key(ORIGIN)[0])
        text = notes.Checkpoint(ORIGIN, 10**6, bytes(32)).text
        return notes.format_note(text, [signer.sign(text)])


def test_nobody_else_can_lock_it(context):
    made.keys()
    fabric(context).guard = Guard(pathlib.Path(context.config["INSTANCE"]))
    fabric(context).witness = Liar()
    in_one_transaction(note, CLOCK, 1)
    assert queries.size(reading(CLOCK)) == 1


def test_over_http_another_history_has_a_name_of_its_own(started, context):
    (one, _) = started(made.GENESIS)
    signer = made.keys().log_signer()
    witness = HttpWitness(one.url)
    for size, old, answer in ((3, 0, None), (5, 3, Forked)):
        text = notes.Checkpoint(ORIGIN, size, bytes(32)).text
        asked = (
            old,
            ["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="] * (old and 3),
            notes.format_note(text, [signer.sign(text)]),
        )
        if answer is None:
            assert REGULATOR in witness.cosign(*asked)
        else:
            with pytest.raises(answer):
                witness.cosign(*asked)
    assert witness.newest().startswith(f"{ORIGIN}\n3\n")
