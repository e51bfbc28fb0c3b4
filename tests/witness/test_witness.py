"""The regulator's witness: cosigns only what extends what it saw, remembers over a crash, keeps its
values until due.
"""

import concurrent.futures
import json
import os

import pytest
from tlog_scales import signing, tlog

from market_witness import folder as store
from market_witness.witness import No, Witness
from tests.verify import forge
from tests.verify.forge import LOG, STRANGER
from tests.witness.heads import GENESIS, LEAVES, NOW, Clock, body, head, status
from verify.zjcs import draw, note
from verify.zjcs import keys as verifier_keys


def test_it_cosigns_a_growing_log(witness):
    for old, new in ((0, 1), (1, 2), (2, 7), (7, 7), (7, 256), (256, 300)):
        line = witness.add_checkpoint(body(old, new))
        signed = note.parse_note(head(new) + line)
        assert note.verify_signature(signed, witness.vkey) == NOW
        checkpoint = tlog.Checkpoint.from_text(head(new) + line)
        checkpoint.verify(signing.Vkey.from_string(witness.vkey.vkey))


def test_it_says_its_size_when_the_caller_is_behind_or_ahead(witness):
    witness.add_checkpoint(body(0, 100))
    for old, new in ((0, 120), (50, 120), (110, 120)):
        with pytest.raises(No) as refusal:
            witness.add_checkpoint(body(old, new))
        assert (refusal.value.status, refusal.value.text, refusal.value.kind) == (
            409,
            "100\n",
            "text/x.tlog.size",
        )


def test_it_refuses_a_second_history(witness):
    witness.add_checkpoint(body(0, 100))
    other = (*LEAVES[:50], LEAVES[299], *LEAVES[51:])
    assert status(witness, body(100, 120, other)) == 422
    assert status(witness, body(100, 100, other)) == 409
    assert status(witness, body(100, 120, proof=[])) == 422
    assert status(witness, body(100, 120, proof=forge.consistency(LEAVES[:120], 100)[::-1])) == 422
    assert witness.head()[0].size == 100
    assert status(witness, body(100, 120)) == 200


def test_it_refuses_a_proof_from_nothing(witness):
    assert status(witness, body(0, 5, proof=[LEAVES[0]])) == 422


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (body(0, 5, signer=STRANGER), 403),
        (body(0, 5).replace("\n5\n", "\n6\n"), 403),
        (body(0, 5, origin="zjcs.test/other"), 404),
        (body(6, 5, proof=[]), 400),
        ("", 400),
        ("old 0\n", 400),
        ("old 00\n\nx", 400),
        ("old -1\n\nx", 400),
        ("old 1 \n\nx", 400),
        ("old 0\n\nx", 400),
        ("old 0\nAAA\n\n" + head(5), 400),
        ("old 0\n" + "AAAA\n" * 64 + "\n" + head(5), 400),
        ("old 9999999999999999999999\n\n" + head(5), 400),
    ],
)
def test_bad_requests_are_refused_with_their_status(witness, text, expected):
    assert status(witness, text) == expected
    assert witness.newest is None


def test_it_remembers_over_a_restart(folder):
    Witness(folder, Clock()).add_checkpoint(body(0, 100))
    again = Witness(folder, Clock())
    assert again.head()[0].size == 100
    assert status(again, body(0, 50)) == 409


def test_a_half_written_line_is_forgotten(folder):
    """A power cut in the middle of a write: that cosignature had left to nobody."""
    Witness(folder, Clock()).add_checkpoint(body(0, 100))
    journal = folder / "journal.jsonl"
    whole = journal.read_bytes()
    journal.write_bytes(whole + b'"zjcs.test/log/2023\\n200\\nAAAA')
    assert Witness(folder, Clock()).head()[0].size == 100
    assert journal.read_bytes() == whole


def test_the_line_is_on_the_disk_before_the_answer(witness, monkeypatch):
    def broken(descriptor):
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(No) as refusal:
        witness.add_checkpoint(body(0, 5))
    assert refusal.value.status == 503
    monkeypatch.undo()
    assert status(witness, body(witness.head()[0].size, 9)) == 200
    assert [note.parse_checkpoint(note.parse_note(text).text).size for text in witness.journal][
        -1
    ] == 9


def test_a_write_that_stopped_half_way_leaves_no_trace(witness, monkeypatch):
    def half(journal, signed):
        journal.path.write_bytes(json.dumps(signed).encode()[:50])
        raise OSError("disk full")

    monkeypatch.setattr(store.Journal, "append", half)
    assert status(witness, body(0, 5)) == 503
    monkeypatch.undo()
    assert witness.newest is None
    assert status(witness, body(0, 5)) == 200
    assert len(witness.cosignatures()) == 1


def test_it_publishes_every_cosignature(witness):
    for old, new in ((0, 5), (5, 9), (9, 9), (9, 200)):
        witness.add_checkpoint(body(old, new))
        witness.clock.now += 10
    listed = [note.parse_note(text) for text in witness.cosignatures()]
    assert [note.parse_checkpoint(each.text).size for each in listed] == [5, 9, 9, 200]
    assert [note.verify_signature(each, witness.vkey) for each in listed] == [
        NOW,
        NOW + 10,
        NOW + 20,
        NOW + 30,
    ]
    assert all(note.verify_signature(each, LOG.key()) == 0 for each in listed)
    assert len(witness.cosignatures(over=8)) == 3
    assert len(witness.cosignatures(since=3)) == 1


def test_a_clock_set_back_does_not_make_a_later_cosignature_look_earlier(witness):
    witness.add_checkpoint(body(0, 5))
    witness.clock.now -= 5000
    signed = note.parse_note(head(9) + witness.add_checkpoint(body(5, 9)))
    assert note.verify_signature(signed, witness.vkey) == NOW


def test_a_value_never_leaves_before_its_slot(witness):
    secret = witness.chain.secret
    for slot in (61, 62, 1000):
        with pytest.raises(No) as refusal:
            witness.value(slot)
        assert refusal.value.status == 403
        assert str(GENESIS + slot * 60) in refusal.value.text
        assert draw.value_at(secret, 1000, slot) not in refusal.value.text
    anchor = witness.chain_facts()["anchor"]
    for slot in (1, 59, 60):
        draw.check_chain_value(witness.value(slot)["value"], slot, anchor)
    witness.clock.now = GENESIS + 61 * 60 - 0.001
    with pytest.raises(No):
        witness.value(61)
    witness.clock.now = GENESIS + 61 * 60
    assert witness.value(61)["value"]
    for outside in (0, 1001, 2**40):
        with pytest.raises(No) as refusal:
            witness.value(outside)
        assert refusal.value.status == 404


def test_keys_json_is_what_the_verifiers_read(witness):
    keys = verifier_keys.load(json.dumps(witness.keys()))
    assert keys.owner("reg-chain-1") == "regulator.test/w1"
    assert keys.owner("op-chain-1") == LOG.name
    assert keys.anchors == {
        "op-chain-1": "ab" * 32,
        "reg-chain-1": store.whole(witness.chain_facts()),
    }
    assert keys.needed == (1, {"regulator.test/w1"})


def test_parallel_callers_make_one_history(witness):
    """Twenty callers race from the same old size with two histories: one line, the rest refused."""
    other = (*LEAVES[:50], LEAVES[299], *LEAVES[51:])
    witness.add_checkpoint(body(0, 10))
    requests = [body(10, 60 + turn, LEAVES if turn % 2 else other) for turn in range(20)]
    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda text: status(witness, text), requests))
    assert sorted(answers) == [200, *[409] * 19]
    assert len(witness.cosignatures()) == 2
