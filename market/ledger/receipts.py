"""Proofs that people take home: `.tlog-proof` files."""

from market.db import Work
from market.kernel.errors import NotFound
from market.ledger import queries
from verify.zjcs import note


def receipt(work: Work, index: int) -> str:
    """A tlog-proof of an entry in the first cosigned checkpoint over it, else in the newest signed
    one.

    Refuses `ledger.no_entry`, or `ledger.not_signed` in the second before a checkpoint covers the
    entry.
    """
    entry = queries.entry(work, index)
    signed = queries.first_cosigned_over(work, index) or queries.checkpoint(work)
    if signed is None or signed.size <= index:
        raise NotFound("ledger.not_signed")
    hashes = tuple(queries.inclusion_proof(work, index, signed.size))
    return note.format_proof(note.Proof(index, hashes, signed.note, entry.leaf))
