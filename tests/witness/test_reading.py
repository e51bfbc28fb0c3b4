"""A witness that reads what it cosigns: the leaves are handed over and proved, and over one that misstates
its own chain nothing is cosigned and no value is given.
"""

import json

import pytest

from market_witness import folder as store
from market_witness.__main__ import main
from market_witness.witness import No, Witness
from tests.verify.forge import LOG, consistency
from tests.verify.mirror import write_log
from verify.zjcs import merkle, note
from verify.zjcs.canonical import jcs

NOW = 1_700_000_000
GENESIS = NOW - 6000
NAMES = {
    "name": "regulator.test/w1",
    "origin": LOG.name,
    "log": [LOG.key().vkey],
    "source": "reg-chain-1",
    "genesis": GENESIS,
    "period": 60,
    "slots": 100,
}
OTHER = {"anchor": "cd" * 32, "genesis": GENESIS, "hash": "sha256", "n": 50, "period": 60}


@pytest.fixture
def witness(tmp_path):
    store.create(tmp_path / "w", **NAMES, anchors={}, reads=True)
    return Witness(tmp_path / "w", lambda: NOW)


def anchor(source: str, **fields) -> bytes:
    return jcs({"v": 1, "type": "source.anchor", "source": source, **fields})


def truth(witness: Witness, **changes) -> bytes:
    facts = store.whole(witness.chain_facts())
    return anchor("reg-chain-1", **{**facts, **changes})


def head(leaves: list[bytes], size: int | None = None) -> str:
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves[:size]]
    text = note.Checkpoint(LOG.name, len(hashes), merkle.root_of(hashes)).text
    return note.format_note(text, [LOG.sign(text)])


def hand_over(witness: Witness, leaves: list[bytes], start: int = 0, end: int | None = None):
    """The leaves from `start` to `end` under a head over all of them."""
    hashes = tuple(map(merkle.leaf_hash, leaves))
    end = len(leaves) if end is None else end
    proof = consistency(hashes, end) if end < len(leaves) else []
    body = {
        "from": start,
        "leaves": [leaf.decode() for leaf in leaves[start:end]],
        "proof": [note._encode(each) for each in proof],
        "checkpoint": head(leaves),
    }
    return witness.add_leaves(json.dumps(body))


def cosign(witness: Witness, leaves: list[bytes], old: int = 0) -> str:
    hashes = tuple(map(merkle.leaf_hash, leaves))
    proof = consistency(hashes, old) if old else []
    lines = "".join(note._encode(each) + "\n" for each in proof)
    return witness.add_checkpoint(f"old {old}\n{lines}\n{head(leaves)}")


def some(count: int) -> list[bytes]:
    return [
        jcs({"v": 1, "type": "complaint.filed", "subject": f"TS-{number}", "at": NOW})
        for number in range(count)
    ]


def status(act, *given) -> int:
    with pytest.raises(No) as no:
        act(*given)
    return no.value.status


def test_it_cosigns_what_it_has_read_and_asks_for_the_rest(witness, tmp_path):
    leaves = [truth(witness), anchor("op-chain-1", **OTHER), *some(9)]
    assert status(cosign, witness, leaves[:5]) == 424
    hand_over(witness, leaves[:5], 0, 3)
    hand_over(witness, leaves[:5], 3)
    assert cosign(witness, leaves[:5]).startswith("— regulator.test/w1 ")
    again = Witness(tmp_path / "w", lambda: NOW)
    assert status(cosign, again, leaves, 5) == 424
    hand_over(again, leaves, 5)
    cosign(again, leaves, 5)
    assert again.value(1)["slot"] == 1


LIES = {
    "another period": {"period": 30},
    "another beginning": {"genesis": GENESIS - 600},
    "another length": {"n": 99},
    "another hash": {"anchor": "ef" * 32},
}


@pytest.mark.parametrize("name", LIES)
def test_over_a_lie_about_its_chain_nothing_is_cosigned_and_no_value_given(witness, tmp_path, name):
    leaves = [*some(3), truth(witness, **LIES[name])]
    assert status(hand_over, witness, leaves) == 403
    for one in (witness, Witness(tmp_path / "w", lambda: NOW)):
        assert status(cosign, one, leaves) == 403
        assert status(one.value, 1) == 403


def test_its_hash_under_another_name_is_a_lie_too(witness):
    facts = store.whole(witness.chain_facts())
    assert status(hand_over, witness, [anchor("op-chain-1", **facts)]) == 403


def test_what_is_handed_over_is_proved(witness):
    """Nobody else can make it read, or stop it by, leaves that are not the log's."""
    leaves = some(6)
    lie = [*leaves[:3], truth(witness, period=30), *leaves[4:]]
    forged = json.dumps(
        {
            "from": 0,
            "leaves": [leaf.decode() for leaf in lie],
            "proof": [],
            "checkpoint": head(leaves),
        }
    )
    assert status(witness.add_leaves, forged) == 422
    assert status(witness.add_leaves, "{}") == 400
    assert status(hand_over, witness, leaves, 2) == 409
    hand_over(witness, leaves)
    cosign(witness, leaves)
    assert witness.value(1)["slot"] == 1


def test_a_witness_that_does_not_read_says_so(tmp_path):
    store.create(tmp_path / "w", **NAMES, anchors={})
    blind = Witness(tmp_path / "w", lambda: NOW)
    assert status(hand_over, blind, some(1)) == 404
    cosign(blind, some(1))


def test_an_older_folder_is_brought_to_the_keys_of_now_by_one_command(tmp_path, capsys):
    store.create(tmp_path / "w", **NAMES, anchors={"op-chain-1": "cd" * 32})
    settings = json.loads((tmp_path / "w" / "config.json").read_text())
    own = settings["anchors"]["reg-chain-1"]["anchor"]
    older = {**settings, "anchors": {"op-chain-1": "cd" * 32, "reg-chain-1": own}}
    del older["policy"]
    (tmp_path / "w" / "config.json").write_text(json.dumps(older))
    data = [anchor("op-chain-1", **OTHER), *some(3)]
    log = write_log(tmp_path, data)
    (log / "checkpoint").write_text(head(data))
    command = ["--folder", str(tmp_path / "w"), "migrate", "--log", str(log)]
    assert main([*command, "--least-level", "S1", "--alg-from", "9=zjcs-draw/2=2"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["anchors"]["op-chain-1"] == OTHER
    assert told["anchors"]["reg-chain-1"]["n"] == 100
    assert (told["policy"], told["least_level"]) == ("every owner's witness", "S1")
    assert told["alg_from"] == [{"index": 9, "algs": ["zjcs-draw/2"], "t": 2}]
    once = (tmp_path / "w" / "config.json").read_text()
    assert main(command) == 0
    assert (tmp_path / "w" / "config.json").read_text() == once
    other = write_log(tmp_path / "other", [anchor("op-chain-1", **{**OTHER, "anchor": "aa" * 32})])
    (other / "checkpoint").write_text(
        head([anchor("op-chain-1", **{**OTHER, "anchor": "aa" * 32})])
    )
    (tmp_path / "w" / "config.json").write_text(json.dumps(older))
    assert main([*command[:-1], str(other)]) == 1
