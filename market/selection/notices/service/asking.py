"""Questions about an open notice: asked by whoever may enter, answered for everybody."""

import hashlib

from sqlalchemy import func, select

from market.agencies import queries as agencies
from market.db import Work
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.shown import another_person, check_shown, signs
from market.kernel.visible import trimmed
from market.ledger.service import record
from market.owners.rules import Kind
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection import permissions
from market.selection.notices.events import QuestionAnswered, QuestionAsked
from market.selection.notices.models import Notice, NoticeQuestion
from market.selection.notices.queries import case
from market.selection.notices.queries import questions as question_queries
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules import QUESTION, conditions
from market.selection.notices.rules import questions as rules
from market.selection.notices.rules.states import NoticeState
from market.selection.notices.rules.terms import fixed
from market.selection.notices.service.draft import SIGNATORY
from market.selection.notices.service.own import approved_owner
from market.selection.rows import one
from market.submissions import sent
from market.windows import service as windows
from market.workdays import queries as workdays
from market.workdays.rules import Unit, deadline
from verify.zjcs.canonical import jcs


def ask(work: Work, *, number: str, question: str, submission_key: str | None = None) -> int:
    """Ask about an open notice as an agency that may enter; returns the question's number within
    the notice. Its name is told to nobody.

    Refuses what bars the agency from entering, `question.not_open`, `question.closed`,
    `question.too_many`, and at `question` `question.empty` and `question.names_you`.
    """
    permissions.require(work.actor, "question.ask")
    agency_id = work.actor.organisation_id or 0
    once = sent(work, submission_key, "question.ask", (number, question))
    if once.again and (known := _known(work, once.key, agency_id)):
        return known
    notice = notice_rows.by_number(work, number, lock=True)
    _check_question(work, notice, agency_id, question)

    row = NoticeQuestion(
        notice_id=notice.id,
        no=_next(work, notice.id),
        agency_id=agency_id,
        question=trimmed(question),
        asked_at=work.now,
        asked_by=work.actor.person_id,
        answer="",
        submission_key=once.key,
    )
    work.session.add(row)
    work.session.flush()  # The window's key is the row's id.
    rulebook = rulebooks.version(work, notice.rulebook)
    windows.open_counted(
        work,
        QUESTION,
        subject=number,
        matter=question_matter(row.id),
        rulebook=rulebook.version,
        span=rulebook.window(Rulebook.question_answer_days),
        responsible_id=notice.owner_id,
    )
    record(work, QuestionAsked(subject=number, no=row.no))
    return row.no


def question_matter(question_id: int) -> str:
    """The key of the owner's window for a question."""
    return f"question:{question_id}"


def answer(work: Work, *, question_id: int, answer: str) -> bool:
    """Write the answer to a question about one's own notice; returns whether it is public. A public
    body's answer waits for another person (保密审查); elsewhere one who may sign publishes it at once.

    Refuses `question.none`, `question.answered`, and at `answer` `question.no_answer` and words that
    set a condition.
    """
    permissions.require(work.actor, "question.answer")
    row, notice = _own(work, question_id)
    if not trimmed(answer):
        raise Invalid("question.no_answer", field="answer")
    _check_lawful(work, answer)
    row.answer = trimmed(answer)
    row.drafted_at = work.now
    row.drafted_by = work.actor.person_id
    is_public_body = approved_owner(work).kind is Kind.PUBLIC
    if is_public_body or not work.actor.has(SIGNATORY):
        return False
    _publish(work, row, notice)
    return True


@signs(question_queries.answer_shown, key="question_id")
def publish_answer(work: Work, *, question_id: int, shown: str) -> None:
    """Publish question and answer as another person than who wrote the answer, who thereby has
    reviewed both for secrecy (docs/rules.md#secrecy).

    Refuses `question.none`, `question.answered`, `question.no_answer`, `question.same_person`,
    `shown.changed`.
    """
    permissions.require(work.actor, "question.publish")
    row, notice = _own(work, question_id)
    if row.drafted_at is None:
        raise Refusal("question.no_answer")
    another_person(work.actor.person_id, row.drafted_by, code="question.same_person")
    check_shown(shown, question_queries.answer_shown(work, question_id))
    _publish(work, row, notice)


def _publish(work: Work, row: NoticeQuestion, notice: Notice) -> None:
    row.answered_at = work.now
    row.answered_by = work.actor.person_id
    windows.close(work, QUESTION, question_matter(row.id))
    both = jcs({"answer": row.answer, "no": row.no, "question": row.question})
    record(
        work,
        QuestionAnswered(
            subject=str(notice.number), no=row.no, sha256=hashlib.sha256(both).hexdigest()
        ),
    )


def _own(work: Work, question_id: int) -> tuple[NoticeQuestion, Notice]:
    row = one(work, NoticeQuestion, NoticeQuestion.id == question_id, "question.none", lock=True)
    notice = work.session.get_one(Notice, row.notice_id)
    if notice.owner_id != work.actor.organisation_id:
        raise NotFound("question.none")
    if row.answered_at is not None:
        raise Refusal("question.answered")
    return row, notice


def _check_question(work: Work, notice: Notice, agency_id: int, question: str) -> None:
    if notice.state is not NoticeState.ENTRY_OPEN:
        raise Refusal("question.not_open")
    standing = agencies.standing(work, agency_id, notice.items, work.today)
    if standing.refusal is not None:
        raise standing.refusal
    amount, unit = rulebooks.version(work, notice.rulebook).window(Rulebook.question_answer_days)
    due = deadline(work.now, amount, Unit(unit), workdays.calendar(work)).due_at
    rules.check_time(due, fixed(notice.entry_close), work.now)
    rules.check_waiting(_waiting(work, notice.id, agency_id))
    if not trimmed(question):
        raise Invalid("question.empty", field="question")
    rules.check_nameless(question, standing.name or "", standing.ref or "")


def _check_lawful(work: Work, answer: str) -> None:
    for found in conditions.scan({"answer": answer}, case.places(work)):
        raise Invalid(
            f"notice.condition.{found.condition}",
            field="answer",
            paragraph=found.paragraph,
            words=found.words,
        )


def _known(work: Work, key: str | None, agency_id: int) -> int | None:
    return work.session.scalar(
        select(NoticeQuestion.no).where(
            NoticeQuestion.submission_key == key, NoticeQuestion.agency_id == agency_id
        )
    )


def _next(work: Work, notice_id: int) -> int:
    last = work.session.scalar(
        select(func.max(NoticeQuestion.no)).where(NoticeQuestion.notice_id == notice_id)
    )
    return (last or 0) + 1


def _waiting(work: Work, notice_id: int, agency_id: int) -> int:
    return (
        work.session.scalar(
            select(func.count())
            .select_from(NoticeQuestion)
            .where(
                NoticeQuestion.notice_id == notice_id,
                NoticeQuestion.agency_id == agency_id,
                NoticeQuestion.answered_at.is_(None),
            )
        )
        or 0
    )
