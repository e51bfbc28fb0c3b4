"""Reading the pool."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from market.accounts import queries as accounts
from market.catalogue import queries as catalogue
from market.db import Work, under_lock
from market.kernel.clock import local_date
from market.kernel.errors import NotFound
from market.kernel.plain import Json
from market.kernel.shown import Parts
from market.rulebook import queries as rulebooks
from market.selection.jurors import rules
from market.selection.jurors.models import PoolEdition, PoolListing, PoolMember
from market.selection.jurors.rules import ADMIT, MemberState, Standing, Step
from market.windows import queries as windows_queries
from market.windows.queries import Due


@dataclasses.dataclass(frozen=True)
class MemberCard:
    """A member as he himself and the body that decides see him; `steps` may be proposed now, `step` is.
    `reason` is that of `step`, or of what was decided last (`decided_at`).
    """

    number: str
    person_id: int
    name: str
    body_id: int
    body: str
    categories: tuple[str, ...]
    employer: str
    codes: tuple[str, ...]
    grounds: str
    state: MemberState
    applied_at: dt.datetime
    step: Step | None
    reason: str | None
    proposed_by: int | None
    decided_at: dt.datetime | None
    until: dt.date | None
    due: Due | None

    @property
    def steps(self) -> list[Step]:
        """What an officer may propose."""
        return [] if self.step else rules.steps_from(self.state)


@dataclasses.dataclass(frozen=True)
class CategoryCount:
    """A category of services: how many of the pool may judge in it, and whether that is enough."""

    name: str
    count: int
    is_enough: bool


@dataclasses.dataclass(frozen=True)
class Pool:
    """What is public of the pool: where it comes from, the least that a category needs, how many there
    are, and the digest on the log.
    """

    source: str
    least: int
    categories: tuple[CategoryCount, ...]
    count: int
    sha256: str | None
    made_at: dt.datetime | None

    @property
    def is_on(self) -> bool:
        """Whether public money is judged by it."""
        return self.source != rules.NONE


def categories(work: Work) -> list[str]:
    """The categories of the catalogue, in its order."""
    return [each.name for each in catalogue.categories(work)]


def pool(work: Work) -> Pool:
    """The pool, for everybody."""
    book = rulebooks.in_force(work)
    edition = newest(work)
    return Pool(
        book.juror_source,
        book.juror_pool_min,
        tuple(
            CategoryCount(name, count, count >= book.juror_pool_min)
            for name, count in _counts(work).items()
        ),
        edition.count if edition else 0,
        edition.sha256 if edition else None,
        edition.made_at if edition else None,
    )


def _counts(work: Work) -> dict[str, int]:
    names = categories(work)
    day = local_date(work.now)
    rows = [
        row
        for row in _admitted(work)
        if row.state is MemberState.ADMITTED and row.until and row.until >= day
    ]
    return {name: sum(name in row.categories for row in rows) for name in names}


def free_of(work: Work, category: str) -> int:
    """How many of the pool may judge in a category today."""
    return _counts(work).get(category, 0)


def newest(work: Work) -> PoolEdition | None:
    """The pool as it stands on the log; None where nobody was admitted yet."""
    return work.session.scalar(select(PoolEdition).order_by(PoolEdition.id.desc()).limit(1))


def rows_now(work: Work) -> list[Json]:
    """Everybody who is in the pool now, as its digest covers them."""
    return [{"number": row.number, "categories": sorted(row.categories)} for row in _admitted(work)]


def _admitted(work: Work) -> Sequence[PoolMember]:
    kept = (MemberState.ADMITTED, MemberState.SUSPENDED)
    return work.session.scalars(
        select(PoolMember).where(PoolMember.state.in_(kept)).order_by(PoolMember.number)
    ).all()


def member_row(work: Work, number: str, *, lock: bool = False) -> PoolMember:
    """A member by number. Refuses `pool.none`."""
    asked = select(PoolMember).where(PoolMember.number == number)
    row = work.session.scalar(under_lock(asked) if lock else asked)
    if row is None:
        raise NotFound("pool.none")
    return row


def row_of_person(work: Work, person_id: int | None, *, lock: bool = False) -> PoolMember | None:
    """A person as a member; None where he never asked."""
    asked = select(PoolMember).where(PoolMember.person_id == person_id)
    return work.session.scalar(under_lock(asked) if lock else asked)


def own(work: Work) -> MemberCard | None:
    """The actor as a member; None where he never asked."""
    row = row_of_person(work, work.actor.person_id)
    return _card(work, row) if row else None


def member(work: Work, number: str) -> MemberCard:
    """A member, for the body that decides about him and for inspection. Refuses `pool.none`."""
    row = member_row(work, number)
    if row.body_id != work.actor.organisation_id and not work.actor.has("inspector"):
        raise NotFound("pool.none")
    return _card(work, row)


def desk(work: Work) -> list[MemberCard]:
    """Whom the actor's body decides about, who waits first; inspection sees everybody."""
    asked = select(PoolMember).order_by(PoolMember.id.desc()).limit(1000)
    if not work.actor.has("inspector"):
        asked = asked.where(PoolMember.body_id == work.actor.organisation_id)
    cards = [_card(work, row) for row in work.session.scalars(asked)]
    return sorted(cards, key=lambda one: one.due is None)


def shown(work: Work, number: str) -> Parts:
    """What is signed of a member."""
    row = member_row(work, number)
    return {
        "pool_member.number": row.number,
        "pool_member.state": row.state.value,
        "pool_member.step": row.step.value if row.step else None,
        "pool_member.reason": row.reason,
        "pool_member.categories": row.categories,
        "pool_member.employer": row.employer,
        "pool_member.codes": row.codes,
        "pool_member.grounds": row.grounds,
    }


def _card(work: Work, row: PoolMember) -> MemberCard:
    return MemberCard(
        row.number,
        row.person_id,
        accounts.person(work, row.person_id).name,
        row.body_id,
        accounts.organisation(work, row.body_id).name,
        tuple(row.categories),
        row.employer,
        tuple(row.codes),
        row.grounds,
        row.state,
        row.applied_at,
        row.step,
        row.reason,
        row.proposed_by,
        row.decided_at,
        row.until,
        windows_queries.live(work, ADMIT, row.number),
    )


def categories_in(edition: PoolEdition | None) -> dict[str, frozenset[str]]:
    """What the members of an edition judge in, by number, as its digest covers it."""
    members = edition.members if edition else []
    return {str(each["number"]): frozenset(map(str, each["categories"])) for each in members}


def standings(
    work: Work, categories_of: Mapping[str, frozenset[str]], sat: Mapping[int, int]
) -> list[Standing]:
    """The members of an edition as a notice asks of them: in what they judge is what the edition says, since
    outsiders recompute it; whether they stand, are tied or rest is as of today. `sat`: persons and in how
    many of its owner's last notices they sat.
    """
    rows = work.session.scalars(
        select(PoolMember)
        .where(PoolMember.number.in_(list(categories_of)))
        .order_by(PoolMember.number)
    )
    return [
        Standing(
            row.number,
            categories_of[row.number],
            row.state,
            row.until,
            frozenset(row.codes),
            frozenset(each.organisation_id for each in accounts.memberships(work, row.person_id)),
            sat.get(row.person_id, 0),
        )
        for row in rows
    ]


def listing(work: Work, notice_id: int) -> Sequence[tuple[PoolListing, PoolMember]]:
    """Everybody who was listed for a notice, by number."""
    found = work.session.execute(
        select(PoolListing, PoolMember)
        .join(PoolMember, PoolMember.id == PoolListing.member_id)
        .where(PoolListing.notice_id == notice_id)
        .order_by(PoolMember.number)
    )
    return [(listed, row) for listed, row in found]


def applicant(work: Work, number: str) -> int:
    """The person of a member. Refuses `pool.none`."""
    return member_row(work, number).person_id


def body_of(work: Work, number: str) -> int:
    """The body that decides about a member. Refuses `pool.none`."""
    return member_row(work, number).body_id
