"""How one object of the log may look: keys that must and may stand in it, and what each may hold.

A table of leaves is made of these; so are `evidence.json` and `keys.json`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from . import draw as protocol
from .canonical import MAX_INT

MAX_SLOTS = 10_000_000  # keeps the check of one value below a few seconds

Check = Callable[[Any], bool]


def whole(low: int, high: int = MAX_INT) -> Check:
    """An integer within bounds; true and false are not integers."""
    return lambda value: (
        isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
    )


def text(pattern: str | re.Pattern[str]) -> Check:
    """A string that matches as a whole."""
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def listed(check: Check, least: int = 1, most: int = 100_000) -> Check:
    """A list of items that each pass."""
    return lambda value: (
        isinstance(value, list) and least <= len(value) <= most and all(map(check, value))
    )


def equal(*allowed: Any) -> Check:
    """One of a few constants (and of the same type: 1 is not true)."""
    return lambda value: any(value == item and type(value) is type(item) for item in allowed)


@dataclass(frozen=True)
class Shape:
    """The keys of one kind of object: all of `required`, any of `optional`, nothing else."""

    required: dict[str, Check]
    optional: dict[str, Check] = field(default_factory=dict)

    def misfit(self, value: Any) -> str | None:
        """Name of the first key that is missing, unknown or misspelt; None when the object fits."""
        if not isinstance(value, dict):
            return "object"
        for key in self.required:
            if key not in value:
                return key
        for key, item in value.items():
            check = self.required.get(key) or self.optional.get(key)
            if check is None or not check(item):
                return str(key)
        return None

    def __call__(self, value: Any) -> bool:
        return self.misfit(value) is None


def any_of(*shapes: Shape) -> Check:
    """An object of one of several shapes."""
    return lambda value: any(shape(value) for shape in shapes)


ID = text(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")  # draw, project, source
CODE = text(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}")  # reason codes, public-body ids
TIME = whole(0, 2**40)
NUMBER = whole(1, 100_000)
HASH = text(protocol.HEX64)
REF = text(protocol.REF)
LEVEL = text(r"S[0-3]")
ISSUE = text(r"20[0-9]{5}")
BY = CODE  # public bodies are named by their numbers, which have capitals
LOWER = text(r"[a-z0-9][a-z0-9._:/-]{0,63}")  # codes since zjcs-draw/2
