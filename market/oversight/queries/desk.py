"""The list of selections that one oversees."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterator

from sqlalchemy import Select, func, select

from market.accounts import queries as accounts
from market.agencies import queries as agencies
from market.complaints import queries as complaints
from market.db import Work
from market.kernel.ids import Prefix, sibling
from market.oversight.models import Review, Verification
from market.oversight.queries.reach import counts_open, sector_of
from market.selection.results import queries as result_queries
from market.selection.results.queries import Overseen, Sought
from market.web.paging import Page
from market.windows import queries as windows_queries
from market.windows.queries import Due

PAGE = 30
EXPORT_PAGE = 500


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of the desk. `overdue` counts duties past their due, `reviews` those of any body,
    `complaints` all that were filed about it.
    """

    selection: Overseen
    winner: str | None
    overdue: int
    verified: Verification | None
    reviews: int
    complaints: int
    flags: int
    due: Due | None  # the next that runs
    holder: str  # whose time that is, "" where nobody's


def desk(work: Work, sought: Sought, after: str | None = None, limit: int = PAGE) -> Page[Row]:
    """One page of `Row` of what the actor oversees. Refuses `web.cursor`."""
    own = dataclasses.replace(sought, regulator_id=sector_of(work.actor))
    page = result_queries.selections(work, own, after, limit)
    return Page(_rows(work, list(page)), page.next, page.previous)


def whole(work: Work, sought: Sought) -> Iterator[Row]:
    """Every row of a filter, page by page, for an export."""
    after = None
    while True:
        page = desk(work, sought, after, EXPORT_PAGE)
        yield from page
        if page.next is None:
            return
        after = page.next


def _rows(work: Work, found: list[Overseen]) -> list[Row]:
    numbers = [each.number for each in found]
    winners = agencies.by_refs(work, {each.winner for each in found if each.winner})
    overdue = windows_queries.count_overdue(work, numbers)
    verified = verifications(work, [sibling(number, Prefix.DRAW) for number in numbers])
    reviewed = _review_counts(work, numbers)
    filed = complaints.count_filed(work, numbers)
    flags = counts_open(work, numbers)
    dues = windows_queries.soonest(work, numbers)
    return [
        Row(
            selection=each,
            winner=winners[each.winner].name if each.winner in winners else each.winner,
            overdue=overdue.get(each.number, 0),
            verified=verified.get(sibling(each.number, Prefix.DRAW)),
            reviews=reviewed.get(each.number, 0),
            complaints=filed.get(each.number, 0),
            flags=flags.get(each.number, 0),
            due=dues.get(each.number),
            holder=_holder(work, dues.get(each.number)),
        )
        for each in found
    ]


def _holder(work: Work, due: Due | None) -> str:
    if due is None or due.responsible_id is None:
        return ""
    return accounts.organisation(work, due.responsible_id).name


def reviewed_by_us(work: Work) -> Select[str]:
    """A statement that gives the numbers of the selections that the actor's body has reviewed."""
    return select(Review.number).where(Review.body_id == work.actor.organisation_id)


def following(work: Work, number: str) -> Overseen | None:
    """The selection to go on with after this one: the newest of the others that the actor's body has
    not reviewed yet.
    """
    sought = Sought(regulator_id=sector_of(work.actor), without=(reviewed_by_us(work),))
    page = result_queries.selections(work, sought, limit=2)
    return next((each for each in page if each.number != number), None)


def verifications(work: Work, draws: Collection[str]) -> dict[str, Verification]:
    """The last recomputation of each of some draws."""
    asked = select(Verification).where(Verification.draw.in_(draws))
    return {row.draw: row for row in work.session.scalars(asked)}


def unverified(work: Work, since: dt.datetime) -> list[str]:
    """The draws with a result that were not recomputed since an instant, oldest first."""
    asked = select(Verification.draw).where(Verification.checked_at >= since)
    fresh = set(work.session.scalars(asked))
    return [number for number in result_queries.drawn_numbers(work) if number not in fresh]


def _review_counts(work: Work, numbers: Collection[str]) -> dict[str, int]:
    asked = (
        select(Review.number, func.count())
        .where(Review.number.in_(numbers))
        .group_by(Review.number)
    )
    return {row[0]: row[1] for row in work.session.execute(asked)}
