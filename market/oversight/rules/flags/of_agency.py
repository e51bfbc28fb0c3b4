"""Flags about agencies and pairs of them, over counts. Pure."""

import dataclasses
import math
from collections.abc import Callable, Mapping

from market.oversight.rules.flags.facts import PRICED, Facts, alike
from market.oversight.rules.flags.table import Flag, Numbers
from market.selection.entries.rules.states import EntryState
from market.selection.kinds import Method
from market.selection.results.rules.states import RankState

FIRST = 1
MOST_ENTRANTS = 60
"""Beyond so many entrants a selection says nothing of two who met in it."""


@dataclasses.dataclass
class Tally:
    """What one agency has done. `priced`: in ways where quotes matter. `expected`, `variance`: of the
    draws that it was on the list of.
    """

    entries: int = 0
    invalid: int = 0
    awards: int = 0
    priced: int = 0
    priced_awards: int = 0
    draws: int = 0
    drawn_first: int = 0
    expected: float = 0.0
    variance: float = 0.0
    as_newcomer: int = 0
    categories: set[str] = dataclasses.field(default_factory=set)


def count(tallies: dict[str, Tally], facts: Facts) -> None:
    """Add one selection to the tallies of those who entered it, by platform number."""
    winner = facts.winner
    listed = len(facts.valid)
    is_drawn = facts.of.method is Method.RANDOM and facts.of.drawn_at is not None and listed > 1
    for each in facts.of.entrants:
        tally = tallies.setdefault(each.ref, Tally())
        is_winner = winner is not None and winner.ref == each.ref
        tally.entries += 1
        tally.invalid += each.state is EntryState.INELIGIBLE
        tally.awards += is_winner
        if is_winner:
            tally.categories.add(facts.of.category)
            tally.as_newcomer += is_a_newcomers(facts)
        if facts.of.method in PRICED and each.state is EntryState.LISTED:
            tally.priced += 1
            tally.priced_awards += is_winner
        if is_drawn and each.state is EntryState.LISTED:
            chance = 1 / listed
            tally.draws += 1
            tally.drawn_first += each.rank == FIRST
            tally.expected += chance
            tally.variance += chance * (1 - chance)


SOON = 60
"""Days from its activation within which an award counts as a newcomer's."""
SCORED = frozenset({Method.WEIGHTED, Method.PROPOSAL})


def is_a_newcomers(facts: Facts) -> bool:
    """Whether an award of fiscal money by marks came soon after its winner, registered shortly before."""
    days = facts.newcomer_days
    is_scored = facts.of.method in SCORED and facts.of.is_fiscal
    return is_scored and days is not None and days <= SOON


def companion(flag: Flag, tally: Tally) -> Numbers | None:
    """RF-04: enters often where quotes decide, and hardly ever wins."""
    if tally.priced < flag.least or tally.priced_awards / tally.priced > flag.limits["share"]:
        return None
    return {"entries": tally.priced, "awards": tally.priced_awards}


def mostly_invalid(flag: Flag, tally: Tally) -> Numbers | None:
    """RF-09A: half of its entries do not stand."""
    if tally.entries < flag.least or tally.invalid / tally.entries < flag.limits["share"]:
        return None
    return {"received": tally.entries, "invalid": tally.invalid}


def every_category(flag: Flag, tally: Tally) -> Numbers | None:
    """RF-10: wins in all categories."""
    many = len(tally.categories)
    if tally.awards < flag.least or many < flag.limits["categories"]:
        return None
    return {"awards": tally.awards, "categories": many}


def beyond_chance(flag: Flag, tally: Tally) -> Numbers | None:
    """RF-13: is drawn first far more, or less, often than its chances say."""
    difference = tally.drawn_first - tally.expected
    if tally.expected < flag.least or tally.variance <= 0:
        return None
    deviation = difference / math.sqrt(tally.variance)
    if abs(deviation) <= flag.limits["z"] or abs(difference) < flag.limits["difference"]:
        return None
    return {
        "draws": tally.draws,
        "first": tally.drawn_first,
        "expected": round(tally.expected, 2),
        "z": round(deviation, 2),
    }


def quickly(flag: Flag, tally: Tally) -> Numbers | None:
    """RF-36: registered shortly before it came, and awards of public money by marks soon after."""
    if tally.as_newcomer < flag.least:
        return None
    return {"awards": tally.as_newcomer}


OF_AGENCY: Mapping[str, Callable[[Flag, Tally], Numbers | None]] = {
    "RF-04": companion,
    "RF-09A": mostly_invalid,
    "RF-10": every_category,
    "RF-13": beyond_chance,
    "RF-36": quickly,
}
"""The flags about an agency, by their code."""


@dataclasses.dataclass
class Pair:
    """Two agencies: where both entered, in what they were alike, where one declined and the other won.

    `only_one` counts selections that one of them entered alone.
    """

    common: int = 0
    only_one: int = 0
    alike: set[str] = dataclasses.field(default_factory=set)
    stepped_back: list[str] = dataclasses.field(default_factory=list)
    last: str = ""


Key = tuple[str, str]


def pair_up(pairs: dict[Key, Pair], facts: Facts) -> None:
    """Add one selection to the pairs of those who entered it."""
    if facts.of.method is Method.DIRECT or len(facts.of.entrants) > MOST_ENTRANTS:
        return
    for one, other in facts.pairs():
        pair = pairs.setdefault((one.ref, other.ref), Pair())
        pair.common += 1
        pair.last = facts.of.number
        pair.alike.update(alike(one, other))
        if stepped_back(facts) == {one.ref, other.ref}:
            pair.stepped_back.append(facts.of.number)


def stepped_back(facts: Facts) -> set[str]:
    """The first who declined and the second who has the award; nobody where it went otherwise."""
    ranks = {each.rank: each for each in facts.valid if each.rank is not None}
    first = ranks.get(FIRST)
    winner = facts.winner
    if first is None or first.rank_state is not RankState.DECLINED or winner is None:
        return set()
    return {first.ref, winner.ref} if winner.rank == FIRST + 1 else set()


def is_close(flag: Flag, pair: Pair) -> bool:
    """Whether two belong together: by what is the same, or by entering nearly always together."""
    whole = pair.common + pair.only_one
    is_often = pair.common >= flag.least and pair.common / whole >= flag.limits["jaccard"]
    return bool(pair.alike) or is_often


def together(flag: Flag, pair: Pair) -> Numbers | None:
    """RF-17: two that belong together enter the same selections."""
    if not is_close(flag, pair):
        return None
    whole = pair.common + pair.only_one
    return {
        "common": pair.common,
        "jaccard": round(pair.common / whole, 2),
        "alike": " ".join(sorted(pair.alike)),
        "last": pair.last,
    }


def making_way(flag: Flag, pair: Pair, *, belongs: bool) -> Numbers | None:
    """RF-24: the first declines and the second, who belongs to it, has the award."""
    if not belongs or len(pair.stepped_back) < flag.least:
        return None
    return {"times": len(pair.stepped_back), "last": pair.stepped_back[-1]}
