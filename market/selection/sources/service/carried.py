"""Lots with a list of their own, which no notice promises (ADR 0072): fixed, witnessed, drawn. Their seed
follows from the list and from values of chains that nobody knew; there is no second draw.
"""

from market.accounts import queries as accounts
from market.db import Work
from market.kernel.clock import epoch, from_epoch
from market.kernel.errors import NotFound, Refusal
from market.kernel.plain import Json
from market.rulebook import queries as rulebooks
from market.selection import permissions
from market.selection.leaves import record_draw
from market.selection.sources.events import LotDrawn, LotFixed
from market.selection.sources.models import Lot, SourceValue
from market.selection.sources.queries import carried, failing
from market.selection.sources.queries import rows as source_rows
from market.selection.sources.queries.evidence import BELOW_WITNESS
from market.selection.sources.rules import plan
from market.selection.sources.service.lots import take_value
from market.selection.way import lot_use
from verify.zjcs import draw as protocol
from verify.zjcs import samples


def fix_lot(work: Work, *, subject: str, label: str, promise_leaf: str, list_sha256: str) -> bool:
    """Fix the list of a lot and when it is drawn: at the first instant at least the seal's gap from
    now that is a boundary of every living chain. False while there is none.
    """
    permissions.require(work.actor, "selection.clock")
    chains = failing.living_chains(work)
    draw_at = plan.instant(chains, work.now, rulebooks.in_force(work).seal_gap_minutes * 60)
    if not chains or draw_at is None or any(each.slot(draw_at) is None for each in chains):
        return False

    lot = Lot(
        name=f"{subject}/{label}",
        subject=subject,
        label=label,
        promise_leaf=promise_leaf,
        list_sha256=list_sha256,
        fixed_at=work.now,
        level=plan.level(chains, beacon=False),
        draw_at=from_epoch(draw_at),
        sources=plan.sources(chains, draw_at, beacon=False),
    )
    lot.fixed_leaf = record_draw(work, _fixed(lot), protocol.PROTOCOL_2)
    work.session.add(lot)
    return True


def _fixed(lot: Lot) -> LotFixed:
    return LotFixed(
        subject=lot.subject,
        at=lot.fixed_at,
        draw=lot.subject,
        draw_at=epoch(lot.draw_at),
        label=lot.label,
        list_sha256=lot.list_sha256,
        lot=lot.name,
        sources=list(lot.sources),
    )


def give_lot_value(work: Work, *, lot: str, source: str, value: str) -> bool:
    """Take a chain's value for a lot that is due and witnessed, and go on with it; True once it is
    drawn. Refuses as `take_value`, and `draw.none`, `draw.no_source`, `draw.source_lost`.
    """
    permissions.require(work.actor, "selection.clock")
    row = carried.lot_row(work, lot)
    if not _is_settled(work, row):
        return False
    slot = next((each["slot"] for each in row.sources if each["id"] == source), None)
    if slot is None:
        raise NotFound("draw.no_source")
    if failing.failure(work, source, "chain", slot) is not None:
        raise Refusal("draw.source_lost")
    take_value(work, source, slot, value)
    work.session.flush()  # The completion reads all values.
    return _draw(work, row)


def advance_lot(work: Work, *, lot: str) -> bool:
    """Go on with a lot as far as it can; twice changes nothing. True once it is drawn."""
    permissions.require(work.actor, "selection.clock")
    row = carried.lot_row(work, lot)
    return _is_settled(work, row) and _draw(work, row)


def _is_settled(work: Work, row: Lot) -> bool:
    """Hold the list to rule 2: witnessed in time, or the lot moves once by rule to 60 s after the late
    cosignature.
    """
    if work.now < row.draw_at or row.seed is not None:
        return False
    seen_at = carried.lot_seen_at(work, row)
    if seen_at is None:
        return False
    if row.level == BELOW_WITNESS or row.postponed_at is not None:
        return True
    chains = source_rows.chains_named(work, (each["id"] for each in row.sources))
    moved = plan.moved(chains, row.draw_at, seen_at, beacon=False)
    if moved is None:
        return True

    row.draw_at, row.sources = moved
    row.postponed_at = work.now
    return False


def _draw(work: Work, row: Lot) -> bool:
    """The seed, once every source has given its value or was declared lost, and another body than the
    operator has given one: alone the operator would know the seed. Until then the lot waits.
    """
    used = [_used(work, each) for each in row.sources]
    given = [each for each in used if each is not None]
    if len(given) < len(used) or not _gives_what_nobody_knew(work, row, given):
        return False
    seed = samples.lot_seed(
        fixed_leaf=row.fixed_leaf,
        label=row.label,
        lot=row.name,
        notice_leaf=row.promise_leaf,
        sources=given,
    )
    row.seed = seed
    row.drawn_at = work.now
    said = LotDrawn(subject=row.subject, at=work.now, lot=row.name, seed=seed)
    record_draw(work, said, protocol.PROTOCOL_2)
    lot_use(row.label).drawn(work, row.subject, seed)
    return True


def _gives_what_nobody_knew(work: Work, row: Lot, used: list[Json]) -> bool:
    """Whether another body's value is among the used. Below S1 there is no other body: any value."""
    given = [each["id"] for each in used if "value" in each]
    if row.level == BELOW_WITNESS:
        return bool(given)
    operator = accounts.office(work).id
    owners = {chain.owner_id for chain in source_rows.chains_named(work, given)}
    return bool(owners - {operator, None})


def _used(work: Work, source: Json) -> Json | None:
    """A source as it stands in the transcript; None while it is waited for."""
    lost = failing.failure(work, source["id"], "chain", source["slot"])
    if lost is not None:
        return {"id": source["id"], "failed_leaf": lost.leaf}
    value = work.session.get(SourceValue, (source["id"], source["slot"]))
    if value is None:
        return None
    return {"id": source["id"], "slot": source["slot"], "value": value.value}
