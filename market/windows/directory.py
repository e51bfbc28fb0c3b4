"""Whom a window waits for: accounts stand above this room, so what it asks of them is handed in by
the factory.
"""

from collections.abc import Sequence
from typing import Protocol

from market.db import Work
from market.fabric import Memory


class Named(Protocol):
    """An organisation."""

    @property
    def id(self) -> int: ...

    @property
    def name(self) -> str: ...


class Identity(Protocol):
    """A membership of a person."""

    @property
    def organisation_id(self) -> int: ...


class Directory(Protocol):
    """What this room asks of accounts: its queries keep to it."""

    def organisation(self, work: Work, organisation_id: int, /) -> Named: ...

    def memberships(self, work: Work, person_id: int, /) -> Sequence[Identity]: ...

    def is_disabled(self, work: Work, person_id: int, /) -> bool: ...


def _nobody() -> Directory:
    raise LookupError("the factory hands in the directory")


DIRECTORY = Memory(_nobody)


def directory() -> Directory:
    """The one of this application."""
    return DIRECTORY.of()
