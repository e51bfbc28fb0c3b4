"""The hinge: what a way of selecting does when notices, entries, lots and results ask it.

A way registers one `Way` (WAYS of its service), as window kinds and handlers do; the factory gathers
them. Rooms below ask by the notice's method and never learn which way it is. Plain values go through
here, no rows.
"""

import dataclasses
import datetime as dt
import enum
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from market.db import Work
from market.fabric import fabric
from market.kernel.errors import Refusal
from market.selection.kinds import Failure, Fund, Method

TICKET = "ticket"
"""The label of the lot that orders the entrants of a random draw."""
TIE = "tie"
"""The label of the lot that orders those whom a way that ranks finds equal (market/selection/lots)."""
BALL = "ball"
"""The label of the lot that gives the shortlist of 信用择优 (market/selection/shortlist)."""


class Opening(enum.StrEnum):
    """After which fact on the log the quotes of a way are opened."""

    AT_SEAL = "entries.closed"
    AFTER_SHEETS = "sheets.closed"
    NONE = "none"  # nothing is quoted when one enters


@dataclasses.dataclass(frozen=True, kw_only=True)
class Published:
    """A notice as a way sees it, public or about to be.

    `number` and `document_sha256` (hex) are None before the publication. `fund` is the governing
    one: mixed funds count as fiscal. `project` is the code that all listings have in common.
    `terms` are what the owner chose of this way's own: of the random draw `beacon`, of a scored
    selection its criteria.
    """

    notice_id: int
    number: str | None
    owner_id: int
    fund: Fund
    predecessor: str | None
    project: str
    document_sha256: str | None
    entry_close: dt.datetime | None
    result_at: dt.datetime | None
    ceiling_fen: int | None
    service_days: int | None
    terms: Mapping[str, object]


@dataclasses.dataclass(frozen=True, kw_only=True)
class SealedList:
    """The list of a notice as it stands on the log: the hash (hex) of its leaf, how many are on it,
    and why the selection has failed, None where it goes on.
    """

    number: str
    leaf: str
    listed: int
    failure: Failure | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Admission:
    """Who may go on in a way whose entries carry no quote: entry ids by number, and why others may not,
    as codes by number. `goes_on` is false where too few may: then the list is sealed and it has failed.
    """

    number: str
    admitted: Mapping[int, int]
    refused: Mapping[int, str]
    goes_on: bool


@dataclasses.dataclass(frozen=True, kw_only=True)
class Ranked:
    """One place of a fresh order. `draw_id` is of a way that has a lot, `ticket` (hex) of an entrant whom
    the lot has placed: everybody of a random draw, of a way that ranks those who were equal.
    """

    entry_id: int
    ref: str
    draw_id: int | None = None
    ticket: str | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Skipped:
    """A rank (from 1) of a notice's order that has dropped out: whose, why and by whom, as codes that
    stand in the log.
    """

    number: str
    rank: int
    ref: str
    reason: str
    by: str


def nothing_yet(work: Work, number: str) -> None:
    """Nothing of most ways hangs on the close."""


def nobody(_work: Work, _of: Admission) -> None:
    """Of most ways the list is sealed at once."""


def always(_terms: Mapping[str, object]) -> bool:
    """A way that takes sealed files takes them of every notice."""
    return True


@dataclasses.dataclass(frozen=True, kw_only=True)
class Way:
    """What one way of selecting does.

    `has_entries`: agencies enter until a close; else the owner chooses from the publication on.
    `lot`: the label of what its one draw is for. `least`: with fewer on the list it never goes on,
    whatever the rulebook says; 0 where the rulebook alone counts.
    `opening`: when the quotes open; `takes_proposals`: an entry carries a proposal that is scored;
    `boxes`: the kinds of sealed files that are uploaded before one enters and that an entry names, of
    which the first may not be missing (ADR 0065), and `asks_files` whether a notice of these terms takes
    them (`boxes_of`); where it does no proposal is a text;
    `sets_result_time`: the way itself says when its result comes, the owner gives no time for it.
    `problems`: everything that stands against publishing a notice this way, or, of a public one,
    against its new times. `result_time`: the first instant at or after `result_at` that this way
    can keep. `lay_down`, `amended`: make and remake what the notice promises, with its leaf.
    `closed`: the entries have just been closed on the log, no key of the quotes is asked for yet.
    `clock`: open the way's own windows for the result's instant; None takes them back.
    `cancelled`: nothing is selected any more. `drained`: the close and the drain are over, the list
    is sealed next. `admitted`, of a way whose entries carry no quote (`Opening.NONE`): the entries
    were judged, and the list is sealed when the way says so (`entries.service.seal_bidders`).
    `sealed`: the list is on the log, the way goes on, or ends with a failure that the caller
    publishes. `skipped`: a rank has dropped out. `final`: the platform numbers of those who have
    won, after which nobody follows. `ranked`, of a way whose lot is `TIE`: everybody on the list
    from the first to the last, as it follows from what stands on the log and from the lot's seed
    (hex), which orders those who are equal in everything else.
    """

    method: Method
    has_entries: bool = True
    lot: str = TICKET
    least: int = 0
    opening: Opening = Opening.AT_SEAL
    takes_proposals: bool = False
    boxes: tuple[str, ...] = ()
    asks_files: Callable[[Mapping[str, object]], bool] = always
    sets_result_time: bool = False
    problems: Callable[[Work, Published], list[Refusal]]
    result_time: Callable[[Work, Published], dt.datetime]
    lay_down: Callable[[Work, Published], None]
    amended: Callable[[Work, Published], None]
    clock: Callable[[Work, str, dt.datetime | None], None]
    cancelled: Callable[[Work, str], None]
    closed: Callable[[Work, str], None] = nothing_yet
    drained: Callable[[Work, str], None]
    admitted: Callable[[Work, Admission], None] = nobody
    sealed: Callable[[Work, SealedList], None]
    skipped: Callable[[Work, Skipped], None]
    final: Callable[[Work, str, Sequence[str]], None]
    ranked: Callable[[Work, str, str], Sequence[Ranked]] | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class LotUse:
    """What a lot is drawn for: sources call back with the notice's number.

    `waiting`: the promised instant has come, values are awaited. `drawn`: the seed (hex) is out.
    `aborted`: it will never be, and why.
    """

    label: str
    waiting: Callable[[Work, str], None]
    drawn: Callable[[Work, str, str], None]
    aborted: Callable[[Work, str, Failure], None]


def way_of(method: Method) -> Way:
    """The way of a published notice. KeyError where none is registered: nothing is published so."""
    return _ways()[method]


def boxes_of(method: Method, terms: Mapping[str, object] | None) -> tuple[str, ...]:
    """The kinds of sealed files that a published notice of these terms of its way takes."""
    way = way_of(method)
    return way.boxes if way.boxes and way.asks_files(terms or {}) else ()


def takes_texts(method: Method, terms: Mapping[str, object] | None) -> bool:
    """Whether an entry carries a proposal that is a text."""
    return way_of(method).takes_proposals and not boxes_of(method, terms)


def way_if_built(method: Method) -> Way | None:
    """The way of a notice that is not public yet; None where none is registered."""
    return _ways().get(method)


def built() -> frozenset[Method]:
    """The ways that this program can run."""
    return frozenset(_ways())


def lot_use(label: str) -> LotUse:
    """What a lot of this label is drawn for."""
    return cast(Mapping[str, LotUse], fabric().lot_uses)[label]


def _ways() -> Mapping[Method, Way]:
    return cast(Mapping[Method, Way], fabric().ways)
