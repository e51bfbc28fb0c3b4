"""One draw as its visitors watch it, before, during and long after; nothing that is not public at
that moment.
"""

import dataclasses
import datetime as dt

from sqlalchemy import bindparam, select

from market.accounts import queries as accounts
from market.db import Work
from market.kernel.clock import epoch, from_epoch
from market.kernel.errors import NotFound
from market.kernel.ids import Prefix, sibling
from market.ledger import queries as ledger
from market.ledger.queries import Entry
from market.prepared import Prepared
from market.selection.sources.models import Draw, DrawSource, NoticeLot
from market.selection.sources.queries import rows as source_rows
from market.selection.sources.queries.evidence import (
    ANCHOR,
    RESULTS,
    SEAL,
    given,
    leaves,
    result_of,
    seal_head,
)
from market.selection.sources.rules import plan
from market.selection.sources.rules.plan import Chain
from verify.zjcs import draw as protocol
from verify.zjcs.faults import Fault

QUIET = frozenset({"entry.received", "entry.withdrawn", "entry.late", "entries.part", ANCHOR})


@dataclasses.dataclass(frozen=True)
class WatchedSource:
    """One source of a draw: who holds it, what slot (or round) was promised for when, where it
    began, its value if out.

    `kind` chain (slot), drand (slot is the round) or lottery (slot is the day's ordinal, `issue`
    once known). `late` is how long the value is overdue, None before its time, once it is there,
    and once the source has failed (`failed_leaf`, hex). `entry` is the place in the log of the
    value or the failure, `anchored` the anchor's.
    """

    source: str
    kind: str
    slot: int
    issue: str | None
    is_fallback: bool
    failed_leaf: str | None
    due: dt.datetime
    holder: str | None
    anchor: str | None
    anchored: int | None
    value: str | None
    late: dt.timedelta | None
    entry: int | None


@dataclasses.dataclass(frozen=True)
class Watched:
    """Where a draw stands in the log: its sources, the seal with the instant a witness saw it, the
    result, the course.

    `level` is the one promised, after the draw the one reached.
    """

    level: str
    sources: tuple[WatchedSource, ...]
    published: int
    sealed: int | None
    witnessed_at: dt.datetime | None
    drawn: int | None
    course: tuple[Entry, ...]


def watched(work: Work, draw_no: str) -> Watched:
    """What a visitor sees of a draw's course. Refuses `draw.none`."""
    draw = source_rows.draw_by_number(work, draw_no)
    found = leaves(work, draw)
    at = {entry.type: entry.index for entry in reversed(found)}
    head = seal_head(work, draw, at[SEAL]) if SEAL in at else None
    sources = {
        (entry.type == ANCHOR, entry.subject): entry
        for entry in found
        if entry.subject != draw_subject(draw)
    }
    chains = {chain.source: chain for chain in source_rows.chains(work)}
    result = result_of(found)
    return Watched(
        draw.reached or draw.level,
        tuple(
            _source(work, planned, chains.get(planned.source), sources)
            for planned in source_rows.plan_of(work, draw.id)
        ),
        at["notice.published"],
        at.get(SEAL),
        head.cosigned_at if head else None,
        result.index if result else None,
        tuple(entry for entry in found if entry.type not in QUIET),
    )


def draw_subject(draw: Draw) -> str:
    """The number under which the log files a draw: its notice's."""
    return sibling(draw.number, Prefix.NOTICE)


def _source(
    work: Work, planned: DrawSource, chain: Chain | None, entries: dict[tuple[bool, str], Entry]
) -> WatchedSource:
    due = from_epoch(
        chain.due_at(planned.slot) if chain else plan.DUE_AT[planned.kind](planned.slot)
    )
    anchor = entries.get((True, planned.source))
    entry = entries.get((False, planned.source))
    fields = entry.fields if entry is not None and planned.failed_leaf is None else {}
    holder = accounts.organisation(work, chain.owner_id).name if chain and chain.owner_id else None
    return WatchedSource(
        planned.source,
        planned.kind,
        planned.slot,
        fields.get("issue"),
        planned.is_fallback,
        planned.failed_leaf,
        due,
        holder,
        chain.anchor if chain else None,
        anchor.index if anchor else None,
        fields.get("value"),
        work.now - due if entry is None and work.now >= due else None,
        entry.index if entry else None,
    )


TOLD = Prepared(
    select(NoticeLot.id, NoticeLot.sealed_at).where(NoticeLot.number == bindparam("number"))
)


def _told(work: Work, draw_no: str) -> tuple[int, dt.datetime | None]:
    """What the news of a draw hang on, asked once a second for each that somebody watches."""
    row = TOLD.first(work, number=draw_no)
    if row is None:
        raise NotFound("draw.none")
    return row[0], row[1]


def news(work: Work, draw_no: str, after: int) -> list[Entry]:
    """What the log says of a draw behind entry `after`, oldest first: its notice's entries and the
    values promised to it.

    Refuses `draw.none`.
    """
    draw_id, _sealed_at = _told(work, draw_no)
    notice = sibling(draw_no, Prefix.NOTICE)
    found = ledger.behind(work, notice, after)
    if sealed := ledger.find(work, SEAL, notice):
        results = [ledger.find(work, kind, notice) for kind in RESULTS]
        result = next((entry for entry in results if entry), None)
        found += given(
            work,
            source_rows.plan_of(work, draw_id),
            max(after, sealed.index) + 1,
            result.index if result else ledger.NEVER,
        )
    return sorted(found, key=lambda entry: entry.index)


def witnessed_at(work: Work, draw_no: str) -> dt.datetime | None:
    """When a witness first saw the sealed list of a draw; None before that. Refuses `draw.none`."""
    _id, sealed_at = _told(work, draw_no)
    if sealed_at is None:
        return None
    draw = source_rows.draw_by_number(work, draw_no)
    sealed = ledger.find(work, SEAL, draw_subject(draw))
    head = seal_head(work, draw, sealed.index) if sealed else None
    return head.cosigned_at if head else None


def contradicts(work: Work, draw_no: str, source: str, value: str) -> bool:
    """Whether a value that is due is surely not the chain's: to be asked before a writer's turn is
    taken for it.

    Hashing a slot down to its anchor may cost some hundred thousand hashes, and writers queue.
    False for everything that the service itself refuses at once.
    """
    draw = source_rows.draw_by_number(work, draw_no)
    planned = next(
        (
            row
            for row in source_rows.plan_of(work, draw.id)
            if row.source == source and row.kind == "chain"
        ),
        None,
    )
    chain = next((chain for chain in source_rows.chains(work) if chain.source == source), None)
    if (
        planned is None
        or chain is None
        or not protocol.HEX64.fullmatch(value)
        or epoch(work.now) < chain.due_at(planned.slot)
    ):
        return False
    try:
        protocol.check_chain_value(
            value, planned.slot, *source_rows.proved_below(work, chain, planned.slot)
        )
    except Fault:
        return True
    return False
