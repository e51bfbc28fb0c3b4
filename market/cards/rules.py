"""When faults of one kind make a card, and the life of one. Pure.

Source: docs/rules.md#cards. Two faults of one kind (效能问题) of a body within twelve rolling months are a
yellow card, three a red one, each further one a red one again.
"""

import dataclasses
import datetime as dt
import enum
from collections.abc import Collection, Iterable, Sequence

from market.kernel.errors import Invalid
from market.kernel.states import move
from market.kernel.visible import trimmed
from market.reputation.rules import months_after
from market.windows.rules import Kind, Nature

MONTHS = 12
YELLOW_FROM = 2
RED_FROM = 3
MOST_TEXT = 2000
STATEMENT = Kind("cards.statement", Nature.RIGHT, "效能提示的说明")
PLAN = Kind("cards.plan", Nature.DUTY, "提交整改计划")
WINDOW_KINDS = {kind.name: kind for kind in (STATEMENT, PLAN)}


class Colour(enum.StrEnum):
    """How grave a card is."""

    YELLOW = "yellow"
    RED = "red"


class CardState(enum.StrEnum):
    """Where a card stands. It counts for nothing before a second person has issued it."""

    PROPOSED = "proposed"
    ISSUED = "issued"  # the plan is due
    PLANNED = "planned"
    DROPPED = "dropped"
    WITHDRAWN = "withdrawn"  # a fault that it stood on has fallen


STANDING = frozenset({CardState.PROPOSED, CardState.ISSUED, CardState.PLANNED})
"""While a card stands on its faults."""
IN_FORCE = frozenset({CardState.ISSUED, CardState.PLANNED})
NEXT = {
    CardState.PROPOSED: frozenset({CardState.ISSUED, CardState.DROPPED, CardState.WITHDRAWN}),
    CardState.ISSUED: frozenset({CardState.PLANNED, CardState.WITHDRAWN}),
    CardState.PLANNED: frozenset({CardState.WITHDRAWN}),
}


@dataclasses.dataclass(frozen=True)
class Fault:
    """One decided fault of a body: its number, its kind by the table's code, the day of the fact."""

    number: str
    body_id: int
    code: str
    on: dt.date


@dataclasses.dataclass(frozen=True)
class Due:
    """A card that is due: its faults in order, the last of which made it so."""

    colour: Colour
    faults: tuple[Fault, ...]

    @property
    def trigger(self) -> Fault:
        """The fault that made it due."""
        return self.faults[-1]


def colour_of(count: int) -> Colour | None:
    """What so many faults of one kind are; None below two."""
    if count >= RED_FROM:
        return Colour.RED
    return Colour.YELLOW if count >= YELLOW_FROM else None


def counted(faults: Iterable[Fault], at: dt.date) -> tuple[Fault, ...]:
    """Those that count on a day: twelve months from their own day, which itself counts and the same
    day a year later no more (《民法典》第二百零二条).
    """
    return tuple(each for each in faults if each.on <= at < months_after(each.on, MONTHS))


def due_cards(faults: Sequence[Fault], known: Collection[str]) -> list[Due]:
    """The cards that faults make due, the oldest first; `known` are the faults that have their card."""
    kinds: dict[tuple[int, str], list[Fault]] = {}
    for each in sorted(faults, key=lambda fault: (fault.on, fault.number)):
        kinds.setdefault((each.body_id, each.code), []).append(each)
    found = [
        Due(colour, before)
        for of in kinds.values()
        for place, last in enumerate(of, start=1)
        for before in [counted(of[:place], last.on)]
        if (colour := colour_of(len(before))) and last.number not in known
    ]
    return sorted(found, key=lambda due: (due.trigger.on, due.trigger.number))


def has_fallen(colour: Colour, left: int) -> bool:
    """Whether a card's faults that are left no more make its colour."""
    return colour_of(left) is not colour


def move_card(old: CardState, new: CardState) -> CardState:
    """The step, or the refusal `card.wrong_state`."""
    return move(NEXT, old, new, "card.wrong_state")


def check_text(text: str | None, field: str) -> str:
    """What somebody has to say, trimmed. Refuses `card.text` at its field."""
    said = trimmed(text or "")
    if not 0 < len(said) <= MOST_TEXT:
        raise Invalid("card.text", field=field, most=MOST_TEXT)
    return said
