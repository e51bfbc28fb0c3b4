"""The fork guard, and the heads that it rests on."""

import datetime as dt
import pathlib

import pytest

from market.adapters.beacon import Behind
from market.adapters.keys import Keys, open_sealed, seal_for
from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.entropy import seeded_entropy, system_entropy
from market.kernel.errors import Refusal
from market.ledger import jobs, queries
from market.ledger.guard import Guard
from tests.ledger.test_service import note
from verify.zjcs import note as notes
from verify.zjcs.draw import check_chain_value, value_at
from verify.zjcs.faults import Fault


@pytest.fixture
def keys(app):
    keys = Keys(pathlib.Path(app.config["INSTANCE"]))
    keys.create(
        origin="test.example/log",
        source="op-chain-1",
        genesis=1_000_000,
        period=600,
        slots=5000,
        entropy=seeded_entropy("keys"),
    )
    return keys


def test_a_head_is_signed_once_and_kept_outside(context, keys, clock):
    in_one_transaction(note, CLOCK, 1, 2, 3)
    first = jobs.sign_head()
    clock.advance(dt.timedelta(seconds=5))
    assert jobs.sign_head() == first
    key = notes.parse_vkey(keys.log_vkey())
    seen, _ = notes.open_checkpoint(
        (pathlib.Path(context.config["INSTANCE"]) / "checkpoint").read_text(),
        "test.example/log",
        [key],
    )
    assert (seen.size, seen.root) == queries.head(reading(CLOCK))


def test_a_database_that_is_behind_only_reads_and_says_why(context, keys):
    in_one_transaction(note, CLOCK, 1, 2, 3)
    jobs.sign_head()
    instance = pathlib.Path(context.config["INSTANCE"])
    signer = keys.log_signer()
    text = notes.Checkpoint("test.example/log", 5, bytes(32)).text
    (instance / "checkpoint").write_text(notes.format_note(text, [signer.sign(text)]))
    fabric(context).guard = Guard(instance)  # as after a restart
    with pytest.raises(Refusal, match="ledger.read_only") as no:
        in_one_transaction(note, CLOCK, 4)
    assert no.value.facts["reason"] == "checkpoint: 5 > 3"
    assert queries.size(reading(CLOCK)) == 3


def test_another_history_of_the_same_length_is_found_too(context, keys):
    in_one_transaction(note, CLOCK, 1, 2, 3)
    instance = pathlib.Path(context.config["INSTANCE"])
    signer = keys.log_signer()
    text = notes.Checkpoint("test.example/log", 3, bytes(32)).text
    (instance / "checkpoint").write_text(notes.format_note(text, [signer.sign(text)]))
    fabric(context).guard = Guard(instance)
    with pytest.raises(Refusal, match="ledger.read_only"):
        in_one_transaction(note, CLOCK, 4)


def test_a_restored_database_signs_nothing_over_the_newer_head_outside(context, keys):
    """A copy made between a commit and its signature has a head to sign: the file that gives the
    copy away must stay.
    """
    in_one_transaction(note, CLOCK, 1, 2, 3)
    instance = pathlib.Path(context.config["INSTANCE"])
    signer = keys.log_signer()
    text = notes.Checkpoint("test.example/log", 5, bytes(32)).text
    newer = notes.format_note(text, [signer.sign(text)])
    (instance / "checkpoint").write_text(newer)
    fabric(context).guard = Guard(instance)
    assert jobs.sign_head() is None
    assert (instance / "checkpoint").read_text() == newer
    with pytest.raises(Refusal, match="ledger.read_only"):
        in_one_transaction(note, CLOCK, 4)


@pytest.mark.parametrize("spoiled", [b"", b"\xff", b"test.example/log\n3\n\n"])
def test_a_head_outside_that_cannot_be_read_stops_all_writing(context, keys, spoiled):
    in_one_transaction(note, CLOCK, 1, 2, 3)
    instance = pathlib.Path(context.config["INSTANCE"])
    (instance / "checkpoint").write_bytes(spoiled)
    fabric(context).guard = Guard(instance)
    with pytest.raises(Refusal, match="ledger.read_only") as no:
        in_one_transaction(note, CLOCK, 4)
    assert no.value.facts["reason"].startswith("checkpoint: ")


class LongerWitness:
    """A witness that has seen a longer log than this database holds."""

    def cosign(self, old, proof, checkpoint):
        raise Behind(99)

    def value(self, slot):
        raise AssertionError("not asked here")


def test_a_witness_that_saw_more_stops_all_writing(context, keys):
    in_one_transaction(note, CLOCK, 1)
    fabric(context).witness = LongerWitness()
    jobs.witness_head()
    with pytest.raises(Refusal, match="ledger.read_only"):
        in_one_transaction(note, CLOCK, 2)


def test_a_chain_value_never_leaves_before_its_slot(keys):
    chain = keys.chain()
    with pytest.raises(Fault, match="chain.not_due"):
        keys.chain_value(7, chain.due_at(7) - 0.001)
    value = keys.chain_value(7, chain.due_at(7))
    assert value == value_at(chain.secret, chain.n, 7)
    check_chain_value(value, 7, value_at(chain.secret, chain.n, 0))
    for slot in (1, 999, 4096, 5000):
        assert keys.chain_value(slot, chain.due_at(slot)) == value_at(chain.secret, chain.n, slot)
    with pytest.raises(Fault, match="chain.slot"):
        keys.chain_value(5001, 1e12)


def test_keys_are_private_and_never_made_twice(keys):
    before = {path.name: path.read_bytes() for path in keys.folder.iterdir()}
    keys.create(origin="other", source="x", genesis=0, period=1, slots=1, entropy=system_entropy)
    assert {path.name: path.read_bytes() for path in keys.folder.iterdir()} == before
    for name in ("log.skey", "sealing.key", "chain.txt", "quote.root"):
        assert (keys.folder / name).stat().st_mode & 0o077 == 0


def test_a_sealed_box_opens_for_its_key_alone(keys):
    box = seal_for(keys.sealing_public(), "报价".encode())
    assert open_sealed(keys.sealing_private(), box).decode() == "报价"
    assert seal_for(keys.sealing_public(), "报价".encode()) != box
    for broken in (
        box[:-1] + bytes([box[-1] ^ 1]),
        bytes([box[0] ^ 1]) + box[1:],
        seal_for(bytes(range(32)), b"x"),
    ):
        with pytest.raises(ValueError):
            open_sealed(keys.sealing_private(), broken)
