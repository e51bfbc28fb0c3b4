"""From the end of the standstill to the letter: whether it leaves at once, waits for documents, or
for the winner's word.

One function decides what comes next (`rules.next_step`); it is asked at the end of the standstill,
when the winner confirms, when his days are over, and whenever the log says that something it
depends on has changed (`follow`).
"""

import datetime as dt
from collections.abc import Callable

from market.complaints import queries as complaints
from market.contracts import permissions, queries, rules
from market.contracts.events.award import (
    AwardBlocked,
    AwardConfirmed,
    AwardHeld,
    AwardLapsed,
    AwardOffered,
    AwardOfferVoided,
)
from market.contracts.models import AwardOffer
from market.contracts.rules import CONFIRM, LAPSE, Facts, Offer
from market.contracts.service.letter import issue
from market.db import Work
from market.enrolment import queries as enrolments
from market.kernel.errors import NotFound, Refusal
from market.kernel.ids import Prefix, sibling
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.entries import service as entry_service
from market.selection.notices.rules.states import NoticeState
from market.selection.results import queries as result_queries
from market.selection.results import service as result_service
from market.selection.results.queries import Selection, Winner
from market.selection.results.rules.states import RankState
from market.windows import queries as windows_queries
from market.windows import service as windows
from market.windows.queries import Due
from market.windows.rules import State as WindowState
from market.workdays.rules import is_in_time

SILENCE = "silence"  # why the rank dropped out, on the log


def standstill_over(work: Work, due: Due) -> None:
    """The standstill is over: issue the letter, unless something stands in its way (Ruichang;
    decision 17; docs/rules.md#void-entries, docs/rules.md#giving-up).

    A complaint from before the result holds the result now; when it ends, selection lets the
    standstill come due once more. One whose complainant is not checked yet stops it and shows
    nothing (ADR 0035): what settles it holds, or lets it come due again.
    """
    permissions.require(work.actor, "award.issue")
    notice = result_queries.notice(work, due.matter)
    if notice.state is not NoticeState.ANNOUNCED or notice.winner is None:
        return
    if _waits_for_check(work, notice.number):
        return
    step = _next(work, notice, notice.winner, is_confirmed=False)
    if step is Offer.HELD:
        result_service.hold(work, number=notice.number)
        return
    if step is Offer.VOID:
        _to_next_rank(work, notice, notice.winner)
        return
    result_service.mark_awarded(work, number=notice.number)
    if step is Offer.ISSUED:
        issue(work, notice, notice.winner)
        return
    offer = _opened(work, notice, notice.winner, step)
    ENTER[step](work, notice, offer)


def _opened(work: Work, notice: Selection, winner: Winner, step: Offer) -> AwardOffer:
    offer = AwardOffer(
        division=work.division,
        number=sibling(notice.number, Prefix.AWARD),
        notice_number=notice.number,
        rank=winner.rank,
        state=step,
        title=notice.title,
        owner_organisation_id=notice.owner_organisation_id,
        owner_name=notice.owner_name,
        agency_organisation_id=winner.organisation_id,
        agency_name=winner.name,
        winner=winner.ref,
        amount_fen=winner.amount_fen,
        opened_at=work.now,
    )
    work.session.add(offer)
    return offer


def confirm(work: Work, *, number: str) -> Offer:
    """The winner accepts the award: its letter leaves at once, or when his documents are complete.
    Returns what it came to.

    Confirming again what was confirmed changes nothing. Refuses `not_permitted`, `award.none` (also
    for another agency's), `award.complaint_open`, `award.confirm_late` (by the instant of receipt;
    a provisional due is none), `award.wrong_state`.
    """
    permissions.require(work.actor, "award.confirm")
    offer = queries.offer_of(work, number, work.actor.organisation_id)
    if offer is None:
        raise NotFound("award.none")
    if offer.confirmed_at is not None:
        return offer.state
    if complaints.holding(work, offer.notice_number):
        raise Refusal("award.complaint_open")
    if offer.state is not Offer.AWAITING or not _stands(
        offer, result_queries.notice(work, offer.notice_number)
    ):
        raise Refusal("award.wrong_state")
    due = windows_queries.of_kind(work, CONFIRM, {number})[-1]
    if not due.is_provisional and not is_in_time(work.received_at, due.due_at):
        raise Refusal("award.confirm_late")
    offer.confirmed_at = work.now
    offer.confirmed_by = work.actor.person_id
    windows.close(work, CONFIRM, number)
    record(work, AwardConfirmed(subject=offer.notice_number, letter=number, winner=offer.winner))
    reconsider(work, offer)
    return offer.state


def days_over(work: Work, due: Due) -> None:
    """The days for confirming are over; what was received in time may still be on its way (decision
    12).
    """
    offer = queries.pending_offer(work, due.matter)
    if offer is None or offer.state is not Offer.AWAITING:
        return
    book = rulebooks.version(work, result_queries.notice(work, offer.notice_number).rulebook)
    windows.open_at(
        work,
        LAPSE,
        subject=offer.number,
        due_at=due.due_at + dt.timedelta(seconds=book.drain_seconds),
    )


def lapse(work: Work, due: Due) -> None:
    """Silence is a refusal: the next rank is announced with a publicity of its own
    (docs/rules.md#giving-up).
    """
    offer = queries.pending_offer(work, due.matter)
    if offer is None:
        return
    reconsider(work, offer)
    if offer.state is not Offer.AWAITING:
        return
    offer.state = rules.move_offer(offer.state, Offer.DECLINED)
    offer.lapsed_at = work.now
    record(work, AwardLapsed(subject=offer.notice_number, letter=offer.number, winner=offer.winner))
    result_service.annul_to_next(
        work,
        number=offer.notice_number,
        reason=SILENCE,
        by=entry_service.DECIDER,
        of=offer.winner,
        as_=RankState.DECLINED,
    )


def reconsider(work: Work, offer: AwardOffer) -> None:
    """Let a pending award take the step that the facts of now ask for; none when they ask for the
    one it has taken.
    """
    notice = result_queries.notice(work, offer.notice_number)
    if notice.winner is None or not _stands(offer, notice):
        step = Offer.VOID
    elif _waits_for_check(work, offer.notice_number):
        return
    else:
        step = _next(work, notice, notice.winner, is_confirmed=offer.confirmed_at is not None)
    if step is offer.state:
        return
    offer.state = rules.move_offer(offer.state, step)
    close_windows(work, offer)
    ENTER[step](work, notice, offer)


def close_windows(work: Work, offer: AwardOffer) -> None:
    """Nothing is asked of the winner any more."""
    for kind in (CONFIRM, LAPSE):
        windows.close(work, kind, offer.number, state=WindowState.CANCELLED)


def _next(work: Work, notice: Selection, winner: Winner, *, is_confirmed: bool) -> Offer:
    book = rulebooks.version(work, notice.rulebook)
    return rules.next_step(
        Facts(
            complaint_holds=complaints.holding_publicly(work, notice.number) > 0
            or result_queries.is_suspended(work, notice.number),
            has_left=entry_service.barred(work, winner.organisation_id, notice.items, work.today)
            is not None,
            owes_documents=bool(enrolments.outstanding_documents(work, winner.organisation_id)),
            is_to_confirm=book.confirm_days > 0 and not is_confirmed,
        )
    )


def _waits_for_check(work: Work, number: str) -> bool:
    """Whether a complaint stops the award that holds it in public only once it is known who
    complains.
    """
    stops = complaints.holding(work, number) > 0
    return stops and not complaints.holding_publicly(work, number)


def _stands(offer: AwardOffer, notice: Selection) -> bool:
    """Whether the result that an offer rests on is still the result."""
    return (
        notice.state is NoticeState.AWARDED
        and notice.winner is not None
        and notice.winner.ref == offer.winner
    )


def _to_next_rank(work: Work, notice: Selection, winner: Winner) -> None:
    """Who has left, or whose certificate has run out, makes way (报名作废)."""
    reason = entry_service.barred(work, winner.organisation_id, notice.items, work.today) or ""
    result_service.annul_to_next(
        work,
        number=notice.number,
        reason=reason,
        by=entry_service.DECIDER,
        of=winner.ref,
        as_=RankState.VOID,
    )


# --- what happens on entering a step ------------------------------------------------------


def _ask(work: Work, notice: Selection, offer: AwardOffer) -> None:
    book = rulebooks.version(work, notice.rulebook)
    due = windows.open_counted(
        work,
        CONFIRM,
        subject=offer.number,
        span=book.window(Rulebook.confirm_days),
        rulebook=book.version,
        responsible_id=offer.agency_organisation_id,
    )
    record(
        work,
        AwardOffered(
            subject=notice.number,
            letter=offer.number,
            winner=offer.winner,
            rank=offer.rank,
            due=due.due_at,
        ),
    )


def _block(work: Work, notice: Selection, offer: AwardOffer) -> None:
    record(work, AwardBlocked(subject=notice.number, letter=offer.number, winner=offer.winner))


def _hold(work: Work, notice: Selection, offer: AwardOffer) -> None:
    record(work, AwardHeld(subject=notice.number, letter=offer.number))


def _issue(work: Work, notice: Selection, offer: AwardOffer) -> None:
    if notice.winner is None:
        raise AssertionError("unreachable")
    issue(work, notice, notice.winner)


def _void(work: Work, notice: Selection, offer: AwardOffer) -> None:
    """Of an annulled result, whose next rank is announced already; or of a winner who is out, whose
    next rank follows now.
    """
    record(work, AwardOfferVoided(subject=notice.number, letter=offer.number, winner=offer.winner))
    if notice.winner is not None and _stands(offer, notice):
        _to_next_rank(work, notice, notice.winner)


ENTER: dict[Offer, Callable[[Work, Selection, AwardOffer], None]] = {
    Offer.AWAITING: _ask,
    Offer.BLOCKED: _block,
    Offer.HELD: _hold,
    Offer.ISSUED: _issue,
    Offer.VOID: _void,
}
