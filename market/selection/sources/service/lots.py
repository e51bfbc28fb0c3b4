"""The course of a lot: values come in from anyone who has them, and the seed follows by protocol
zjcs-draw/1. Nothing is chosen here; what the seed is for is known to the lot's use (LotUse).
"""

import datetime as dt

from market.db import Work
from market.kernel.clock import epoch, from_epoch
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.ids import Prefix, sibling
from market.kernel.moments import moment
from market.kernel.plain import Json
from market.ledger import queries as ledger
from market.selection import permissions
from market.selection.leaves import record_draw
from market.selection.sources.events import DrawPostponed, SourceValued
from market.selection.sources.models import DrawSource, FixedLot, NoticeLot, SourceValue
from market.selection.sources.queries import rows as source_rows
from market.selection.sources.queries.evidence import seal_of
from market.selection.sources.rules import DRAW, plan
from market.selection.sources.rules.states import DrawState, move_draw
from market.selection.sources.service import failing
from market.selection.sources.service.plans import write_sources
from market.selection.way import lot_use
from market.windows import service as windows
from market.windows.queries import Due
from verify.zjcs import drand, experts
from verify.zjcs import draw as protocol
from verify.zjcs.faults import Fault

PENDING = frozenset({DrawState.WAITING_SLOT, DrawState.WAITING_VALUE, DrawState.SOURCE_LOST})
SAYS = {False: DrawState.WAITING_VALUE, True: DrawState.SOURCE_LOST}


def reach_slot(work: Work, due: Due) -> None:
    """The promised instant has come: go on with the draw if its list is sealed and witnessed. A lot that
    was fixed later goes on by the clock's own step (`jobs.bring_values`).
    """
    draw = source_rows.draw_if_any(work, sibling(due.subject, Prefix.DRAW))
    if draw is not None:
        _advance(work, draw)


def advance(work: Work, *, draw_no: str) -> DrawState:
    """Go on with a draw as far as it can: witnessed? due? all values in? Twice changes nothing;
    returns its state.
    """
    permissions.require(work.actor, "selection.clock")
    return _advance(work, source_rows.lot_by_number(work, draw_no, lock=True))


def submit_value(
    work: Work,
    *,
    draw_no: str,
    source: str,
    value: str = "",
    round_: int | None = None,
    signature: str = "",
) -> DrawState:
    """Take a source's value from anyone: it proves itself. `value` 64 hex digits, or drand's
    `round_` and `signature`.

    Given again it changes nothing. When it was the last one, the order follows at once. Refuses
    `draw.none`, `draw.no_source`, `draw.not_sealed`, `draw.value_not_due`, `draw.awaits_witness`,
    `draw.value_malformed`, `draw.value_wrong`, `draw.round_wrong`, `draw.cannot_check_drand`, and
    what `sources.refuse_final` does. Returns the draw's state.
    """
    draw = source_rows.lot_by_number(work, draw_no, lock=True)
    source_row = next(
        (row for row in source_rows.plan_of(work, draw.id) if row.source == source), None
    )
    if source_row is None:
        raise NotFound("draw.no_source")
    _seal_index(work, draw)
    if draw.state not in PENDING:
        return _already(work, draw, source_row, value, signature)
    if not _settle_time(work, draw):
        return draw.state
    source_row = next(row for row in source_rows.plan_of(work, draw.id) if row.source == source)
    failing.refuse_final(work, source_row)
    known = work.session.get(SourceValue, (source, source_row.slot))
    if source_row.kind == "drand":
        _take_round(work, source_row, round_, signature, known)
    else:
        take_value(work, source_row.source, source_row.slot, value)
    work.session.flush()  # The completion reads all values.
    return _advance(work, draw)


def _already(
    work: Work, draw: NoticeLot, source: DrawSource, value: str, signature: str
) -> DrawState:
    """A finished draw hears its own values again without harm, and no others."""
    known = work.session.get(SourceValue, (source.source, source.slot))
    if (
        draw.state is DrawState.DRAWN
        and known
        and (value or signature) in (known.value, known.signature)
    ):
        return draw.state
    raise Refusal("draw.is_over")


def take_value(work: Work, source: str, slot: int, value: str) -> None:
    """Take the value of a chain's slot, which proves itself; given again it changes nothing. Refuses
    `draw.value_malformed`, `draw.value_not_due`, `draw.value_wrong`.
    """
    if not protocol.HEX64.fullmatch(value):
        raise Invalid("draw.value_malformed", field="value")
    chain = next(chain for chain in source_rows.chains(work) if chain.source == source)
    if epoch(work.now) < chain.due_at(slot):
        raise Refusal("draw.value_not_due", due=moment(from_epoch(chain.due_at(slot))))
    known = work.session.get(SourceValue, (source, slot))
    if known is not None:
        if known.value != value:
            raise Invalid("draw.value_wrong", field="value")
        return
    try:
        protocol.check_chain_value(value, slot, *source_rows.proved_below(work, chain, slot))
    except Fault as fault:
        raise Invalid("draw.value_wrong", field="value") from fault
    work.session.add(SourceValue(source=source, slot=slot, value=value, revealed_at=work.now))
    record_draw(work, SourceValued(subject=source, source=source, slot=slot, value=value))


def _take_round(
    work: Work, source: DrawSource, round_: int | None, signature: str, known: SourceValue | None
) -> None:
    if round_ != source.slot:
        raise Invalid("draw.round_wrong", field="round", expected=source.slot)
    if epoch(work.now) < protocol.drand_time(source.slot):
        raise Refusal(
            "draw.value_not_due", due=moment(from_epoch(protocol.drand_time(source.slot)))
        )
    if known is not None and known.signature == signature:
        return
    verdict = drand.verify(source.slot, signature)
    if verdict is None:
        raise Refusal("draw.cannot_check_drand")
    if not verdict:
        raise Invalid("draw.value_wrong", field="signature")
    value = drand.value(signature)
    work.session.add(
        SourceValue(
            source=source.source,
            slot=source.slot,
            value=value,
            signature=signature,
            revealed_at=work.now,
        )
    )
    record_draw(
        work,
        SourceValued(
            subject=source.source,
            source=source.source,
            round=source.slot,
            signature=signature,
            value=value,
        ),
    )


# --- when ---------------------------------------------------------------------------------


def _settle_time(work: Work, draw: NoticeLot) -> bool:
    """Hold the seal to rule 2 and 4: witnessed in time, or postponed by rule. True: values for the
    plan may be taken.

    Refuses `draw.awaits_witness` while no checkpoint over the seal was cosigned (below S1: signed).
    """
    if draw.postponed_at is not None:
        return True
    seen_at = _seen_at(work, draw)
    if seen_at is None:
        raise Refusal("draw.awaits_witness")
    if draw.level == "S0":
        return True
    planned = [row for row in source_rows.plan_of(work, draw.id) if not row.is_fallback]
    moved = plan.moved(
        source_rows.chains_named(work, (row.source for row in planned)),
        draw.draw_at,
        seen_at,
        beacon=any(row.kind == "drand" for row in planned),
    )
    if moved is None:
        return True
    _postpone(work, draw, *moved)
    return False


def _seen_at(work: Work, draw: NoticeLot) -> dt.datetime | None:
    """When the seal was first witnessed; below S1, where no witness is, when the log first signed a
    head over it.
    """
    index = _seal_index(work, draw)
    if draw.level != "S0":
        return ledger.cosigned_at(work, index)
    head = ledger.checkpoint(work)
    return draw.sealed_at if head is not None and head.size > index else None


def _timely_witnesses(work: Work, draw: NoticeLot) -> int:
    """How many witnesses cosigned the sealed checkpoint in time: two make S3 (rule 8)."""
    head = ledger.first_cosigned_over(work, _seal_index(work, draw))
    if head is None or draw.sealed_at is None:
        return 0
    return head.cosigned_between(*plan.timely(epoch(draw.sealed_at), epoch(draw.draw_at)))


def _seal_index(work: Work, draw: NoticeLot) -> int:
    """Where on the log the seal stands. Refuses `draw.not_sealed`."""
    sealed = seal_of(work, draw)
    if sealed is None:
        raise Refusal("draw.not_sealed")
    return sealed.index


def _postpone(work: Work, draw: NoticeLot, at: dt.datetime, sources: list[Json]) -> None:
    """Move the draw to 60 s after the late cosignature, with the slots that follow from it (rule
    2).
    """
    draw.draw_at = at
    draw.postponed_at = work.now
    write_sources(work, draw, sources)
    number = source_rows.notice_of(draw)
    windows.open_at(
        work, DRAW, subject=number, due_at=draw.draw_at, matter=f"{draw.number}:postponed"
    )
    whole = sibling(number, Prefix.DRAW)
    record_draw(work, DrawPostponed(subject=number, at=work.now, draw=whole, draw_at=epoch(at)))


# --- the seed -----------------------------------------------------------------------------


def _advance(work: Work, draw: NoticeLot) -> DrawState:
    if draw.state not in PENDING or work.now < draw.draw_at:
        return draw.state
    number = source_rows.notice_of(draw)
    use = lot_use(draw.label)
    if draw.state is DrawState.WAITING_SLOT:
        draw.state = move_draw(draw.state, DrawState.WAITING_VALUE)
        use.waiting(work, number)

    seen_at = _seen_at(work, draw)
    if seen_at is None or not _settle_time(work, draw):
        return draw.state

    course = failing.course(work, draw, seen_at, _timely_witnesses(work, draw))
    if course.fault:
        draw.state = move_draw(draw.state, DrawState.ABORTED)
        use.aborted(work, number, course.fault)
    elif course.transcript is not None:
        draw.reached = course.level if course.level != draw.level else None
        use.drawn(work, number, _draw(work, draw, course.transcript))
    elif course.has_failed is not (draw.state is DrawState.SOURCE_LOST):
        draw.state = move_draw(draw.state, SAYS[course.has_failed])
    return draw.state


def _draw(work: Work, draw: NoticeLot, used: list[Json]) -> str:
    """The seed of a lot whose values are all in."""
    seed_of = experts.seed_of if isinstance(draw, FixedLot) else protocol.seed
    draw.seed = seed_of(draw.number, draw.notice_leaf, str(draw.seal_leaf), used)
    draw.drawn_at = work.now
    draw.state = move_draw(draw.state, DrawState.DRAWN)
    return draw.seed
