"""Answers of the knowledge base (知识库): what is asked again and again, written once, in two languages,
seen by another person before it is public. Pure.
"""

import dataclasses
import enum
import hashlib
import json

from market.kernel.errors import Invalid, Refusal
from market.kernel.states import move
from market.kernel.visible import trimmed

MOST_QUESTION = 120
MOST_ANSWER = 4000


class Topic(enum.StrEnum):
    """What an answer is about, in the order of the page."""

    ENROLMENT = "enrolment"
    NOTICE = "notice"
    ENTRY = "entry"
    RESULT = "result"
    CONTRACT = "contract"
    COMPLAINT = "complaint"
    PLATFORM = "platform"


class AnswerState(enum.StrEnum):
    """Where an answer stands; one that is published may wait with a new text."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


NEXT = {
    AnswerState.DRAFT: frozenset({AnswerState.PUBLISHED}),
    AnswerState.PUBLISHED: frozenset({AnswerState.PUBLISHED, AnswerState.WITHDRAWN}),
}


def move_answer(old: AnswerState, new: AnswerState) -> AnswerState:
    """The step, or the refusal `answer.wrong_state`."""
    return move(NEXT, old, new, "answer.wrong_state")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Text:
    """What an answer says. The English text is whole or not there."""

    topic: Topic
    question: str
    answer: str
    question_en: str = ""
    answer_en: str = ""


def check_answer(text: Text) -> Text:
    """The text, trimmed. Refuses `answer.missing`, `answer.long` and `answer.half` at their fields."""
    said = {
        name: _one(name, getattr(text, name))
        for name in ("question", "answer", "question_en", "answer_en")
    }
    for name, other in (("question_en", "answer_en"), ("answer_en", "question_en")):
        if said[other] and not said[name]:
            raise Invalid("answer.half", field=name)
    return Text(topic=text.topic, **said)


def _one(name: str, typed: str) -> str:
    said = trimmed(typed)
    most = MOST_QUESTION if name.startswith("question") else MOST_ANSWER
    if not said and not name.endswith("_en"):
        raise Invalid("answer.missing", field=name)
    if len(said) > most:
        raise Invalid("answer.long", field=name, most=most)
    return said


def digest(text: Text) -> str:
    """What the log keeps of a published text: SHA-256 (hex) of its five parts as JSON."""
    parts = [text.topic.value, text.question, text.answer, text.question_en, text.answer_en]
    said = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def check_waits(pending: object) -> None:
    """Refuses `answer.nothing_waits` where no text waits for another person."""
    if pending is None:
        raise Refusal("answer.nothing_waits")
