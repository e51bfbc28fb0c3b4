"""The register of pain points, public as a whole."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select

from market.cases.models import PainPoint, PainStep
from market.cases.queries.steering import names_of
from market.cases.rules import PAIN
from market.cases.rules.pains import PainState, Progress
from market.db import Work, under_lock
from market.kernel.errors import NotFound
from market.windows import queries as windows_queries

MOST = 500


@dataclasses.dataclass(frozen=True)
class StepCard:
    """What was done."""

    no: int
    kind: Progress
    said: str
    made_at: dt.datetime


@dataclasses.dataclass(frozen=True, kw_only=True)
class PainCard:
    """A pain point; `cases` is how many cases it comes from, `is_late`: not solved by its day."""

    number: str
    batch: str
    title: str
    said: str
    body_id: int
    body: str
    due_on: dt.date
    cases: int
    state: PainState
    is_late: bool
    listed_at: dt.datetime
    ended_at: dt.datetime | None
    steps: tuple[StepCard, ...] = ()


def pain_row(work: Work, number: str, *, lock: bool = False) -> PainPoint:
    """A pain point by its number DD-... Refuses `pain.none`."""
    asked = select(PainPoint).where(PainPoint.number == number)
    found = work.session.scalar(under_lock(asked) if lock else asked)
    if found is None:
        raise NotFound("pain.none")
    return found


def pain(work: Work, number: str) -> PainCard:
    """One, with what was done. Refuses `pain.none`."""
    row = pain_row(work, number)
    asked = select(PainStep).where(PainStep.pain_id == row.id).order_by(PainStep.no)
    steps = tuple(
        StepCard(step.no, step.kind, step.said, step.made_at)
        for step in work.session.scalars(asked)
    )
    return dataclasses.replace(_cards(work, [row])[0], steps=steps)


def pains(work: Work) -> list[PainCard]:
    """All of them, the last batch first."""
    asked = select(PainPoint).order_by(PainPoint.id.desc()).limit(MOST)
    return _cards(work, work.session.scalars(asked).all())


def _cards(work: Work, rows: Sequence[PainPoint]) -> list[PainCard]:
    names = names_of(work, {row.body_id for row in rows})
    dues = windows_queries.of_kind(work, PAIN, [row.number for row in rows])
    late = {due.subject for due in dues if due.overdue_at is not None}
    return [
        PainCard(
            number=row.number,
            batch=row.batch,
            title=row.title,
            said=row.said,
            body_id=row.body_id,
            body=names[row.body_id],
            due_on=row.due_on,
            cases=len(row.cases),
            state=row.state,
            is_late=row.number in late,
            listed_at=row.listed_at,
            ended_at=row.ended_at,
        )
        for row in rows
    ]


def pain_sent_as(work: Work, key: str) -> str | None:
    """The pain point that a form's key has listed."""
    return work.session.scalar(select(PainPoint.number).where(PainPoint.submission_key == key))


def next_step(work: Work, pain_id: int) -> int:
    """The number of the next step of a pain point, whose row is under lock."""
    asked = select(func.max(PainStep.no)).where(PainStep.pain_id == pain_id)
    return int(work.session.scalar(asked) or 0) + 1
