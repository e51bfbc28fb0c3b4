"""The rows of a table, portion by portion, up to a size of the log."""

import dataclasses
import datetime as dt
import enum
from collections.abc import Callable, Iterable, Iterator, Sequence

from market.db import Work
from market.kernel.clock import CHINA
from market.ledger import queries as ledger
from market.ledger.queries import Entry, along
from market.opendata.queries import matters, rows, standing
from market.opendata.queries.rows import Found, Stored

AT_ONCE = 500
PLAIN = frozenset({str, int, bool, type(None)})
Cell = str | int | bool | None
Row = tuple[Cell, ...]


@dataclasses.dataclass(frozen=True)
class FromLog:
    """Rows that entries of the log brought. `types`: which; none: all. `is_once`: of several entries
    about one subject the first brought its row. `at_once`: how many entries are read together.
    """

    types: tuple[str, ...]
    rows: Callable[[Work, Sequence[Entry]], Iterable[Found]]
    is_once: bool = True
    at_once: int = AT_ONCE


@dataclasses.dataclass(frozen=True)
class Whole:
    """Rows that are few, and read whole."""

    rows: Callable[[Work], Iterable[Found]]


MANY = 50  # entries that bring many rows each
FEW = 10  # entries behind each of which a whole log of a selection is read
SEALED = ("entries.sealed", "entries.listed")  # as they are listed while their quotes stay shut
SOURCES: dict[str, FromLog | Whole] = {
    "notices": FromLog(("notice.opened", "choice.opened"), rows.notices),
    "entries": FromLog(SEALED, rows.entries, at_once=MANY),
    "selections": FromLog((*SEALED, "choice.opened"), rows.selections),
    "scores": FromLog(("ranking.result",), rows.scores, at_once=FEW),
    "draws": FromLog(("draw.result", "ranking.result"), rows.draws),
    "results": FromLog(("result.published",), rows.results, is_once=False),
    "letters": FromLog(("award.issued",), rows.letters, is_once=False),
    "contracts": FromLog(
        ("contract.confirmed", "contract.adopted"), matters.contract_rows, is_once=False
    ),
    "contract_changes": FromLog(("contract.changed",), standing.change_rows, is_once=False),
    "payments_by_owner": FromLog(matters.OWED_FROM, matters.payment_rows, is_once=False),
    "evaluations": FromLog(("evaluation.opened",), matters.evaluation_rows, is_once=False),
    "owner_facts": FromLog(("owner.approved",), standing.owner_facts, at_once=MANY),
    "agencies": FromLog(("agency.activated",), rows.agency_rows),
    "service_lines": FromLog(("agency.activated",), rows.service_lines, at_once=MANY),
    "credit_events_in_force": FromLog(("credit.decided",), standing.credit_rows),
    "owners": FromLog(("owner.approved",), rows.owner_rows),
    "bodies": Whole(rows.bodies),
    "items": Whole(rows.items),
    "item_versions": FromLog(
        ("catalogue.item_published", "catalogue.item_abolished"),
        standing.item_versions,
        is_once=False,
    ),
    "complaints": FromLog(("complaint.filed",), rows.complaint_rows),
    "complaint_duties": FromLog(("complaint.filed",), rows.complaint_duties, at_once=MANY),
    "decisions": FromLog(("complaint.decided",), standing.decision_rows),
    "faults_and_cards": Whole(standing.card_rows),
    "ratings_by_month": Whole(matters.ratings_by_month),
    "statistics_by_month": Whole(standing.statistics_by_month),
    "calendar": Whole(rows.calendar),
    "rulebook_parameters": Whole(rows.rulebook_parameters),
    "behaviours": Whole(standing.behaviour_rows),
    "log_leaves": FromLog((), rows.log_leaves),
}
"""Where the rows of each table come from."""


@dataclasses.dataclass(frozen=True)
class Portion:
    """Some rows of a table, in the order of its columns, and from which entry on the next come; None:
    there are none yet.
    """

    rows: list[Row]
    next: int | None


def portion(work: Work, name: str, first: int, end: int, limit: int | None = None) -> Portion:
    """The rows of a table that entries `first` <= index < `end` brought, or those of its first
    `limit` entries. A table that is read whole comes whole.
    """
    source = SOURCES[name]
    if isinstance(source, Whole):
        return Portion(finished(work, source.rows(work), end), None)
    most = min(limit or source.at_once, source.at_once)
    births = _births(work, source, first, end, most)
    following = births[-1].index + 1 if len(births) == most else None
    if source.is_once and births:
        births = _first_of_each(work, source, births)
    found = sorted(source.rows(work, births), key=_entry)
    return Portion(finished(work, found, end), following)


def _entry(one: Found) -> int:
    return one.entry or 0


def is_read_along(name: str) -> bool:
    """Whether a table is read along the log, portion by portion."""
    return isinstance(SOURCES[name], FromLog)


def whole(work: Work, name: str, end: int) -> Iterator[list[Row]]:
    """All rows of a table up to a size of the log, some at a time."""
    first: int | None = 0
    while first is not None:
        some = portion(work, name, first, end)
        yield some.rows
        first = some.next


def _births(work: Work, source: FromLog, first: int, end: int, limit: int) -> list[Entry]:
    if source.types:
        return along.of_types(work, source.types, first, end, limit)
    return ledger.after(work, first, min(limit, max(end - first, 0)))


def _first_of_each(work: Work, source: FromLog, births: list[Entry]) -> list[Entry]:
    if not source.types:
        return births
    firsts = along.first_of(work, source.types, {birth.subject for birth in births})
    return [birth for birth in births if firsts[birth.subject] == birth.index]


def finished(work: Work, found: Iterable[Found], end: int) -> list[Row]:
    """The rows with the columns that every table has."""
    some = list(found)
    sought = {one.subject for one in some if one.at is None}
    newest = along.newest_of(work, sought, end) if sought else {}
    return [
        (
            *map(plain, one.values),
            work.division,
            one.entry,
            plain(one.at or newest.get(one.subject)),
        )
        for one in some
    ]


def told(at: dt.datetime) -> str:
    """An instant as files and API have it."""
    return at.astimezone(CHINA).isoformat(timespec="seconds")


def plain(value: Stored) -> Cell:
    """A value as files and API have it: instants and dates as ISO text, states as their codes."""
    if type(value) in PLAIN:  # most are
        return value  # type: ignore[return-value]
    if isinstance(value, dt.datetime):
        return told(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.value if isinstance(value, enum.Enum) else value
