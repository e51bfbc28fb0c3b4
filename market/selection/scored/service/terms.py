"""The owner's drafting: how proposals are scored, and who judges them."""

from collections.abc import Sequence

from market.accounts import queries as accounts
from market.db import Work
from market.kernel.errors import Invalid, NotFound
from market.selection import permissions
from market.selection.kinds import Method
from market.selection.notices import service as notice_service
from market.selection.notices.models import Notice
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.ways import SCORED
from market.selection.scored.models import ScoredJuror
from market.selection.scored.queries import rows as scored_rows
from market.selection.scored.rules import JurorState, Person, Scoring


def set_terms(
    work: Work,
    *,
    notice_id: int,
    scoring: Scoring,
    seated: Sequence[int],
    reserves: Sequence[int],
) -> None:
    """Write the scoring of an own draft and name its panel: persons of the owner's body, seats in their
    order, then reserves. What stands against either is told before publication, all at once. Where
    proposals alone rank the scoring has no formula.

    Refuses `notice.none`, `notice.not_editable`, `scored.not_weighted`, `scored.twice`,
    `scored.not_a_member`.
    """
    permissions.require(work.actor, "scored.terms")
    notice = notice_rows.by_id(work, notice_id, lock=True)
    if notice.owner_id != work.actor.organisation_id:
        raise NotFound("notice.none")
    if scoring.has_price != (notice.method is Method.WEIGHTED) or notice.method not in SCORED:
        raise Invalid("scored.not_weighted", field="formula")
    named = [*seated, *reserves]
    if len(set(named)) < len(named):
        raise Invalid("scored.twice", field="reserves")
    if set(named) - {each.id for each in people(work, notice)}:
        raise Invalid("scored.not_a_member", field="seated")

    notice_service.set_way(work, notice_id=notice_id, way=scoring.kept)
    scored_rows.forget_panel(work, notice_id)
    work.session.add_all(
        _juror(notice_id, person_id, place, seats=len(seated))
        for place, person_id in enumerate(named, 1)
    )


def _juror(notice_id: int, person_id: int, place: int, *, seats: int) -> ScoredJuror:
    sits = place <= seats
    return ScoredJuror(
        notice_id=notice_id,
        person_id=person_id,
        place=place,
        was_reserve=not sits,
        seat=place if sits else None,
        state=JurorState.SEATED if sits else JurorState.RESERVE,
    )


def people(work: Work, notice: Notice) -> list[Person]:
    """The members of the owner's body, with their duties and their hand in this notice."""
    hands = {notice.drafted_by, notice.submitted_by, notice.signed_by}
    return [
        Person(each.person_id, each.duties, each.person_id in hands)
        for each in accounts.member_list(work, notice.owner_id)
    ]
