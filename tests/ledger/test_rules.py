"""The tree's arithmetic against the plain recursion of RFC 6962 and against the outsiders'
verifier.
"""

import functools
import hashlib

import pytest

from market.ledger import rules
from verify.zjcs.merkle import leaf_hash, node_hash, verify_consistency, verify_inclusion

LEAVES = [leaf_hash(f"leaf {number}".encode()) for number in range(600)]


@functools.cache
def plain_root(start: int, end: int) -> bytes:
    """MTH of RFC 6962 section 2.1, word for word."""
    if end - start == 0:
        return hashlib.sha256(b"").digest()
    if end - start == 1:
        return LEAVES[start]
    split = start + (1 << (end - start - 1).bit_length() - 1)
    return node_hash(plain_root(start, split), plain_root(split, end))


def nodes(wanted: list[rules.Node]) -> dict[rules.Node, bytes]:
    return {
        (level, index): plain_root(index << level, index + 1 << level) for level, index in wanted
    }


@pytest.mark.parametrize("size", [*range(70), 127, 128, 129, 255, 256, 257, 511, 599, 600])
def test_the_root_folds_from_the_peaks(size):
    peaks = rules.peaks(size)
    found = nodes(peaks)
    assert rules.fold([found[peak] for peak in peaks]) == plain_root(0, size)


@pytest.mark.parametrize("size", [*range(1, 40), 255, 256, 257, 600])
def test_every_leaf_is_proven_in_every_tree(size):
    for index in range(size):
        proof = rules.resolve(rules.inclusion(index, size), nodes)
        verify_inclusion(LEAVES[index], index, size, proof, plain_root(0, size))


@pytest.mark.parametrize("new", [*range(1, 40), 255, 256, 257, 600])
def test_every_tree_extends_every_smaller_one(new):
    for old in range(1, new + 1):
        proof = rules.resolve(rules.consistency(old, new), nodes)
        verify_consistency(old, new, plain_root(0, old), plain_root(0, new), proof)


def test_appending_completes_exactly_the_subtrees_that_end_there():
    stored = [node for index in range(64) for node in rules.completed_by(index)]
    assert len(stored) == len(set(stored)) == 127
    assert set(stored) == {(level, index) for level in range(7) for index in range(64 >> level)}


@pytest.mark.parametrize(
    "path, read",
    [
        ("000", (0, 256)),
        ("067.p/12", (67, 12)),
        ("x001/x234/067", (1_234_067, 256)),
        ("x001/000.p/255", (1000, 255)),
        ("x000/067", None),
        ("67", None),
        ("000.p/256", None),
        ("000.p/0", None),
        ("x001/x234/067.p/", None),
        ("../000", None),
        ("x999/" * 5 + "999", None),
        ("٠٠٠", None),
    ],
)
def test_tile_paths_have_one_spelling(path, read):
    assert rules.read_tile_path(path) == read
    if read:
        assert rules.tile_path(read[0]) == path.split(".")[0]
