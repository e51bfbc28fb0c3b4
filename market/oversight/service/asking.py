"""Asking a body about a selection, and the body's answer."""

from sqlalchemy import func, select

from market.accounts import queries as accounts
from market.accounts.rules import organisation_ref
from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.plain import Json
from market.ledger.service import record
from market.oversight import permissions, queries, rules
from market.oversight.events import BodyAnswered, BodyAsked
from market.oversight.models import OversightQuestion
from market.oversight.rules import ANSWER, asking
from market.oversight.rules.asking import Addressee
from market.oversight.service.reviewing import check_not_own
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.results import queries as result_queries
from market.submissions import sent
from market.windows import service as windows


def ask(
    work: Work,
    *,
    number: str,
    to: Addressee,
    question: str,
    finding_id: int | None = None,
    submission_key: str | None = None,
) -> int:
    """Ask the notice's owner, or the office, about a selection; returns the question's id. The body
    has `oversight_answer_days`. `finding_id`: the flag's finding that it is about, of which the body
    learns nothing.

    Refuses `notice.none`, also for another sector's; `oversight.own_matter`; at `question`
    `oversight.no_text`.
    """
    permissions.require(work.actor, "oversight.ask")
    queries.check_seen(work, number)
    once = sent(work, submission_key, f"oversight.ask {number}", to, question, finding_id)
    known = select(OversightQuestion.id).where(OversightQuestion.submission_key == once.key)
    if once.again and (same := work.session.scalar(known)):
        return int(same)
    check_not_own(work, number)
    said = asking.check_text(question, "question")

    row = _asked(work, number, _body_of(work, number, to), said)
    if finding_id is not None:
        row.finding_id = queries.finding_row(work, finding_id).id
    row.submission_key = once.key
    work.session.add(row)
    work.session.flush()  # The window's key is the row's id.
    _open_window(work, row)
    record(work, BodyAsked(subject=number, **_bodies(row)))
    return row.id


def _open_window(work: Work, row: OversightQuestion) -> None:
    book = rulebooks.in_force(work)
    windows.open_counted(
        work,
        ANSWER,
        subject=row.number,
        matter=rules.asking.matter(row.id),
        span=book.window(Rulebook.oversight_answer_days),
        rulebook=book.version,
        responsible_id=row.to_id,
    )


def _body_of(work: Work, number: str, to: Addressee) -> accounts.OrganisationCard:
    if to is Addressee.OFFICE:
        return accounts.office(work)
    return accounts.organisation(work, result_queries.notice(work, number).owner_organisation_id)


def _asked(
    work: Work, number: str, to: accounts.OrganisationCard, question: str
) -> OversightQuestion:
    body = accounts.organisation(work, work.actor.organisation_id or 0)
    last = select(func.max(OversightQuestion.no)).where(OversightQuestion.number == number)
    return OversightQuestion(
        number=number,
        no=(work.session.scalar(last) or 0) + 1,
        body_id=body.id,
        body=body.name,
        to_id=to.id,
        to_name=to.name,
        question=question,
        asked_at=work.now,
        asked_by=work.actor.person_id,
        answer="",
    )


def _bodies(row: OversightQuestion) -> Json:
    return {
        "body": organisation_ref(row.body_id),
        "to": organisation_ref(row.to_id),
        "no": row.no,
    }


def answer(work: Work, *, question_id: int, answer: str) -> None:
    """Answer as the body that was asked, once; late is late and still an answer.

    Refuses `oversight.no_question` (also of another body's), `oversight.answered`, at `answer`
    `oversight.no_text`.
    """
    permissions.require(work.actor, "oversight.answer")
    asked = select(OversightQuestion).where(OversightQuestion.id == question_id).with_for_update()
    row = work.session.scalar(asked)
    if row is None or row.to_id != work.actor.organisation_id:
        raise NotFound("oversight.no_question")
    asking.check_unanswered(is_answered=row.answered_at is not None)

    row.answer = asking.check_text(answer, "answer")
    row.answered_at = work.now
    row.answered_by = work.actor.person_id
    windows.close(work, ANSWER, asking.matter(row.id))
    record(work, BodyAnswered(subject=row.number, **_bodies(row)))
