"""When and by which sources a draw is made: slots, rounds, boundaries, the assurance level (draw-and-log.md 2.8). Pure.

Times are epoch seconds, as the protocol has them.
"""
import dataclasses
from collections.abc import Sequence
from typing import Any

from verify.zjcs import draw as protocol
from verify.zjcs.faults import Fault

BEACON = "drand-quicknet"
MOST_BOUNDARIES = 1000  # steps in search of an instant that is a boundary of every chain


@dataclasses.dataclass(frozen=True)
class Chain:
    """A chain of values as its anchor made it public: slot k is due at genesis + k * period, 1 <= k <= n."""

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

    def is_boundary(self, time: int) -> bool:
        """Whether a slot is due exactly then."""
        return (time - self.genesis) % self.period == 0


def next_boundary(chains: Sequence[Chain], time: int) -> int | None:
    """The first instant at or after `time` that is a slot boundary of every chain; None when there is none near."""
    for _ in range(MOST_BOUNDARIES):
        later = max((time + -(time - chain.genesis) % chain.period for chain in chains), default=time)
        if later == time:
            return time
        time = later
    return None


def sources(chains: Sequence[Chain], draw_at: int, beacon: bool) -> list[dict[str, Any]]:
    """The ordered source list of a notice's leaf: every chain with its slot, then drand's round when asked for.

    The caller has checked that no slot lies beyond a chain's end.
    """
    plan: list[dict[str, Any]] = [{"id": chain.source, "kind": "chain", "slot": chain.slot(draw_at)} for chain in chains]
    if beacon:
        plan.append({"id": BEACON, "kind": "drand", "chain": protocol.DRAND_CHAIN, "round": protocol.drand_round(draw_at)})
    return plan


def level(chains: Sequence[Chain], beacon: bool) -> str:
    """The assurance level that a plan can reach: S0 below two independent chains, S1 two, S2 also drand (rule 8)."""
    return protocol.level(len({chain.owner_id for chain in chains}), True, beacon, 1)


def drawn_at(draw_at: int, cosigned_at: int | None) -> int:
    """T of rule 2: `draw_at`, or 60 s after the witness's cosignature of the seal when that was late."""
    return protocol.draw_time(draw_at, [] if cosigned_at is None else [cosigned_at])
