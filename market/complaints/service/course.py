"""What every step of a complaint shares: the log and the clock log, the guard of its handlers, the
hold, the windows.
"""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select

from market.accounts import queries as accounts
from market.accounts.rules import organisation_ref
from market.complaints import permissions, queries, rules
from market.complaints.events import (
    ComplaintWithdrawn,
    EndedOnNotice,
    OpenOnNotice,
    WithdrawalNoted,
)
from market.complaints.models import Act, Assistant, Complaint, Finding
from market.complaints.queries.bodies import book_for, notice_of
from market.complaints.rules import (
    ACCEPT,
    ANSWER,
    CALL_BACK,
    COMPLETE,
    DECIDE,
    HOLD_CAP,
    OPINION,
    PUBLISH,
    REMEDY,
    TAKEOVER,
    TRANSFER,
    Remedy,
)
from market.db import Work
from market.files import service as files
from market.kernel.errors import NotFound, NotPermitted, Refusal
from market.kernel.events import Event
from market.ledger.service import record
from market.rulebook.rules import Rulebook
from market.selection.notices.rules.states import NoticeState
from market.selection.results import queries as result_queries
from market.selection.results import service as result_service
from market.selection.results.rules.states import GONE
from market.windows import queries as windows_queries
from market.windows import service as windows
from market.windows.rules import Kind
from market.windows.rules import State as WindowState

ref = organisation_ref
SPANS = {
    ACCEPT: Rulebook.accept_days,
    COMPLETE: Rulebook.completion_days,
    DECIDE: Rulebook.decide_days,
    ANSWER: Rulebook.answer_days,
    TAKEOVER: Rulebook.takeover_days,
    TRANSFER: Rulebook.transfer_days,
    HOLD_CAP: Rulebook.hold_cap_days,
    PUBLISH: Rulebook.publish_days,
    REMEDY: Rulebook.remedy_days,
    CALL_BACK: Rulebook.call_back_days,
}
"""Which parameter of the rulebook says how long a window is."""
OF_HANDLING = (ACCEPT, COMPLETE, DECIDE, ANSWER, TAKEOVER, TRANSFER, HOLD_CAP)


def put(work: Work, row: Complaint, event: Event, note: str = "") -> None:
    """Record a fact on the public log and, with the words that are not public, on the complaint's
    clock log.
    """
    record(work, event)
    work.session.add(
        Act(
            complaint_id=row.id,
            act=event.kind,
            person_id=work.actor.person_id,
            organisation_id=work.actor.organisation_id,
            note=note,
            at=work.now,
        )
    )


def number_of(row: Complaint) -> str:
    """The number of a filed complaint."""
    if row.number is None:
        raise AssertionError("unreachable")
    return row.number


def to_handle(work: Work, number: str, action: str) -> Complaint:
    """The complaint, locked, for one of the body that handles it who need not keep out.

    Refuses `not_permitted`, `complaint.none` (also for another body's) and `complaint.recused_*`.
    """
    permissions.require(work.actor, action)
    row = queries.locked(work, number)
    if row.body_id != work.actor.organisation_id:
        raise NotFound("complaint.none")
    keep_out(work, row)
    return row


def keep_out(work: Work, row: Complaint) -> None:
    """Refuse one who may not touch this complaint: `complaint.recused_` with complainant, reviewer,
    member, interest.
    """
    why = queries.recusal(work, row, work.actor.person_id or 0)
    if why is not None:
        raise NotPermitted(f"complaint.recused_{why}")


def check_possible(work: Work, row: Complaint, remedies: Mapping[Remedy, str]) -> None:
    """Refuse, as `rules.check_possible`, what the selection cannot take now."""
    if row.notice_number is None:
        return rules.check_possible(remedies, None, ())
    standing = [
        each.ref
        for each in result_queries.entry_list(work, row.notice_number)
        if each.rank_state is not None and each.rank_state not in GONE
    ]
    return rules.check_possible(remedies, state_now(work, row.notice_number), standing)


def state_now(work: Work, notice_number: str) -> NoticeState:
    """The state of a notice by the clock: past its close it counts as sealed, whenever the sweep
    comes.
    """
    card = result_queries.notice(work, notice_number)
    is_closed = card.state is NoticeState.ENTRY_OPEN and work.now >= card.entry_close
    return NoticeState.SEALED if is_closed else card.state


def awarded_now(work: Work, notice_number: str) -> str:
    """The platform number of the agency that has the award of a notice now; "" while nobody has."""
    winner = result_queries.notice(work, notice_number).winner
    return winner.ref if winner else ""


def is_complainant(work: Work, row: Complaint) -> bool:
    """Whether the actor filed it, or acts for the organisation that did."""
    # neither where staff registered it
    person = row.complainant_person_id
    firm = row.complainant_organisation_id
    return (person is not None and person == work.actor.person_id) or (
        firm is not None and firm == work.actor.organisation_id
    )


def own(work: Work, number: str) -> Complaint:
    """The complainant's own complaint, locked. Refuses `complaint.none`."""
    row = queries.locked(work, number)
    if not is_complainant(work, row):
        raise NotFound("complaint.none")
    return row


def show_files(work: Work, row: Complaint, body_id: int) -> None:
    """Let the body that handles a complaint read its files, those that assist it, and the
    inspector.
    """
    readers = {
        body_id,
        *assistants_of(work, row),
        *(card.id for card in accounts.organisations(work, "inspection")),
    }
    for exhibit in queries.exhibits(work, row.id):
        for reader in readers:
            files.grant(work, file_id=exhibit.file_id, organisation_id=reader)


# --- the bodies that assist ---------------------------------------------------------------


def assistants_of(work: Work, row: Complaint) -> dict[int, Assistant]:
    """The bodies that assist the one that leads, by their ids; one that has come to lead assists no
    more.
    """
    found = work.session.scalars(
        select(Assistant).where(Assistant.complaint_id == row.id).order_by(Assistant.id)
    )
    return {one.organisation_id: one for one in found if one.organisation_id != row.body_id}


def opinion_of(row: Complaint, organisation_id: int) -> str:
    """The key of the window in which an assisting body owes its opinion: each body has its own."""
    return f"{number_of(row)}:{organisation_id}"


def release(work: Work, row: Complaint, *organisation_ids: int) -> None:
    """Nobody waits for the opinions of these bodies any more."""
    for organisation_id in organisation_ids:
        windows.close(work, OPINION, opinion_of(row, organisation_id), state=WindowState.CANCELLED)


# --- windows ------------------------------------------------------------------------------


def start(
    work: Work,
    row: Complaint,
    kind: Kind,
    *,
    trigger_at: dt.datetime | None = None,
    responsible_id: int | None = None,
    person_id: int | None = None,
) -> windows_queries.Due:
    """Open a window of this complaint for as long as the rulebook says that it was filed under."""
    book = book_for(work, row)
    return windows.open_counted(
        work,
        kind,
        subject=number_of(row),
        span=book.window(SPANS[kind]),
        trigger_at=trigger_at or work.now,
        rulebook=book.version,
        responsible_id=responsible_id,
        person_id=person_id,
    )


def stop(work: Work, row: Complaint, *kinds: Kind) -> None:
    """Cancel windows of this complaint that have lost their object."""
    for kind in kinds:
        windows.close(work, kind, number_of(row), state=WindowState.CANCELLED)


def live(work: Work, row: Complaint, kind: Kind) -> windows_queries.Due | None:
    """The live window of this complaint of a kind."""
    return windows_queries.live(work, kind, number_of(row))


def hand_over(work: Work, row: Complaint, body_id: int) -> None:
    """Give the complaint to another body. The clock goes on; a duty that is overdue stays the first
    body's fault, and the new one has days of its own (`own_days`). One that is over and not noted
    yet is noted against the first by the sweep.
    """
    row.body_id = body_id
    row.handler_id = None
    release(work, row, body_id)  # one that assisted leads from now on
    show_files(work, row, body_id)
    for kind in (ACCEPT, DECIDE):
        due = live(work, row, kind)
        if due is not None and due.overdue_at is not None:
            own_days(work, row, kind)
        elif due is not None and not is_over(work, due):
            windows.hand_over(work, kind, number_of(row), responsible_id=body_id)


def is_over(work: Work, due: windows_queries.Due) -> bool:
    """Whether a window's due has passed, also where the sweep has yet to say so (R9). A provisional
    due ends nothing, and a clock that stands is not over.
    """
    return due.state == WindowState.OPEN and not due.is_provisional and work.now >= due.due_at


def own_days(work: Work, row: Complaint, kind: Kind, since: dt.datetime | None = None) -> None:
    """Days of its own for a body that has taken on what another left overdue (decision 18; rulebook
    `takeover_days`).

    They keep it awake and are noted against it once when they are over. The legal due does not
    move: overdue stays overdue, on the complaint and with the body whose days those were.
    """
    stop(work, row, kind)
    work.session.flush()  # One live window of a kind: the old one first.
    book = book_for(work, row)
    windows.open_counted(
        work,
        kind,
        subject=number_of(row),
        span=book.window(SPANS[TAKEOVER]),
        trigger_at=since or work.now,
        rulebook=book.version,
        responsible_id=row.body_id,
    )


# --- the hold -----------------------------------------------------------------------------


def hold(work: Work, row: Complaint) -> None:
    """From filing on nothing of the award moves (decision 17); the notice's page says so and names
    nobody. In public it is held where that has begun.
    """
    notice = notice_of(work, row)
    if notice is None:
        return
    record(work, OpenOnNotice(subject=notice.number, open=queries.open_about(work, notice.number)))
    settle_hold(work, notice.number)


def let_go(work: Work, row: Complaint) -> None:
    """A complaint has ended: say so on the notice, and when it was the last that held the award,
    release it.
    """
    row.ended_at = work.now
    stop(work, row, *OF_HANDLING)
    release(work, row, *assistants_of(work, row))
    work.session.flush()  # The counts below ask the database.
    if row.notice_number is not None:
        record(
            work,
            EndedOnNotice(
                subject=row.notice_number, open=queries.open_about(work, row.notice_number)
            ),
        )
        settle_hold(work, row.notice_number)


def withdrawn(work: Work, row: Complaint, note: str) -> None:
    """The complaint is taken back: nothing of it runs on. Where a serious violation was found the
    complainant is out and everything goes on: the hold, the days, the decision
    (docs/rules.md#investigation).
    Refuses `complaint.wrong_state`.
    """
    check_withdrawable(row)
    row.withdrawn_at = work.now
    if finding_of(work, row) is not None:
        put(work, row, WithdrawalNoted(subject=number_of(row)), note)
        return
    move(row, rules.State.WITHDRAWN)
    put(work, row, ComplaintWithdrawn(subject=number_of(row)), note)
    let_go(work, row)


def check_withdrawable(row: Complaint) -> None:
    """Refuse `complaint.withdrawn_before`, and `complaint.wrong_state` once it is decided."""
    if row.withdrawn_at is not None and row.state in rules.HANDLED:
        raise Refusal("complaint.withdrawn_before")
    rules.move_state(row.state, rules.State.WITHDRAWN)


def finding_of(work: Work, row: Complaint) -> Finding | None:
    """What the investigation found that must be followed up; read with the complaint locked."""
    return work.session.get(Finding, row.id, populate_existing=True)


def settle_hold(work: Work, notice_number: str) -> None:
    """Hold the award while a complaint asks for it, else release it; both do nothing where there is
    nothing to do. Where the end of the standstill came meanwhile, it comes once more.
    """
    if queries.holding_publicly(work, notice_number):
        result_service.hold(work, number=notice_number)
        return
    was_held = result_service.release(work, number=notice_number)
    if not was_held and not queries.holding(work, notice_number):
        result_service.resume_standstill(work, number=notice_number)


def move(row: Complaint, new: rules.State) -> None:
    """Take the step to a state. Refuses `complaint.wrong_state`."""
    row.state = rules.move_state(row.state, new)
