"""The tree's arithmetic (RFC 6962, RFC 9162 section 2.1). Pure: nodes are fetched through a
function that is handed in.

Node (level, index) is the hash of the complete subtree over leaves [index << level, (index + 1) <<
level). Only complete subtrees are stored; the ragged right edge is folded when a root or a proof is
asked for.
"""

import re
from collections.abc import Callable, Iterator

from verify.zjcs.merkle import EMPTY_ROOT, node_hash

Node = tuple[int, int]
Fetch = Callable[[list[Node]], dict[Node, bytes]]
LEVEL_SHIFT = 48
TILE = 256  # hashes or entries in a full tile
MOST = 2**LEVEL_SHIFT  # leaves: what a node's key has room for
MAX_TILE = 2**40  # beyond any log, within any integer
TILE_PATH = re.compile(r"(?P<index>(?:x\d{3}/)*\d{3})(?:\.p/(?P<width>[1-9]\d{0,2}))?", re.ASCII)


def node_key(level: int, index: int) -> int:
    """The primary key of a node's row."""
    return level << LEVEL_SHIFT | index


def completed_by(index: int) -> Iterator[Node]:
    """The subtrees that become complete when leaf `index` is appended, leaf level first."""
    level = 0
    yield level, index
    while index & 1:
        level = level + 1
        index = index >> 1
        yield level, index


def peaks(size: int) -> list[Node]:
    """The complete subtrees that a tree of `size` leaves falls into, left to right."""
    return cover(0, size)


def cover(start: int, end: int) -> list[Node]:
    """The complete subtrees that leaves [start, end) fall into; `start` is a multiple of the
    range's widest power of two.
    """
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append((level, start >> level))
        start += 1 << level
    return nodes


def fold(hashes: list[bytes]) -> bytes:
    """The hash over adjoining subtrees of falling size."""
    if not hashes:
        return EMPTY_ROOT
    folded = hashes[-1]
    for left in reversed(hashes[:-1]):
        folded = node_hash(left, folded)
    return folded


def inclusion(index: int, size: int) -> list[list[Node]]:
    """The audit path of leaf `index` in a tree of `size` leaves (RFC 9162 2.1.3.1), nearest sibling
    first.

    Each step is the list of complete subtrees whose fold is the sibling's hash.
    """
    return _path(index, 0, size)


def _path(index: int, start: int, end: int) -> list[list[Node]]:
    steps = []
    while end - start > 1:
        split = start + _largest_power_below(end - start)
        if index < split:
            steps.append(cover(split, end))
            end = split
        else:
            steps.append(cover(start, split))
            start = split
    return steps[::-1]


def consistency(old: int, new: int) -> list[list[Node]]:
    """The proof that the tree of `old` leaves is a prefix of the tree of `new` (RFC 9162 2.1.4.1).
    0 < old <= new.
    """
    if old == new:
        return []
    steps = []
    start = 0
    end = new
    whole = True
    while old != end:
        split = start + _largest_power_below(end - start)
        if old <= split:
            steps.append(cover(split, end))
            end = split
        else:
            steps.append(cover(start, split))
            start = split
            whole = False
    if not whole:
        steps.append(cover(start, end))
    return steps[::-1]


def _largest_power_below(width: int) -> int:
    return 1 << (width - 1).bit_length() - 1


def resolve(steps: list[list[Node]], fetch: Fetch) -> list[bytes]:
    """The hashes of a proof, every node fetched in one call."""
    found = fetch([node for step in steps for node in step])
    return [fold([found[node] for node in step]) for step in steps]


def read_tile_path(path: str) -> tuple[int, int] | None:
    """(index, width) of a C2SP tile path such as x001/x234/067 or 000.p/17; None for anything else."""
    parts = TILE_PATH.fullmatch(path)
    if parts is None:
        return None
    index = int(parts["index"].replace("/", "").replace("x", ""))
    if index > MAX_TILE or tile_path(index) != parts["index"]:
        return None
    width = int(parts["width"] or TILE)
    return (
        (index, width) if 1 <= width <= TILE and (parts["width"] is None or width < TILE) else None
    )


def tile_path(index: int) -> str:
    """A tile's index as C2SP writes it: groups of three digits, all but the last with an x in
    front.
    """
    groups = [f"{index % 1000:03d}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03d}")
    return "/".join(reversed(groups))
