"""What the flags look at: a selection as its rows say it, with what other rooms know of it. Pure."""

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterator, Sequence

from market.kernel.clock import local_date
from market.selection.entries.rules.states import EntryState
from market.selection.kinds import Method
from market.selection.results.rules.flagged import Entrant, Scanned
from market.selection.results.rules.states import RankState

PRICED = frozenset(Method) - {Method.RANDOM, Method.DIRECT, Method.CREDIT_SHORTLIST}
"""Ways in which quotes decide, or help to."""
INSTANT = dt.timedelta(milliseconds=1)
"""Before an end at midnight, which belongs to the day before."""
STANDING = (RankState.PROPOSED, RankState.WON)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Matter:
    """What followed an award: the contract's amount (fen; None where both sides have agreed on another
    one since), and which duties ended late.
    """

    amount_fen: int | None
    is_delivered: bool = False
    is_accepted: bool = False
    is_inspected_late: bool = False
    is_paid_late: bool = False


@dataclasses.dataclass(frozen=True, kw_only=True)
class Facts:
    """One selection. `earliest_close`: the least that the rulebook allowed. `limit_fen`: below it no
    procurement procedure is needed. `is_upheld`: None where no complaint was decided. `uncleared`:
    words of the scan. `offering`: agencies that offer the item now. `days_off`: days without work
    that follow its publication's day at once. `evaluated`: what the owner said of the matter on the whole
    (hundredths). `shortlist`: from whom the owner chose `chosen` by credit. `newcomer_days`: from the
    activation of a winner that was registered shortly before it to its award.
    """

    of: Scanned
    earliest_close: dt.date | None = None
    limit_fen: int | None = None
    is_upheld: bool | None = None
    matter: Matter | None = None
    uncleared: int = 0
    offering: int | None = None
    days_off: int = 0
    evaluated: int | None = None
    shortlist: tuple[str, ...] = ()
    chosen: str = ""
    newcomer_days: int | None = None

    @property
    def is_entered(self) -> bool:
        """Whether it was open to entries and its list is sealed."""
        return self.of.method is not Method.DIRECT and self.of.sealed_at is not None

    @property
    def valid(self) -> list[Entrant]:
        """Who stands on the list."""
        return [each for each in self.of.entrants if each.state is EntryState.LISTED]

    @property
    def quotes(self) -> list[int]:
        """The quotes on the list, lowest first, of a way in which they matter."""
        if self.of.method not in PRICED:
            return []
        return sorted(each.quote_fen for each in self.valid if each.quote_fen is not None)

    @property
    def winner(self) -> Entrant | None:
        """Who has the award now."""
        return next((each for each in self.valid if each.rank_state in STANDING), None)

    @property
    def is_at_the_minimum(self) -> bool:
        """Whether entry was open no longer than the rulebook's least, and it was not urgent."""
        first = self.of.first_close
        if first is None or self.earliest_close is None or self.of.urgent:
            return False
        return local_date(first - INSTANT) <= self.earliest_close

    def pairs(self) -> Iterator[tuple[Entrant, Entrant]]:
        """Every two that entered, each pair once, the smaller platform number first."""
        ordered = sorted(self.of.entrants, key=lambda each: each.ref)
        return (
            (one, other)
            for one, other in itertools.combinations(ordered, 2)
            if one.ref != other.ref
        )


ALIKE = ("phone", "address", "representative", "device")
NAMED = (*ALIKE, "network")
"""What overseers are shown of likeness: a network alone may be that of a whole office building."""


def alike(one: Entrant, other: Entrant, names: Sequence[str] = ALIKE) -> list[str]:
    """The facts in which two entries are the same; a fact that is unknown is never the same."""
    return [
        name
        for name in names
        if getattr(one, name) is not None and getattr(one, name) == getattr(other, name)
    ]
