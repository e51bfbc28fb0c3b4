"""The knowledge base as everybody reads it, and as those see it who write it."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterator

from sqlalchemy import select

from market.accounts import queries as accounts
from market.cases.models import Answer
from market.cases.rules.answers import AnswerState, Text, Topic
from market.db import Work, under_lock
from market.kernel.errors import NotFound
from market.kernel.shown import Parts
from market.kernel.sought import Sought, plain, words

PATH = "/answers/{}"
MOST = 200


@dataclasses.dataclass(frozen=True, kw_only=True)
class AnswerCard:
    """An answer. `text` is the public one, None of a draft; `pending` waits for another person."""

    number: str
    state: AnswerState
    topic: Topic
    text: Text | None
    version: int
    sha256: str
    published_at: dt.datetime | None
    reason: str
    withdrawn_at: dt.datetime | None
    case_number: str | None
    pending: Text | None
    pending_at: dt.datetime | None
    pending_by: str
    pending_by_id: int | None


def answer_row(work: Work, number: str, *, lock: bool = False) -> Answer:
    """An answer by its number ZS-... Refuses `answer.none`."""
    asked = select(Answer).where(Answer.number == number)
    found = work.session.scalar(under_lock(asked) if lock else asked)
    if found is None:
        raise NotFound("answer.none")
    return found


def answer(work: Work, number: str) -> AnswerCard:
    """The same for who writes answers. Refuses `answer.none`."""
    return _card(work, answer_row(work, number))


def public_answer(work: Work, number: str) -> AnswerCard:
    """The same for everybody: what is or was public. Refuses `answer.none`."""
    row = answer_row(work, number)
    if row.state is AnswerState.DRAFT:
        raise NotFound("answer.none")
    return _card(work, row)


def answers(work: Work) -> list[AnswerCard]:
    """Every answer, the last written first, for those who write them."""
    asked = select(Answer).order_by(Answer.id.desc()).limit(MOST)
    return [_card(work, row) for row in work.session.scalars(asked)]


def answers_to_publish(work: Work, limit: int = MOST) -> list[str]:
    """The answers whose text waits for another person, for whoever publishes them."""
    asked = select(Answer.number).where(
        Answer.pending.is_not(None), Answer.pending_by != work.actor.person_id
    )
    return list(work.session.scalars(asked.order_by(Answer.id).limit(limit)))


def public_answers(work: Work, sought: str = "", topic: Topic | None = None) -> list[AnswerCard]:
    """The answers that hold and have all the words in either language, by topic."""
    asked = select(Answer).where(Answer.state == AnswerState.PUBLISHED).order_by(Answer.id)
    if topic is not None:
        asked = asked.where(Answer.topic == topic)
    wanted = words(sought)
    order = list(Topic)
    found = [row for row in work.session.scalars(asked) if _has(row, wanted)]
    return [_card(work, row) for row in sorted(found, key=lambda row: order.index(row.topic))]


def _has(row: Answer, wanted: Collection[str]) -> bool:
    text = plain(" ".join((row.number, row.question, row.answer, row.question_en, row.answer_en)))
    return all(word in text for word in wanted)


def answer_sent_as(work: Work, key: str) -> str | None:
    """The answer that a form's key has begun."""
    return work.session.scalar(select(Answer.number).where(Answer.submission_key == key))


def answer_shown(work: Work, number: str) -> Parts:
    """An answer as its page shows it to who publishes it."""
    row = answer_row(work, number)
    return {"answer.number": row.number, "answer.pending": row.pending, "answer.state": row.state}


def answers_sought(work: Work, numbers: Collection[str] | None = None) -> Iterator[Sought]:
    """The public answers as the search finds them; of these numbers, or all."""
    asked = select(Answer).where(Answer.state == AnswerState.PUBLISHED).order_by(Answer.id)
    if numbers is not None:
        asked = asked.where(Answer.number.in_(numbers))
    for row in work.session.scalars(asked):
        more = " ".join((row.answer, row.question_en, row.answer_en))
        yield Sought(row.number, PATH.format(row.number), row.question, more)


def text_of(row: Answer) -> Text:
    """The public text of an answer."""
    return Text(
        topic=row.topic,
        question=row.question,
        answer=row.answer,
        question_en=row.question_en,
        answer_en=row.answer_en,
    )


def pending_of(row: Answer) -> Text | None:
    """The text that waits."""
    if row.pending is None:
        return None
    said = {name: value for name, value in row.pending.items() if name != "topic"}
    return Text(topic=Topic(row.pending["topic"]), **said)


def _card(work: Work, row: Answer) -> AnswerCard:
    waiting = row.pending_by
    return AnswerCard(
        number=row.number,
        state=row.state,
        topic=row.topic,
        text=text_of(row) if row.version else None,
        version=row.version,
        sha256=row.sha256,
        published_at=row.published_at,
        reason=row.reason,
        withdrawn_at=row.withdrawn_at,
        case_number=row.case_number,
        pending=pending_of(row),
        pending_at=row.pending_at,
        pending_by=accounts.person(work, waiting).name if waiting is not None else "",
        pending_by_id=waiting,
    )
