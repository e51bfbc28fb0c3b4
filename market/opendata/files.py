"""A day's files: each table as CSV, JSON Lines and in one SQLite file, with the data dictionary, the
licence and the digests. Two of one moment are equal byte for byte; memory stays flat.
"""

import contextlib
import datetime as dt
import hashlib
import json
import pathlib
from collections.abc import Iterable
from typing import IO

from sqlite_utils import Database

from market.db import Work
from market.kernel.plain import Json
from market.ledger import queries as ledger
from market.opendata import queries
from market.opendata.queries.portions import Row
from market.opendata.rules import TABLES, Column, Sort, Table, Terms
from market.web import sheets

DATABASE = "opendata.sqlite"
PACKAGE = "datapackage.json"
DICTIONARY = "dictionary.csv"
RELEASES = "ocds-releases.jsonl"
DIGESTS = "SHA256SUMS"
STORED = {Sort.WHOLE: int, Sort.FEN: int, Sort.FLAG: int}
SORTS = {
    Sort.TEXT: "string",
    Sort.WHOLE: "integer",
    Sort.FEN: "integer",
    Sort.INSTANT: "datetime",
    Sort.DATE: "date",
    Sort.FLAG: "boolean",
}
"""Frictionless Data's names of what a column holds."""


def write(
    work: Work, folder: pathlib.Path, day: dt.date, terms: Terms, prefix: str | None = None
) -> str:
    """Write a day's files into a new folder; returns the SHA-256 of their list of digests.

    `prefix` is the place's own in the Open Contracting Data Standard. `work` must see one moment
    throughout (market/db.py `snapshot`). Raises FileExistsError rather than mixing two days.
    """
    folder.mkdir(parents=True)
    size, root = ledger.head(work)
    file = Database(str(folder / DATABASE))
    counts = {table.name: _write(work, table, size, folder, file) for table in TABLES.values()}
    file.vacuum()
    file.close()
    with _new(folder / RELEASES) as releases:
        releases.writelines(
            _json(each) + "\n" for each in queries.every_release(work, prefix, size)
        )
    _dictionary(folder)
    package = _package(day, size, root, terms, counts)
    (folder / PACKAGE).write_text(_json(package, indent=2) + "\n")
    digests = "".join(f"{digest(each)}  {each.name}\n" for each in sorted(folder.iterdir()))
    (folder / DIGESTS).write_text(digests)
    return hashlib.sha256(digests.encode()).hexdigest()


def _write(work: Work, table: Table, size: int, folder: pathlib.Path, file: Database) -> int:
    """One table in its three forms; returns how many rows it has."""
    names = table.names
    kept = file[table.name].create(  # type: ignore[union-attr]
        {column.name: STORED.get(column.sort, str) for column in table.columns},
        pk=table.key[0] if len(table.key) == 1 else table.key,
    )
    count = 0
    with contextlib.ExitStack() as opened:
        comma = opened.enter_context(_new(folder / f"{table.name}.csv"))
        line = opened.enter_context(_new(folder / f"{table.name}.jsonl"))
        comma.write(sheets.BOM)
        comma.writelines(sheets.lines([names]))
        for rows in queries.whole(work, table.name, size):
            comma.writelines(sheets.lines(map(_cells, rows)))
            line.writelines(_json(dict(zip(names, row, strict=True))) + "\n" for row in rows)
            kept.insert_all(dict(zip(names, row, strict=True)) for row in rows)
            count += len(rows)
    return count


def _new(path: pathlib.Path) -> IO[str]:
    return path.open("x", encoding="utf-8", newline="")


def _cells(row: Row) -> list[sheets.Cell]:
    """A row as CSV has it: yes and no as true and false."""
    return [str(cell).lower() if isinstance(cell, bool) else cell for cell in row]


def _json(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _dictionary(folder: pathlib.Path) -> None:
    """What each column is called and holds, for people."""
    rows: list[list[sheets.Cell]] = [
        [table.name, table.title, column.name, column.title, column.sort.value]
        for table in TABLES.values()
        for column in table.columns
    ]
    head = ["table", "table_title", "column", "column_title", "holds"]
    with _new(folder / DICTIONARY) as file:
        file.writelines(sheets.as_csv(head, rows))


def _package(day: dt.date, size: int, root: bytes, terms: Terms, counts: dict[str, int]) -> Json:
    """The description of the whole for programs: a Frictionless data package."""
    return {
        "profile": "tabular-data-package",
        "name": f"zjcs-{day.isoformat()}",
        "licenses": [{"title": terms.licence}],
        "x_catalogue": terms.catalogue,
        "x_class": terms.sort,
        "x_day": day.isoformat(),
        "x_log_size": size,
        "x_log_root": root.hex(),
        "resources": [_resource(table, counts[table.name]) for table in TABLES.values()],
    }


def _resource(table: Table, count: int) -> Json:
    return {
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8-sig",
        "x_rows": count,
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "missingValues": [""],
        },
    }


def _field(column: Column) -> dict[str, str]:
    return {"name": column.name, "title": column.title, "type": SORTS[column.sort]}


def digest(path: pathlib.Path) -> str:
    """SHA-256 of a file in lower-case hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def days(folder: pathlib.Path) -> list[dt.date]:
    """The days whose files are in a folder, the newest first."""
    if not folder.is_dir():
        return []
    return sorted(_days(each.name for each in folder.iterdir() if each.is_dir()), reverse=True)


def _days(names: Iterable[str]) -> Iterable[dt.date]:
    for name in names:
        with contextlib.suppress(ValueError):
            yield dt.date.fromisoformat(name)
