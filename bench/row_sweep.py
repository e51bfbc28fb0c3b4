"""The sweep: idle with 1e6 open windows against one indexed SELECT, and 100,000 dues of one
midnight with writers about.

A write lock is what another writer waits for: on SQLite from BEGIN IMMEDIATE to the end of the
commit, on PostgreSQL from the lock of the log's head, the only row that all writers share and the
last one taken. The writers are another process; when one of their own tiny transactions takes half
the goal, the machine is too busy to tell and the row says NOISY.
"""

import contextlib
import dataclasses
import datetime as dt
import itertools
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

import flask_migrate
import sqlalchemy as sa
from flask import Flask

from bench.harness import Result, Verdict, at_most, wall
from market.db import db, in_one_transaction, reading
from market.factory import create_app
from market.kernel.actor import CLOCK
from market.kernel.clock import FixedClock
from market.ledger.models import LogLeaf
from market.windows import jobs, service
from market.windows.models import Window
from market.windows.rules import Kind, Nature, State
from tests.postgres import Databases, private_server

OPEN = 1_000_000
OPEN_QUICK = 100_000
DUE = 100_000
DUE_QUICK = 5_000
# times, seconds
IDLE_GOAL = 3.0
LOCK_GOAL = 0.100
MIDNIGHT = dt.datetime(2026, 3, 3, 16, tzinfo=dt.UTC)
BATCH = 10_000
KIND = Kind("bench.act", Nature.ACT, "到时")
ROOT = pathlib.Path(__file__).parent.parent


def run(quick: bool) -> Iterator[Result]:
    """Two rows for each database."""
    with databases() as found:
        for name, url, folder in found:
            app = create_app(
                {"INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": url, "SECRET_KEY": "bench"},
                clock=FixedClock(MIDNIGHT),
            )
            with app.app_context():
                flask_migrate.upgrade(str(ROOT / "migrations"))
                fill(OPEN_QUICK if quick else OPEN, MIDNIGHT + dt.timedelta(days=1))
            yield idle(app, name, OPEN_QUICK if quick else OPEN, quick)
            with app.app_context():
                fill(DUE_QUICK if quick else DUE, MIDNIGHT, first="due")
            yield midnight(app, name, url, folder, DUE_QUICK if quick else DUE)
            with app.app_context():
                db.session.remove()
                db.engine.dispose()


@contextlib.contextmanager
def databases() -> Iterator[Iterator[tuple[str, str, pathlib.Path]]]:
    """An SQLite file and a PostgreSQL that waits for its disk, each with an instance folder."""
    with (
        tempfile.TemporaryDirectory(prefix="market-sweep-") as place,
        private_server(
            fsync="on", synchronous_commit="on", full_page_writes="on", autovacuum="on"
        ) as server,
    ):

        def each() -> Iterator[tuple[str, str, pathlib.Path]]:
            for name in ("SQLite", "PostgreSQL"):
                folder = pathlib.Path(place) / name
                folder.mkdir()
                url = f"sqlite:///{folder / 'market.sqlite'}"
                if name == "PostgreSQL":
                    url = Databases(server, "sweep").create().render_as_string(hide_password=False)
                yield name, url, folder

        yield each()


def fill(count: int, due_at: dt.datetime, first: str = "open") -> None:
    """Open windows by bulk insert, a second apart from `due_at` on, or all at that instant when
    they are to be due.
    """
    step = dt.timedelta(seconds=0 if first == "due" else 1)
    rows = (
        {
            "division": "360481",
            "kind": KIND.name,
            "nature": KIND.nature,
            "subject": f"GG-{first}-{number}",
            "matter": f"{first}-{number}",
            "trigger_at": MIDNIGHT - dt.timedelta(days=3),
            "due_at": due_at + number * step,
            "certainty": "confirmed",
            "arrangements": "",
            "stops": [],
            "state": State.OPEN,
        }
        for number in range(count)
    )
    with db.engine.begin() as connection:
        while batch := list(itertools.islice(rows, BATCH)):
            connection.execute(Window.__table__.insert(), batch)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE"))


def idle(app: Flask, name: str, count: int, quick: bool) -> Result:
    """A sweep that finds nothing to do, against one SELECT of what is due, each in a context and
    snapshot of its own.
    """
    due = (
        sa.select(Window.id)
        .where(Window.state == State.OPEN, Window.overdue_at.is_(None), Window.due_at <= MIDNIGHT)
        .limit(1)
    )

    def sweep() -> None:
        with app.app_context():
            jobs.sweep()

    def select() -> None:
        with app.app_context():
            assert reading(CLOCK).session.execute(due).first() is None

    return at_most(
        f"idle sweep, {count:,} open windows, {name}",
        wall(sweep, 100),
        wall(select, 100),
        times=IDLE_GOAL,
        quick=quick,
    )


@dataclasses.dataclass
class Locks:
    """How long each transaction of this process that writes held its lock, in seconds."""

    began: float = 0.0
    held: list[float] = dataclasses.field(default_factory=list)

    def begin(self, connection: sa.Connection) -> None:
        if connection.get_execution_options().get("writes"):
            self.began = time.perf_counter()

    def head(self, connection: sa.Connection, cursor: object, statement: str, *_: object) -> None:
        if "log_head" in statement and statement.endswith("FOR UPDATE"):
            self.began = time.perf_counter()

    @contextlib.contextmanager
    def watched(self) -> Iterator["Locks"]:
        """While it lasts, the sweep's transactions are timed."""
        sa.event.listen(db.engine, "begin", self.begin)
        sa.event.listen(db.engine, "after_cursor_execute", self.head)
        jobs.in_one_transaction = self.run
        yield self
        jobs.in_one_transaction = in_one_transaction
        sa.event.remove(db.engine, "begin", self.begin)
        sa.event.remove(db.engine, "after_cursor_execute", self.head)

    def run(self, *words: Any, **given: Any) -> Any:
        """`in_one_transaction`, and how long it held the lock."""
        result = in_one_transaction(*words, **given)
        self.held.append(time.perf_counter() - self.began)
        return result


def _verdict(each_once: bool, longest: float, writers_longest: float) -> Verdict:
    """Every window once is owed; a long lock counts only where the machine let the writers alone."""
    if not each_once:
        return Verdict.FAIL
    if longest < LOCK_GOAL:
        return Verdict.PASS
    return Verdict.NOISY if writers_longest > LOCK_GOAL / 2 else Verdict.FAIL


def _swept() -> tuple[int, int, int]:
    """Windows left open at midnight, facts of closing, and of how many windows these are."""
    left = db.session.scalar(
        sa.select(sa.func.count()).where(Window.state == State.OPEN, Window.due_at <= MIDNIGHT)
    )
    facts, once = db.session.execute(
        sa.select(sa.func.count(), sa.func.count(LogLeaf.subject.distinct())).where(
            LogLeaf.type == "window.closed"
        )
    ).one()
    return left, facts, once


def midnight(app: Flask, name: str, url: str, folder: pathlib.Path, count: int) -> Result:
    """Work off what is due while another process writes; every window once, and nobody waits long
    for the lock.
    """
    writer = subprocess.Popen(
        [sys.executable, "-m", "bench.row_sweep", url, str(folder)],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert writer.stdout and writer.stdin
    writer.stdout.readline()  # its first write is done
    with app.app_context():
        start = time.perf_counter()
        with Locks().watched() as locks:
            jobs.sweep()
        took = time.perf_counter() - start
        left, facts, once = _swept()
    writer.stdin.close()
    wrote = json.loads(writer.stdout.readline())
    writer.wait()
    each_once = left == 0 and once == facts == count and wrote["writes"] > 0
    verdict = _verdict(each_once, max(locks.held), wrote["held"])
    said = (
        f"longest lock {max(locks.held) * 1000:.0f} ms (median {statistics.median(locks.held) * 1000:.0f}, the writers' own "
        f"longest {wrote['held'] * 1000:.0f}), {count / took:,.0f}/s, {facts:,} facts, {left} left; "
        f"{wrote['writes']:,} other writes, slowest {wrote['slowest'] * 1000:.0f} ms"
    )
    return Result(
        f"{count:,} due at one midnight with web writes, {name}",
        said,
        f"each once, lock < {LOCK_GOAL * 1000:.0f} ms",
        verdict,
    )


def write(url: str, folder: str) -> None:
    """Another process: one small use case after another until standard input ends, then what it
    saw.
    """
    app = create_app(
        {"INSTANCE": folder, "SQLALCHEMY_DATABASE_URI": url, "SECRET_KEY": "bench"},
        clock=FixedClock(MIDNIGHT),
    )
    stop = subprocess.Popen(["cat"], stdin=sys.stdin, stdout=subprocess.DEVNULL)
    slowest = 0.0
    writes = 0
    with app.app_context(), Locks().watched() as locks:
        while stop.poll() is None:
            before = time.perf_counter()
            locks.run(
                service.open_at,
                CLOCK,
                KIND,
                subject="GG-web",
                matter=f"web-{writes}",
                due_at=MIDNIGHT + dt.timedelta(days=2),
            )
            slowest = max(slowest, time.perf_counter() - before)
            writes = writes + 1
            if writes == 1:
                print("writing", flush=True)
                slowest = 0.0
            time.sleep(0.005)  # a busy site, not a flood: other people type
    print(
        json.dumps({"writes": writes, "slowest": slowest, "held": max(locks.held[1:])}), flush=True
    )


if __name__ == "__main__":
    write(*sys.argv[1:])
