"""Reading questions about a notice and their answers. Nothing here says who asked."""

import dataclasses
import datetime as dt
from collections.abc import Collection

from sqlalchemy import func, select

from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.shown import Parts
from market.selection.notices.models import Notice, NoticeQuestion


@dataclasses.dataclass(frozen=True)
class QuestionCard:
    """A question; `answer` is a draft until `answered_at`."""

    id: int
    notice_id: int
    no: int
    question: str
    asked_at: dt.datetime
    answer: str
    drafted_at: dt.datetime | None
    drafted_by: int | None
    answered_at: dt.datetime | None


def answered(work: Work, notice_id: int) -> list[QuestionCard]:
    """What everybody reads: the questions of a notice that were answered, in order."""
    found = work.session.scalars(
        select(NoticeQuestion)
        .where(NoticeQuestion.notice_id == notice_id, NoticeQuestion.answered_at.is_not(None))
        .order_by(NoticeQuestion.no)
    )
    return [_card(row) for row in found]


def unanswered(work: Work, notice_id: int) -> int:
    """How many questions of a notice wait for an answer."""
    return (
        work.session.scalar(
            select(func.count())
            .select_from(NoticeQuestion)
            .where(NoticeQuestion.notice_id == notice_id, NoticeQuestion.answered_at.is_(None))
        )
        or 0
    )


def own_question(work: Work, question_id: int) -> tuple[QuestionCard, str]:
    """A question about a notice of the actor's own organisation, with the notice's number. Refuses
    `question.none`.
    """
    found = work.session.execute(
        select(NoticeQuestion, Notice.number)
        .join(Notice, Notice.id == NoticeQuestion.notice_id)
        .where(
            NoticeQuestion.id == question_id,
            Notice.owner_id == work.actor.organisation_id,
        )
    ).one_or_none()
    if found is None:
        raise NotFound("question.none")
    return _card(found[0]), str(found[1])


def drafted(work: Work, ids: Collection[int]) -> dict[int, int | None]:
    """Of questions those whose answer waits for another person to publish it, and who wrote it."""
    found = work.session.execute(
        select(NoticeQuestion.id, NoticeQuestion.drafted_by).where(
            NoticeQuestion.id.in_(ids),
            NoticeQuestion.drafted_at.is_not(None),
            NoticeQuestion.answered_at.is_(None),
        )
    )
    return {row.id: row.drafted_by for row in found}


def answer_shown(work: Work, question_id: int) -> Parts:
    """What is shown of an answer before it is published."""
    row = work.session.get(NoticeQuestion, question_id)
    if row is None:
        return {}
    return {
        "question.id": [row.id, row.drafted_at, row.answered_at],
        "question.question": row.question,
        "question.answer": row.answer,
    }


def _card(row: NoticeQuestion) -> QuestionCard:
    return QuestionCard(
        **{field.name: getattr(row, field.name) for field in dataclasses.fields(QuestionCard)}
    )
