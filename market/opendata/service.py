"""Writing the public file by sqlite-utils. It reads what the public pages read, and nothing else;
memory stays flat.
"""

import datetime as dt
import enum
import pathlib
from collections.abc import Callable, Iterator
from typing import Any

from sqlite_utils import Database

from market.agencies import queries as agencies
from market.catalogue import queries as catalogue
from market.complaints import queries as complaints
from market.db import Work
from market.ledger import queries as ledger
from market.selection.notices import queries as notice_queries
from market.selection.results import queries as result_queries
from market.web.paging import Page

PAGE = 500
Row = dict[str, Any]
NOTICE = (
    "number",
    "title",
    "state",
    "owner",
    "category",
    "fund",
    "ceiling_fen",
    "entries",
    "published_at",
    "entry_close",
    "draw_at",
    "is_amended",
)
RESULT = (
    "number",
    "title",
    "state",
    "owner",
    "announced_at",
    "entries",
    "failure",
    "winner",
    "amount_fen",
)
COMPLAINT = (
    "number",
    "notice_number",
    "about",
    "state",
    "outcome",
    "filed_at",
    "ended_at",
    "body_name",
    "is_late",
)


def export(work: Work, path: pathlib.Path) -> dict[str, int]:
    """Write the public data to a new file at `path`; returns how many rows each table has.

    Raises FileExistsError rather than mixing two exports.
    """
    if path.exists():
        raise FileExistsError(path)
    file = Database(str(path))
    counts = {}
    for name, (key, rows) in TABLES.items():
        file[name].insert_all(rows(work), pk=key, batch_size=PAGE)  # type: ignore[union-attr]
        counts[name] = file[name].count if file[name].exists() else 0
    file.close()
    return counts


def _paged(ask: Callable[[str | None], Page]) -> Iterator[Any]:
    cursor: str | None = None
    while True:
        page = ask(cursor)
        yield from page
        if page.next is None:
            return
        cursor = page.next


def _agencies(work: Work) -> Iterator[Row]:
    for card in _paged(lambda after: agencies.directory(work, agencies.Filter(), after, PAGE)):
        # platform numbers stand for sole traders: no credit codes in bulk
        yield {
            "ref": card.ref,
            "name": card.name,
            "state": plain(card.public_state),
            "region": card.region,
        }


def _items(work: Work) -> Iterator[Row]:
    for item in catalogue.items(work):
        yield {
            "code": item.code,
            "category": item.category,
            "name": item.name,
            "regulator": item.regulator_name,
            "approval": item.approval,
            "time_limit_days": item.time_limit_days,
            "version": item.version,
        }


def _notices(work: Work) -> Iterator[Row]:
    return _rows(
        NOTICE,
        _paged(lambda after: notice_queries.listing(work, notice_queries.Filters(), after, PAGE)),
    )


def _results(work: Work) -> Iterator[Row]:
    return _rows(RESULT, _paged(lambda after: result_queries.results(work, after, PAGE)))


def _complaints(work: Work) -> Iterator[Row]:
    return _rows(COMPLAINT, _paged(lambda after: complaints.register(work, after=after)))


def _log(work: Work) -> Iterator[Row]:
    position = 0
    while entries := ledger.after(work, position, PAGE):
        for entry in entries:
            yield {
                "idx": entry.index,
                "type": entry.type,
                "subject": entry.subject,
                "at": plain(entry.at),
                "leaf": entry.leaf.decode(),
                "hash": entry.hash,
            }
        position = entries[-1].index + 1


TABLES: dict[str, tuple[str, Callable[[Work], Iterator[Row]]]] = {
    "agency": ("ref", _agencies),
    "service_item": ("code", _items),
    "notice": ("number", _notices),
    "result": ("number", _results),
    "complaint": ("number", _complaints),
    "log": ("idx", _log),
}
"""Table -> its key and where its rows come from."""


def _rows(columns: tuple[str, ...], rows: Iterator[Any]) -> Iterator[Row]:
    for row in rows:
        yield {name: plain(getattr(row, name)) for name in columns}


def plain(value: Any) -> Any:
    """Instants and dates as ISO text, states as their codes."""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return value.value if isinstance(value, enum.Enum) else value
