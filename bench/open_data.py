"""Open data: writing a table's files against a loop over a cursor that writes the same three forms, a
page of the API against its query with `json.dumps`, and both as the market grows.

The log of a volume is laid here: an entry that opens each notice and nine that follow it, so that
rows are read as they are in the product, by the entry that brought them.
"""

import contextlib
import csv
import datetime as dt
import json
import pathlib
import shutil
import sqlite3
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator

from flask import Flask
from sqlite_utils import Database

from bench.harness import Result, at_least, at_most, cpu, holds
from bench.volume import Size, app_on, volume
from market.db import snapshot
from market.kernel.actor import VISITOR
from market.kernel.clock import CHINA
from market.ledger import queries as ledger
from market.opendata import files, queries
from market.opendata.rules import TABLES
from market.web import sheets
from verify.zjcs.merkle import leaf_hash

AGENCIES = 1_000
EXPORT_GOAL = 3.0
PAGE_GOAL = 0.5
GROWTH_GOAL = 1.5
MEMORY_GOAL = 1.5  # peak of a table ten times as long
PAGE = 100
PAGES = 10  # a round
KINDS = ("notice.opened", *("window.reminded",) * 9)
EACH = len(KINDS)  # entries of the log for each notice
LEAF = '{{"at":{at},"subject":"{subject}","type":"{kind}","v":1}}'
LOG_QUERY = "SELECT type, subject, at, leaf, idx FROM log_leaf ORDER BY idx"
NOTICE_QUERY = """
    SELECT n.number, n.title, n.state, n.listing, n.predecessor, w.number AS owner,
           n.item_code, n.category, n.fund, n.fiscal_percent, n.method, n.ceiling_fen, n.service_days,
           n.urgent, n.rulebook, n.published_at, n.entry_close, n.draw_at, n.amended_at, n.announced_at,
           n.failure, n.entries_live, d.number AS draw, d.state AS draw_state, d.level, l.idx,
           w.kind AS owner_kind, o.name AS owner_name, o.uscc,
           (SELECT max(m.at) FROM log_leaf m WHERE m.subject = l.subject) AS updated_at
    FROM log_leaf l JOIN notice n ON n.number = l.subject
    LEFT JOIN draw d ON d.notice_id = n.id LEFT JOIN owner w ON w.organisation_id = n.owner_id
    LEFT JOIN organisation o ON o.id = n.owner_id
    WHERE l.type = 'notice.opened' AND l.idx >= ? ORDER BY l.idx LIMIT ?
"""


def run(quick: bool) -> Iterator[Result]:
    """The log's and the notices' files, a page, and how both grow."""
    small, large, huge = (1_000, 10_000, 10_000) if quick else (10_000, 100_000, 1_000_000)
    with tempfile.TemporaryDirectory() as place:
        root = pathlib.Path(place)
        few = laid(root / "few", small)
        many = laid(root / "many", large)
        yield from exported(many, large, root, quick)
        peaks = [peak(writing(each, "log_leaves", root)) for each in (few, many)]
        said = f"{peaks[0] / 2**20:.1f} and {peaks[1] / 2**20:.1f} MiB"
        is_flat = peaks[1] <= MEMORY_GOAL * peaks[0]
        yield holds(
            f"open data, memory of {small * EACH:,} and of {large * EACH:,} entries",
            said,
            f"<= {MEMORY_GOAL:g} x",
            is_flat,
        )
        yield at_least(
            f"API, a page of {PAGE} notices of {large:,}",
            cpu(asking(many, large * EACH // 2), PAGES),
            cpu(querying(many, large * EACH // 2), PAGES),
            share=PAGE_GOAL,
            quick=quick,
        )
        most = many if huge == large else laid(root / "most", huge)
        yield at_most(
            f"API, a page of {PAGE} at {huge:,} against {small:,}",
            cpu(asking(most, huge * EACH // 2), PAGES),
            cpu(asking(few, small * EACH // 2), PAGES),
            times=GROWTH_GOAL,
            quick=quick,
        )


def exported(many: Flask, notices: int, root: pathlib.Path, quick: bool) -> Iterator[Result]:
    """The files of the log and of the notices."""
    for name, question, rows in (
        ("log_leaves", LOG_QUERY, notices * EACH),
        ("notices", NOTICE_QUERY, notices),
    ):
        yield at_most(
            f"open data, files of {rows:,} {name}",
            cpu(writing(many, name, root)),
            cpu(looping(many, question, root)),
            times=EXPORT_GOAL,
            quick=quick,
        )


def laid(folder: pathlib.Path, notices: int) -> Flask:
    """The product on a volume of that size, with `EACH` entries of the log for each notice."""
    shutil.copytree(volume(Size(notices, AGENCIES, entries=False)), folder)
    with contextlib.closing(sqlite3.connect(folder / "market.sqlite")) as file, file:
        begun = file.execute("SELECT size FROM log_head").fetchone()[0]
        found = file.execute("SELECT number, published_at FROM notice ORDER BY id").fetchall()
        file.executemany(
            "INSERT INTO log_leaf (idx, type, subject, at, leaf) VALUES (?, ?, ?, ?, ?)",
            (
                (place, kind, number, at, LEAF.format(at=at, subject=number, kind=kind).encode())
                for place, (number, at, kind) in enumerate(
                    ((*each, kind) for each in found for kind in KINDS), begun
                )
            ),
        )
        file.execute("UPDATE log_head SET size = ?", (begun + len(found) * EACH,))
    return app_on(folder)


def writing(app: Flask, name: str, root: pathlib.Path) -> Callable[[], None]:
    """A table's three files, as the clock writes them each night."""

    def write() -> None:
        with (
            tempfile.TemporaryDirectory(dir=root) as folder,
            app.app_context(),
            snapshot(VISITOR) as work,
        ):
            place = pathlib.Path(folder)
            file = Database(str(place / files.DATABASE))
            files._write(work, TABLES[name], ledger.size(work), place, file)
            file.close()

    return write


def looping(app: Flask, question: str, root: pathlib.Path) -> Callable[[], None]:
    """The same three forms out of a cursor, by the standard library."""
    source = pathlib.Path(app.instance_path) / "market.sqlite"
    values = (0, 10**9) if "?" in question else ()

    def loop() -> None:
        with (
            tempfile.TemporaryDirectory(dir=root) as folder,
            contextlib.closing(sqlite3.connect(source)) as read,
            contextlib.closing(sqlite3.connect(f"{folder}/out.sqlite")) as kept,
            open(f"{folder}/out.csv", "w", newline="") as comma,
            open(f"{folder}/out.jsonl", "w") as line,
        ):
            cursor = read.execute(question, values)
            names = [each[0] for each in cursor.description]
            kept.execute(f"CREATE TABLE t ({', '.join(names)}, hash)")
            writer = csv.writer(comma)
            marks = ", ".join("?" * (len(names) + 1))
            while some := cursor.fetchmany(500):
                rows = [(*map(_told, names, row), _hash(names, row)) for row in some]
                writer.writerows([sheets.safe(cell) for cell in row] for row in rows)
                line.writelines(
                    json.dumps(dict(zip((*names, "hash"), row, strict=True)), ensure_ascii=False)
                    + "\n"
                    for row in rows
                )
                kept.executemany(f"INSERT INTO t VALUES ({marks})", rows)
            kept.commit()

    return loop


def _told(name: str, value: object) -> object:
    """Instants as text, bytes as text."""
    if name == "at" or name.endswith(("_at", "_close")):
        return value and dt.datetime.fromtimestamp(int(str(value)) / 1000, CHINA).isoformat()
    return value.decode() if isinstance(value, bytes) else value


def _hash(names: list[str], row: tuple[object, ...]) -> str | None:
    leaf = row[names.index("leaf")] if "leaf" in names else None
    return leaf_hash(leaf).hex() if isinstance(leaf, bytes) else None


def peak(work: Callable[[], None]) -> int:
    """The most bytes that Python held while it worked."""
    work()
    tracemalloc.start()
    work()
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def asking(app: Flask, after: int) -> Callable[[], None]:
    """One page as the API's view makes it; the volume has no rulebook, which would open its data."""

    def ask() -> None:
        with app.app_context(), snapshot(VISITOR) as work:
            rows = queries.portion(work, "notices", after, ledger.size(work), PAGE).rows
        names = TABLES["notices"].names
        data = [dict(zip(names, row, strict=True)) for row in rows]
        if len(data) != PAGE or not json.dumps(data, ensure_ascii=False):
            raise RuntimeError(f"{len(data)} rows")

    return ask


def querying(app: Flask, after: int) -> Callable[[], None]:
    """The page's query and `json.dumps`, nothing else."""
    file = sqlite3.connect(pathlib.Path(app.instance_path) / "market.sqlite")

    def ask() -> None:
        cursor = file.execute(NOTICE_QUERY, (after, PAGE))
        names = [each[0] for each in cursor.description]
        data = [dict(zip(names, map(_told, names, row), strict=True)) for row in cursor]
        if len(data) != PAGE or not json.dumps(data, ensure_ascii=False):
            raise RuntimeError(f"{len(data)} rows")

    return ask
