"""Answers of the knowledge base: written by one, published by another, withdrawn with a reason."""

import dataclasses

from market.cases import permissions
from market.cases.events import AnswerPublished, AnswerWithdrawn
from market.cases.models import Answer
from market.cases.queries import knowledge
from market.cases.queries.course import reaches, row
from market.cases.rules.answers import (
    AnswerState,
    Text,
    check_answer,
    check_waits,
    digest,
    move_answer,
)
from market.cases.rules.pains import check_said
from market.db import Work
from market.kernel.errors import Invalid, NotFound
from market.kernel.ids import Prefix
from market.kernel.shown import another_person, check_shown, signs
from market.kernel.visible import trimmed
from market.ledger.service import record
from market.submissions import sent


def write_answer(
    work: Work, *, text: Text, case_number: str = "", submission_key: str | None = None
) -> str:
    """Write an answer, by hand or from a case that the actor reads; it waits for another person. Returns
    its number. The same key gives the same number.

    Refuses `not_permitted`, what `check_answer` refuses, `answer.no_case` at `case_number`.
    """
    permissions.require(work.actor, "answer.write")
    said = check_answer(text)
    of = trimmed(case_number)
    typed = (*dataclasses.astuple(said), of)
    once = sent(work, submission_key, "answer.write", typed)
    if once.again and (same := knowledge.answer_sent_as(work, once.key)):
        return same
    if of:
        _check_case(work, of)
    answer = Answer(
        number=work.next_number(Prefix.ANSWER),
        state=AnswerState.DRAFT,
        case_number=of or None,
        topic=said.topic,
        submission_key=once.key,
    )
    _wait(work, answer, said)
    work.session.add(answer)
    return answer.number


def _check_case(work: Work, number: str) -> None:
    try:
        found = row(work, number)
    except NotFound:
        raise Invalid("answer.no_case", field="case_number") from None
    if not reaches(work, found):
        raise Invalid("answer.no_case", field="case_number")


def rewrite_answer(work: Work, *, number: str, text: Text) -> None:
    """Write an answer anew; what is public stays until another person publishes the new text.

    Refuses `not_permitted`, `answer.none`, `answer.wrong_state`, what `check_answer` refuses.
    """
    permissions.require(work.actor, "answer.write")
    said = check_answer(text)
    answer = knowledge.answer_row(work, number, lock=True)
    move_answer(answer.state, AnswerState.PUBLISHED)
    _wait(work, answer, said)


def _wait(work: Work, answer: Answer, text: Text) -> None:
    answer.pending = {**dataclasses.asdict(text), "topic": text.topic.value}
    answer.pending_at = work.now
    answer.pending_by = work.actor.person_id


@signs(knowledge.answer_shown, key="number")
def publish_answer(work: Work, *, number: str, shown: str) -> None:
    """Publish the text that waits, as another person than who wrote it, after the review for secrecy.

    Refuses `not_permitted`, `answer.none`, `answer.nothing_waits`, `answer.same_person`,
    `answer.wrong_state`, `shown.changed`.
    """
    permissions.require(work.actor, "answer.publish")
    answer = knowledge.answer_row(work, number, lock=True)
    text = knowledge.pending_of(answer)
    check_waits(text)
    another_person(work.actor.person_id, answer.pending_by, code="answer.same_person")
    check_shown(shown, knowledge.answer_shown(work, number))

    answer.state = move_answer(answer.state, AnswerState.PUBLISHED)
    for name, value in dataclasses.asdict(text or knowledge.text_of(answer)).items():
        setattr(answer, name, value)
    answer.version += 1
    answer.sha256 = digest(knowledge.text_of(answer))
    answer.published_at = work.now
    answer.published_by = work.actor.person_id
    answer.pending = None
    answer.pending_at = None
    answer.pending_by = None
    record(work, AnswerPublished(subject=number, version=answer.version, sha256=answer.sha256))


def withdraw_answer(work: Work, *, number: str, reason: str) -> None:
    """Say that an answer holds no more, with a public reason; its address stays.

    Refuses `not_permitted`, `answer.none`, `answer.wrong_state`, `pain.missing`, `pain.long`.
    """
    permissions.require(work.actor, "answer.publish")
    said = check_said(reason, "reason")
    answer = knowledge.answer_row(work, number, lock=True)
    answer.state = move_answer(answer.state, AnswerState.WITHDRAWN)
    answer.reason = said
    answer.withdrawn_at = work.now
    answer.withdrawn_by = work.actor.person_id
    answer.pending = None
    answer.pending_at = None
    answer.pending_by = None
    record(work, AnswerWithdrawn(subject=number))
