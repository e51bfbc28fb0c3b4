"""One pass over all selections of a span for the flags about owners, agencies and pairs: owner by owner,
with only counts in memory. Pure.
"""

import dataclasses
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from market.oversight.rules.flags.facts import PRICED, Facts
from market.oversight.rules.flags.of_agency import (
    OF_AGENCY,
    Key,
    Pair,
    Tally,
    count,
    is_close,
    making_way,
    pair_up,
    together,
)
from market.oversight.rules.flags.of_clusters import clusters, in_turn
from market.oversight.rules.flags.of_owner import OF_OWNER
from market.oversight.rules.flags.table import INSPECTOR, Flag, Level, Numbers, Raised

TOGETHER = "RF-17"
MAKING_WAY = "RF-24"
IN_TURN = "RF-20"
Sector = int | None


@dataclasses.dataclass
class Counts:
    """What a pass has counted, by sector; under None over all."""

    agencies: dict[Sector, dict[str, Tally]] = dataclasses.field(
        default_factory=lambda: defaultdict(dict)
    )
    pairs: dict[Sector, dict[Key, Pair]] = dataclasses.field(
        default_factory=lambda: defaultdict(dict)
    )
    won: dict[Sector, dict[str, Counter[str]]] = dataclasses.field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Counter))
    )


def survey(flags: Mapping[str, Flag], facts: Iterable[Facts], period: str) -> Iterator[Raised]:
    """Everything that the switched-on `flags` find in selections that come owner by owner."""
    counts = Counts()
    for _owner, several in itertools.groupby(facts, key=lambda each: each.of.owner_id):
        owned = list(several)
        yield from _of_owner(flags, owned, period)
        for each in owned:
            for sector in dict.fromkeys((each.of.regulator_id, None)):
                count(counts.agencies[sector], each)
            pair_up(counts.pairs[each.of.regulator_id], each)
            if each.of.method in PRICED and each.winner is not None:
                counts.won[each.of.regulator_id][each.of.item_code][each.winner.ref] += 1
    yield from _of_agencies(flags, counts, period)
    yield from _of_pairs(flags, counts, period)


def _of_owner(flags: Mapping[str, Flag], owned: list[Facts], period: str) -> Iterator[Raised]:
    by_sector: dict[Sector, list[Facts]] = defaultdict(list)
    for each in owned:
        by_sector[each.of.regulator_id].append(each)
    for code, rule in OF_OWNER.items():
        flag = flags.get(code)
        if flag is None:
            continue
        for sector, several in by_sector.items():
            for beside, numbers in rule(flag, several):
                subject = f"owner:{several[0].of.owner_id}" + (f" {beside}" if beside else "")
                yield _raised(flag, subject, numbers, sector, period)


def _of_agencies(flags: Mapping[str, Flag], counts: Counts, period: str) -> Iterator[Raised]:
    for code, rule in OF_AGENCY.items():
        flag = flags.get(code)
        if flag is None:
            continue
        sectors = [None] if flag.routed == INSPECTOR else [*counts.agencies]
        for sector in sectors:
            if sector is None and flag.routed != INSPECTOR:
                continue
            for ref, tally in counts.agencies[sector].items():
                numbers = rule(flag, tally)
                if numbers is not None:
                    yield _raised(flag, ref, numbers, sector, period)


def _of_pairs(flags: Mapping[str, Flag], counts: Counts, period: str) -> Iterator[Raised]:
    close = flags.get(TOGETHER)
    if close is None:
        return
    way = flags.get(MAKING_WAY)
    turn = flags.get(IN_TURN)
    for sector, pairs in counts.pairs.items():
        tallies = counts.agencies[sector]
        for (one, other), pair in pairs.items():
            either = tallies[one].entries + tallies[other].entries
            pair.only_one = max(either - 2 * pair.common, 0)
            subject = f"{one} {other}"
            if numbers := together(close, pair):
                yield _raised(close, subject, numbers, sector, period)
            if way and (numbers := making_way(way, pair, belongs=is_close(close, pair))):
                yield _raised(way, subject, numbers, sector, period)
        together_too = [key for key, pair in pairs.items() if is_close(close, pair)]
        for group in clusters(together_too) if turn else ():
            if turn and (numbers := in_turn(turn, group, counts.won[sector])):
                yield _raised(turn, " ".join(group), numbers, sector, period)


def _raised(flag: Flag, subject: str, numbers: Numbers, sector: Sector, period: str) -> Raised:
    return Raised(
        code=flag.code,
        subject=subject,
        numbers=numbers,
        level=Level(flag.level),
        sector=sector,
        period=period,
    )
