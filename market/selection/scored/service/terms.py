"""The owner's drafting: how proposals are scored, and who judges them."""

from collections.abc import Sequence

from market.accounts import queries as accounts
from market.db import Work
from market.kernel.errors import Invalid, NotFound
from market.selection import permissions
from market.selection.kinds import Method
from market.selection.notices import service as notice_service
from market.selection.notices.models import Notice
from market.selection.notices.queries import case
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.ways import PUBLIC, SCORED
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
    order, then reserves; of public money the owner's own alone, in the last seats, the others are drawn.
    What stands against either is told before publication, all at once. Where proposals alone rank the
    scoring has no formula.

    Refuses `notice.none`, `notice.not_editable`, `scored.not_weighted`, `scored.twice`,
    `scored.not_a_member`.
    """
    permissions.require(work.actor, "scored.terms")
    notice = notice_rows.by_id(work, notice_id, lock=True)
    if notice.owner_id != work.actor.organisation_id:
        raise NotFound("notice.none")
    if scoring.has_price != (notice.method is Method.WEIGHTED) or notice.method not in SCORED:
        raise Invalid("scored.not_weighted", field="formula")
    if is_by_pool(notice):
        reserves = ()
    named = [*seated, *reserves]
    if len(set(named)) < len(named):
        raise Invalid("scored.twice", field="reserves")
    if set(named) - {each.id for each in people(work, notice)}:
        raise Invalid("scored.not_a_member", field="seated")

    before = scoring.jurors - len(seated) if is_by_pool(notice) else 0
    notice_service.set_way(work, notice_id=notice_id, way=scoring.kept)
    _name(work, notice_id, named, len(seated), before)


def _name(work: Work, notice_id: int, named: Sequence[int], seats: int, before: int) -> None:
    """Keep who is named, in place of those before: the first ones sit behind the drawn seats."""
    scored_rows.forget_panel(work, notice_id)
    work.session.add_all(
        ScoredJuror(
            notice_id=notice_id,
            person_id=person_id,
            place=place,
            was_reserve=place > seats,
            seat=before + place if place <= seats else None,
            state=JurorState.SEATED if place <= seats else JurorState.RESERVE,
        )
        for place, person_id in enumerate(named, 1)
    )


def is_by_pool(notice: Notice) -> bool:
    """Whether the jurors of a draft are drawn from the pool: its money is public."""
    return case.terms_of(notice).governing_fund in PUBLIC


def people(work: Work, notice: Notice) -> list[Person]:
    """The members of the owner's body, with their duties and their hand in this notice."""
    hands = {notice.drafted_by, notice.submitted_by, notice.signed_by}
    return [
        Person(each.person_id, each.duties, each.person_id in hands)
        for each in accounts.member_list(work, notice.owner_id)
    ]
