"""A new key of the log, a new chain for a lost one, a further witness: by the commands, held to
both verifiers.
"""

import datetime as dt
import json
import pathlib
import stat
import subprocess
import sys

import pytest
from flask import current_app

from market.adapters import vkeys
from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.clock import epoch
from market.kernel.errors import Invalid, Refusal
from market.ledger import jobs, queries
from market.operations import founding, keyring
from market.selection.results import service as result_service
from market.selection.sources import queries as source_queries
from market.selection.sources import service as source_service
from market_witness import folder as store
from market_witness.__main__ import main as witness_program
from market_witness.witness import Witness
from tests.factories import accounts as people
from tests.factories import selection as made
from tests.factories import witness as near
from tests.selection.deeds import draw_of
from tests.selection.test_evidence import file_of
from tests.selection.test_lost_chains import LOST_AT, keys_of, signatures, waiting_for_the_operator
from tests.verify.node import ROOT, node
from tests.witness.process import make
from verify.zjcs import evidence, logcheck, note
from verify.zjcs import keys as verifier_keys
from verify.zjcs.draw import value_at
from verify.zjcs.faults import Fault

DAY = dt.timedelta(days=1)


def grow(number):
    in_one_transaction(
        source_service.anchor_chain,
        CLOCK,
        source=f"x-{number}",
        anchor=f"{number:064x}",
        genesis=0,
        period=1,
        n=1,
    )


def signers_of(head):
    """Ids (hex) of the log's keys that signed a head."""
    signed = note.parse_note(head.note)
    return [line.key_id.hex() for line in signed.signatures if line.name == "zjcs.example.org/log"]


def rotate(**more):
    return keyring.rotate(current_app.config, fabric().clock, **more)


@pytest.mark.databases
def test_both_keys_sign_for_the_overlap_and_then_the_old_one_stops(context, clock):
    made.town()
    made.tick()
    old = made.keys().log_vkey().strip()
    before = queries.checkpoint(reading(CLOCK))
    new = rotate()
    said = queries.latest(reading(CLOCK), type="key.rotated")[0].fields
    assert (said["old"], said["new"], said["until"]) == (old, new, epoch(clock.now() + 30 * DAY))
    ids = [note.parse_vkey(vkey).id.hex() for vkey in (new, old)]
    assert (
        signers_of(queries.signed(reading(CLOCK), before.size)) == ids[::-1]
    )  # what stood signed is signed again
    jobs.witness_head()
    head = queries.checkpoint(reading(CLOCK))
    assert (signers_of(head), head.cosigned_at is not None) == (ids, True)
    clock.advance(30 * DAY - dt.timedelta(seconds=1))
    assert jobs.forget_old_key() is False
    grow(1)
    assert signers_of(jobs.sign_head()) == ids
    clock.advance(dt.timedelta(seconds=1))
    grow(2)
    assert signers_of(jobs.sign_head()) == ids[:1]
    assert jobs.forget_old_key() is True
    assert not list(made.keys().folder.glob("log-old.skey"))
    assert vkeys.published(current_app.config)[:2] == [new, old]


def test_the_keys_page_lists_both_and_the_private_ones_stay_private(app, client):
    with app.app_context():
        made.town()
        made.tick()
        old = made.keys().log_vkey().strip()
        new = rotate()
        witness = fabric().witness.inner.vkey.vkey
        modes = {
            path.name: stat.S_IMODE(path.stat().st_mode)
            for path in made.keys().folder.glob("*.skey")
        }
    assert client.get("/log/keys").text.split() == [new, old, witness]
    assert modes == {"log.skey": 0o600, "log-old.skey": 0o600}


def test_a_second_rotation_waits_for_the_end_of_the_first(context, clock):
    made.town()
    first = rotate()
    with pytest.raises(Refusal, match="operations.overlap_runs"):
        rotate()
    with pytest.raises(Invalid, match="operations.overlap_short"):
        rotate(overlap=29 * DAY)
    clock.advance(31 * DAY)
    second = rotate(overlap=60 * DAY)
    assert [vkey.strip() for vkey in made.keys().log_vkeys()][:2] == [second, first]
    assert len(made.keys().log_vkeys()) == 3
    assert made.keys().old_until() == epoch(clock.now() + 60 * DAY)


@pytest.mark.parametrize("step", ["log-old.until", "log-earlier.vkeys", "log.vkey"])
def test_a_rotation_that_was_broken_off_is_done_again(context, step, monkeypatch):
    made.town()
    made.tick()
    old = made.keys().log_vkey().strip()
    verb = "open" if step == "log-earlier.vkeys" else "write_text"
    whole = getattr(pathlib.Path, verb)

    def breaks(path, *words, **more):
        if path.name == step:
            raise OSError("the power went")
        return whole(path, *words, **more)

    monkeypatch.setattr(pathlib.Path, verb, breaks)
    with pytest.raises(OSError, match="power"):
        rotate()
    monkeypatch.undo()
    grow(1)
    assert len(signers_of(jobs.sign_head())) >= 1
    new = rotate()
    assert [vkey.strip() for vkey in made.keys().log_vkeys()] == [new, old]
    assert len(queries.latest(reading(CLOCK), type="key.rotated")) == 1
    assert made.keys().log_signer().key().vkey == new


def shown(tmp_path, text, pinned):
    """Exit codes of both programs."""
    path = tmp_path / "evidence.json"
    keys = tmp_path / "keys.json"
    path.write_text(text, encoding="utf-8")
    keys.write_text(json.dumps(pinned), encoding="utf-8")
    return [
        subprocess.run(
            [*program, str(path), "--keys", str(keys)], capture_output=True, timeout=60
        ).returncode
        for program in (
            [sys.executable, str(ROOT / "verify/verify_draw.py")],
            [node(), str(ROOT / "static/verify/cli.mjs")],
        )
    ]


def test_a_draw_across_a_rotation_is_verified_by_pinned_keys(context, tmp_path, clock):
    number, _ = made.announced_notice()
    before = file_of(number)
    old = fabric().witness.inner.keys()
    new = rotate()
    witness = fabric().witness.inner
    clock.advance(31 * DAY)
    in_one_transaction(
        result_service.annul_to_next, CLOCK, number=number, reason="false_statement", by="O000001"
    )
    store.trust(pathlib.Path(current_app.config["INSTANCE"]) / "witness", new)
    fabric().witness.inner = Witness(
        pathlib.Path(current_app.config["INSTANCE"]) / "witness", witness.clock
    )
    jobs.witness_head()
    after = file_of(number)
    assert json.loads(after)["log"]["vkey"].strip() == new
    both = fabric().witness.inner.keys()
    assert both["log"] == [*old["log"], new]
    assert shown(tmp_path, before, both) == shown(tmp_path, after, both) == [0, 0]
    assert shown(tmp_path, after, old) == [
        1,
        1,
    ]  # who has not taken the new key yet is not asked to trust it
    assert shown(tmp_path, after, {**both, "log": [new]}) == [0, 0]
    assert [step.fault for step in evidence.check(after) if step.fault] == []


def test_the_whole_log_is_verified_across_a_rotation(app, live_server, clock):
    with app.app_context():
        made.announced_notice()
        since = queries.checkpoint(reading(CLOCK)).note
        rotate()
        jobs.witness_head()
        pinned = verifier_keys.load(
            json.dumps(
                {
                    **fabric().witness.keys(),
                    "log": [vkey.strip() for vkey in made.keys().log_vkeys()],
                }
            )
        )
    for keys in (None, pinned):
        steps = list(logcheck.check(logcheck.open_source(f"{live_server.url}/log"), keys, since))
        assert [step.fault for step in steps if step.fault] == []


def test_a_witness_that_does_not_trust_the_new_key_refuses_it_after_the_overlap(context, clock):
    made.town()
    made.tick()
    new = rotate()
    assert keyring.who_trusts(current_app.config, new, fabric().witness) == {"witness 1": False}
    clock.advance(31 * DAY)
    grow(1)
    jobs.witness_head()
    assert queries.checkpoint(reading(CLOCK)).cosigned_at is None
    said = current_app.test_cli_runner().invoke(args=["keys", "show"]).output
    assert new in said and "does NOT trust" in said
    near.take_away()
    current_app.config["WITNESS_URL"] = "http://127.0.0.1:9"
    assert (
        "witness 1: does not answer"
        in current_app.test_cli_runner().invoke(args=["keys", "show"]).output
    )


def test_the_command_says_what_the_witness_has_to_do(context):
    made.town()
    done = current_app.test_cli_runner().invoke(args=["keys", "rotate"])
    assert done.exit_code == 0 and f"trust '{made.keys().log_vkey()}'" in done.output
    assert "signs too until" in current_app.test_cli_runner().invoke(args=["keys", "show"]).output
    again = current_app.test_cli_runner().invoke(args=["keys", "rotate"])
    assert again.exit_code == 1 and "上一次更换" in again.output


# --- a chain that is lost -----------------------------------------------------------------


def test_a_living_chain_is_not_replaced(context):
    made.town()
    for source, code in (
        ("op-chain-2", "operations.chain_lives"),
        ("reg-chain-2", "operations.chain_name"),
        ("op-chain-x", "operations.chain_name"),
    ):
        with pytest.raises(Refusal, match=code):
            keyring.replace_chain(
                current_app.config,
                fabric().clock,
                fabric().entropy,
                source,
            )
    said = current_app.test_cli_runner().invoke(args=["keys", "chain", "--source", "op-chain-2"])
    assert said.exit_code == 1 and "没有宣告" in said.output


def test_in_the_place_of_a_lost_chain_new_notices_name_the_new_one(
    context, clock, monkeypatch, capsys, tmp_path
):
    number = waiting_for_the_operator(clock, monkeypatch)
    slot = draw_of(number).sources[0]["slot"]
    clock.instant = dt.datetime.fromtimestamp(LOST_AT, dt.UTC)
    in_one_transaction(
        source_service.lose_chain,
        people.staff("inspection", "inspector"),
        source="op-chain-1",
        slot=slot,
        reason="SECRET_LOST",
        signed=signatures(context, capsys, "op-chain-1", slot),
        vkeys=keys_of(context),
    )
    before = made.keys().chain()
    said = context.test_cli_runner().invoke(args=["keys", "chain", "--source", "op-chain-2"])
    assert said.exit_code == 0 and said.output.startswith("op-chain-2 ")
    assert (
        "op-chain-2"
        in context.test_cli_runner().invoke(args=["keys", "chain", "--source", "op-chain-2"]).output
    )
    after = made.keys().chain()
    assert (after.source, after.period, after.n) == ("op-chain-2", before.period, before.n)
    assert after.secret != before.secret
    kept = made.keys().folder / "chain-op-chain-1.txt"
    assert before.secret.hex() in kept.read_text() and stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert (
        len(
            [
                each
                for each in queries.latest(reading(CLOCK), type="source.anchor")
                if each.subject == "op-chain-2"
            ]
        )
        == 1
    )
    monkeypatch.setattr(made, "OPERATOR_CHAIN", "op-chain-2")
    later, _ = made.announced_notice()
    assert [(source["id"], source["kind"]) for source in draw_of(later).sources] == [
        ("reg-chain-1", "chain"),
        ("op-chain-2", "chain"),
    ]
    assert draw_of(later).level == "S1"
    folder = pathlib.Path(current_app.config["INSTANCE"]) / "witness"
    assert shown(tmp_path, file_of(later), Witness(folder).keys()) == [
        1,
        1,
    ]  # nobody but the log vouches for the new anchor yet
    store.pin(folder, "op-chain-2", after.anchor_leaf()["anchor"])
    assert shown(tmp_path, file_of(later), Witness(folder).keys()) == [0, 0]
    store.pin(folder, "op-chain-2", store.whole(after.anchor_leaf()))
    assert shown(tmp_path, file_of(later), Witness(folder).keys()) == [0, 0]


def test_the_regulators_new_chain_is_anchored_by_meeting_its_witness_again(
    context, clock, tmp_path
):
    made.town(witnessed=False)
    one = make(
        tmp_path / "w",
        clock,
        name="regulator.example.org/w1",
        source="reg-chain-1",
        origin="zjcs.example.org/log",
        log=[made.keys().log_vkey().strip()],
        genesis=made.GENESIS,
        period=made.PERIOD,
        slots=made.SLOTS,
    ).start()
    try:
        people.organisation("regulator", "自然资源局")
        assert founding.meet_witness(context.config, one.url, "自然资源局") is True
        one.stop()
        store.new_chain(
            one.folder, source="reg-chain-2", genesis=made.GENESIS, period=made.PERIOD, slots=60
        )
        one.start()
        assert founding.meet_witness(context.config, one.url, "自然资源局") is True
        assert founding.meet_witness(context.config, one.url, "自然资源局") is False
    finally:
        one.stop()
    assert {card.source for card in source_queries.chain_cards(reading(CLOCK))} == {
        "op-chain-1",
        "reg-chain-1",
        "reg-chain-2",
    }


def test_a_further_witness_is_met_by_a_command_after_the_first(context, clock, tmp_path):
    made.town(witnessed=False)
    log = [made.keys().log_vkey().strip()]
    facts = {"genesis": made.GENESIS, "period": made.PERIOD, "slots": 50, "source": "c-1"}
    good = make(
        tmp_path / "good",
        clock,
        name="notary.example.org/w1",
        origin="zjcs.example.org/log",
        log=log,
        **facts,
    ).start()
    stranger = make(
        tmp_path / "bad",
        clock,
        name="x.example.org/w1",
        origin="another.example/log",
        log=[note.new_key("another.example/log")[1]],
        **facts,
    ).start()
    run = context.test_cli_runner().invoke
    try:
        assert "先用 setup --witness" in run(args=["keys", "cosigner", good.url]).output
        vkeys.keep_witness(
            context.config,
            {
                **json.loads(good.keys()),
                "witnesses": [
                    note.Signer.from_skey(note.new_key("r.example/w1")[0])
                    .key(note.COSIGNATURE)
                    .vkey
                ],
            },
        )
        assert "no witness of our log" in run(args=["keys", "cosigner", stranger.url]).output
        assert "key kept" in run(args=["keys", "cosigner", good.url]).output
        assert "was known" in run(args=["keys", "cosigner", good.url]).output
    finally:
        good.stop()
        stranger.stop()
    assert "does not answer" in run(args=["keys", "cosigner", good.url]).output
    assert [key.split("+")[0] for key in vkeys.witness_vkeys(context.config)] == [
        "r.example/w1",
        "notary.example.org/w1",
    ]


def test_the_witness_takes_a_new_chain_and_says_so_in_its_keys(tmp_path, capsys):
    folder = tmp_path / "w"
    _, vkey = note.new_key("log.example")
    store.create(
        folder,
        name="w.example/1",
        origin="log.example",
        log=[vkey],
        source="reg-chain-1",
        genesis=0,
        period=600,
        slots=50,
        anchors={"op-chain-1": "0" * 64},
    )
    first = Witness(folder).keys()
    assert (
        witness_program(
            ["--folder", str(folder), "chain", "--source", "reg-chain-2", "--slots", "60"]
        )
        == 0
    )
    told = json.loads(capsys.readouterr().out)
    witness = Witness(folder)
    assert told == witness.keys()
    assert told["anchors"]["reg-chain-1"] == first["anchors"]["reg-chain-1"]
    assert told["anchors"]["reg-chain-2"]["anchor"] == value_at(witness.chain.secret, 60, 0)
    assert told["owner_of"] == {"reg-chain-1": "w.example/1", "reg-chain-2": "w.example/1"}
    assert (witness.chain.source, witness.chain.n, witness.chain.period) == ("reg-chain-2", 60, 600)
    assert stat.S_IMODE((folder / "chain-reg-chain-1.secret").stat().st_mode) == 0o600
    assert witness_program(["--folder", str(folder), "chain", "--source", "reg-chain-1"]) == 1
    assert "already" in capsys.readouterr().err


def test_a_witness_takes_keys_of_its_own_log_and_of_other_witnesses(tmp_path, capsys):
    folder = tmp_path / "w"
    (_, first), (_, second), (skey, other) = (
        note.new_key(name) for name in ("log.example", "log.example", "other.example")
    )
    store.create(
        folder,
        name="w.example/1",
        origin="log.example",
        log=[first],
        source="reg-chain-1",
        genesis=0,
        period=600,
        slots=50,
        anchors={},
    )
    friend = note.Signer.from_skey(skey).key(note.COSIGNATURE).vkey
    for vkey in (second, second, friend, friend):
        assert witness_program(["--folder", str(folder), "trust", vkey]) == 0
    capsys.readouterr()
    told = Witness(folder).keys()
    assert told["log"] == [first, second]
    assert told["witnesses"][1:] == [friend]
    verifier_keys.load(json.dumps(told))
    for bad in (other, "x"):
        assert witness_program(["--folder", str(folder), "trust", bad]) == 1
    with pytest.raises(Fault):
        store.trust(folder, other)
