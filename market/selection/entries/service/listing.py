"""The sealed list as leaves: one, or parts above 256 rows (rule 14)."""

from typing import NamedTuple

from market.db import Work
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.selection.entries.events import EntriesPart, EntriesSealed
from market.selection.leaves import record_draw
from market.selection.notices.models import Notice
from verify.zjcs import draw as protocol

KINDS = ("entrants", "excluded", "unopened")


class Rows(NamedTuple):
    """The rows of a seal by where they stand: on the list, excluded, not opened; each by number."""

    listed: list[Json]
    excluded: list[Json]
    unopened: list[Json]


def record_seal(work: Work, notice: Notice, rows: Rows) -> str:
    """The leaf `entries.sealed`, in parts above 256 rows (rule 14); returns its hash."""
    number = str(notice.number)
    facts: Json = {
        "subject": number,
        "at": work.now,
        "draw": sibling(number, Prefix.DRAW),  # the key of the protocol, whatever the way
    }
    if notice.alg != protocol.PROTOCOL:
        facts["received"] = notice.entries_given
    together = [(kind, row) for kind, part in zip(KINDS, rows, strict=True) for row in part]
    if len(together) > protocol.PART_ROWS:
        parts = _record_parts(work, notice, together)
        sealed = EntriesSealed(**facts, count=len(together), parts=parts)
    else:
        sealed = EntriesSealed(
            **facts,
            entrants=rows.listed,
            excluded=rows.excluded or None,
            unopened=rows.unopened or None,
        )
    return record_draw(work, sealed, notice.alg)


def _record_parts(work: Work, notice: Notice, together: list[tuple[str, Json]]) -> list[str]:
    """The leaves of the parts, 256 rows each; returns their hashes."""
    number = str(notice.number)
    hashes = []
    for part, here in enumerate(protocol.in_parts(together), 1):
        lists = {kind: [row for of, row in here if of == kind] or None for kind in KINDS}
        leaf = EntriesPart(subject=number, draw=sibling(number, Prefix.DRAW), part=part, **lists)
        hashes.append(record_draw(work, leaf, notice.alg))
    return hashes
