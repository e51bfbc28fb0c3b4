"""Appending to the public log with the business row that it speaks of, against the bare insert of
the same rows.

The floor sends the same rows, worked out beforehand, by the driver alone: begin, one business row,
the leaf, its nodes, the head, commit. Seconds on the wall, since both wait for the disk. The ratio
is what the use case, its one transaction, the canonical leaf and the tree cost on top of the
storing.
"""

import itertools
import pathlib
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

import flask_migrate
import rfc8785
import sqlalchemy as sa
from flask import Flask

from bench import deadline_rush
from bench.harness import Result, at_most, wall
from market.db import Work, db, in_one_transaction
from market.factory import create_app
from market.kernel.actor import CLOCK
from market.ledger import rules
from market.ledger.models import LogHead
from market.ledger.service import record
from market.operations.models import Heartbeat
from market.prepared import Prepared
from market.selection.entries.events import EntryReceived
from verify.zjcs.merkle import Frontier, leaf_hash, node_hash

GOAL = 3.0
TIMES = 20  # appends a round
NUMBER = "GG-360481-2026-00001"
DRAW = "XQ-360481-2026-00001"
ADD_ROW = Prepared(sa.insert(Heartbeat))  # as the paths that thousands take at once do
STEPS = (
    "INSERT INTO heartbeat (job, at, trouble) VALUES (?, ?, ?)",
    "INSERT INTO log_leaf (idx, type, subject, at, leaf) VALUES (?, ?, ?, ?, ?)",
    "INSERT INTO log_node (key, hash) VALUES (?, ?)",
    "UPDATE log_head SET size = ?, root = ?",
)


def run(quick: bool) -> Iterator[Result]:
    """One row for each database; product and floor each on a database of its own."""
    for name, place in (
        ("SQLite FULL", deadline_rush.sqlite),
        ("PostgreSQL", deadline_rush.postgresql),
    ):
        with (
            tempfile.TemporaryDirectory() as ours,
            tempfile.TemporaryDirectory() as bare,
            place(pathlib.Path(ours)) as url,
            place(pathlib.Path(bare)) as other,
        ):
            app, floor = (
                migrated(pathlib.Path(folder), at) for folder, at in ((ours, url), (bare, other))
            )
            yield at_most(
                f"append with its row, {name}",
                wall(product(app), TIMES),
                wall(Floor(floor), TIMES),
                times=GOAL,
                quick=quick,
            )
            for each in (app, floor):
                deadline_rush.leave(each)


def migrated(folder: pathlib.Path, url: str) -> Flask:
    app = create_app(
        {"INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": url, "SECRET_KEY": "bench"}
    )
    with app.app_context():
        flask_migrate.upgrade()
    return app


def product(app: Flask) -> Callable[[], None]:
    """One use case that writes one row and records one fact."""
    numbers = itertools.count(1)

    def use_case(work: Work, number: int) -> None:
        ADD_ROW.act(work, {"job": f"bench-{number}", "at": work.now, "trouble": None})
        record(work, event(number, work))

    def append() -> None:
        with app.app_context():
            in_one_transaction(use_case, CLOCK, next(numbers))

    return append


def event(number: int, work: Work) -> EntryReceived:
    return EntryReceived(subject=NUMBER, at=work.now, commit=f"{number:064x}", draw=DRAW, no=number)


class Floor:
    """The same rows by the driver; what stands in them was worked out before."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            self._connection = db.engine.raw_connection()
            self._is_sqlite = db.engine.dialect.name == "sqlite"
            size = db.session.scalar(sa.select(LogHead.size)) or 0
            db.session.remove()
        self._ready = iter(list(itertools.islice(rows(size), TIMES * 60)))
        self._steps = STEPS if self._is_sqlite else tuple(step.replace("?", "%s") for step in STEPS)

    def __call__(self) -> None:
        business, leaf, nodes, head = next(self._ready)
        cursor = self._connection.cursor()
        if self._is_sqlite:
            cursor.execute("BEGIN IMMEDIATE")
        cursor.execute(self._steps[0], business)
        cursor.execute(self._steps[1], leaf)
        cursor.executemany(self._steps[2], nodes)
        cursor.execute(self._steps[3], head)
        self._connection.commit()


def rows(size: int) -> Iterator[tuple[Any, ...]]:
    """Business row, leaf, nodes and head of one append after another, on a log that is empty at
    first.
    """
    if size:
        raise RuntimeError("the floor begins with an empty log")
    known: dict[rules.Node, bytes] = {}
    tree = Frontier()
    for index in itertools.count():
        text = rfc8785.dumps(
            {
                "v": 1,
                "type": "entry.received",
                "draw": DRAW,
                "no": index + 1,
                "commit": f"{index:064x}",
                "at": 1_772_589_600,
            }
        )
        nodes = []
        for level, place in rules.completed_by(index):
            known[level, place] = (
                node_hash(known.pop((level - 1, 2 * place)), known.pop((level - 1, 2 * place + 1)))
                if level
                else leaf_hash(text)
            )
            nodes.append((rules.node_key(level, place), known[level, place]))
        tree.append(leaf_hash(text))
        yield (
            (f"bench-{index}", 1_772_589_600_000, None),
            (index, "entry.received", NUMBER, 1_772_589_600_000, text),
            nodes,
            (index + 1, tree.root()),
        )
