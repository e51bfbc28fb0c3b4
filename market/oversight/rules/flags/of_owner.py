"""Flags about what one owner does over a year, one function each. Each is given the owner's selections of
one sector. Pure.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from market.kernel.clock import CHINA, local_date
from market.oversight.rules.flags.facts import Facts
from market.oversight.rules.flags.table import Flag, Numbers
from market.selection.entries.rules.states import EntryState

Owned = Sequence[Facts]
Found = tuple[str, Numbers]
"""Beside the owner what it is about ("" nothing: an agency, a year's purchase), and the numbers."""
Rule = Callable[[Flag, Owned], Iterator[Found]]
FENCE_FROM = 40
"""From so many owners the fence of their own quartiles counts beside the fixed number."""


def always_shortest(flag: Flag, owned: Owned) -> Iterator[Found]:
    """RF-01: entry is nearly always open for the least time."""
    timed = [each for each in owned if each.of.first_close is not None and not each.of.urgent]
    shortest = [each for each in timed if each.is_at_the_minimum]
    if len(timed) >= flag.least and len(shortest) / len(timed) > flag.limits["share"]:
        yield "", {"notices": len(timed), "at_minimum": len(shortest)}


def often_invalid(flag: Flag, owned: Owned) -> Iterator[Found]:
    """RF-09: many of the entries do not stand."""
    yield from invalid_share(flag, [each for one in owned for each in one.of.entrants])


def invalid_share(flag: Flag, entrants: Sequence[object]) -> Iterator[Found]:
    """Which part of entries was found invalid; `fence` is the others' own upper fence, 0 unless known."""
    received = len(entrants)
    invalid = sum(getattr(each, "state", None) is EntryState.INELIGIBLE for each in entrants)
    least = max(flag.limits["share"], flag.limits.get("fence", 0.0))
    if received >= flag.least and invalid / received >= least:
        yield "", {"received": received, "invalid": invalid}


def upper_fence(shares: Sequence[float]) -> float | None:
    """Q3 + 1.5 IQR of many shares; None of too few to have one."""
    if len(shares) < FENCE_FROM:
        return None
    ordered = sorted(shares)
    first = ordered[len(ordered) // 4]
    third = ordered[len(ordered) * 3 // 4]
    return third + 1.5 * (third - first)


def concentrated(flag: Flag, owned: Owned) -> Iterator[Found]:
    """RF-14: half of the awards to one agency, or more draws won than chance gives."""
    decided = [each for each in owned if each.winner is not None and len(each.valid) > 1]
    if len(decided) < flag.least:
        return
    won = Counter(each.winner.ref for each in decided if each.winner)
    for ref, awards in sorted(won.items()):
        met = [each for each in decided if any(one.ref == ref for one in each.valid)]
        chances = [1 / len(each.valid) for each in met]
        expected = sum(chances)
        spread = math.sqrt(sum(chance * (1 - chance) for chance in chances))
        share = awards / len(decided)
        is_much = share >= flag.limits["share"] and awards >= flag.limits["of_one"]
        if is_much or awards > expected + flag.limits["sd"] * spread:
            yield ref, {"awards": len(decided), "of_one": awards, "expected": round(expected, 2)}


def split(flag: Flag, owned: Owned) -> Iterator[Found]:
    """RF-15: each below the limit, together not, in one financial year and of one project or item."""
    parts: dict[str, list[Facts]] = defaultdict(list)
    for each in owned:
        if each.of.is_fiscal and each.of.ceiling_fen and not each.of.failed:
            year = local_date(each.of.published_at).year
            for what in [each.of.project] if each.of.project else each.of.items.codes:
                parts[f"{year} {what}"].append(each)
    for of, several in sorted(parts.items()):
        limit = min((each.limit_fen or 0 for each in several), default=0)
        ceilings = [each.of.ceiling_fen or 0 for each in several]
        if limit and len(several) >= flag.least and max(ceilings) < limit <= sum(ceilings):
            yield of, {"notices": len(several), "sum_fen": sum(ceilings), "limit_fen": limit}


def just_below(flag: Flag, owned: Owned) -> Iterator[Found]:
    """RF-16: several ceilings just below the limit."""
    near = [
        each.of.number
        for each in owned
        if each.of.is_fiscal
        and each.of.ceiling_fen
        and each.limit_fen
        and flag.limits["low"] <= each.of.ceiling_fen / each.limit_fen < 1
    ]
    if len(near) >= flag.least:
        yield "", {"notices": len(near), "last": near[-1]}


def paid_late(flag: Flag, owned: Owned) -> Iterator[Found]:
    """RF-29: payments that fell due and were late."""
    due = [each.matter for each in owned if each.matter and each.matter.is_accepted]
    yield from _share(flag, len(due), sum(each.is_paid_late for each in due))


def inspected_late(flag: Flag, owned: Owned) -> Iterator[Found]:
    """RF-30: deliveries that were inspected late."""
    delivered = [each.matter for each in owned if each.matter and each.matter.is_delivered]
    yield from _share(flag, len(delivered), sum(each.is_inspected_late for each in delivered))


def often_upheld(flag: Flag, owned: Owned) -> Iterator[Found]:
    """RF-32: complaints about its notices that were found right."""
    decided = [each for each in owned if each.is_upheld is not None]
    yield from _share(flag, len(decided), sum(bool(each.is_upheld) for each in decided))


def _share(flag: Flag, of: int, bad: int) -> Iterator[Found]:
    if of >= flag.least and bad / of >= flag.limits["share"]:
        yield "", {"of": of, "bad": bad}


def before_days_off(flag: Flag, owned: Owned) -> Iterator[Found]:
    """RF-34: published in the last hours before days off, with the least time."""
    found = [
        each.of.number
        for each in owned
        if each.is_at_the_minimum
        and each.days_off >= flag.limits["days"]
        and each.of.published_at.astimezone(CHINA).hour >= flag.limits["hour"]
    ]
    if len(found) >= flag.least:
        yield "", {"notices": len(found), "last": found[-1]}


def always_chosen(flag: Flag, owned: Owned) -> Iterator[Found]:
    """RF-25: of the agencies that stood on its shortlists the owner picks one far more often than 1/S."""
    lists = [each for each in owned if each.chosen and each.shortlist]
    for ref in sorted({each.chosen for each in lists}):
        stood = [each for each in lists if ref in each.shortlist]
        picked = sum(each.chosen == ref for each in stood)
        if len(stood) < flag.least:
            continue
        chance = at_least(picked, [1 / len(each.shortlist) for each in stood])
        if chance < flag.limits["p"]:
            yield ref, {"stood": len(stood), "picked": picked, "chance": round(chance, 5)}


def at_least(many: int, chances: Sequence[float]) -> float:
    """How likely `many` or more of independent events with these chances are."""
    exactly = [1.0]
    for chance in chances:
        grown = [0.0, *(before * chance for before in exactly)]
        exactly = [
            one + before * (1 - chance) for one, before in zip(grown, [*exactly, 0.0], strict=True)
        ]
    return sum(exactly[many:])


def all_alike(flag: Flag, owned: Owned) -> Iterator[Found]:
    """RF-27: an owner says the same of every matter."""
    said = [each.evaluated for each in owned if each.evaluated is not None]
    if len(said) >= flag.least and len(set(said)) == 1:
        yield "", {"evaluations": len(said), "overall": said[0] / 100}


OF_OWNER: Mapping[str, Rule] = {
    "RF-01": always_shortest,
    "RF-09": often_invalid,
    "RF-14": concentrated,
    "RF-15": split,
    "RF-16": just_below,
    "RF-25": always_chosen,
    "RF-27": all_alike,
    "RF-29": paid_late,
    "RF-30": inspected_late,
    "RF-32": often_upheld,
    "RF-34": before_days_off,
}
"""The flags about an owner, by their code."""
