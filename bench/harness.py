"""Pairs the product with its floor in one run, so that a busy machine slows both alike.

Absolute times mean nothing on a shared machine: a goal is a ratio. The two alternate (product,
floor, floor, product) for at least nine rounds and their medians are compared. A run in which the
floor's slowest round took more than twice its quickest says nothing about the product: it is thrown
away and run again, a bounded number of times.
"""

import dataclasses
import enum
import gc
import statistics
import time
from collections.abc import Callable

ROUNDS = 11
QUICK_ROUNDS = 9
TRIES = 4
STEADY = 2.0  # the floor's maximum over its minimum, at most

Cost = Callable[
    [], float
]  # does the work once and says what it cost, in any unit in which less is better


class Verdict(enum.StrEnum):
    """What a row of the table ends with; NOISY means that no steady run was had."""

    PASS = "PASS"
    FAIL = "FAIL"
    NOISY = "NOISY"


@dataclasses.dataclass(frozen=True)
class Result:
    """One row of the table."""

    name: str
    measured: str
    goal: str
    verdict: Verdict


@dataclasses.dataclass(frozen=True)
class Pairing:
    """The costs of one run, round by round."""

    product: list[float]
    floor: list[float]

    @property
    def ratio(self) -> float:
        """The product's median cost over the floor's."""
        return statistics.median(self.product) / statistics.median(self.floor)

    @property
    def unrest(self) -> float:
        """How far the floor's rounds lie apart: slowest over quickest."""
        return max(self.floor) / min(self.floor)

    @property
    def is_steady(self) -> bool:
        return self.unrest <= STEADY


def pair(product: Cost, floor: Cost, rounds: int) -> Pairing:
    """Alternate the two, ABBA, after one unmeasured turn of each."""
    if rounds < QUICK_ROUNDS:
        raise ValueError(f"at least {QUICK_ROUNDS} rounds")
    product(), floor()
    gc.collect()
    costs: dict[Cost, list[float]] = {product: [], floor: []}
    for number in range(rounds):
        for work in (product, floor) if number % 2 == 0 else (floor, product):
            costs[work].append(work())
    return Pairing(costs[product], costs[floor])


def steady(
    product: Cost, floor: Cost, *, quick: bool = False, tries: int = TRIES
) -> tuple[Pairing, int]:
    """The first steady run and how many were thrown away before it; the last run if none was
    steady.
    """
    for thrown in range(tries):
        run = pair(product, floor, QUICK_ROUNDS if quick else ROUNDS)
        if run.is_steady:
            return run, thrown
    return run, tries


def at_most(name: str, product: Cost, floor: Cost, *, times: float, quick: bool = False) -> Result:
    """Passes when the product costs at most `times` its floor."""
    run, thrown = steady(product, floor, quick=quick)
    return _judge(name, run, thrown, f"{run.ratio:.2f} x", f"<= {times:g} x", run.ratio <= times)


def at_least(name: str, product: Cost, floor: Cost, *, share: float, quick: bool = False) -> Result:
    """Passes when the product does at least `share` of what its floor does at the same cost (0.6 is
    60 %).
    """
    run, thrown = steady(product, floor, quick=quick)
    done = 1 / run.ratio
    return _judge(name, run, thrown, f"{done:.0%}", f">= {share:.0%}", done >= share)


def holds(name: str, measured: str, goal: str, kept: bool) -> Result:
    """A promise that is kept or not, without a floor."""
    return Result(name, measured, goal, Verdict.PASS if kept else Verdict.FAIL)


def _judge(name: str, run: Pairing, thrown: int, measured: str, goal: str, reached: bool) -> Result:
    verdict = Verdict.PASS if reached else Verdict.FAIL
    spread = f"{measured} (floor's unrest {run.unrest:.2f}, {len(run.floor)} rounds, {thrown} runs thrown away)"
    return Result(name, spread, goal, verdict if run.is_steady else Verdict.NOISY)


def cpu(work: Callable[[], object], times: int = 1) -> Cost:
    """Cost in CPU seconds of this process, all its threads included."""
    return _clocked(work, times, time.process_time)


def wall(work: Callable[[], object], times: int = 1) -> Cost:
    """Cost in seconds on the wall."""
    return _clocked(work, times, time.perf_counter)


def _clocked(work: Callable[[], object], times: int, clock: Callable[[], float]) -> Cost:
    def cost() -> float:
        before = clock()
        for _ in range(times):
            work()
        return clock() - before

    return cost


def table(results: list[Result]) -> str:
    """The rows, aligned, one a line."""
    width = max(len(row.name) for row in results)
    return "\n".join(
        f"{row.verdict:5}  {row.name:{width}}  {row.measured}  goal {row.goal}" for row in results
    )
