"""The rows of evaluations, for the use cases and the other queries."""

from collections.abc import Sequence

from sqlalchemy import select

from market.db import Work, under_lock
from market.evaluations.models import Evaluation, EvaluationAppeal
from market.evaluations.rules import By
from market.kernel.errors import NotFound


def matter_key(contract: str, by: By) -> str:
    """What the windows of one side's evaluation are of: HT-...:owner."""
    return f"{contract}:{by.value}"


def pair(work: Work, contract: str, *, for_update: bool = False) -> Sequence[Evaluation]:
    """Both rows of a matter, always locked in the same order. Refuses `evaluation.none`."""
    asked = select(Evaluation).where(Evaluation.contract == contract).order_by(Evaluation.id)
    if for_update:
        asked = under_lock(asked)
    found = work.session.scalars(asked).all()
    if not found:
        raise NotFound("evaluation.none")
    return found


def is_asked(work: Work, contract: str) -> bool:
    """Whether both sides of a matter were asked to evaluate each other."""
    asked = select(Evaluation.id).where(Evaluation.contract == contract).limit(1)
    return work.session.scalar(asked) is not None


def one_of(rows: Sequence[Evaluation], by: By) -> Evaluation:
    """The row of a side among both."""
    return next(row for row in rows if row.by is by)


def side_of(row: Evaluation, organisation_id: int | None) -> By | None:
    """Which side an organisation is of a matter."""
    if organisation_id is None:
        return None
    if organisation_id == row.owner_organisation_id:
        return By.OWNER
    return By.AGENCY if organisation_id == row.agency_organisation_id else None


def organisation_of(row: Evaluation, side: By) -> int:
    """Who stands on a side of the matter."""
    is_owner = side is By.OWNER
    return row.owner_organisation_id if is_owner else row.agency_organisation_id


def appeal_row(work: Work, appeal_id: int, *, for_update: bool = False) -> EvaluationAppeal:
    """An appeal. Refuses `evaluation.no_appeal`."""
    asked = select(EvaluationAppeal).where(EvaluationAppeal.id == appeal_id)
    if for_update:
        asked = under_lock(asked)
    found = work.session.scalar(asked)
    if found is None:
        raise NotFound("evaluation.no_appeal")
    return found


def appeal_of(
    work: Work, evaluation_id: int, *, for_update: bool = False
) -> EvaluationAppeal | None:
    """The appeal against an evaluation."""
    asked = select(EvaluationAppeal).where(EvaluationAppeal.evaluation_id == evaluation_id)
    if for_update:
        asked = under_lock(asked)
    return work.session.scalar(asked)


def evaluation_row(work: Work, evaluation_id: int) -> Evaluation:
    """The evaluation of an appeal. Refuses `evaluation.none`."""
    found = work.session.get(Evaluation, evaluation_id)
    if found is None:
        raise NotFound("evaluation.none")
    return found
