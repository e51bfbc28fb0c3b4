"""Repeatable choices for invented data. Never for a draw: that is verify.zjcs.draw."""

from collections.abc import Sequence
from typing import TypeVar

from market.kernel.entropy import seeded_entropy

T = TypeVar("T")


class Dice:
    """The same seed gives the same town."""

    def __init__(self, seed: str) -> None:
        self._bytes = seeded_entropy(seed)

    def below(self, limit: int) -> int:
        """A whole number from 0 to limit - 1 (limit far below 2**32)."""
        return int.from_bytes(self._bytes(4), "big") % limit

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + self.below(high - low + 1)

    def pick(self, things: Sequence[T]) -> T:
        """One of them."""
        return things[self.below(len(things))]

    def some(self, things: Sequence[T], count: int) -> list[T]:
        """So many different ones, in a random order; all of them when there are fewer."""
        left = list(things)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]
