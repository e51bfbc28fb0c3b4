"""The draw: values come in from anyone who has them, and the order follows by protocol zjcs-draw/1.
Nothing is chosen here.
"""

import datetime as dt
from typing import Any

from market.db import Work
from market.kernel.clock import epoch, from_epoch
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.ids import Prefix, sibling
from market.ledger import queries as ledger
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection import permissions, rules
from market.selection.events import (
    DrawPostponed,
    DrawResult,
    ResultPublished,
    SourceAnchored,
    SourceValued,
)
from market.selection.models import (
    ChainAnchor,
    Draw,
    DrawSource,
    Entry,
    Notice,
    Ranking,
    SourceValue,
)
from market.selection.queries import rows
from market.selection.rules import outcome, plan, states
from market.selection.rules.outcome import Failure
from market.selection.rules.spoken import moment
from market.selection.service import sources
from market.selection.service.leaves import record_draw
from market.selection.service.publish import write_sources
from market.selection.service.seal import fail
from market.windows import service as windows
from market.windows.queries import Due
from verify.zjcs import drand
from verify.zjcs import draw as protocol
from verify.zjcs.faults import Fault

PENDING = frozenset({states.Draw.WAITING_SLOT, states.Draw.WAITING_VALUE, states.Draw.SOURCE_LOST})
SAYS = {False: states.Draw.WAITING_VALUE, True: states.Draw.SOURCE_LOST}


def anchor_chain(
    work: Work,
    *,
    source: str,
    anchor: str,
    genesis: int,
    period: int,
    n: int,
    owner_id: int | None = None,
) -> bool:
    """Make a chain public before any notice names it; False when it is public already.

    `owner_id` is the organisation that holds the secret: two owners make S1. Refuses
    `draw.other_anchor`.
    """
    permissions.require(work.actor, "selection.anchor")
    known = work.session.get(ChainAnchor, source)
    if known is not None:
        if known.anchor != anchor:
            raise Refusal("draw.other_anchor", source=source)
        return False
    work.session.add(
        ChainAnchor(
            source=source,
            anchor=anchor,
            genesis=genesis,
            period=period,
            n=n,
            owner_id=owner_id,
            anchored_at=work.now,
        )
    )
    record_draw(
        work,
        SourceAnchored(
            subject=source, source=source, anchor=anchor, genesis=genesis, period=period, n=n
        ),
    )
    return True


def reach_slot(work: Work, due: Due) -> None:
    """The promised instant has come: go on with the draw if its list is sealed and witnessed."""
    _advance(work, rows.draw_of(work, rows.by_number(work, due.subject).id, lock=True))


def advance(work: Work, *, draw_no: str) -> states.Draw:
    """Go on with a draw as far as it can: witnessed? due? all values in? Twice changes nothing;
    returns its state.
    """
    permissions.require(work.actor, "selection.clock")
    return _advance(work, rows.draw_by_number(work, draw_no, lock=True))


def submit_value(
    work: Work,
    *,
    draw_no: str,
    source: str,
    value: str = "",
    round_: int | None = None,
    signature: str = "",
) -> states.Draw:
    """Take a source's value from anyone: it proves itself. `value` 64 hex digits, or drand's
    `round_` and `signature`.

    Given again it changes nothing. When it was the last one, the order follows at once. Refuses
    `draw.none`, `draw.no_source`, `draw.not_sealed`, `draw.value_not_due`, `draw.awaits_witness`,
    `draw.value_malformed`, `draw.value_wrong`, `draw.round_wrong`, `draw.cannot_check_drand`, and
    what `sources.refuse_final` does. Returns the draw's state.
    """
    draw = rows.draw_by_number(work, draw_no, lock=True)
    source_row = next((row for row in rows.plan_of(work, draw.id) if row.source == source), None)
    if source_row is None:
        raise NotFound("draw.no_source")
    _seal_index(work, draw)
    if draw.state not in PENDING:
        return _already(work, draw, source_row, value, signature)
    if not _settle_time(work, draw):
        return draw.state
    source_row = next(row for row in rows.plan_of(work, draw.id) if row.source == source)
    sources.refuse_final(work, source_row)
    known = work.session.get(SourceValue, (source, source_row.slot))
    if source_row.kind == "drand":
        _take_round(work, source_row, round_, signature, known)
    else:
        _take_value(work, source_row, value, known)
    work.session.flush()  # The completion reads all values.
    return _advance(work, draw)


def _already(work: Work, draw: Draw, source: DrawSource, value: str, signature: str) -> states.Draw:
    """A finished draw hears its own values again without harm, and no others."""
    known = work.session.get(SourceValue, (source.source, source.slot))
    if (
        draw.state is states.Draw.DRAWN
        and known
        and (value or signature) in (known.value, known.signature)
    ):
        return draw.state
    raise Refusal("draw.is_over")


def _take_value(work: Work, source: DrawSource, value: str, known: SourceValue | None) -> None:
    if not protocol.HEX64.fullmatch(value):
        raise Invalid("draw.value_malformed", field="value")
    chain = next(chain for chain in rows.chains(work) if chain.source == source.source)
    if epoch(work.now) < chain.due_at(source.slot):
        raise Refusal("draw.value_not_due", due=moment(from_epoch(chain.due_at(source.slot))))
    if known is not None:
        if known.value != value:
            raise Invalid("draw.value_wrong", field="value")
        return
    try:
        protocol.check_chain_value(value, source.slot, *rows.proved_below(work, chain, source.slot))
    except Fault as fault:
        raise Invalid("draw.value_wrong", field="value") from fault
    work.session.add(
        SourceValue(source=source.source, slot=source.slot, value=value, revealed_at=work.now)
    )
    record_draw(
        work,
        SourceValued(subject=source.source, source=source.source, slot=source.slot, value=value),
    )


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


def _settle_time(work: Work, draw: Draw) -> bool:
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
    at = plan.drawn_at(epoch(draw.draw_at), epoch(seen_at))
    if at == epoch(draw.draw_at):
        return True
    _postpone(work, draw, at)
    return False


def _seen_at(work: Work, draw: Draw) -> dt.datetime | None:
    """When the seal was first witnessed; below S1, where no witness is, when the log first signed a
    head over it.
    """
    index = _seal_index(work, draw)
    if draw.level != "S0":
        return ledger.cosigned_at(work, index)
    head = ledger.checkpoint(work)
    return draw.sealed_at if head is not None and head.size > index else None


def _timely_witnesses(work: Work, draw: Draw) -> int:
    """How many witnesses cosigned the sealed checkpoint in time: two make S3 (rule 8)."""
    head = ledger.first_cosigned_over(work, _seal_index(work, draw))
    if head is None or draw.sealed_at is None:
        return 0
    return head.cosigned_between(*plan.timely(epoch(draw.sealed_at), epoch(draw.draw_at)))


def _seal_index(work: Work, draw: Draw) -> int:
    """Where on the log the seal stands. Refuses `draw.not_sealed`."""
    sealed = ledger.find(work, "entries.sealed", sibling(draw.number, Prefix.NOTICE))
    if sealed is None:
        raise Refusal("draw.not_sealed")
    return sealed.index


def _postpone(work: Work, draw: Draw, at: int) -> None:
    """Move the draw to 60 s after the late cosignature, with the slots that follow from it (rule
    2).
    """
    planned = [row for row in rows.plan_of(work, draw.id) if not row.is_fallback]
    chains = {chain.source: chain for chain in rows.chains(work)}
    moved = plan.sources(
        [chains[row.source] for row in planned if row.kind == "chain"],
        at,
        any(row.kind == "drand" for row in planned),
    )
    draw.draw_at = from_epoch(at)
    draw.postponed_at = work.now
    write_sources(work, draw, moved)
    windows.open_at(
        work,
        rules.DRAW,
        subject=sibling(draw.number, Prefix.NOTICE),
        due_at=draw.draw_at,
        matter=f"{draw.number}:postponed",
    )
    record_draw(
        work,
        DrawPostponed(
            subject=sibling(draw.number, Prefix.NOTICE), at=work.now, draw=draw.number, draw_at=at
        ),
    )


# --- the order ----------------------------------------------------------------------------


def _advance(work: Work, draw: Draw) -> states.Draw:
    if draw.state not in PENDING or work.now < draw.draw_at:
        return draw.state
    notice = rows.by_id(work, draw.notice_id, lock=True)
    if draw.state is states.Draw.WAITING_SLOT:
        draw.state = states.move_draw(draw.state, states.Draw.WAITING_VALUE)
        notice.state = states.move_notice(notice.state, states.Notice.WAITING_VALUE)
    seen_at = _seen_at(work, draw)
    if seen_at is None or not _settle_time(work, draw):
        return draw.state
    course = sources.course(work, draw, seen_at, _timely_witnesses(work, draw))
    if course.fault:
        _abort(work, notice, draw, course.fault)
    elif course.transcript is not None:
        draw.reached = course.level if course.level != draw.level else None
        _draw(work, notice, draw, course.transcript)
    elif course.has_failed is not (draw.state is states.Draw.SOURCE_LOST):
        draw.state = states.move_draw(draw.state, SAYS[course.has_failed])
    return draw.state


def _draw(work: Work, notice: Notice, draw: Draw, used: list[dict[str, Any]]) -> None:
    entries = {entry.ref: entry for entry in rows.entries(work, notice.id, states.Entry.LISTED)}
    seed = protocol.seed(draw.number, draw.notice_leaf, str(draw.seal_leaf), used)
    order = protocol.order(seed, list(entries))
    draw.seed = seed
    draw.drawn_at = work.now
    draw.state = states.move_draw(draw.state, states.Draw.DRAWN)
    work.session.add_all(
        Ranking(
            draw_id=draw.id,
            rank=rank,
            entry_id=entries[ref].id,
            ref=ref,
            ticket=ticket,
            state=outcome.standing_of(rank, draw.winners, draw.reserves),
        )
        for rank, (ref, ticket) in enumerate(order, 1)
    )
    refs = [ref for ref, _ in order]
    record_draw(
        work,
        DrawResult(
            subject=str(notice.number),
            draw=draw.number,
            order=refs[: protocol.PART_ROWS],
            seed=seed,
            order_sha256=protocol.order_digest(refs) if len(refs) > protocol.PART_ROWS else None,
        ),
    )
    announce(work, notice, draw, entries[refs[0]], 1)


def announce(work: Work, notice: Notice, draw: Draw, entry: Entry, rank: int) -> None:
    """Publish the 中选公告 for a rank and open its standstill of the rulebook's days (3 working
    days, Ruichang).
    """
    notice.state = states.move_notice(notice.state, states.Notice.ANNOUNCED)
    notice.announced_at = work.now
    number = str(notice.number)
    record(
        work,
        ResultPublished(
            subject=number,
            number=sibling(number, Prefix.RESULT),
            winner=entry.ref,
            rank=rank,
            amount_fen=entry.quote_fen or 0,
            entrants=draw.entrants or 0,
        ),
    )
    rulebook = rulebooks.version(work, notice.rulebook)
    windows.open_counted(
        work,
        rules.STANDSTILL,
        subject=number,
        span=rulebook.window(Rulebook.publicity_days),
        rulebook=rulebook.version,
    )


def _abort(work: Work, notice: Notice, draw: Draw, failure: Failure) -> None:
    """A value was known, or a source lost, before the list was sealed: it is not drawn, it is
    listed again (docs/rules.md#decision-13).
    """
    draw.state = states.move_draw(draw.state, states.Draw.ABORTED)
    fail(work, notice, failure, listed=draw.entrants or 0, least=0)
