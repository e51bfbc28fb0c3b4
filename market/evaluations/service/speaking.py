"""After the opening: the reply, one appeal with both sides heard, one later word."""

from market.accounts.rules import organisation_ref
from market.db import Work
from market.evaluations import permissions, queries
from market.evaluations.events import (
    EvaluationAnswered,
    EvaluationAppealDecided,
    EvaluationAppealed,
    EvaluationFollowed,
    EvaluationReplied,
)
from market.evaluations.models import Evaluation, EvaluationAppeal
from market.evaluations.rules import ANSWER, APPEAL, APPEAL_DECISION, REPLY, By, check_text
from market.evaluations.rules.appeal import EFFECTS, AppealState, Ground, move_appeal
from market.evaluations.service.asking import own_side
from market.evaluations.service.clocks import open_window
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import another_person, check_shown, signs
from market.ledger.service import record
from market.rulebook.rules import Rulebook
from market.windows import service as windows
from market.windows.rules import Kind
from market.windows.rules import State as WindowState


def _about_own(work: Work, number: str, kind: Kind, code: str) -> Evaluation:
    """What the other side said of the actor's, while a window on it is open. Refuses `code`."""
    permissions.require(work.actor, "evaluation.speak")
    rows, side = own_side(work, number)
    row = queries.one_of(rows, side.other)
    if not queries.is_live(work, kind, number, row.by):
        raise Refusal(code)
    windows.close(work, kind, queries.matter_key(number, row.by))
    return row


def reply(work: Work, *, number: str, text: str) -> None:
    """Reply to what the other side said, once and within `evaluation_reply_days`; it stands beside
    it for ever.

    Refuses `not_permitted`, `evaluation.none`, `evaluation.reply_over`, `evaluation.text_missing`,
    `evaluation.text_long`.
    """
    said = check_text(text, "text")
    row = _about_own(work, number, REPLY, "evaluation.reply_over")
    row.reply = said
    row.replied_at = work.now
    row.replied_by = work.actor.person_id
    record(
        work,
        EvaluationReplied(subject=row.notice_number, contract=number, by=row.by.value),
    )


def follow_up(work: Work, *, number: str, text: str) -> None:
    """Add one later word to one's own evaluation, `evaluation_follow_up_months` after it was opened.

    Refuses `not_permitted`, `evaluation.none`, `evaluation.follow_up_not_now`,
    `evaluation.text_missing`, `evaluation.text_long`.
    """
    permissions.require(work.actor, "evaluation.give")
    said = check_text(text, "text")
    rows, side = own_side(work, number)
    row = queries.one_of(rows, side)
    if not queries.may_follow(work, queries.both(work, number).of_side(side)):
        raise Refusal("evaluation.follow_up_not_now")
    row.follow_up = said
    row.followed_at = work.now
    row.followed_by = work.actor.person_id
    record(
        work,
        EvaluationFollowed(subject=row.notice_number, contract=number, by=side.value),
    )


def appeal(work: Work, *, number: str, ground: Ground, text: str) -> None:
    """Appeal against what the other side said, once, within `evaluation_appeal_days` and on a closed
    ground; a body decides of which nobody who worked on the matter takes part.

    Refuses `not_permitted`, `evaluation.none`, `evaluation.appeal_over`, `evaluation.no_body`,
    `evaluation.text_missing`, `evaluation.text_long`.
    """
    said = check_text(text, "text")
    row = _about_own(work, number, APPEAL, "evaluation.appeal_over")
    body = queries.deciding_body(work, row)
    work.session.add(
        EvaluationAppeal(
            evaluation_id=row.id,
            state=AppealState.WAITING,
            ground=ground,
            text=said,
            body_id=body,
            appealed_at=work.now,
            appealed_by=work.actor.person_id or 0,
        )
    )
    _hear(work, row, ground, body)


def _hear(work: Work, row: Evaluation, ground: Ground, body: int) -> None:
    """Who evaluated is heard, and the body has its days."""
    open_window(
        work,
        row,
        ANSWER,
        Rulebook.evaluation_reply_days,
        responsible_id=queries.organisation_of(row, row.by),
    )
    due = open_window(
        work,
        row,
        APPEAL_DECISION,
        Rulebook.evaluation_appeal_decide_days,
        responsible_id=body,
    )
    record(
        work,
        EvaluationAppealed(
            subject=row.notice_number,
            contract=row.contract,
            by=row.by.value,
            ground=ground.value,
            body=organisation_ref(body),
            due=due.due_at,
        ),
    )


def answer(work: Work, *, number: str, text: str) -> None:
    """Who evaluated is heard on the appeal against it, once and in his days.

    Refuses `not_permitted`, `evaluation.none`, `evaluation.answer_over`,
    `evaluation.text_missing`, `evaluation.text_long`.
    """
    permissions.require(work.actor, "evaluation.speak")
    said = check_text(text, "text")
    rows, side = own_side(work, number)
    row = queries.one_of(rows, side)
    if not queries.is_live(work, ANSWER, number, side):
        raise Refusal("evaluation.answer_over")
    waiting = queries.appeal_of(work, row.id, for_update=True)
    if waiting is None:
        raise Refusal("evaluation.answer_over")

    windows.close(work, ANSWER, queries.matter_key(number, side))
    waiting.answer = said
    waiting.answered_at = work.now
    waiting.answered_by = work.actor.person_id
    record(
        work,
        EvaluationAnswered(
            subject=row.notice_number,
            contract=number,
            by=side.value,
            body=organisation_ref(waiting.body_id),
        ),
    )


@signs(queries.appeal_shown, key="appeal_id")
def uphold(work: Work, *, appeal_id: int, reason: str, shown: str) -> None:
    """Find the appeal right: the text goes or the evaluation leaves the mean, as the ground says.

    Refuses `not_permitted`, `evaluation.no_appeal`, `evaluation.worked_on_it`,
    `evaluation.may_still_answer`, `evaluation.appeal_decided`, `evaluation.text_missing`,
    `evaluation.text_long`, `shown.changed`.
    """
    row = _decide(work, appeal_id, AppealState.UPHELD, reason, shown)
    found = queries.evaluation_row(work, row.evaluation_id)
    found.effect = EFFECTS[row.ground]


@signs(queries.appeal_shown, key="appeal_id")
def reject(work: Work, *, appeal_id: int, reason: str, shown: str) -> None:
    """Find the evaluation right: it stands. Refuses as `uphold` does."""
    _decide(work, appeal_id, AppealState.REJECTED, reason, shown)


def _decide(
    work: Work, appeal_id: int, to: AppealState, reason: str, shown: str
) -> EvaluationAppeal:
    """The appeal, decided by somebody of its body who did not work on the matter."""
    permissions.require(work.actor, "evaluation.decide")
    said = check_text(reason, "reason")
    row = queries.appeal_row(work, appeal_id, for_update=True)
    if row.body_id != work.actor.organisation_id:
        raise NotFound("evaluation.no_appeal")
    found = queries.evaluation_row(work, row.evaluation_id)
    another_person(
        work.actor.person_id, *queries.hands(work, found), code="evaluation.worked_on_it"
    )
    check_shown(shown, queries.appeal_shown(work, appeal_id))
    if queries.is_live(work, ANSWER, found.contract, found.by):
        raise Refusal("evaluation.may_still_answer")

    row.state = move_appeal(row.state, to)
    row.reason = said
    row.decided_at = work.now
    row.decided_by = work.actor.person_id
    _settle(work, row, found)
    return row


def _settle(work: Work, row: EvaluationAppeal, found: Evaluation) -> None:
    key = queries.matter_key(found.contract, By(found.by))
    windows.close(work, ANSWER, key, state=WindowState.CANCELLED)
    windows.close(work, APPEAL_DECISION, key)
    record(
        work,
        EvaluationAppealDecided(
            subject=found.notice_number,
            contract=found.contract,
            by=found.by.value,
            ground=row.ground.value,
            outcome=row.state.value,
        ),
    )
