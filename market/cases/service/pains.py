"""The register of pain points: listed in batches, worked on in public, solved or dropped with a reason."""

import dataclasses
import datetime as dt

from market.accounts import queries as accounts
from market.accounts.rules import organisation_ref
from market.cases import permissions
from market.cases.events import PainListed, PainMoved
from market.cases.models import PainPoint, PainStep
from market.cases.queries import course, register
from market.cases.rules import PAIN
from market.cases.rules.pains import (
    TO,
    Pain,
    PainState,
    Progress,
    check_pain,
    check_said,
    move_pain,
)
from market.db import Work
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.ids import Prefix
from market.ledger.service import record
from market.submissions import sent
from market.windows import service as windows
from market.windows.rules import end_of

SOLVERS = ("office", "regulator", "authority")


def list_pain(work: Work, *, pain: Pain, submission_key: str | None = None) -> str:
    """Put a pain point into the public register; returns its number DD-... The same key gives the same.

    Refuses `not_permitted`, what `check_pain` refuses, `pain.body` at `body_id`, `pain.no_case` at
    `cases`.
    """
    permissions.require(work.actor, "pain.keep")
    said = check_pain(pain, work.today)
    once = sent(work, submission_key, "pain.list", dataclasses.astuple(said))
    if once.again and (same := register.pain_sent_as(work, once.key)):
        return same
    _check_body(work, said.body_id)
    for number in said.cases:
        _check_case(work, number)
    row = PainPoint(
        number=work.next_number(Prefix.PAIN),
        **{**dataclasses.asdict(said), "cases": list(said.cases)},
        state=PainState.WORKING,
        listed_at=work.now,
        listed_by=work.actor.person_id,
        submission_key=once.key,
    )
    work.session.add(row)
    work.session.flush()  # The row is there before its window.
    due = _open(work, row, end_of(said.due_on))
    body = organisation_ref(row.body_id)
    record(work, PainListed(subject=row.number, batch=row.batch, body=body, due=due))
    return row.number


def _check_body(work: Work, body_id: int) -> None:
    """Who solves pain points is a body of the place. Refuses `pain.body`."""
    known = {each.id for kind in SOLVERS for each in accounts.organisations(work, kind)}
    if body_id not in known:
        raise Invalid("pain.body", field="body_id")


def _check_case(work: Work, number: str) -> None:
    try:
        found = course.row(work, number)
    except NotFound:
        raise Invalid("pain.no_case", field="cases", number=number) from None
    if not course.reaches(work, found):
        raise Invalid("pain.no_case", field="cases", number=number)


def _open(work: Work, row: PainPoint, due_at: dt.datetime) -> dt.datetime:
    due = windows.open_at(work, PAIN, subject=row.number, due_at=due_at, responsible_id=row.body_id)
    return due.due_at


def move_on(work: Work, *, number: str, kind: Progress, said: str) -> None:
    """Tell everybody what was done about a pain point: worked on, solved, dropped with a reason, or
    open again because it is not solved.

    Refuses `not_permitted`, `pain.none`, `pain.not_yours`, `pain.wrong_state`, `pain.missing`,
    `pain.long`, `pain.told` for the same words again.
    """
    permissions.require(work.actor, "pain.work")
    text = check_said(said, "said")
    row = register.pain_row(work, number, lock=True)
    is_keeper = work.actor.has(*permissions.MAY["pain.keep"])
    if row.body_id != work.actor.organisation_id and not is_keeper:
        raise Refusal("pain.not_yours")
    told = register.pain(work, number).steps
    if told and (told[-1].kind, told[-1].said) == (kind, text):
        raise Refusal("pain.told")
    if kind is Progress.WORKED:
        move_pain(row.state, PainState.SOLVED)
    else:
        _end_or_reopen(work, row, TO[kind])
    step = PainStep(
        pain_id=row.id,
        no=register.next_step(work, row.id),
        kind=kind,
        said=text,
        made_at=work.now,
        made_by=work.actor.person_id,
    )
    work.session.add(step)
    body = organisation_ref(row.body_id)
    record(work, PainMoved(subject=number, body=body, step=kind.value, no=step.no))


def _end_or_reopen(work: Work, row: PainPoint, to: PainState) -> None:
    row.state = move_pain(row.state, to)
    if to is PainState.WORKING:
        row.ended_at = None
        _open(work, row, max(end_of(row.due_on), work.now + dt.timedelta(days=1)))
        return
    row.ended_at = work.now
    windows.close(work, PAIN, row.number)
