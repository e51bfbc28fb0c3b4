"""A market with real processes, whose notices close in a few seconds."""

import contextlib
import datetime as dt
import hashlib
import itertools
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from itsdangerous import URLSafeTimedSerializer

from market.accounts.models import Membership, SignIn
from market.accounts.service import digest
from market.db import Model, db, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.clock import FixedClock
from market.kernel.entropy import system_entropy
from market.kernel.ids import Prefix, sibling
from market.ledger import queries as ledger
from market.rulebook.models import RulebookRow
from market.selection.entries.models import Entry
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState
from market.selection.sources.models import Draw, DrawSource
from tests.factories import selection as f
from tests.gunicorn import ROOT, Served, served
from verify.zjcs.merkle import leaf_hash, root_of

SECRET = "storm"
CSRF = "c" * 40
DRAIN = 5  # seconds: what the rulebook waits for at least
ENOUGH = 120.0  # seconds after which something that should have come will not come


class Town:
    """Some agencies with sessions, one gunicorn, one clock."""

    def __init__(self, app, url: str, agencies: int) -> None:
        self.app = app
        self.environment = {
            **os.environ,
            "MARKET_INSTANCE": app.config["INSTANCE"],
            "DATABASE_URL": url,
            "MARKET_SECRET_KEY": SECRET,
        }
        app.secret_key = SECRET
        self.web: Served
        self.clock: subprocess.Popen[bytes] | None = None
        with app.app_context():
            self.first = f.published_notice()
            clock = fabric(app).clock
            assert isinstance(clock, FixedClock)
            clock.instant = dt.datetime.now(dt.UTC)  # agencies of today
            self.people = [f.agency().actor for _ in range(agencies)]
            self.cookies = [self._cookie(actor) for actor in self.people]
            later = dt.datetime.now(dt.UTC) + dt.timedelta(days=30)
            db.session.execute(sa.update(Notice).values(entry_close=later, draw_at=later))
            self._hurry()
        self.numbers = itertools.count(90_001)

    def _cookie(self, actor) -> str:
        """A session as signing in leaves it, and the cookie that names it."""
        token = system_entropy(32).hex()
        now = dt.datetime.now(dt.UTC)
        held = sa.select(Membership.id).where(
            Membership.person_id == actor.person_id,
            Membership.organisation_id == actor.organisation_id,
        )
        row = SignIn(
            token_hash=digest(token),
            person_id=actor.person_id,
            membership_id=db.session.scalar(held),
            began_at=now,
            seen_at=now,
            ends_at=now + dt.timedelta(hours=8),
        )
        db.session.add(row)
        db.session.commit()
        signer = self.app.session_interface.get_signing_serializer(self.app)
        kept = signer.dumps({"_user_id": token, "_fresh": True, "csrf_token": CSRF})
        return f"{self.app.config['SESSION_COOKIE_NAME']}={kept}"

    def _hurry(self) -> None:
        row = db.session.scalars(sa.select(RulebookRow)).one()
        _, unit = row.contents["drain_seconds"]
        row.contents = {**row.contents, "drain_seconds": (DRAIN, unit)}
        db.session.commit()

    @contextlib.contextmanager
    def running(self) -> Iterator["Town"]:
        """gunicorn and the clock; whatever is left of them is ended."""
        told = {
            name: self.environment[name] for name in self.environment.keys() - os.environ.keys()
        }
        try:
            self.start_clock()
            with served(**told) as self.web:
                yield self
        finally:
            self.kill_clock()

    def start_clock(self) -> None:
        with (pathlib.Path(self.app.config["INSTANCE"]) / "clock.log").open("a") as said:
            self.clock = subprocess.Popen(
                [sys.executable, "-m", "flask", "--app", "app", "clock", "run"],
                cwd=ROOT,
                env=self.environment,
                stdout=said,
                stderr=said,
            )

    def kill_clock(self) -> None:
        if self.clock is not None:
            self.clock.kill()
            self.clock.wait()

    def kill_web(self) -> bool:
        """Kill the web's workers, requests in hand and all; gunicorn makes others. False when there
        was none.
        """
        workers = children(self.web.process.pid)
        for worker in workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        return bool(workers)

    def notice(self, closes_in: float) -> tuple[str, dt.datetime]:
        """One more open notice, a copy of the first with another number and close; both of them.

        Its own way to publication would take longer than the round.
        """
        number = f"{self.first[:-5]}{next(self.numbers):05d}"
        later = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
        with self.app.app_context():
            db.session.connection(execution_options={"writes": True})
            (notice_id,) = copied(
                Notice, Notice.number == self.first, number=number, entry_close=later, draw_at=later
            )
            draw = sa.select(Draw.id).where(Draw.number == sibling(self.first, Prefix.DRAW))
            (draw_id,) = copied(
                Draw,
                Draw.id == draw.scalar_subquery(),
                number=sibling(number, Prefix.DRAW),
                notice_id=notice_id,
            )
            copied(DrawSource, DrawSource.draw_id == draw.scalar_subquery(), draw_id=draw_id)
            close = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=closes_in)
            db.session.execute(
                sa.update(Notice).where(Notice.number == number).values(entry_close=close)
            )
            db.session.commit()
            close = db.session.scalar(sa.select(Notice.entry_close).where(Notice.number == number))
        return number, close

    def form(self, number: str, place: int) -> bytes:
        """The entry of one agency, as its browser sends it."""
        token = URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(CSRF)
        once = hashlib.sha256(f"{number} {place}".encode()).hexdigest()[:32]
        body = f"csrf_token={token}&once={once}&quote_fen={50_000 + place}.00&pledge=y".encode()
        return (
            f"POST /notices/{number}/entry HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            f"Cookie: {self.cookies[place]}\r\nOrigin: http://localhost\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body

    def states(self, numbers: list[str]) -> dict[str, NoticeState]:
        with self.app.app_context():
            found = db.session.execute(
                sa.select(Notice.number, Notice.state).where(Notice.number.in_(numbers))
            )
            return {number: state for number, state in found if number is not None}

    def kept(self, number: str) -> list[Entry]:
        """The rows of a notice's entries by their numbers."""
        asked = (
            sa.select(Entry)
            .join(Notice, Notice.id == Entry.notice_id)
            .where(Notice.number == number)
            .order_by(Entry.no)
        )
        with self.app.app_context():
            rows = list(db.session.scalars(asked))
            db.session.expunge_all()
            return rows

    def log(self, number: str) -> list[ledger.Entry]:
        with self.app.app_context():
            return ledger.of_subject(reading(CLOCK), number)

    def log_is_whole(self) -> bool:
        """Whether the leaves, read one after another, give the head's root."""
        with self.app.app_context():
            size, root = ledger.head(reading(CLOCK))
            leaves: list[bytes] = []
            while part := ledger.after(reading(CLOCK), len(leaves), 5_000):
                leaves += [leaf_hash(each.leaf) for each in part]
            return len(leaves) == size and root_of(leaves) == root


def copied(table: type[Model], which: sa.ColumnElement[bool], **other: object) -> list[int]:
    """Copy rows with some other values; the ids of the copies."""
    found = db.session.execute(sa.select(table.__table__).where(which)).mappings().all()
    made = []
    for row in found:
        values = {
            column.name: row[column.name]
            for column in table.__table__.columns
            if column.name != "id" and column.computed is None
        }
        if "submission_key" in values:
            values["submission_key"] = system_entropy(8).hex()
        done: Any = db.session.execute(sa.insert(table).values({**values, **other}))
        made.append(done.inserted_primary_key[0])
    return made


def children(process: int) -> list[int]:
    """The processes that a process has made and that live."""
    found = []
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == process and state != "Z":
                found.append(int(stat.parent.name))
    return found


def until(holds: Callable[[], bool], enough: float = ENOUGH) -> bool:
    """Look until it is so; False when that takes too long."""
    end = time.monotonic() + enough
    while not holds():
        if time.monotonic() > end:
            return False
        threading.Event().wait(0.2)
    return True
