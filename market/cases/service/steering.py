"""What is done beside the course of a case: it is assigned, ordered from above, met about, passed on to
a body outside and taken back.
"""

import datetime as dt

from market.accounts import queries as accounts
from market.accounts.rules import organisation_ref
from market.cases import permissions, queries
from market.cases.events import CaseBack, CaseMet, CaseReported, CaseSupervised, CaseTransferred
from market.cases.models import Case, CaseMeeting, CaseSupervision, CaseTransfer
from market.cases.queries import steering
from market.cases.rules import (
    CONTACT,
    RECTIFY,
    SUPERVISED,
    TRANSFERRED,
    CaseState,
    check_text,
    move_case,
)
from market.cases.rules.steering import (
    Back,
    Elsewhere,
    after_coming_back,
    check_days,
    check_goes_on,
    check_held,
)
from market.cases.service.course import keep, open_window, own, put_right
from market.db import Work
from market.kernel.errors import Invalid, NotFound, Refusal
from market.ledger.service import record
from market.rulebook.rules import Rulebook
from market.windows import service as windows
from market.windows.rules import State as WindowState
from market.workdays.rules import Unit


def _read(work: Work, number: str) -> Case:
    """A case that the actor reads and that goes on, locked. Refuses `case.none`, `case.is_closed`."""
    row = queries.row(work, number, for_update=True)
    if not queries.reaches(work, row):
        raise NotFound("case.none")
    check_goes_on(row.state)
    return row


def assign(work: Work, *, number: str, person_id: int) -> None:
    """Let a colleague keep a case; whoever has it already keeps it.

    Refuses `not_permitted`, `case.none`, `case.is_closed`, `case.no_handler` at `person_id`.
    """
    permissions.require(work.actor, "case.assign")
    row = _read(work, number)
    able = accounts.members(work, row.body_id, *permissions.HANDLERS)
    is_own = row.body_id == work.actor.organisation_id
    if not is_own:
        raise NotFound("case.none")
    if person_id not in {each.id for each in able}:
        raise Invalid("case.no_handler", field="person_id")
    if row.assigned_to != person_id:
        keep(work, row, person_id)


def supervise(work: Work, *, number: str, ordered: str, days: int) -> None:
    """Order from above that a case be dealt with and reported on within so many working days (督办). One
    order at a time; who worked on the case gives none.

    Refuses `not_permitted`, `case.none`, `case.is_closed`, `case.ordered`, `case.handled_it`,
    `case.days`, `case.text_missing`, `case.text_long`.
    """
    permissions.require(work.actor, "case.supervise")
    said = check_text(ordered, "ordered")
    many = check_days(days)
    row = _read(work, number)
    if work.actor.person_id in queries.handlers(work, row):
        raise Refusal("case.handled_it")
    if steering.order_waiting(work, row.id) is not None:
        raise Refusal("case.ordered")

    due = windows.open_counted(
        work,
        SUPERVISED,
        subject=number,
        span=(many, Unit.WORKING_DAY.value),
        responsible_id=row.body_id,
    )
    _order(work, row, said, due.due_at)


def _order(work: Work, row: Case, ordered: str, due_at: dt.datetime) -> None:
    order = CaseSupervision(
        case_id=row.id,
        no=steering.next_no(work, CaseSupervision, row.id),
        body_id=work.actor.organisation_id,
        ordered=ordered,
        ordered_at=work.now,
        ordered_by=work.actor.person_id,
        due_at=due_at,
    )
    work.session.add(order)
    record(
        work,
        CaseSupervised(
            subject=row.number,
            body=organisation_ref(row.body_id),
            by=organisation_ref(order.body_id),
            no=order.no,
            due=due_at,
        ),
    )


def report_back(work: Work, *, number: str, report: str) -> None:
    """Report to who ordered it what was done.

    Refuses `not_permitted`, `case.none`, `case.not_ordered`, `case.text_missing`, `case.text_long`.
    """
    said = check_text(report, "report")
    row = own(work, number)
    order = steering.order_waiting(work, row.id, lock=True)
    if order is None:
        raise Refusal("case.not_ordered")
    order.report = said
    order.reported_at = work.now
    order.reported_by = work.actor.person_id
    windows.close(work, SUPERVISED, number)
    record(
        work,
        CaseReported(
            subject=number,
            body=organisation_ref(row.body_id),
            by=organisation_ref(order.body_id),
            no=order.no,
        ),
    )


def meet(work: Work, *, number: str, held_on: dt.date, present: str, agreed: str) -> None:
    """Record a joint meeting about a case: who was there, and what each is to do until when. The same
    record twice is one.

    Refuses `not_permitted`, `case.none`, `case.is_closed`, `case.meeting_ahead`,
    `case.text_missing`, `case.text_long`.
    """
    permissions.require(work.actor, "case.meet")
    who = check_text(present, "present")
    what = check_text(agreed, "agreed")
    day = check_held(held_on, work.today)
    row = _read(work, number)
    last = steering.last_meeting(work, row.id)
    if last is not None and (last.held_on, last.present, last.agreed) == (day, who, what):
        return
    meeting = CaseMeeting(
        case_id=row.id,
        no=steering.next_no(work, CaseMeeting, row.id),
        held_on=day,
        present=who,
        agreed=what,
        recorded_at=work.now,
        recorded_by=work.actor.person_id,
    )
    work.session.add(meeting)
    body = organisation_ref(row.body_id)
    record(work, CaseMet(subject=number, body=body, no=meeting.no, held_on=day))


def transfer(
    work: Work, *, number: str, to: Elsewhere, to_name: str, their_number: str, reason: str
) -> None:
    """Pass a case on to a body outside the platform, with the number that it gives it. Its answer is
    fetched; until then nobody here rectifies.

    Refuses `not_permitted`, `case.none`, `case.wrong_state`, `case.text_missing`, `case.text_long`.
    """
    why = check_text(reason, "reason")
    name = check_text(to_name, "to_name")
    theirs = check_text(their_number, "their_number")
    row = own(work, number)
    row.state = move_case(row.state, CaseState.TRANSFERRED)
    for kind in (CONTACT, RECTIFY):
        windows.close(work, kind, number, state=WindowState.CANCELLED)  # nobody has done it yet
    due = open_window(work, row, TRANSFERRED, Rulebook.case_transfer_days)
    sent = CaseTransfer(
        case_id=row.id,
        no=steering.next_no(work, CaseTransfer, row.id),
        to=to,
        to_name=name,
        their_number=theirs,
        reason=why,
        sent_at=work.now,
        sent_by=work.actor.person_id,
    )
    work.session.add(sent)
    body = organisation_ref(row.body_id)
    record(
        work,
        CaseTransferred(subject=number, body=body, to=to.value, no=sent.no, due=due.due_at),
    )


def take_back(work: Work, *, number: str, back: Back, answer: str) -> None:
    """Take a case back from a body outside: answered, it is called back; returned, it goes on here.

    Refuses `not_permitted`, `case.none`, `case.wrong_state`, `case.text_missing`, `case.text_long`.
    """
    said = check_text(answer, "answer")
    row = own(work, number)
    to = after_coming_back(back, was_contacted=row.contacted_at is not None)
    sent = steering.away(work, row.id)
    if sent is None:
        raise Refusal("case.wrong_state", old=row.state.value, new=to.value)
    row.state = move_case(row.state, to)
    sent.back = back
    sent.answer = said
    sent.back_at = work.now
    sent.back_by = work.actor.person_id
    windows.close(work, TRANSFERRED, number)
    body = organisation_ref(row.body_id)
    record(work, CaseBack(subject=number, body=body, no=sent.no, back=back.value))
    if back is Back.ANSWERED:
        put_right(work, row, said)
    elif to is CaseState.OPEN:
        open_window(work, row, CONTACT, Rulebook.case_contact_days)
    else:
        open_window(work, row, RECTIFY, Rulebook.case_rectify_days)
