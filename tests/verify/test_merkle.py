"""The tree's arithmetic: official vectors, and every size up to 600 against the recursion of the
RFC.
"""

import random

import pytest

from tests.verify import forge
from tests.verify.node import script
from tests.verify.vectors import SHARED, raw, shared
from verify.zjcs import merkle
from verify.zjcs.faults import Fault

LEAVES = tuple(merkle.leaf_hash(number.to_bytes(2, "big")) for number in range(600))


def refuses(check, *arguments):
    """Whether a check refuses."""
    try:
        check(*arguments)
    except Fault:
        return True
    return False


def test_the_eight_leaves_of_rfc_6962():
    data = shared("rfc6962_merkle_8_leaves.json")
    leaves = [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in data["leaf_inputs_hex"]]
    levels = [[node.hex() for node in leaves]]
    while len(levels[-1]) > 1:
        below = [bytes.fromhex(node) for node in levels[-1]]
        levels.append(
            [merkle.node_hash(below[i], below[i + 1]).hex() for i in range(0, len(below), 2)]
        )
    assert levels == data["node_hashes_by_level"]
    assert [merkle.root_of(leaves[:size]).hex() for size in range(9)] == data["root_by_size"]


def test_the_inclusion_proofs_of_rfc_9162():
    cases = shared("rfc9162_inclusion_proofs.json")
    assert len(cases) == 98
    for case in cases:
        proof = [raw(part) for part in case["proof"] or []]
        refused = refuses(
            merkle.verify_inclusion,
            raw(case["leafHash"]),
            case["leafIdx"],
            case["treeSize"],
            proof,
            raw(case["root"]),
        )
        assert refused == case["wantErr"], case["file"]


def test_the_consistency_proofs_of_rfc_9162():
    cases = shared("rfc9162_consistency_proofs.json")
    assert len(cases) == 98
    for case in cases:
        proof = [raw(part) for part in case["proof"] or []]
        refused = refuses(
            merkle.verify_consistency,
            case["size1"],
            case["size2"],
            raw(case["root1"]),
            raw(case["root2"]),
            proof,
        )
        assert refused == case["wantErr"], case["file"]


def test_javascript_agrees_on_all_proof_vectors():
    shared("rfc9162_inclusion_proofs.json")
    answers = script(f"""
        import {{ readFileSync }} from "node:fs";
        import {{ verifyConsistency, verifyInclusion }} from "./merkle.js";
        const read = (name) => JSON.parse(readFileSync("{SHARED}/" + name, "utf8"));
        const hex = (text) => Buffer.from(text ?? "", "base64").toString("hex");
        const wrong = [];
        const judge = (test, check) => {{
          let refused = false;
          try {{ check(); }} catch {{ refused = true; }}
          if (refused !== test.wantErr) wrong.push(test.file);
        }};
        for (const t of read("rfc9162_inclusion_proofs.json"))
          judge(t, () => verifyInclusion(hex(t.leafHash), t.leafIdx, t.treeSize, (t.proof ?? []).map(hex), hex(t.root)));
        for (const t of read("rfc9162_consistency_proofs.json"))
          judge(t, () => verifyConsistency(t.size1, t.size2, hex(t.root1), hex(t.root2), (t.proof ?? []).map(hex)));
        console.log(JSON.stringify(wrong));""")
    assert answers == []


def test_every_root_equals_the_recursion():
    frontier = merkle.Frontier()
    for size in range(601):
        assert frontier.root() == forge.root(LEAVES[:size])
        assert merkle.Frontier(size, frontier.peaks).root() == frontier.root()
        if size < 600:
            frontier.append(LEAVES[size])


def test_proofs_of_every_size_hold_and_bent_ones_do_not():
    chance = random.Random(1)
    for size in range(1, 601):
        leaves = LEAVES[:size]
        head = forge.root(leaves)
        for index in {0, size - 1, size // 2, chance.randrange(size)}:
            proof = forge.inclusion(leaves, index)
            merkle.verify_inclusion(leaves[index], index, size, proof, head)
            assert refuses(
                merkle.verify_inclusion, leaves[index], index, size, [*proof, head], head
            )
            assert (
                refuses(merkle.verify_inclusion, LEAVES[index - 1], index, size, proof, head)
                or size == 1
            )
            if proof:
                assert refuses(
                    merkle.verify_inclusion, leaves[index], index, size, proof[:-1], head
                )
        for old in {1, size, (size + 1) // 2, chance.randrange(size) + 1}:
            proof = forge.consistency(leaves, old)
            merkle.verify_consistency(old, size, forge.root(LEAVES[:old]), head, proof)
            assert (
                refuses(merkle.verify_consistency, old, size, LEAVES[-1], head, proof) or old == 600
            )


def test_small_trees_entirely():
    for size in range(1, 65):
        leaves = LEAVES[:size]
        head = forge.root(LEAVES[:size])
        for index in range(size):
            merkle.verify_inclusion(
                leaves[index], index, size, forge.inclusion(leaves, index), head
            )
        for old in range(1, size + 1):
            merkle.verify_consistency(
                old, size, forge.root(leaves[:old]), head, forge.consistency(leaves, old)
            )


def test_a_frontier_needs_the_right_number_of_peaks():
    with pytest.raises(Fault, match=r"merkle\.peaks"):
        merkle.Frontier(3, [LEAVES[0]])
