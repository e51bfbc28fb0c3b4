"""Means of evaluations, for the ways and whoever counts."""

from collections.abc import Collection

from sqlalchemy import func, select

from market.db import Work
from market.evaluations.models import Evaluation
from market.evaluations.queries.cards import COUNTED
from market.evaluations.rules import By, Standing, standing_of


def of_all_agencies(work: Work) -> Standing:
    """How owners evaluate agencies altogether: the platform's mean."""
    count, total = work.session.execute(
        select(func.count(), func.sum(Evaluation.overall)).where(
            Evaluation.by == By.OWNER, *COUNTED
        )
    ).one()
    return standing_of(int(count), int(total or 0))


def overall_of_owners(work: Work, notices: Collection[str]) -> dict[str, int]:
    """What owners said of these matters on the whole (hundredths), of those that are open and count."""
    asked = select(Evaluation.notice_number, Evaluation.overall).where(
        Evaluation.notice_number.in_(notices), Evaluation.by == By.OWNER, *COUNTED
    )
    found = work.session.execute(asked)
    return {number: overall for number, overall in found if overall is not None}


def of_owners(work: Work, organisations: Collection[int]) -> dict[int, Standing]:
    """How agencies evaluate these owners; who has no evaluation that counts is left out."""
    rows = work.session.execute(
        select(Evaluation.owner_organisation_id, func.count(), func.sum(Evaluation.overall))
        .where(
            Evaluation.owner_organisation_id.in_(organisations),
            Evaluation.by == By.AGENCY,
            *COUNTED,
        )
        .group_by(Evaluation.owner_organisation_id)
    )
    return {owner: standing_of(int(count), int(total or 0)) for owner, count, total in rows}


def standings(work: Work, refs: Collection[str] | None = None) -> dict[str, Standing]:
    """How owners evaluate agencies, by platform numbers, all or these; who has no evaluation that
    counts is left out.
    """
    asked = (
        select(Evaluation.winner, func.count(), func.sum(Evaluation.overall))
        .where(Evaluation.by == By.OWNER, *COUNTED)
        .group_by(Evaluation.winner)
    )
    if refs is not None:
        asked = asked.where(Evaluation.winner.in_(refs))
    rows = work.session.execute(asked)
    return {ref: standing_of(int(count), int(total or 0)) for ref, count, total in rows}
