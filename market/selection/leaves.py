"""Putting facts of a selection on the log: each held to its protocol's own table of leaves first."""

from collections.abc import Callable, Mapping, Sequence

from market.db import Work
from market.kernel.events import DrawEvent
from market.ledger.service import record
from verify.zjcs import draw as protocol
from verify.zjcs.canonical import jcs
from verify.zjcs.leaves import check_leaf
from verify.zjcs.merkle import leaf_hash


def record_list(
    work: Work,
    rows: Sequence[Mapping[str, object]],
    *,
    whole: Callable[..., DrawEvent],
    part: Callable[..., DrawEvent],
    alg: str,
) -> None:
    """Queue a list of a selection: in one leaf, or of a long one in parts whose hashes stand in the leaf
    that closes it (rule 14). `whole` makes the leaf of `rows`, or of `count` and `parts`; `part` that of
    a `part` (from 1) and its `rows`.
    """
    if len(rows) <= protocol.PART_ROWS:
        record_draw(work, whole(rows=list(rows)), alg)
        return
    parts = [
        record_draw(work, part(part=number, rows=chunk), alg)
        for number, chunk in enumerate(protocol.in_parts(rows), 1)
    ]
    record_draw(work, whole(count=len(rows), parts=parts), alg)


def record_draw(work: Work, event: DrawEvent, alg: str = protocol.PROTOCOL) -> str:
    """Queue a fact of a selection and return the hash (hex) that its leaf will have. `alg` is the
    protocol of its notice.

    Raises verify's Fault for a leaf that a verifier would refuse: that is a fault of ours, not of
    the user's.
    """
    leaf = event.leaf(work.now)
    check_leaf(leaf, alg)
    record(work, event)
    return leaf_hash(jcs(leaf)).hex()
