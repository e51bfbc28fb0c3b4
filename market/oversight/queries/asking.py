"""Questions of overseers to bodies, as both sides read them; and what an owner is told of reviews."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import select

from market.accounts import queries as accounts
from market.db import Work
from market.kernel.errors import NotFound
from market.oversight.models import OversightQuestion, Review
from market.oversight.permissions import READERS
from market.oversight.queries.reach import sector_of
from market.oversight.rules import ANSWER, Outcome, asking
from market.selection.results import queries as result_queries
from market.windows import queries as windows_queries
from market.windows.queries import Due

MOST = 200
TOLD = (Outcome.IN_ORDER, Outcome.REMARK, Outcome.FAULT)
"""What the owner is told of a review; a clue is for whoever follows it."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class QuestionCard:
    """A question about a selection (`number`) with its answer. `asked_by` and `answered_by` are
    names, for the body that asked alone; `due` is None of one from before its window.
    """

    id: int
    number: str
    no: int
    body: str
    to_id: int
    to_name: str
    question: str
    asked_at: dt.datetime
    asked_by: str
    answer: str
    answered_at: dt.datetime | None
    answered_by: str
    due: Due | None


@dataclasses.dataclass(frozen=True)
class Told:
    """A review as the owner is told of it: its body, outcome and words, and nobody's name."""

    number: str
    body: str
    outcome: Outcome
    remark: str
    made_at: dt.datetime


@dataclasses.dataclass(frozen=True)
class Received:
    """What overseers have said to one's own body: questions, newest first, and reviews."""

    questions: tuple[QuestionCard, ...]
    reviews: tuple[Told, ...]


def questions_about(work: Work, number: str) -> tuple[QuestionCard, ...]:
    """Every question about a selection, newest first; the caller has held that the actor sees it."""
    asked = select(OversightQuestion).where(OversightQuestion.number == number)
    rows = work.session.scalars(asked.order_by(OversightQuestion.id.desc())).all()
    return _cards(work, rows, with_names=True)


def questions_of(work: Work, finding_id: int, *, with_names: bool) -> tuple[QuestionCard, ...]:
    """The questions that were put because of a finding of a flag, newest first."""
    asked = select(OversightQuestion).where(OversightQuestion.finding_id == finding_id)
    rows = work.session.scalars(asked.order_by(OversightQuestion.id.desc())).all()
    return _cards(work, rows, with_names=with_names)


def question(work: Work, question_id: int) -> QuestionCard:
    """One question, for the body that was asked and for those who oversee the selection. Refuses
    `oversight.no_question`.
    """
    row = work.session.get(OversightQuestion, question_id)
    if row is None or not _reads(work, row):
        raise NotFound("oversight.no_question")
    is_asked = row.to_id == work.actor.organisation_id
    return _cards(work, [row], with_names=not is_asked)[0]


def _reads(work: Work, row: OversightQuestion) -> bool:
    if row.to_id == work.actor.organisation_id:
        return True
    if not work.actor.has(*READERS):
        return False
    sector = sector_of(work.actor)
    return sector is None or result_queries.is_of_sector(work, row.number, sector)


def received(work: Work) -> Received:
    """What was asked of the actor's body, and what reviews have said of its notices."""
    own = work.actor.organisation_id or 0
    asked = select(OversightQuestion).where(OversightQuestion.to_id == own)
    rows = work.session.scalars(asked.order_by(OversightQuestion.id.desc()).limit(MOST)).all()
    return Received(_cards(work, rows, with_names=False), _told(work, own))


def _told(work: Work, owner_id: int) -> tuple[Told, ...]:
    asked = (
        select(Review)
        .where(
            Review.number.in_(result_queries.numbers_of_owner(owner_id)),
            Review.outcome.in_(TOLD),
        )
        .order_by(Review.id.desc())
        .limit(MOST)
    )
    return tuple(
        Told(row.number, row.body, row.outcome, row.remark, row.made_at)
        for row in work.session.scalars(asked)
    )


def _cards(
    work: Work, rows: Sequence[OversightQuestion], *, with_names: bool
) -> tuple[QuestionCard, ...]:
    dues = _dues(work, {row.number for row in rows})
    return tuple(
        QuestionCard(
            id=row.id,
            number=row.number,
            no=row.no,
            body=row.body,
            to_id=row.to_id,
            to_name=row.to_name,
            question=row.question,
            asked_at=row.asked_at,
            asked_by=accounts.person(work, row.asked_by).name if with_names else "",
            answer=row.answer,
            answered_at=row.answered_at,
            answered_by=accounts.person(work, row.answered_by).name
            if with_names and row.answered_by
            else "",
            due=dues.get(asking.matter(row.id)),
        )
        for row in rows
    )


def _dues(work: Work, numbers: Collection[str]) -> dict[str, Due]:
    return {due.matter: due for due in windows_queries.of_kind(work, ANSWER, numbers)}
