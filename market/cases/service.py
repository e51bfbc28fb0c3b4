"""The use cases of a case: opened, contacted, rectified, called back by somebody else."""

from market.accounts.rules import organisation_ref
from market.cases import permissions, queries, rules
from market.cases.events import (
    CaseCalledBack,
    CaseContacted,
    CaseExtended,
    CaseOpened,
    CaseRectified,
)
from market.cases.models import Case
from market.cases.rules import CALL_BACK, CONTACT, RECTIFY, CaseState, Result, Source
from market.db import Work
from market.kernel.errors import NotFound, Refusal
from market.kernel.ids import Prefix
from market.kernel.shown import another_person, check_shown, signs
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Parameter, Rulebook
from market.windows import service as windows
from market.windows.queries import Due
from market.windows.rules import Kind
from market.windows.rules import State as WindowState


def open_case(
    work: Work,
    *,
    source: Source,
    source_number: str,
    matter: str,
    body_id: int,
    party_name: str,
    said: str,
) -> str:
    """Open a case for a body, in the transaction of what it follows from; returns its number."""
    row = Case(
        division=work.division,
        number=work.next_number(Prefix.CASE),
        source=source,
        source_number=source_number,
        matter=matter,
        body_id=body_id,
        party_name=party_name,
        said=said,
        state=CaseState.OPEN,
        rulebook=rulebooks.in_force(work).version,
        opened_at=work.now,
    )
    work.session.add(row)
    work.session.flush()  # The row is there before its window.
    due = _open(work, row, CONTACT, Rulebook.case_contact_days)
    record(
        work,
        CaseOpened(
            subject=row.number,
            source=source.value,
            body=organisation_ref(body_id),
            due=due.due_at,
        ),
    )
    return row.number


def _open(work: Work, row: Case, kind: Kind, length: Parameter[int]) -> Due:
    book = rulebooks.version(work, row.rulebook)
    return windows.open_counted(
        work,
        kind,
        subject=row.number,
        span=book.window(length),
        rulebook=book.version,
        responsible_id=row.body_id,
    )


def _own(work: Work, number: str) -> Case:
    """A case of the actor's body, locked."""
    permissions.require(work.actor, "case.handle")
    row = queries.row(work, number, for_update=True)
    if row.body_id != work.actor.organisation_id:
        raise NotFound("case.none")
    return row


def contact(work: Work, *, number: str, note: str) -> None:
    """Note what who was not served well said on the telephone or at the counter.

    Refuses `not_permitted`, `case.none`, `case.wrong_state`, `case.text_missing`, `case.text_long`.
    """
    said = rules.check_text(note, "note")
    row = _own(work, number)
    row.state = rules.move_case(row.state, CaseState.CONTACTED)
    row.contact_note = said
    row.contacted_at = work.now
    row.contacted_by = work.actor.person_id
    windows.close(work, CONTACT, number)
    due = _open(work, row, RECTIFY, Rulebook.case_rectify_days)
    record(
        work,
        CaseContacted(subject=number, body=organisation_ref(row.body_id), due=due.due_at),
    )


def extend(work: Work, *, number: str, reason: str) -> None:
    """Take the longer time for a complex case, once and with its reason, counted from now.

    Refuses `not_permitted`, `case.none`, `case.wrong_state`, `case.extended`, `case.text_missing`,
    `case.text_long`.
    """
    said = rules.check_text(reason, "reason")
    row = _own(work, number)
    if row.state is not CaseState.CONTACTED:
        raise Refusal("case.wrong_state", old=row.state.value, new=row.state.value)
    if row.complex_reason:
        raise Refusal("case.extended")
    row.complex_reason = said
    windows.close(work, RECTIFY, number, state=WindowState.CANCELLED)
    due = _open(work, row, RECTIFY, Rulebook.case_complex_days)
    record(
        work,
        CaseExtended(subject=number, body=organisation_ref(row.body_id), due=due.due_at),
    )


def rectify(work: Work, *, number: str, answer: str) -> None:
    """Say what was put right, and answered; somebody else calls back.

    Refuses `not_permitted`, `case.none`, `case.wrong_state`, `case.text_missing`, `case.text_long`.
    """
    said = rules.check_text(answer, "answer")
    row = _own(work, number)
    row.state = rules.move_case(row.state, CaseState.RECTIFIED)
    row.answer = said
    row.rectified_at = work.now
    row.rectified_by = work.actor.person_id
    windows.close(work, RECTIFY, number)
    due = _open(work, row, CALL_BACK, Rulebook.call_back_days)
    record(
        work,
        CaseRectified(subject=number, body=organisation_ref(row.body_id), due=due.due_at),
    )


@signs(queries.shown, key="number")
def call_back(work: Work, *, number: str, result: Result, said: str, shown: str) -> None:
    """Call back: solved or unreached ends it, unsolved is rectified again.

    Refuses `not_permitted`, `case.none`, `case.handled_it` to who worked on it, `case.wrong_state`,
    `case.text_missing`, `case.text_long`, `shown.changed`.
    """
    permissions.require(work.actor, "case.call_back")
    note = rules.check_text(said, "said")
    row = queries.row(work, number, for_update=True)
    if not queries.reaches(work, row):
        raise NotFound("case.none")
    another_person(work.actor.person_id, *queries.handlers(row), code="case.handled_it")
    check_shown(shown, queries.shown(work, number))

    following = rules.after_call_back(result)
    row.state = rules.move_case(row.state, following)
    row.result = result
    row.call_note = note
    row.called_at = work.now
    row.called_by = work.actor.person_id
    row.closed_at = work.now if following is CaseState.CLOSED else None
    windows.close(work, CALL_BACK, number)
    if following is CaseState.CONTACTED:
        row.again += 1
        _open(work, row, RECTIFY, Rulebook.case_rectify_days)
    record(
        work,
        CaseCalledBack(subject=number, body=organisation_ref(row.body_id), result=result.value),
    )
