"""The notice list as the market grows: each page at 1e6 notices against the same page at 1e4."""

import dataclasses
from collections.abc import Callable, Iterator

import sqlalchemy as sa
from flask import Flask

from bench.harness import Cost, Result, at_most, cpu, holds
from bench.volume import Size, app_on, volume
from market.db import db, reading
from market.kernel.actor import VISITOR
from market.selection.kinds import Fund
from market.selection.notices import queries as notice_queries
from market.selection.notices.models import Notice
from market.selection.notices.queries.listing import FORWARD, PAGE, Filters, Tab, cursor, listing

SMALL = 10_000
LARGE = 1_000_000
LARGE_QUICK = 100_000
AGENCIES = 1_000
TIMES = 20  # pages a round
CATEGORY = "工程测量"
COMBINATIONS = {
    "no filter": Filters(),
    "tab": Filters(tab=Tab.AWARDED),
    "tab and category": Filters(tab=Tab.AWARDED, category=CATEGORY),
    "tab and fund": Filters(tab=Tab.FAILED, fund=Fund.STATE),
    "category and fund": Filters(category=CATEGORY, fund=Fund.SOCIAL),
    "owner": Filters(owner_id=3),
    "tab, category and fund": Filters(tab=Tab.AWARDED, category=CATEGORY, fund=Fund.STATE),
}
PAGE_GOAL = 1.5
KEY_GOAL = 2.0
COMBINATION_GOAL = 3.0


@dataclasses.dataclass(frozen=True)
class Market:
    """One volume: the product on it and how many notices it has."""

    app: Flask
    notices: int

    def cost(self, work: Callable[[], object]) -> Cost:
        """CPU seconds for some pages (SQLite reads in this process), in one context and one
        snapshot as a request would have.
        """

        def pages() -> None:
            with self.app.app_context():
                work()

        return cpu(pages, TIMES)


def market(notices: int) -> Market:
    """The volume of that size, built when it is not there yet."""
    return Market(app_on(volume(Size(notices, AGENCIES, entries=False))), notices)


def run(quick: bool) -> Iterator[Result]:
    """Rows: each combination of filters, a page deep in the list, one notice by its number, and the
    plans.
    """
    small = market(SMALL)
    large = market(LARGE_QUICK if quick else LARGE)
    grown = f"{SMALL:,} -> {large.notices:,} notices"
    for name, filters in COMBINATIONS.items():
        goal = PAGE_GOAL if name in ("no filter", "tab and category") else COMBINATION_GOAL
        yield at_most(
            f"list, {name}, {grown}",
            large.cost(first_page(filters)),
            small.cost(first_page(filters)),
            times=goal,
            quick=quick,
        )
    yield at_most(
        f"keyset page from the middle, {grown}",
        large.cost(deep_page(large)),
        small.cost(deep_page(small)),
        times=PAGE_GOAL,
        quick=quick,
    )
    yield at_most(
        f"one notice by its number, {grown}",
        large.cost(one_notice(large)),
        small.cost(one_notice(small)),
        times=KEY_GOAL,
        quick=quick,
    )
    scans = full_scans(large)
    yield holds(
        "plans of the lists",
        f"{len(scans)} full scans {'; '.join(scans)}".strip(),
        "0 full scans",
        not scans,
    )


def first_page(filters: Filters) -> Callable[[], object]:
    def page() -> None:
        if len(listing(reading(VISITOR), filters)) < PAGE:
            raise RuntimeError(f"not a full page: {filters}")

    return page


def deep_page(of: Market) -> Callable[[], object]:
    """The page after the one in the middle of the whole list, found by its cursor."""
    middle = of.notices // 2
    with of.app.app_context():
        published_at = db.session.scalar(sa.select(Notice.published_at).where(Notice.id == middle))
    start = cursor(FORWARD, round(published_at.timestamp() * 1000), middle)
    return lambda: listing(reading(VISITOR), Filters(), start)


def one_notice(of: Market) -> Callable[[], object]:
    with of.app.app_context():
        number = db.session.scalar(sa.select(Notice.number).where(Notice.id == of.notices // 3))
    return lambda: notice_queries.exists(reading(VISITOR), number)


def full_scans(of: Market) -> list[str]:
    """What EXPLAIN says of every combination that reads the whole table or sorts it."""
    found: list[str] = []
    with of.app.app_context():
        for name, filters in COMBINATIONS.items():
            found += [f"{name}: {line}" for line in plan(first_page(filters)) if is_full_scan(line)]
        # Behind a cursor an index is entered at the cursor, not walked to it from its beginning.
        found += [
            f"keyset page: {line}"
            for line in plan(deep_page(of))
            if "notice" in line and "published_at<" not in line
        ]
    return found


def is_full_scan(line: str) -> bool:
    """Whether this line of a plan reads the whole table, or sorts what it read."""
    return ("SCAN notice" in line and "USING INDEX" not in line) or "TEMP B-TREE" in line


def plan(work: Callable[[], object]) -> list[str]:
    """SQLite's plan of the statements that `work` executes."""
    asked: list[str] = []
    raw = db.session.connection().connection.driver_connection
    raw.set_trace_callback(asked.append)
    try:
        work()
    finally:
        raw.set_trace_callback(None)
    return [
        row[3]
        for statement in asked
        if statement.startswith("SELECT")
        for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}")
    ]
