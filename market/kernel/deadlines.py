"""Kinds of deadlines: whose time it is, and what people call it."""

import dataclasses
import enum


class Nature(enum.StrEnum):
    """Whose time it is: a right expires, a duty is noted overdue and never decides by itself (R10),
    an act is the clock's.
    """

    RIGHT = "right"
    DUTY = "duty"
    ACT = "act"


@dataclasses.dataclass(frozen=True)
class Kind:
    """One kind of window: its name, nature and title.

    Duties are reminded at half time and a working day before, or so many working days before the
    last day as `remind_before` says (0: on it).
    """

    name: str
    nature: Nature
    title: str
    remind_before: tuple[int, ...] | None = None
