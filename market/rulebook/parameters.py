"""What a parameter of the rulebook is: its kind, its value, and the attribute that a type checker knows.
Pure.
"""

import dataclasses
import enum
from typing import Generic, Protocol, TypeVar, overload


class Kind(enum.StrEnum):
    """What a parameter's value is: a span of time to be counted, a whole number, fen, yes or no,
    words, ways of selecting (codes of `ways.WAYS`), one of a few (codes of `ways.CHOICES`).
    """

    WINDOW = "window"
    NUMBER = "number"
    MONEY = "money"
    FLAG = "flag"
    TEXT = "text"
    WAYS = "ways"
    CHOICE = "choice"


Amount = int | bool | str
A = TypeVar("A", int, bool, str)


def N_(text: str) -> str:  # noqa: N802 - the customary name of the marker that extraction looks for
    """Mark a text for translation where it is a constant."""
    return text


@dataclasses.dataclass(frozen=True)
class Value:
    """What a version says of one parameter; `unit` may differ from the default's."""

    amount: Amount
    unit: str


class Book(Protocol):
    """What a parameter asks of the rulebook that it is read from."""

    def amount(self, parameter: "Parameter[A]") -> A:
        """What the book says of it."""


@dataclasses.dataclass(frozen=True, eq=False)
class Parameter(Generic[A]):
    """One parameter, which is an attribute of `Rulebook`: `rulebook.accept_days` is the amount,
    `Rulebook.accept_days` the parameter itself.

    `unit` is what a window counts, or what a number is a number of; `low` and `high` bound it.
    """

    group: str
    title: str
    kind: Kind
    default: A
    unit: str
    source: str
    low: int = 0
    high: int = 0
    name: str = dataclasses.field(default="", init=False)

    def __set_name__(self, owner: type, name: str) -> None:
        if not self.name:  # a second name is an alias
            object.__setattr__(self, "name", name)

    @overload
    def __get__(self, book: None, owner: type) -> "Parameter[A]": ...

    @overload
    def __get__(self, book: Book, owner: type) -> A: ...

    def __get__(self, book: Book | None, owner: type) -> "Parameter[A] | A":
        return self if book is None else book.amount(self)
