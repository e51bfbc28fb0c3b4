"""Reading for oversight: the list of selections, one selection's file, the reviews."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import func, select

from market.accounts import queries as accounts
from market.agencies import queries as agencies
from market.complaints import queries as complaints
from market.contracts import queries as contracts
from market.contracts.queries import Letter, Offered
from market.db import Work
from market.kernel.actor import Actor
from market.kernel.errors import NotFound
from market.ledger import queries as ledger
from market.oversight.models import Review, Verification
from market.oversight.rules import Check, Mark, Outcome, by_system
from market.selection.results import queries as result_queries
from market.selection.results.queries import Done, EntryRow, Overseen, Selection, Sought
from market.web.paging import Page
from market.windows import queries as windows_queries
from market.windows.queries import Due

PAGE = 30
EXPORT_PAGE = 500
SECTOR = "regulator"


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of the desk. `overdue` counts duties past their due, `reviews` those of any body."""

    selection: Overseen
    winner: str | None
    overdue: int
    verified: Verification | None
    reviews: int


def sector_of(actor: Actor) -> int | None:
    """The body whose selections an actor sees; None for those who see all."""
    return actor.organisation_id if actor.kind == SECTOR else None


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
    verified = verifications(work, [each.draw for each in found if each.draw])
    reviewed = _review_counts(work, numbers)
    return [
        Row(
            selection=each,
            winner=winners[each.winner].name if each.winner in winners else each.winner,
            overdue=overdue.get(each.number, 0),
            verified=verified.get(each.draw or ""),
            reviews=reviewed.get(each.number, 0),
        )
        for each in found
    ]


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


# --- one selection ------------------------------------------------------------------------
@dataclasses.dataclass(frozen=True)
class Step:
    """Who did one step of a notice, and when."""

    act: str
    at: dt.datetime
    name: str


@dataclasses.dataclass(frozen=True)
class ReviewCard:
    """One review as it is read."""

    body: str
    round: int
    outcome: Outcome
    system: Mapping[Check, bool | None]
    marks: Mapping[Check, Mark]
    remark: str
    made_at: dt.datetime
    made_by: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class File:
    """One selection with everything that its reviewer looks at; who entered after the seal alone."""

    notice: Selection
    steps: tuple[Step, ...]
    entries: tuple[EntryRow, ...]
    late: int
    windows: tuple[Due, ...]
    history: tuple[ledger.Entry, ...]
    papers: tuple[Letter | Offered, ...]
    complaints_open: int
    system: Mapping[Check, bool | None]
    verified: Verification | None
    reviews: tuple[ReviewCard, ...]


def file(work: Work, number: str) -> File:
    """The file of a selection. Refuses `notice.none`, also for another sector's."""
    check_seen(work, number)
    notice = result_queries.notice(work, number)
    verified = verifications(work, [notice.draw_number]).get(notice.draw_number)
    history = ledger.of_subject(work, number)
    return File(
        notice=notice,
        steps=tuple(_step(work, done) for done in result_queries.steps(work, number)),
        entries=result_queries.entry_list(work, number),
        late=sum(each.type == "entry.late" for each in history),
        windows=tuple(windows_queries.of_subject(work, number)),
        history=tuple(history),
        papers=(*contracts.offers_of_notice(work, number), *contracts.of_notice(work, number)),
        complaints_open=complaints.open_about(work, number),
        system=system_checks(work, number),
        verified=verified,
        reviews=tuple(reviews(work, number)),
    )


def check_seen(work: Work, number: str) -> None:
    """Hold that the actor oversees this selection. Refuses `notice.none`."""
    sector = sector_of(work.actor)
    if sector is not None and not result_queries.is_of_sector(work, number, sector):
        raise NotFound("notice.none")


def system_checks(work: Work, number: str) -> dict[Check, bool | None]:
    """The nine checks of the system as they stand now."""
    draw = result_queries.notice(work, number).draw_number
    verified = verifications(work, [draw]).get(draw)
    return by_system(result_queries.facts(work, number), verified.verdict if verified else None)


def _step(work: Work, done: Done) -> Step:
    return Step(done.act, done.at, _name(work, done.person_id))


def reviews(work: Work, number: str) -> list[ReviewCard]:
    """The reviews of a selection, newest first."""
    asked = select(Review).where(Review.number == number).order_by(Review.id.desc())
    return [
        ReviewCard(
            body=row.body,
            round=row.round,
            outcome=row.outcome,
            system={Check(name): said for name, said in row.system.items()},
            marks={Check(name): Mark(mark) for name, mark in row.marks.items()},
            remark=row.remark,
            made_at=row.made_at,
            made_by=_name(work, row.made_by),
        )
        for row in work.session.scalars(asked)
    ]


def _name(work: Work, person_id: int) -> str:
    """A person's name; the clock and the terminal have none."""
    try:
        return accounts.person(work, person_id).name
    except NotFound:
        return "—"
