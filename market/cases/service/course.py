"""The use cases of a case: opened, contacted, rectified, called back by somebody else."""

import dataclasses
from collections.abc import Sequence

from market.accounts import queries as accounts
from market.accounts.rules import organisation_ref
from market.cases import permissions, queries, rules
from market.cases.events import (
    CaseAssigned,
    CaseCalledBack,
    CaseContacted,
    CaseExtended,
    CaseOpened,
    CasePraised,
    CaseRectified,
)
from market.cases.models import Case
from market.cases.queries import steering
from market.cases.rules import (
    CALL_BACK,
    CONTACT,
    RECTIFY,
    Asked,
    CaseState,
    Line,
    Order,
    Result,
    Source,
    Told,
)
from market.complaints import queries as complaints
from market.db import Work
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.ids import Prefix
from market.kernel.shown import another_person, check_shown, signs
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Parameter, Rulebook
from market.submissions import sent
from market.windows import service as windows
from market.windows.queries import Due
from market.windows.rules import Kind
from market.windows.rules import State as WindowState

ORDERS = "hotline-orders"
"""Of two clerks with the same orders one waits for the other."""


def open_case(work: Work, *, body_id: int, of: Told) -> str:
    """Open a case for a body, in the transaction of what it follows from; returns its number."""
    return _opened(work, body_id, of, key=None, entered_by=None)


def report(work: Work, *, of: Told, submission_key: str | None = None) -> str:
    """Take in what somebody could not get done, from anyone; the office keeps it (首接负责). Returns the
    case's number. The same key gives the same number.

    Refuses `case.text_missing`, `case.text_long`.
    """
    said = dataclasses.replace(of, source=Source.STUCK, said=rules.check_text(of.said, "said"))
    once = sent(work, submission_key, "case.report", dataclasses.astuple(said), whose="nobody")
    if once.again and (same := queries.sent_as(work, once.key)):
        return same
    return _opened(work, accounts.office(work).id, said, key=once.key, entered_by=None)


def enter(work: Work, *, of: Told, asked: Asked, submission_key: str | None = None) -> str:
    """Type in for one's own body what a hotline or 110 sent, what was heard on a visit, in a survey, in
    the media, what a tip says of service; returns the case's number. Praise is counted and opens
    nothing. The same key gives the same number.

    Refuses `not_permitted`, what `rules.check_entered` refuses, `case.ask_once`,
    `case.is_complaint`, `case.order_known`, `case.no_tip`.
    """
    permissions.require(work.actor, "case.enter")
    said = rules.check_entered(of)
    typed = (*dataclasses.astuple(said), asked.value)
    once = sent(work, submission_key, "case.enter", typed)
    if once.again and (same := queries.sent_as(work, once.key)):
        return same
    rules.check_asked(said.order_kind or Order.CONSULT, asked)
    if said.source is Source.TIP:
        _check_tip(work, said.source_number)
    work.next_in(ORDERS)
    if known := queries.order_known(work, said.source, said.source_number):
        raise Invalid("case.order_known", field="source_number", number=known)
    return _opened(
        work,
        work.actor.organisation_id or 0,
        said,
        key=once.key,
        entered_by=work.actor.person_id,
    )


def _check_tip(work: Work, number: str) -> None:
    """A tip is made a case by who reads it. Refuses `case.no_tip`."""
    try:
        complaints.tip(work, number)
    except NotFound:
        raise Invalid("case.no_tip", field="source_number") from None


def enter_orders(
    work: Work, *, lines: Sequence[Line], submission_key: str | None = None
) -> tuple[int, int]:
    """Enter a hotline's orders out of a table for one's own body, all or none; (how many are new, how
    many were entered before and are passed over). The same key enters nothing a second time.

    Refuses as `enter`.
    """
    permissions.require(work.actor, "case.enter")
    typed = [(line.no, *dataclasses.astuple(line.of), line.asked.value) for line in lines]
    once = sent(work, submission_key, "case.enter_orders", typed)
    work.next_in(ORDERS)
    new = 0
    for line in [] if once.again else lines:
        said = rules.check_entered(line.of)
        rules.check_asked(said.order_kind or Order.CONSULT, line.asked)
        if queries.order_known(work, said.source, said.source_number):
            continue
        body_id = work.actor.organisation_id or 0
        _opened(work, body_id, said, key=None, entered_by=work.actor.person_id)
        new += 1
    return new, len(lines) - new


def _opened(work: Work, body_id: int, of: Told, *, key: str | None, entered_by: int | None) -> str:
    is_praise = of.order_kind is Order.PRAISE
    row = Case(
        division=work.division,
        number=work.next_number(Prefix.CASE),
        body_id=body_id,
        **dataclasses.asdict(of),
        state=CaseState.CLOSED if is_praise else CaseState.OPEN,
        rulebook=rulebooks.in_force(work).version,
        opened_at=work.now,
        closed_at=work.now if is_praise else None,
        entered_by=entered_by,
        submission_key=key,
    )
    work.session.add(row)
    work.session.flush()  # The row is there before its window.
    said = {"subject": row.number, "source": of.source.value, "body": organisation_ref(body_id)}
    if is_praise:
        record(work, CasePraised(**said))
        return row.number
    due = open_window(work, row, CONTACT, Rulebook.case_contact_days)
    record(work, CaseOpened(**said, due=due.due_at))
    return row.number


def open_window(work: Work, row: Case, kind: Kind, length: Parameter[int]) -> Due:
    """Open a window of a case, as long as the rulebook says under which it was opened."""
    book = rulebooks.version(work, row.rulebook)
    return windows.open_counted(
        work,
        kind,
        subject=row.number,
        span=book.window(length),
        rulebook=book.version,
        responsible_id=row.body_id,
    )


def own(work: Work, number: str) -> Case:
    """A case of the actor's body, locked. Refuses `not_permitted`, `case.none`."""
    permissions.require(work.actor, "case.handle")
    row = queries.row(work, number, for_update=True)
    if row.body_id != work.actor.organisation_id:
        raise NotFound("case.none")
    return row


def contact(work: Work, *, number: str, note: str) -> None:
    """Note what who was not served well said on the telephone or at the counter. Who does so first keeps
    the case (首接负责), unless the head has assigned it.

    Refuses `not_permitted`, `case.none`, `case.wrong_state`, `case.text_missing`, `case.text_long`.
    """
    said = rules.check_text(note, "note")
    row = own(work, number)
    rules.check_here(row.state)
    row.state = rules.move_case(row.state, CaseState.CONTACTED)
    row.contact_note = said
    row.contacted_at = work.now
    row.contacted_by = work.actor.person_id
    if row.assigned_to is None:
        keep(work, row, work.actor.person_id or 0)
    windows.close(work, CONTACT, number)
    due = open_window(work, row, RECTIFY, Rulebook.case_rectify_days)
    record(
        work,
        CaseContacted(subject=number, body=organisation_ref(row.body_id), due=due.due_at),
    )


def keep(work: Work, row: Case, person_id: int) -> None:
    """Let somebody of its body keep a case to its end."""
    row.assigned_to = person_id
    row.assigned_at = work.now
    record(work, CaseAssigned(subject=row.number, body=organisation_ref(row.body_id)))


def extend(work: Work, *, number: str, reason: str) -> None:
    """Take the longer time for a complex case, once and with its reason, counted from now.

    Refuses `not_permitted`, `case.none`, `case.wrong_state`, `case.extended`, `case.text_missing`,
    `case.text_long`.
    """
    said = rules.check_text(reason, "reason")
    row = own(work, number)
    if row.state is not CaseState.CONTACTED:
        raise Refusal("case.wrong_state", old=row.state.value, new=row.state.value)
    if row.complex_reason:
        raise Refusal("case.extended")
    row.complex_reason = said
    windows.close(work, RECTIFY, number, state=WindowState.CANCELLED)
    due = open_window(work, row, RECTIFY, Rulebook.case_complex_days)
    record(
        work,
        CaseExtended(subject=number, body=organisation_ref(row.body_id), due=due.due_at),
    )


def rectify(work: Work, *, number: str, answer: str) -> None:
    """Say what was put right, and answered; somebody else calls back.

    Refuses `not_permitted`, `case.none`, `case.wrong_state`, `case.text_missing`, `case.text_long`.
    """
    said = rules.check_text(answer, "answer")
    row = own(work, number)
    rules.check_here(row.state)
    row.state = rules.move_case(row.state, CaseState.RECTIFIED)
    windows.close(work, RECTIFY, number)
    put_right(work, row, said)


def put_right(work: Work, row: Case, answer: str) -> None:
    """Keep what was put right and answered, and let somebody else call back."""
    row.answer = answer
    row.rectified_at = work.now
    row.rectified_by = work.actor.person_id
    due = open_window(work, row, CALL_BACK, Rulebook.call_back_days)
    record(
        work,
        CaseRectified(subject=row.number, body=organisation_ref(row.body_id), due=due.due_at),
    )


@signs(queries.shown, key="number")
def call_back(work: Work, *, number: str, result: Result, said: str, shown: str) -> None:
    """Call back: solved or unreached ends it, unsolved is rectified again.

    Refuses `not_permitted`, `case.none`, `case.handled_it` to who worked on it, `case.wrong_state`,
    `case.text_missing`, `case.text_long`, `case.has_caller`, `case.report_first` while an order from above
    waits for its report, `shown.changed`.
    """
    permissions.require(work.actor, "case.call_back")
    note = rules.check_text(said, "said")
    row = queries.row(work, number, for_update=True)
    rules.check_result(row.source, result)
    if not queries.reaches(work, row):
        raise NotFound("case.none")
    another_person(work.actor.person_id, *queries.handlers(work, row), code="case.handled_it")
    check_shown(shown, queries.shown(work, number))

    following = rules.after_call_back(result)
    if following is CaseState.CLOSED and steering.order_waiting(work, row.id) is not None:
        raise Refusal("case.report_first")
    row.state = rules.move_case(row.state, following)
    row.result = result
    row.call_note = note
    row.called_at = work.now
    row.called_by = work.actor.person_id
    row.closed_at = work.now if following is CaseState.CLOSED else None
    windows.close(work, CALL_BACK, number)
    if following is not CaseState.CLOSED:
        row.again += 1
        open_window(work, row, RECTIFY, Rulebook.case_rectify_days)
    record(
        work,
        CaseCalledBack(subject=number, body=organisation_ref(row.body_id), result=result.value),
    )
