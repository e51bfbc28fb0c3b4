"""A new chain in the place of a lost one, and a further witness: by the commands."""

import datetime as dt
import json
import pathlib
import stat

import pytest
from flask import current_app

from market.adapters import vkeys
from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal
from market.ledger import queries
from market.operations import founding, keyring
from market.selection.sources import queries as source_queries
from market.selection.sources import service as source_service
from market_witness import folder as store
from market_witness.__main__ import main as witness_program
from market_witness.witness import Witness
from tests.factories import accounts as people
from tests.factories import selection as made
from tests.operations.readers import shown
from tests.selection.deeds import draw_of
from tests.selection.test_evidence import file_of
from tests.selection.test_lost_chains import LOST_AT, keys_of, signatures, waiting_for_the_operator
from tests.witness.process import make
from verify.zjcs import keys as verifier_keys
from verify.zjcs import note
from verify.zjcs.draw import value_at
from verify.zjcs.faults import Fault


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


@pytest.fixture
def replaced(context, clock, monkeypatch, capsys):
    """A town whose operator's chain is lost and replaced by command: the chains before and after."""
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
    said = new_chain(context)
    assert said.exit_code == 0 and said.output.startswith("op-chain-2 ")
    return before, made.keys().chain()


def new_chain(context):
    """The command."""
    return context.test_cli_runner().invoke(args=["keys", "chain", "--source", "op-chain-2"])


def test_in_the_place_of_a_lost_chain_stands_a_new_one_of_the_same_shape(context, replaced):
    before, after = replaced
    assert (after.source, after.period, after.n) == ("op-chain-2", before.period, before.n)
    assert after.secret != before.secret

    kept = made.keys().folder / "chain-op-chain-1.txt"
    assert before.secret.hex() in kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_the_command_a_second_time_changes_nothing(context, replaced):
    assert "op-chain-2" in new_chain(context).output
    anchors = queries.latest(reading(CLOCK), type="source.anchor")
    assert [each.subject for each in anchors].count("op-chain-2") == 1
    assert made.keys().chain().secret == replaced[1].secret


def test_new_notices_name_the_new_chain_when_somebody_vouches_for_it(
    context, replaced, monkeypatch, tmp_path
):
    after = replaced[1]
    monkeypatch.setattr(made, "OPERATOR_CHAIN", "op-chain-2")
    later, _ = made.announced_notice()
    assert [(source["id"], source["kind"]) for source in draw_of(later).sources] == [
        ("reg-chain-1", "chain"),
        ("op-chain-2", "chain"),
    ]
    assert draw_of(later).level == "S1"

    folder = pathlib.Path(current_app.config["INSTANCE"]) / "witness"
    nobody_vouches = shown(tmp_path, file_of(later), Witness(folder).keys())
    assert nobody_vouches == [1, 1]

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


@pytest.fixture
def served(context, clock, tmp_path):
    """Two witnesses at their addresses: one of our log, one of another."""
    made.town(witnessed=False)
    facts = {"genesis": made.GENESIS, "period": made.PERIOD, "slots": 50, "source": "c-1"}
    good = make(
        tmp_path / "good",
        clock,
        name="notary.example.org/w1",
        origin="zjcs.example.org/log",
        log=[made.keys().log_vkey().strip()],
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
    yield good, stranger
    good.stop()
    stranger.stop()


def test_a_further_witness_is_met_by_a_command_after_the_first(context, served):
    good, stranger = served

    def said_of(witness):
        return context.test_cli_runner().invoke(args=["keys", "cosigner", witness.url]).output

    assert "先用 setup --witness" in said_of(good)
    first = note.Signer.from_skey(note.new_key("r.example/w1")[0]).key(note.COSIGNATURE).vkey
    vkeys.keep_witness(context.config, {**json.loads(good.keys()), "witnesses": [first]})

    assert "no witness of our log" in said_of(stranger)
    assert "key kept" in said_of(good)
    assert "was known" in said_of(good)

    good.stop()
    assert "does not answer" in said_of(good)
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
