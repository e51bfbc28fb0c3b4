"""One draw as its visitors watch it, before, during and long after; nothing that is not public at that moment."""
import dataclasses
import datetime as dt

from market.accounts import queries as accounts
from market.db import Work
from market.kernel.clock import epoch, from_epoch
from market.kernel.ids import Prefix, sibling
from market.ledger import queries as ledger
from market.ledger.queries import Entry
from market.selection.models import SourceValue
from market.selection.queries import rows
from market.selection.queries.evidence import ANCHOR, RESULT, SEAL, VALUE, leaves, seal_head, values_of
from market.selection.rules.plan import Chain
from verify.zjcs import draw as protocol
from verify.zjcs.faults import Fault

QUIET = frozenset({"entry.received", "entry.withdrawn", "entry.late", "entries.part", ANCHOR})


@dataclasses.dataclass(frozen=True)
class WatchedSource:
    """One source of a draw: who holds it, what slot (or round) was promised for when, where it began, its value if out.

    `late` is how long the value is overdue, None before its time and once it is there. `entry` is the value's place in
    the log, `anchored` the anchor's.
    """

    source: str
    kind: str
    slot: int
    due: dt.datetime
    holder: str | None
    anchor: str | None
    anchored: int | None
    value: str | None
    late: dt.timedelta | None
    entry: int | None


@dataclasses.dataclass(frozen=True)
class Watched:
    """Where a draw stands in the log: its sources, the seal with the instant a witness saw it, the result, the course."""

    sources: tuple[WatchedSource, ...]
    published: int
    sealed: int | None
    witnessed_at: dt.datetime | None
    drawn: int | None
    course: tuple[Entry, ...]


def watched(work: Work, draw_no: str) -> Watched:
    """What a visitor sees of a draw's course. Refuses `draw.none`."""
    draw = rows.draw_by_number(work, draw_no)
    found = leaves(work, draw)
    at = {entry.type: entry.index for entry in reversed(found)}
    head = seal_head(work, draw, at[SEAL]) if SEAL in at else None
    entries = {(entry.type, entry.subject): entry.index for entry in found if entry.type in (ANCHOR, VALUE)}
    chains = {chain.source: chain for chain in rows.chains(work)}
    return Watched(
        tuple(_source(work, planned.source, planned.kind, planned.slot, chains.get(planned.source), entries)
              for planned in rows.plan_of(work, draw.id)),
        at["notice.published"], at.get(SEAL), head.cosigned_at if head else None, at.get(RESULT),
        tuple(entry for entry in found if entry.type not in QUIET))


def _source(work: Work, source: str, kind: str, slot: int, chain: Chain | None,
            entries: dict[tuple[str, str], int]) -> WatchedSource:
    due = from_epoch(chain.due_at(slot) if chain else protocol.drand_time(slot))
    entry = entries.get((VALUE, source))
    known = work.session.get(SourceValue, (source, slot)) if entry is not None else None
    holder = accounts.organisation(work, chain.owner_id).name if chain and chain.owner_id else None
    return WatchedSource(
        source, kind, slot, due, holder, chain.anchor if chain else None, entries.get((ANCHOR, source)),
        known.value if known else None, work.now - due if known is None and work.now >= due else None, entry)


def news(work: Work, draw_no: str, after: int) -> list[Entry]:
    """What the log says of a draw behind entry `after`, oldest first: its notice's entries and the values promised to it.

    Refuses `draw.none`.
    """
    draw = rows.draw_by_number(work, draw_no)
    notice, size = sibling(draw.number, Prefix.NOTICE), ledger.size(work)
    found = ledger.between(work, [notice], after + 1, size)
    if sealed := ledger.find(work, SEAL, notice):
        result = ledger.find(work, RESULT, notice)
        slots = {planned.source: planned.slot for planned in rows.plan_of(work, draw.id)}
        values = ledger.between(work, list(slots), max(after, sealed.index) + 1, result.index if result else size)
        found += values_of(values, slots)
    return sorted(found, key=lambda entry: entry.index)


def witnessed_at(work: Work, draw_no: str) -> dt.datetime | None:
    """When a witness first saw the sealed list of a draw; None before that. Refuses `draw.none`."""
    draw = rows.draw_by_number(work, draw_no)
    sealed = ledger.find(work, SEAL, sibling(draw.number, Prefix.NOTICE)) if draw.sealed_at else None
    head = seal_head(work, draw, sealed.index) if sealed else None
    return head.cosigned_at if head else None


def contradicts(work: Work, draw_no: str, source: str, value: str) -> bool:
    """Whether a value that is due is surely not the chain's: to be asked before a writer's turn is taken for it.

    Hashing a slot down to its anchor may cost some hundred thousand hashes, and writers queue. False for everything that
    the service itself refuses at once.
    """
    draw = rows.draw_by_number(work, draw_no)
    planned = next((row for row in rows.plan_of(work, draw.id) if row.source == source and row.kind == "chain"), None)
    chain = next((chain for chain in rows.chains(work) if chain.source == source), None)
    if planned is None or chain is None or not protocol.HEX64.fullmatch(value) or epoch(work.now) < chain.due_at(planned.slot):
        return False
    try:
        protocol.check_chain_value(value, planned.slot, *rows.proved_below(work, chain, planned.slot))
    except Fault:
        return True
    return False
