"""States move by a table, never by assignment."""

from collections.abc import Collection, Mapping
from typing import TypeVar

from market.kernel.errors import Refusal

S = TypeVar("S", bound=str)


def move(table: Mapping[S, Collection[S]], old: S, new: S, code: str) -> S:
    """Return `new` when the table allows the step from `old`; else refuse with `code` and both
    states.
    """
    if new not in table.get(old, ()):
        raise Refusal(code, old=str(old), new=str(new))
    return new
