"""RFC 6962 / RFC 9162 SHA-256 Merkle tree: hashes, roots, proof checks. Pure; every hash is 32 raw
bytes.

Building proofs from stored nodes is the ledger's business; what stands here is what an outsider
needs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from .faults import Fault

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Hash of one leaf: SHA-256(0x00 || data)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node: SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: enough to append and to give the root, log2(n) hashes in
    memory.
    """

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        if size < 0 or len(peaks) != size.bit_count():
            raise Fault("merkle.peaks", size=size, peaks=len(peaks))
        self.size = size
        self.peaks = list(peaks)  # largest subtree first

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash."""
        self.extend((leaf,))

    def extend(self, leaf_hashes: Iterable[bytes]) -> None:
        """Add leaf hashes in order. The inner loop of a whole-log check: two hashes a leaf and
        little else.
        """
        sha256 = hashlib.sha256
        pop = self.peaks.pop
        push = self.peaks.append
        size = self.size
        for node in leaf_hashes:
            rest = size
            while rest & 1:
                node = sha256(b"\x01" + pop() + node).digest()
                rest >>= 1
            push(node)
            size += 1
        self.size = size

    def root(self) -> bytes:
        """Root of the tree as it stands."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """Root over leaf hashes in order; of no leaves, `EMPTY_ROOT`."""
    frontier = Frontier()
    frontier.extend(leaf_hashes)
    return frontier.root()


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Hold that `leaf` (a leaf hash) stands at `index` of the tree (`size`, `root`): RFC 9162
    2.1.3.2.

    Raises Fault `inclusion.shape` for impossible arguments, `inclusion.length` and `inclusion.root`
    for a wrong proof.
    """
    _require_hashes("inclusion.shape", leaf, root, *proof)
    if not 0 <= index < size:
        raise Fault("inclusion.shape", index=index, size=size)
    fn = index
    sn = size - 1
    node = leaf
    for sibling in proof:
        if sn == 0:
            raise Fault("inclusion.length", index=index, size=size, proof=len(proof))
        if fn & 1 or fn == sn:
            node = node_hash(sibling, node)
            while not fn & 1 and fn:
                fn = fn >> 1
                sn = sn >> 1
        else:
            node = node_hash(node, sibling)
        fn = fn >> 1
        sn = sn >> 1
    if sn != 0:
        raise Fault("inclusion.length", index=index, size=size, proof=len(proof))
    if node != root:
        raise Fault("inclusion.root", index=index, size=size)


def verify_consistency(
    size1: int, size2: int, root1: bytes, root2: bytes, proof: Sequence[bytes]
) -> None:
    """Hold that the tree (`size2`, `root2`) only appends to (`size1`, `root1`): RFC 9162 2.1.4.2.

    0 < size1 <= size2. Raises Fault `consistency.shape`, `consistency.length` or
    `consistency.root`.
    """
    if not 0 < size1 <= size2:
        raise Fault("consistency.shape", size1=size1, size2=size2)
    if size1 == size2:
        if proof:
            raise Fault("consistency.length", size1=size1, size2=size2, proof=len(proof))
        if root1 != root2:
            raise Fault("consistency.root", size1=size1, size2=size2)
        return
    _require_hashes("consistency.shape", root1, root2, *proof)
    # A complete subtree of size1 leaves is its own first node, which the proof therefore leaves
    # out.
    path = [root1, *proof] if size1 & (size1 - 1) == 0 else list(proof)
    if not path:
        raise Fault("consistency.length", size1=size1, size2=size2, proof=0)
    old, new = _consistency_roots(size1, size2, path)
    if old != root1 or new != root2:
        raise Fault("consistency.root", size1=size1, size2=size2)


def _consistency_roots(size1: int, size2: int, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    fn = size1 - 1
    sn = size2 - 1
    while fn & 1:
        fn = fn >> 1
        sn = sn >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if sn == 0:
            raise Fault("consistency.length", size1=size1, size2=size2, proof=len(path))
        if fn & 1 or fn == sn:
            old = node_hash(sibling, old)
            new = node_hash(sibling, new)
            while not fn & 1 and fn:
                fn = fn >> 1
                sn = sn >> 1
        else:
            new = node_hash(new, sibling)
        fn = fn >> 1
        sn = sn >> 1
    if sn != 0:
        raise Fault("consistency.length", size1=size1, size2=size2, proof=len(path))
    return old, new


def _require_hashes(code: str, *hashes: bytes) -> None:
    if any(len(value) != HASH_SIZE for value in hashes):
        raise Fault(code, lengths=sorted({len(value) for value in hashes}))
