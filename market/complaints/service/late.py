"""What happens when a complaint's window is due. The clock notes, tells and hands on; it never
decides (decision 18).
"""

from market.complaints import queries, rules
from market.complaints.events import (
    AcceptanceOverdue,
    ComplaintEscalated,
    CompletionLapsed,
    DecisionOverdue,
    HoldLapsed,
    OpinionOverdue,
    TransferOverdue,
)
from market.complaints.models import Complaint
from market.complaints.rules import ACCEPT, DECIDE, TAKEOVER, TRANSFER, WINDOW_KINDS, State
from market.complaints.service.accept import void_proposal
from market.complaints.service.bodies import release, show_files
from market.complaints.service.clocks import own_days, start, stop
from market.complaints.service.finding import find_late
from market.complaints.service.holds import settle_hold
from market.complaints.service.steps import move, number_of, put, ref
from market.db import Work
from market.windows import service as windows
from market.windows.queries import Due

CAN_BE_TAKEN_OVER = frozenset({State.FILED, State.TRANSFERRED, State.ACCEPTED})


def acceptance_overdue(work: Work, due: Due) -> None:
    """The body did not say in time whether it accepts: noted once as its fault, and the superior's
    days begin.
    """
    row = queries.locked(work, due.matter)
    row.acceptance_overdue_at = row.acceptance_overdue_at or work.now
    put(work, row, AcceptanceOverdue(subject=due.subject, body=_late(row, due), due=due.due_at))
    find_late(work, row, due)
    _begin_takeover(work, row, due)


def decision_overdue(work: Work, due: Due) -> None:
    """The body did not decide in time: noted once as its fault, and the superior's days begin."""
    row = queries.locked(work, due.matter)
    row.decision_overdue_at = row.decision_overdue_at or work.now
    put(work, row, DecisionOverdue(subject=due.subject, body=_late(row, due), due=due.due_at))
    find_late(work, row, due)
    _begin_takeover(work, row, due)


def transfer_overdue(work: Work, due: Due) -> None:
    """The body to which it was passed on did not take it in within its day: noted once, and told
    above it.
    """
    row = queries.locked(work, due.matter)
    put(work, row, TransferOverdue(subject=due.subject, body=_late(row, due), due=due.due_at))


def opinion_overdue(work: Work, due: Due) -> None:
    """The assisting body did not give its opinion in time: noted once. It may still give it, and
    the decision waits for none.
    """
    row = queries.locked(work, due.subject)
    put(
        work,
        row,
        OpinionOverdue(subject=due.subject, body=ref(due.responsible_id or 0), due=due.due_at),
    )


def _late(row: Complaint, due: Due) -> str:
    """The body whose days they were, also when the complaint has gone on before the sweep came."""
    return ref(due.responsible_id or row.body_id)


def _begin_takeover(work: Work, row: Complaint, due: Due) -> None:
    """The superior's days begin; a body that has it since has days of its own instead."""
    if due.responsible_id != row.body_id:
        own_days(work, row, WINDOW_KINDS[due.kind])
    elif row.state in CAN_BE_TAKEN_OVER and queries.superior_of(work, row) is not None:
        stop(work, row, TAKEOVER)
        start(
            work,
            row,
            TAKEOVER,
            trigger_at=rules.last_instant(due.due_at),
            responsible_id=row.body_id,
        )


def take_over(work: Work, due: Due) -> None:
    """The superior takes over from a body that stayed late, with days of its own from this due on
    (decision 18).
    """
    row = queries.locked(work, due.matter)
    superior = queries.superior_of(work, row)
    if row.state not in CAN_BE_TAKEN_OVER or superior is None:
        return
    owed = DECIDE if row.accepted_at is not None else ACCEPT
    move(row, State.ESCALATED)
    row.escalated_at = work.now
    put(
        work,
        row,
        ComplaintEscalated(
            subject=number_of(row), from_body=ref(row.body_id), body=ref(superior.id)
        ),
    )
    row.body_id = superior.id
    row.handler_id = None
    release(work, row, superior.id)  # where it assisted it leads from now on
    show_files(work, row, superior.id)
    void_proposal(work, row)
    stop(work, row, TRANSFER)
    own_days(work, row, owed, since=due.due_at)


def completion_lapsed(work: Work, due: Due) -> None:
    """What was missing did not come. The body decides on what it has; its clock goes on."""
    row = queries.locked(work, due.matter)
    if row.state is not State.COMPLETING:
        return
    move(row, State.FILED)
    windows.resume_counting(
        work, ACCEPT, number_of(row), since=due.due_at
    )  # a late sweep gives nobody a day (R9)
    put(work, row, CompletionLapsed(subject=number_of(row)))


def hold_reached_cap(work: Work, due: Due) -> None:
    """The award has been held as long as one complaint may hold it, and no body signed for longer
    (decision 17).
    """
    row = queries.locked(work, due.matter)
    if row.state not in rules.HANDLED or row.notice_number is None:
        return
    row.hold_ended_at = work.now
    put(work, row, HoldLapsed(subject=number_of(row)))
    work.session.flush()  # The count asks the database.
    settle_hold(work, row.notice_number)
