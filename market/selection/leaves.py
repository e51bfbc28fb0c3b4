"""Putting facts of a selection on the log: each held to its protocol's own table of leaves first."""

from market.db import Work
from market.kernel.events import DrawEvent
from market.ledger.service import record
from verify.zjcs import draw as protocol
from verify.zjcs.canonical import jcs
from verify.zjcs.leaves import check_leaf
from verify.zjcs.merkle import leaf_hash


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
