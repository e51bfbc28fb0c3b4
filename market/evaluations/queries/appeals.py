"""Appeals, for the body that decides them."""

import dataclasses

from sqlalchemy import select

from market.accounts import queries as accounts
from market.db import Work
from market.evaluations.models import Evaluation, EvaluationAppeal
from market.evaluations.permissions import MAY
from market.evaluations.queries.bodies import hands
from market.evaluations.queries.rows import appeal_row, evaluation_row, matter_key
from market.evaluations.rules import ANSWER, APPEAL_DECISION, WEIGHTS, Marks
from market.evaluations.rules.appeal import AppealState
from market.kernel.errors import NotFound
from market.kernel.permits import holds
from market.kernel.shown import Parts
from market.windows import queries as windows_queries
from market.windows.queries import Due

AT_ONCE = 200


@dataclasses.dataclass(frozen=True, kw_only=True)
class Case:
    """An appeal with the evaluation that it is about, whole, for the body and the inspection."""

    appeal: EvaluationAppeal
    evaluation: Evaluation
    marks: Marks
    body: str
    due: Due | None
    may_answer: Due | None

    @property
    def evaluator(self) -> str:
        """Who evaluated."""
        row = self.evaluation
        return row.owner_name if row.by == "owner" else row.agency_name

    @property
    def evaluated(self) -> str:
        """Who appeals."""
        row = self.evaluation
        return row.agency_name if row.by == "owner" else row.owner_name


def desk(work: Work) -> list[Case]:
    """The appeals of the actor's body, of all bodies for the inspection: those that wait first."""
    asked = (
        select(EvaluationAppeal)
        .order_by(EvaluationAppeal.state != AppealState.WAITING, EvaluationAppeal.id.desc())
        .limit(AT_ONCE)
    )
    if work.actor.kind != "inspection":
        asked = asked.where(EvaluationAppeal.body_id == work.actor.organisation_id)
    return [_case(work, row) for row in work.session.scalars(asked)]


def case(work: Work, appeal_id: int) -> Case:
    """One appeal of the actor's body, any for the inspection. Refuses `evaluation.no_appeal`."""
    row = appeal_row(work, appeal_id)
    if work.actor.kind != "inspection" and row.body_id != work.actor.organisation_id:
        raise NotFound("evaluation.no_appeal")
    return _case(work, row)


def _case(work: Work, row: EvaluationAppeal) -> Case:
    found = evaluation_row(work, row.evaluation_id)
    key = matter_key(found.contract, found.by)
    return Case(
        appeal=row,
        evaluation=found,
        marks=Marks(**{name: getattr(found, name) for name in WEIGHTS}),
        body=accounts.organisation(work, row.body_id).name,
        due=windows_queries.live(work, APPEAL_DECISION, key),
        may_answer=windows_queries.live(work, ANSWER, key),
    )


def may_decide(work: Work, found: Case) -> bool:
    """Whether the actor may decide this appeal now."""
    return (
        found.appeal.state is AppealState.WAITING
        and found.may_answer is None
        and found.appeal.body_id == work.actor.organisation_id
        and holds(work.actor, MAY["evaluation.decide"])
        and work.actor.person_id not in hands(work, found.evaluation)
    )


def appeal_shown(work: Work, appeal_id: int) -> Parts:
    """An appeal as its page shows it to who decides."""
    row = appeal_row(work, appeal_id)
    found = evaluation_row(work, row.evaluation_id)
    return {
        "evaluation.appeal": row.id,
        "evaluation.appeal_state": row.state.value,
        "evaluation.ground": row.ground.value,
        "evaluation.appeal_text": row.text,
        "evaluation.answer": row.answer,
        "evaluation.marks": [getattr(found, name) for name in WEIGHTS],
        "evaluation.text": found.text,
        "evaluation.fact": found.fact,
        "evaluation.reply": found.reply,
        "evaluation.follow_up": found.follow_up,
    }
