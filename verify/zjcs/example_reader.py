"""An example's input, read key by key: numbers as exact hundredths, each fault at its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from . import score
from .faults import Fault

Json = dict[str, Any]


class Reader:
    """An input, read key by key; a fault names the key at which it stands."""

    def __init__(self, given: object) -> None:
        if not isinstance(given, dict):
            raise Fault("rank.shape", key="input")
        self.given: Json = given

    def __contains__(self, key: str) -> bool:
        return key in self.given

    def any(self, key: str, default: Any = None) -> Any:
        """A value as it stands."""
        return self.given.get(key, default)

    def needed(self, key: str, kind: type) -> Any:
        """A value that must be there, of this kind."""
        value = self.any(key)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise Fault("rank.shape", key=key)
        return value

    def text(self, key: str, default: str | None = None) -> str | None:
        """A text, or the default where the key is absent."""
        if key not in self.given:
            return default
        text: str = self.needed(key, str)
        return text

    def number(self, key: str, default: object = None) -> int:
        """A number in hundredths (an amount in fen)."""
        return at(key, score.hundredths, self.any(key, default))

    def maybe(self, key: str) -> int | None:
        """A number in hundredths, or None where the key is absent."""
        return self.number(key) if self.any(key) is not None else None

    def whole(self, key: str, default: object = None) -> int:
        """A whole number from zero."""
        number, rest = divmod(self.number(key, default), 100)
        if rest or number < 0:
            raise Fault("rank.whole", key=key)
        return number

    def rows(self, key: str) -> dict[str, Json]:
        """Objects by name, for instance the sheets of each entrant."""
        table = self.needed(key, dict)
        for name, row in table.items():
            if not isinstance(row, dict):
                raise Fault("rank.shape", key=f"{key}.{name}")
        return table

    def cases(self) -> list[Reader]:
        """Inputs in a list under `cases`."""
        return [Reader(case) for case in self.needed("cases", list)]

    def numbers(self, key: str) -> dict[str, int]:
        """Numbers in hundredths by name."""
        column = self.needed(key, dict)
        return {name: at(f"{key}.{name}", score.hundredths, column[name]) for name in column}

    def quotes(self, key: str = "quotes") -> dict[str, int]:
        """Amounts in fen by ref, each above zero."""
        quotes = self.numbers(key)
        for ref, quote in quotes.items():
            positive(quote, f"{key}.{ref}")
        return quotes

    def names(self, key: str) -> list[str]:
        """Names in a list; a name alone is a list of one."""
        value = self.any(key, [])
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise Fault("rank.shape", key=key)
        return names


def at(key: str, read: Callable[[object], int], value: object) -> int:
    """What `read` makes of a value; a fault is told where it stands."""
    try:
        return read(value)
    except Fault as fault:
        raise fault.at(key) from None


def positive(amount: int, key: str) -> None:
    """Hold that an amount is above zero. Raises Fault `rank.amount`."""
    if amount <= 0:
        raise Fault("rank.amount", key=key)


def shown(column: Mapping[str, int]) -> dict[str, str]:
    """A column of numbers as it is printed."""
    return {name: score.shown(number) for name, number in column.items()}
