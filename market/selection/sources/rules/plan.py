"""When and by which sources a draw is made: slots, rounds, boundaries, the assurance level
(docs/rules.md#draw). Pure.

Times are epoch seconds, as the protocol has them.
"""

import dataclasses
import datetime as dt
import math
from collections.abc import Callable, Iterable, Sequence

from market.kernel.clock import CHINA, epoch, from_epoch
from market.kernel.plain import Json
from verify.zjcs import draw as protocol
from verify.zjcs.faults import Fault

BEACON = "drand-quicknet"
LOTTERY = "lottery-kl8"
EVENING = dt.time(
    21, 30
)  # in China: when 快乐8 is drawn, each day but those of its festival breaks
MOST_BOUNDARIES = 1000  # steps in search of an instant that is a boundary of every chain


@dataclasses.dataclass(frozen=True)
class Chain:
    """A chain of values as its anchor made it public: slot k is due at genesis + k * period, 1 <= k
    <= n.
    """

    source: str
    anchor: str
    genesis: int
    period: int
    n: int
    owner_id: int | None = None

    def slot(self, time: int) -> int | None:
        """The first slot due at or after `time`; None beyond the chain's ends."""
        try:
            return protocol.slot_for(time, self.genesis, self.period, self.n)
        except Fault:
            return None

    def due_at(self, slot: int) -> int:
        """When the value of a slot may be known."""
        return self.genesis + slot * self.period


def next_boundary(chains: Sequence[Chain], time: int) -> int | None:
    """The first instant at or after `time` that is a slot boundary of every chain; None when there
    is none near.
    """
    for _ in range(MOST_BOUNDARIES):
        later = max(
            (time + -(time - chain.genesis) % chain.period for chain in chains), default=time
        )
        if later == time:
            return time
        time = later
    return None


def sources(chains: Sequence[Chain], draw_at: int, beacon: bool) -> list[Json]:
    """The ordered source list of a notice's leaf: every chain with its slot, then drand's round
    when asked for.

    The caller has checked that no slot lies beyond a chain's end.
    """
    plan: list[Json] = [
        {"id": chain.source, "kind": "chain", "slot": chain.slot(draw_at)} for chain in chains
    ]
    if beacon:
        plan.append(
            {
                "id": BEACON,
                "kind": "drand",
                "chain": protocol.DRAND_CHAIN,
                "round": protocol.drand_round(draw_at),
            }
        )
    return plan


def fallback(draw: str, beacon: bool, can_check: bool, *, is_second: bool = False) -> list[Json]:
    """The ordered fallback list of a notice's leaf: drand unless it is a source already or cannot
    be checked, then 快乐8.

    The lottery's id names the draw: values of a lottery carry an issue and no time, so one source
    for all draws would leave open which issue is whose (docs/adr/0010). `is_second`: of zjcs-draw/2,
    which says that the issue is the first after T (rule 2).
    """
    spare = (
        [{"id": BEACON, "kind": "drand", "chain": protocol.DRAND_CHAIN}]
        if can_check and not beacon
        else []
    )
    issue = {"issue": "first-after"} if is_second else {}
    return [*spare, {"id": f"{LOTTERY}-{draw}", "kind": "lottery", "game": "kl8", **issue}]


@dataclasses.dataclass(frozen=True)
class Failed:
    """That a source was declared lost or failed: hash (hex) of the leaf that says so, its instant
    (epoch seconds).
    """

    leaf: str
    at: int


@dataclasses.dataclass(frozen=True)
class Step:
    """One source of a draw as it stands: `slot` is a chain's slot, drand's round, or the lottery's
    day (ordinal).
    """

    source: str
    kind: str
    slot: int
    failed: Failed | None = None
    is_fallback: bool = False


Failures = Callable[[str, str, int], Failed | None]


def with_fallbacks(planned: Iterable[Step], spare: Iterable[Json], failure: Failures) -> list[Step]:
    """The sources of a draw in the order of the seed's transcript: the planned ones, then a
    fallback for each failed one.

    `failure(source, kind, slot)` is asked of each. A fallback is published at least an hour after
    the failure's leaf (docs/rules.md#fallbacks). Where the list is too short, a failed source has
    no
    follower: the draw goes on waiting.
    """
    steps = [
        dataclasses.replace(step, failed=failure(step.source, step.kind, step.slot))
        for step in planned
    ]
    left = list(spare)
    for since in [step for step in steps if step.failed]:
        while since.failed and left:
            one = left.pop(0)
            slot = FIRST_AFTER[one["kind"]](since.failed.at + protocol.FALLBACK_DELAY)
            since = Step(
                one["id"],
                one["kind"],
                slot,
                failure(one["id"], one["kind"], slot),
                is_fallback=True,
            )
            steps.append(since)
    return steps


def is_covered(steps: Sequence[Step]) -> bool:
    """Whether each failed source has its fallback."""
    return sum(step.is_fallback for step in steps) == sum(step.failed is not None for step in steps)


def evening_after(time: int) -> int:
    """The day (proleptic ordinal, in China) of the first 快乐8 draw later than `time`, festival
    breaks aside.
    """
    local = dt.datetime.fromtimestamp(time, CHINA)
    return local.date().toordinal() + (local.time() >= EVENING)


def evening_time(day: int) -> int:
    """When 快乐8 is drawn on a day (ordinal)."""
    return epoch(dt.datetime.combine(dt.date.fromordinal(day), EVENING, CHINA))


FIRST_AFTER = {"drand": protocol.drand_round, "lottery": evening_after}
DUE_AT = {"drand": protocol.drand_time, "lottery": evening_time}
"""When a beacon's round, or a lottery's day, is published."""


def level(chains: Sequence[Chain], beacon: bool, timely: int = 1) -> str:
    """The assurance level of rule 8: S0 below two independent chains, S1 two, S2 also a public
    beacon, S3 also two witnesses.

    `timely`: how many cosigned the seal in time. A notice promises what its plan alone can reach,
    S2 at most: who will
    cosign is not known yet.
    """
    return protocol.level(len({chain.owner_id for chain in chains}), True, beacon, timely)


def timely(sealed_at: int, drawn_at: int) -> tuple[int, int]:
    """The first and the last second in which a cosignature of the seal is in time (rule 4)."""
    return sealed_at, drawn_at - protocol.GAP


def drawn_at(draw_at: int, cosigned_at: int | None) -> int:
    """T of rule 2: `draw_at`, or 60 s after the witness's cosignature of the seal when that was
    late.
    """
    return protocol.draw_time(draw_at, [] if cosigned_at is None else [cosigned_at])


# --- a lot that is fixed later ------------------------------------------------------------
def instant(chains: Sequence[Chain], now: dt.datetime, gap: int) -> int | None:
    """T of a lot that is fixed now: the first boundary of every chain that is at least `gap` seconds
    away, never less than rule 4 asks. None where there is none near.
    """
    return next_boundary(chains, math.ceil(now.timestamp()) + max(gap, protocol.GAP))


def moved(
    chains: Sequence[Chain], draw_at: dt.datetime, seen_at: dt.datetime, *, beacon: bool
) -> tuple[dt.datetime, list[Json]] | None:
    """T and the sources of rule 2 once a lot's list was witnessed late; None where it was in time.
    `chains` are all that it was fixed with, a lost one too: outsiders move every slot.
    """
    at = drawn_at(epoch(draw_at), epoch(seen_at))
    return None if at == epoch(draw_at) else (from_epoch(at), sources(chains, at, beacon))
