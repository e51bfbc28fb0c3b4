"""An award that nobody signs: both sides are heard, two persons of a body find whose fault it is, and the
next rank is asked, the matter may be listed again, or the days run once more (ADR 0045).
"""

from collections.abc import Callable

from sqlalchemy import func, select

from market.accounts import queries as accounts
from market.accounts.rules import Kind, organisation_ref
from market.contracts import permissions, queries, rules
from market.contracts.events.unsigned import (
    FaultFound,
    FaultProposed,
    FaultReturned,
    FindingDue,
    FindingEscalated,
    HearingOpened,
    SideStated,
    UnsignedEnded,
)
from market.contracts.models import AwardLetter, Unsigned
from market.contracts.rules import SIGN, State
from market.contracts.rules.matter import Side
from market.contracts.rules.unsigned import (
    FIND,
    HEARING,
    Found,
    UnsignedState,
    Way,
    move_unsigned,
    way_on,
)
from market.db import Work
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import another_person, check_shown, signs
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.results import queries as result_queries
from market.selection.results import service as result_service
from market.selection.results.rules.states import RankState
from market.windows import queries as windows_queries
from market.windows import service as windows
from market.windows.queries import Due
from market.windows.rules import State as WindowState

REASON = "not_signed"  # why the rank dropped out, or the result was annulled, on the log


def open_hearing(work: Work, letter: AwardLetter) -> None:
    """The days for the contract are over: both sides may say why there is none."""
    notice = result_queries.notice(work, letter.notice_number)
    book = rulebooks.version(work, notice.rulebook)
    asked = select(func.count(Unsigned.id)).where(Unsigned.award_id == letter.id)
    row = Unsigned(
        division=work.division,
        award_id=letter.id,
        award_number=letter.number,
        document=letter.document,
        notice_number=letter.notice_number,
        winner=letter.winner,
        round=int(work.session.scalar(asked) or 0) + 1,
        state=UnsignedState.HEARING,
        body_id=_body_for(work, notice.regulator_id, letter.owner_organisation_id),
        opened_at=work.now,
    )
    work.session.add(row)
    due = _ask_sides(work, letter, book)
    record(
        work,
        HearingOpened(
            subject=row.notice_number,
            letter=row.award_number,
            document=row.document,
            winner=row.winner,
            body=organisation_ref(row.body_id),
            due=due.due_at,
        ),
    )


def _ask_sides(work: Work, letter: AwardLetter, book: Rulebook) -> Due:
    """A window for each side, both with one due."""
    due, _ = (
        windows.open_counted(
            work,
            HEARING,
            subject=letter.number,
            matter=f"{letter.number}:{side.value}",
            span=book.window(Rulebook.hearing_days),
            rulebook=book.version,
            responsible_id=organisation_id,
        )
        for side, organisation_id in _sides(letter)
    )
    return due


def _sides(letter: AwardLetter) -> tuple[tuple[Side, int], ...]:
    return (
        (Side.OWNER, letter.owner_organisation_id),
        (Side.AGENCY, letter.agency_organisation_id),
    )


def _body_for(work: Work, regulator_id: int | None, owner_id: int) -> int:
    """The sector regulator finds, unless it is the owner itself: then the managing authority, else
    the operating office.
    """
    if regulator_id is not None and regulator_id != owner_id:
        return regulator_id
    above = _above(work)
    return above if above is not None else accounts.office(work).id


def _above(work: Work) -> int | None:
    """The managing authority, where there is one."""
    found = accounts.organisations(work, Kind.AUTHORITY)
    return found[0].id if found else None


def state_reasons(work: Work, *, number: str, statement: str) -> None:
    """A side says why there is no contract; once. `number` is the letter's.

    Refuses `not_permitted`, `award.none`, `unsigned.over` (its days, or nothing is open),
    `unsigned.stated`.
    """
    permissions.require(work.actor, "award.state")
    letter = queries.row(work, number)
    sides = {organisation: side for side, organisation in _sides(letter)}
    side = sides.get(work.actor.organisation_id or 0)
    if side is None:
        raise NotFound("award.none")
    row = queries.unsigned_row(work, letter.id)
    if row is None or row.state is not UnsignedState.HEARING:
        raise Refusal("unsigned.over")
    if not windows.close(work, HEARING, f"{number}:{side.value}"):
        raise Refusal("unsigned.stated")
    if side is Side.OWNER:
        row.owner_statement = statement
        row.owner_stated_at = work.now
        row.owner_stated_by = work.actor.person_id
    else:
        row.agency_statement = statement
        row.agency_stated_at = work.now
        row.agency_stated_by = work.actor.person_id
    record(work, SideStated(subject=row.notice_number, letter=number, side=side.value))
    _heard(work, row)


def hearing_over(work: Work, due: Due) -> None:
    """A side's days for speaking are over."""
    letter = queries.row(work, due.subject)
    row = queries.unsigned_row(work, letter.id)
    if row is not None and row.state is UnsignedState.HEARING:
        _heard(work, row)


def _heard(work: Work, row: Unsigned) -> None:
    """When neither side may speak any more the body has its days."""
    work.session.flush()  # What was closed just now is asked for.
    for side in Side:
        if windows_queries.live(work, HEARING, f"{row.award_number}:{side.value}"):
            return
    row.state = move_unsigned(row.state, UnsignedState.FINDING)
    due = _ask_body(work, row)
    record(
        work,
        FindingDue(
            subject=row.notice_number,
            letter=row.award_number,
            body=organisation_ref(row.body_id),
            due=due.due_at,
        ),
    )


def _ask_body(work: Work, row: Unsigned) -> Due:
    book = rulebooks.version(work, result_queries.notice(work, row.notice_number).rulebook)
    return windows.open_counted(
        work,
        FIND,
        subject=row.award_number,
        span=book.window(Rulebook.find_days),
        rulebook=book.version,
        responsible_id=row.body_id,
    )


def finding_overdue(work: Work, due: Due) -> None:
    """The body is late: the managing authority finds instead, once; its own lateness stays on the
    board.
    """
    letter = queries.row(work, due.matter)
    row = queries.unsigned_row(work, letter.id)
    above = _above(work)
    if row is None or above in (None, row.body_id):
        return
    row.body_id = above
    if row.state is UnsignedState.PROPOSED:
        row.state = move_unsigned(row.state, UnsignedState.FINDING)
    windows.close(work, FIND, row.award_number, state=WindowState.CANCELLED)
    work.session.flush()  # One live window of a kind: the old one first.
    again = _ask_body(work, row)
    record(
        work,
        FindingEscalated(
            subject=row.notice_number,
            letter=row.award_number,
            body=organisation_ref(row.body_id),
            due=again.due_at,
        ),
    )


def _of_body(work: Work, number: str, state: UnsignedState) -> tuple[AwardLetter, Unsigned]:
    """The letter and the procedure that the actor's body has in a state. Refuses `award.none`,
    `unsigned.wrong_state`, `unsigned.contract_waits`.
    """
    letter = queries.row(work, number)
    row = queries.unsigned_row(work, letter.id)
    if row is None or row.body_id != work.actor.organisation_id:
        raise NotFound("award.none")
    if row.state is not state:
        raise Refusal("unsigned.wrong_state")
    if queries.waits_for_other(work, letter.id):
        raise Refusal("unsigned.contract_waits")
    return letter, row


@signs(queries.unsigned_shown, key="number")
def propose_fault(work: Work, *, number: str, found: Found, shown: str) -> None:
    """One person of the body proposes what is found, with what both sides said before him.

    Refuses `not_permitted`, `award.none`, `unsigned.wrong_state` (also before both were heard),
    `unsigned.contract_waits`, `shown.changed`.
    """
    permissions.require(work.actor, "award.find")
    _, row = _of_body(work, number, UnsignedState.FINDING)
    check_shown(shown, queries.unsigned_shown(work, number))
    row.state = move_unsigned(row.state, UnsignedState.PROPOSED)
    row.fault = found.fault
    row.reasons = found.reasons
    row.basis = found.basis
    row.return_note = ""
    row.proposed_at = work.now
    row.proposed_by = work.actor.person_id
    record(
        work,
        FaultProposed(subject=row.notice_number, letter=number, body=organisation_ref(row.body_id)),
    )


@signs(queries.unsigned_shown, key="number")
def return_fault(work: Work, *, number: str, note: str, shown: str) -> None:
    """The second person gives the proposal back. Refuses as `sign_fault` does."""
    permissions.require(work.actor, "award.find_sign")
    _, row = _of_body(work, number, UnsignedState.PROPOSED)
    another_person(work.actor.person_id, row.proposed_by, code="unsigned.same_person")
    check_shown(shown, queries.unsigned_shown(work, number))
    row.state = move_unsigned(row.state, UnsignedState.FINDING)
    row.return_note = note
    record(
        work,
        FaultReturned(subject=row.notice_number, letter=number, body=organisation_ref(row.body_id)),
    )


@signs(queries.unsigned_shown, key="number")
def sign_fault(work: Work, *, number: str, shown: str) -> Way:
    """Another person of the body signs the finding, which takes effect at once. Returns how the
    matter goes on.

    Refuses `not_permitted`, `award.none`, `unsigned.wrong_state`, `unsigned.same_person`,
    `unsigned.contract_waits`, `shown.changed`.
    """
    permissions.require(work.actor, "award.find_sign")
    letter, row = _of_body(work, number, UnsignedState.PROPOSED)
    another_person(work.actor.person_id, row.proposed_by, code="unsigned.same_person")
    check_shown(shown, queries.unsigned_shown(work, number))
    if row.fault is None:
        raise AssertionError("unreachable")
    row.state = move_unsigned(row.state, UnsignedState.DECIDED)
    row.decided_at = work.now
    row.decided_by = work.actor.person_id
    way = way_on(row.fault, row.round)
    windows.close(work, FIND, number)
    windows.close(work, SIGN, number, state=WindowState.CANCELLED)
    record(
        work,
        FaultFound(
            subject=row.notice_number,
            letter=number,
            document=row.document,
            winner=row.winner,
            body=organisation_ref(row.body_id),
            fault=row.fault.value,
            way=way.value,
        ),
    )
    GO_ON[way](work, letter, row)
    return way


def _to_next_rank(work: Work, letter: AwardLetter, row: Unsigned) -> None:
    letter.state = rules.move_state(letter.state, State.FORFEITED)
    result_service.annul_to_next(
        work,
        number=letter.notice_number,
        reason=REASON,
        by=organisation_ref(row.body_id),
        of=letter.winner,
        as_=RankState.DISQUALIFIED,
    )


def _release(work: Work, letter: AwardLetter, row: Unsigned) -> None:
    letter.state = rules.move_state(letter.state, State.RELEASED)
    result_service.annul_unsigned(work, number=letter.notice_number, reason=REASON)


def _give_time(work: Work, letter: AwardLetter, row: Unsigned) -> None:
    letter.state = rules.move_state(letter.state, State.ISSUED)
    letter.overdue_at = None
    work.session.flush()  # One live window of a kind: the old one first.
    book = rulebooks.version(work, result_queries.notice(work, letter.notice_number).rulebook)
    windows.open_counted(
        work,
        SIGN,
        subject=letter.number,
        span=book.window(Rulebook.contract_days),
        rulebook=book.version,
        responsible_id=letter.owner_organisation_id,
    )


GO_ON: dict[Way, Callable[[Work, AwardLetter, Unsigned], None]] = {
    Way.NEXT_RANK: _to_next_rank,
    Way.RELIST: _release,
    Way.MORE_TIME: _give_time,
}


def end_unsigned(work: Work, letter: AwardLetter) -> None:
    """The letter has its contract, or has ended otherwise: nothing is to be found any more."""
    row = queries.unsigned_row(work, letter.id)
    if row is None:
        return
    row.state = move_unsigned(row.state, UnsignedState.ENDED)
    for side in Side:
        matter = f"{letter.number}:{side.value}"
        windows.close(work, HEARING, matter, state=WindowState.CANCELLED)
    windows.close(work, FIND, letter.number, state=WindowState.CANCELLED)
    record(
        work,
        UnsignedEnded(subject=row.notice_number, letter=row.award_number, document=row.document),
    )
