"""The sector regulator suspends a selection, by two persons: before the close a pause, after it a hold of
the result; lifted by two, or ended by the clock. It stands above complaints, which hold results too.
"""

import datetime as dt

from market.accounts.rules import organisation_ref
from market.complaints import service as complaints
from market.db import Work
from market.kernel.clock import CHINA
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import another_person, check_shown, signs
from market.ledger.service import record
from market.oversight import permissions
from market.oversight.service.reviewing import check_not_own
from market.rulebook import queries as rulebooks
from market.selection import permissions as selecting
from market.selection.notices import service as notice_service
from market.selection.results import queries as result_queries
from market.selection.results.events import SuspensionEnded, SuspensionOrdered
from market.selection.results.models import Suspension
from market.selection.results.rules import suspending as rules
from market.selection.results.rules.suspending import SUSPENSION, Effect, SuspensionState
from market.windows import service as windows
from market.windows.queries import Due
from market.windows.rules import State as WindowState

REASON = "suspended"  # of the amendment that a pause is, as a code
LIFTED = "lifted"
OVER = "over"


def propose_suspension(
    work: Work, *, number: str, days: int | None, basis: str, reason: str
) -> None:
    """Propose to suspend a selection of one's sector, on a basis in law, for so many days: working
    days before the close, calendar days after it. Basis and reason become public once it is signed.

    Refuses `notice.none` (another sector's), `oversight.own_matter`, `suspension.too_late`,
    `suspension.live`, at its field `suspension.days`, `suspension.no_words`.
    """
    selecting.require(work.actor, "suspension.propose")
    notice = _of_sector(work, number)
    check_not_own(work, number)
    if result_queries.live_suspension(work, number) is not None:
        raise Refusal("suspension.live")
    effect = _effect(work, notice)
    row = Suspension(
        notice_id=notice.id,
        number=number,
        body_id=work.actor.organisation_id,
        state=SuspensionState.PROPOSED,
        effect=effect,
        days=rules.check_days(days, *_cap(work, number, effect)),
        basis=rules.check_words(basis, "basis"),
        reason=rules.check_words(reason, "reason"),
        lift_reason="",
        proposed_at=work.now,
        proposed_by=work.actor.person_id,
    )
    work.session.add(row)


def _of_sector(work: Work, number: str) -> result_queries.Selection:
    notice = result_queries.notice(work, number)
    if work.actor.organisation_id not in notice.regulators:
        raise NotFound("notice.none")
    return notice


def _effect(work: Work, notice: result_queries.Selection) -> Effect:
    return rules.effect_of(notice.state, is_closed=work.now >= notice.entry_close)


def _cap(work: Work, number: str, effect: Effect) -> tuple[int, int]:
    """The most days of an effect, and how many are used."""
    book = rulebooks.in_force(work)
    if effect is Effect.PAUSE:
        return book.pause_cap_days, result_queries.paused_days(work, number)
    return book.hold_cap_days, 0


@signs(result_queries.suspension_shown, key="number")
def sign_suspension(work: Work, *, number: str, shown: str) -> None:
    """Sign it as the second person: it is in force and on the log. What it does is what the moment
    asks: once the close has passed nothing pauses, the result is held.

    Refuses as `propose_suspension`, `suspension.none`, `suspension.same_person`, `shown.changed`.
    """
    row = _signing(work, number, SuspensionState.PROPOSED, shown)
    notice = result_queries.notice(work, number)
    row.effect = _effect(work, notice)
    rules.check_days(row.days, *_cap(work, number, row.effect))
    if row.effect is Effect.PAUSE:
        row.until = notice_service.postpone(work, number=number, days=row.days, reason=REASON)
    else:
        row.until = _midnight_after(work, row.days)
    row.state = rules.move_suspension(row.state, SuspensionState.IN_FORCE)
    row.signed_at = work.now
    row.signed_by = work.actor.person_id
    work.session.flush()  # The hold below asks the database.
    complaints.settle_hold(work, number)
    windows.open_at(work, SUSPENSION, subject=number, due_at=row.until)
    record(
        work,
        SuspensionOrdered(
            subject=number,
            body=organisation_ref(row.body_id),
            effect=row.effect.value,
            basis=row.basis,
            until=row.until,
        ),
    )


def _midnight_after(work: Work, days: int) -> dt.datetime:
    """The end of the last of so many calendar days in China from today on."""
    day = work.today + dt.timedelta(days=days + 1)
    return dt.datetime.combine(day, dt.time(), CHINA).astimezone(dt.UTC)


@signs(result_queries.suspension_shown, key="number")
def drop_suspension(work: Work, *, number: str, shown: str) -> None:
    """Do not sign it. Refuses as `sign_suspension`."""
    row = _signing(work, number, SuspensionState.PROPOSED, shown)
    row.state = rules.move_suspension(row.state, SuspensionState.DROPPED)


def propose_lifting(work: Work, *, number: str, reason: str) -> None:
    """Propose to lift an order in force. Refuses `notice.none`, `suspension.none`, at `reason`
    `suspension.no_words`, `suspension.wrong_state`.
    """
    selecting.require(work.actor, "suspension.propose")
    _of_sector(work, number)
    row = _live(work, number)
    row.lift_reason = rules.check_words(reason, "reason")
    row.state = rules.move_suspension(row.state, SuspensionState.LIFTING)
    row.lift_proposed_at = work.now
    row.lift_proposed_by = work.actor.person_id


@signs(result_queries.suspension_shown, key="number")
def sign_lifting(work: Work, *, number: str, shown: str) -> None:
    """Lift it as the second person: what it held goes on, unless a complaint holds it. Times that a
    pause has moved stay. Refuses `notice.none`, `suspension.none`, `suspension.same_person`,
    `suspension.wrong_state`, `shown.changed`.
    """
    row = _signing(work, number, SuspensionState.LIFTING, shown)
    row.lifted_at = work.now
    row.lifted_by = work.actor.person_id
    windows.close(work, SUSPENSION, number, state=WindowState.CANCELLED)
    _end(work, row, LIFTED)


@signs(result_queries.suspension_shown, key="number")
def drop_lifting(work: Work, *, number: str, shown: str) -> None:
    """Do not lift it: it stays in force. Refuses as `sign_lifting`."""
    row = _signing(work, number, SuspensionState.LIFTING, shown)
    row.state = rules.move_suspension(row.state, SuspensionState.IN_FORCE)
    row.lift_reason = ""
    row.lift_proposed_at = None
    row.lift_proposed_by = None


def suspension_over(work: Work, due: Due) -> None:
    """Its days are over: what it held goes on, unless a complaint holds it."""
    permissions.require(work.actor, "oversight.clock")
    row = result_queries.live_suspension(work, due.matter)
    if row is not None and row.state is not SuspensionState.PROPOSED:
        _end(work, row, OVER)


def _end(work: Work, row: Suspension, how: str) -> None:
    row.state = rules.move_suspension(row.state, SuspensionState.ENDED)
    row.ended_at = work.now
    row.how = how
    record(work, SuspensionEnded(subject=row.number, body=organisation_ref(row.body_id), how=how))
    work.session.flush()  # The hold asks the database.
    if row.effect is Effect.HOLD:
        complaints.settle_hold(work, row.number)


def _live(work: Work, number: str) -> Suspension:
    """The order of the actor's body: where several oversee a notice, another's is not its to end."""
    row = result_queries.live_suspension(work, number)
    if row is None or row.body_id != work.actor.organisation_id:
        raise Refusal("suspension.none")
    return row


def _signing(work: Work, number: str, state: SuspensionState, shown: str) -> Suspension:
    """The order in that state, for its second person."""
    selecting.require(work.actor, "suspension.sign")
    _of_sector(work, number)
    row = _live(work, number)
    if row.state is not state:
        raise Refusal("suspension.wrong_state")
    first = row.proposed_by if state is SuspensionState.PROPOSED else row.lift_proposed_by
    another_person(work.actor.person_id, first, code="suspension.same_person")
    if state is SuspensionState.PROPOSED:  # whoever signed a pause has amended the notice by it
        check_not_own(work, number)
    check_shown(shown, result_queries.suspension_shown(work, number))
    return row
