"""The public figures: each a numerator and a denominator over a year of selections and duties. Pure.

Source: docs/rules.md#statistics. An empty denominator says nothing, never 0 %.
"""

import dataclasses
import datetime as dt
import enum
import itertools
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from market.kernel.clock import CHINA
from market.oversight.rules.flags.facts import Facts
from market.selection.kinds import Fund

MOST_SHOWN = 5
MONTHS = 12
LEAST_SAVINGS = 5
"""Below so many priced awards a saving rate says nothing."""
LEAST_PRICES = 5
"""Below so many awards of an item its prices are nobody's reference (docs/rules.md#statistics)."""
Ended = Mapping[str, tuple[int, int]]
"""Kind of window -> how many duties fell due, and how many of them were late."""


class Unit(enum.StrEnum):
    """How a figure is printed."""

    COUNT = "count"
    SHARE = "share"
    MEAN = "mean"
    DAYS = "days"


@dataclasses.dataclass(frozen=True)
class Measure:
    """One figure: a numerator and its denominator; of a count `of` is 1, of a median how many it is of."""

    value: float
    of: int

    @property
    def share(self) -> float | None:
        """Numerator by denominator; None of an empty one."""
        return self.value / self.of if self.of else None


MEASURES: Mapping[str, Unit] = {
    "published": Unit.COUNT,
    "failed": Unit.SHARE,
    "entrants": Unit.MEAN,
    "single": Unit.SHARE,
    "saving": Unit.SHARE,
    "days": Unit.DAYS,
    "signed": Unit.SHARE,
    "delivered": Unit.SHARE,
    "inspected": Unit.SHARE,
    "paid": Unit.SHARE,
    "decided": Unit.SHARE,
    "upheld": Unit.SHARE,
}
"""The twelve figures in their order."""
IN_TIME = {
    "signed": "contracts.sign",
    "delivered": "contracts.deliver",
    "inspected": "contracts.inspect",
    "paid": "contracts.pay",
    "decided": "complaint.decide",
}
"""Figures about duties done in time, by the kind of window that they come from."""


@dataclasses.dataclass
class Counted:
    """What a pass over selections adds up to."""

    published: int = 0
    first_sealed: int = 0
    first_failed: int = 0
    sealed: int = 0
    valid: int = 0
    single: int = 0
    ceilings: int = 0
    saved: int = 0
    priced: int = 0
    decided: int = 0
    upheld: int = 0
    prices: defaultdict[str, list[int]] = dataclasses.field(
        default_factory=lambda: defaultdict(list)
    )
    days: list[float] = dataclasses.field(default_factory=list)
    months: Counter[str] = dataclasses.field(default_factory=Counter)
    failures: Counter[str] = dataclasses.field(default_factory=Counter)
    sizes: Counter[str] = dataclasses.field(default_factory=Counter)
    categories: Counter[str] = dataclasses.field(default_factory=Counter)
    methods: Counter[str] = dataclasses.field(default_factory=Counter)

    def add(self, facts: Facts) -> None:
        """Add one selection."""
        of = facts.of
        month = month_of(of.published_at)
        self.published += 1
        self.months[month] += 1
        self.categories[of.category] += 1
        self.methods[of.method.value] += 1
        self.decided += facts.is_upheld is not None
        self.upheld += bool(facts.is_upheld)
        if of.announced_at is not None:
            self.days.append((of.announced_at - of.published_at).total_seconds() / 86_400)
        if facts.is_entered:
            self._add_sealed(facts, month)
        self._add_saving(facts)
        is_priced = of.fund is not Fund.SOCIAL and len(of.items.codes) == 1
        if is_priced and facts.winner and facts.winner.quote_fen:
            self.prices[of.item_code].append(facts.winner.quote_fen)

    def _add_sealed(self, facts: Facts, month: str) -> None:
        many = len(facts.valid)
        self.sealed += 1
        self.valid += many
        self.single += many == 1
        self.sizes[str(many) if many < MOST_SHOWN else f"{MOST_SHOWN}+"] += 1
        if facts.of.listing == 1:
            is_failed = facts.of.failure is not None and facts.winner is None
            self.first_sealed += 1
            self.first_failed += is_failed
            self.failures[month] += is_failed

    def _add_saving(self, facts: Facts) -> None:
        winner = facts.winner
        ceiling = facts.of.ceiling_fen
        if facts.quotes and winner is not None and winner.quote_fen is not None and ceiling:
            self.priced += 1
            self.ceilings += ceiling
            self.saved += ceiling - winner.quote_fen


def counted(facts: Iterable[Facts]) -> Counted:
    """One pass over selections."""
    return counted_by_month(facts)[0]


def counted_by_month(facts: Iterable[Facts]) -> tuple[Counted, dict[str, Counted]]:
    """One pass over selections: all of them, and by the month (2026-03) of their publication."""
    found = Counted()
    months: dict[str, Counted] = {}
    for each in facts:
        found.add(each)
        months.setdefault(month_of(each.of.published_at), Counted()).add(each)
    return found, months


def month_of(at: dt.datetime) -> str:
    """The month of an instant in China, as 2026-03."""
    return f"{at.astimezone(CHINA):%Y-%m}"


def last_months(day: dt.date) -> list[tuple[str, dt.datetime, dt.datetime]]:
    """The twelve months that end with a day's own, oldest first: name, beginning, end (excluded)."""
    place = day.year * MONTHS + day.month - 1
    begun = [_first(place - back) for back in range(MONTHS - 1, -2, -1)]
    return [(month_of(one), one, other) for one, other in itertools.pairwise(begun)]


def _first(place: int) -> dt.datetime:
    year, month = divmod(place, MONTHS)
    return dt.datetime(year, month + 1, 1, tzinfo=CHINA)


def measures(found: Counted, ended: Ended) -> dict[str, Measure]:
    """The twelve figures."""
    is_enough = found.priced >= LEAST_SAVINGS
    whole = {
        "published": Measure(found.published, 1),
        "failed": Measure(found.first_failed, found.first_sealed),
        "entrants": Measure(found.valid, found.sealed),
        "single": Measure(found.single, found.sealed),
        "saving": Measure(found.saved, found.ceilings if is_enough else 0),
        "days": Measure(statistics.median(found.days) if found.days else 0, len(found.days)),
        "upheld": Measure(found.upheld, found.decided),
    }
    for code, kind in IN_TIME.items():
        due, late = ended.get(kind, (0, 0))
        whole[code] = Measure(due - late, due)
    return {code: whole[code] for code in MEASURES}


def price_references(found: Counted) -> dict[str, tuple[int, int, int, int]]:
    """Of each item with enough awards of public money: how many, and their quartiles in fen (inclusive,
    each rounded half up). What a firm has paid is its own affair.
    """
    return {
        code: (len(prices), *_quartiles(prices))
        for code, prices in found.prices.items()
        if len(prices) >= LEAST_PRICES
    }


def _quartiles(prices: list[int]) -> tuple[int, int, int]:
    """In quarters of fen, so that nothing is a float: the k-th quartile lies k * (n - 1) / 4 places
    behind the lowest, between two prices in proportion.
    """
    ordered = sorted(prices)
    found = []
    for k in (1, 2, 3):
        place, rest = divmod(k * (len(ordered) - 1), 4)
        above = ordered[min(place + 1, len(ordered) - 1)]
        quarters = ordered[place] * (4 - rest) + above * rest
        found.append((quarters + 2) // 4)
    low, middle, high = found
    return low, middle, high


CHARTS = ("months", "failures", "sizes", "categories", "methods")
"""The five charts in their order."""


def charts(found: Counted) -> dict[str, list[tuple[str, int]]]:
    """What each chart shows: labels with counts; months and sizes in their order, the others by count."""
    months = sorted(found.months)
    kept: dict[str, list[tuple[str, int]]] = {
        "months": [(month, found.months[month]) for month in months],
        "failures": [(month, found.failures[month]) for month in months],
        "sizes": sorted(found.sizes.items()),
        "categories": found.categories.most_common(),
        "methods": found.methods.most_common(),
    }
    return {name: kept[name] for name in CHARTS}
