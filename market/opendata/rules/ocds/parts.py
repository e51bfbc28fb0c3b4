"""What releases of the Open Contracting Data Standard (1.1.5) are made of. Pure (ADR 0049).

A release is made of its entry and of what no longer changes once it is public; a correction is a
new entry and a new release. `Facts` are the notice's; amounts are in fen, instants aware.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from market.kernel.clock import CHINA, from_epoch_ms
from market.kernel.plain import Json

SCHEME = "CN-USCC"
UNREGISTERED = "x-zjcs"  # the prefix of a place that has none registered
WHOLE = 100  # fen in a yuan


@dataclasses.dataclass(frozen=True)
class Party:
    """An organisation: its number here, its name, its credit code where that may be given; `roles` of
    one that is no owner and no agency.
    """

    number: str
    name: str
    code: str | None = None
    roles: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class Bid:
    """One line of an opened list; `no` is its place there."""

    no: int
    number: str
    agency: Party
    is_listed: bool
    amount_fen: int | None
    at: dt.datetime


@dataclasses.dataclass(frozen=True)
class Facts:
    """What the releases of one notice need besides its entries. `buyer`: None for a natural person;
    `bodies` by number; `payments` (fen) by contract, winner and number of the payment, empty where
    private money pays.
    """

    number: str
    title: str
    predecessor: str | None
    buyer: Party | None
    item_names: Sequence[str]
    bids: Sequence[Bid]
    agencies: Mapping[str, Party]
    is_public_money: bool
    bodies: Mapping[str, Party]
    payments: Mapping[tuple[str, str, int], tuple[dt.date, int]]


@dataclasses.dataclass(frozen=True)
class Fact:
    """An entry of the log about the notice: index, type, instant, fields."""

    index: int
    type: str
    at: dt.datetime
    said: Json


def ocid(prefix: str | None, number: str) -> str:
    """The number of a contracting process for the world."""
    return f"{prefix or UNREGISTERED}-{number}"


def instant(at: dt.datetime) -> str:
    """An instant as releases have it."""
    return at.astimezone(CHINA).isoformat(timespec="seconds")


def epoch(seconds: int) -> str:
    """The same, of the log's seconds."""
    return instant(from_epoch_ms(seconds * 1000))


def value(fen: int) -> Json:
    """An amount of fen, in yuan."""
    return {"amount": fen / WHOLE, "currency": "CNY"}


def reference(party: Party) -> Json:
    """How a release speaks of one of its parties."""
    return {"id": party.number, "name": party.name}


def award_id(number: str, rank: int) -> str:
    """The id of an award: the first rank's is the notice's, each later one says so."""
    own = number.replace("GG-", "TZ-", 1)
    return own if rank == 1 else f"{own}-r{rank}"


def contract_id(contract: str, rank: int) -> str:
    """The id of a contract: of a later rank it says so, as its award does."""
    return contract if rank == 1 else f"{contract}-r{rank}"


Maker = Callable[[Fact, Facts], tuple[str, Json] | None]
"""What makes a release of an entry: its tag, and its parts; None where it says nothing to everybody."""
