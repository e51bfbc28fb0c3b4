"""The last ten seconds before a close: 2,000 agencies enter through HTTP, on SQLite and on
PostgreSQL.

A real gunicorn, real sessions, real forms. Kept: every entry that was answered with a receipt is in
its table and in the log; none carries an instant at or after the close; every request is answered.
Fair: every form that was written to the wire before the stored close is in the table, however busy
the machine is. Answered: the 99th percentile stays under a second.
"""

import contextlib
import datetime as dt
import itertools
import os
import pathlib
import random
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask
from itsdangerous import URLSafeTimedSerializer

from bench import load, volume
from bench.harness import Result, holds
from bench.outcome import Outcome, count
from market.accounts.models import Membership, Organisation, Person, SignIn
from market.accounts.rules import Kind
from market.accounts.service import digest
from market.adapters.keys import Keys
from market.agencies.models import ServiceLine
from market.agencies.rules import LineState
from market.catalogue.models import ServiceCategory, ServiceItem
from market.db import db
from market.factory import create_app
from market.kernel.entropy import system_entropy
from market.kernel.ids import Prefix, number, sibling
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState
from market.selection.sources.models import Draw
from tests.postgres import Databases, private_server

ENTRANTS = 2_000
LATE = 100
SECONDS = 10.0
CROWD = 5_000
LAST = 30.0  # seconds from the close to the last answer
SLOWEST = 1.0  # seconds, 99th percentile
ROOT = pathlib.Path(__file__).parent.parent
NUMBER = number(Prefix.NOTICE, volume.DIVISION, volume.NOW.year, 99_999)
SECRET = "bench"
CSRF = "c" * 40
DUTIES = "agency_admin agency_agent agency_signatory"
CONNECTIONS = 900  # nearly one for each: who waits for an answer keeps nobody else from sending


def run(quick: bool) -> Iterator[Result]:
    """Three rows for each database, quiet and beside two busy programs, and two of a crowd; `quick`
    sends a fifth in a fifth of the time. One web process on SQLite, two on PostgreSQL.
    """
    share = 5 if quick else 1
    entrants = ENTRANTS // share
    late = LATE // share
    seconds = SECONDS / share
    for name, place in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
        for beside, busy in (("quiet", 0), ("beside two busy programs", 2)):
            with (
                tempfile.TemporaryDirectory() as folder,
                place(pathlib.Path(folder)) as url,
                busy_programs(busy),
            ):
                outcome = rush(pathlib.Path(folder), url, entrants, late, seconds)
            what = f"{entrants:,} entries in the last {seconds:g} s, {name}, {beside}"
            yield holds(
                f"{what}: kept", str(outcome), "all answered, none lost, none late", outcome.is_kept
            )
            yield holds(
                f"{what}: whole before the close but refused",
                str(outcome.unfair),
                "0",
                outcome.unfair == 0,
            )
            yield holds(
                f"{what}: answered",
                f"p99 {outcome.slowest * 1000:.0f} ms",
                f"p99 < {SLOWEST:g} s",
                outcome.slowest < SLOWEST,
            )
        yield from crowd(name, place, share)


def crowd(name: str, place: Callable[[pathlib.Path], Any], share: int) -> Iterator[Result]:
    """More than the machine can answer while they come: all that were whole are in the list, and
    the last one has its answer soon.
    """
    entrants = CROWD // share
    seconds = SECONDS / share
    with tempfile.TemporaryDirectory() as folder, place(pathlib.Path(folder)) as url:
        outcome = rush(pathlib.Path(folder), url, entrants, 0, seconds)
    what = f"{entrants:,} entries in the last {seconds:g} s, {name}"
    yield holds(
        f"{what}: every whole one in the list",
        str(outcome),
        "all answered, none lost, none refused that was whole",
        outcome.is_kept and outcome.unfair == 0,
    )
    yield holds(
        f"{what}: last answer",
        f"{outcome.last:.1f} s after the close",
        f"<= {LAST:g} s",
        outcome.last <= LAST,
    )


@contextlib.contextmanager
def busy_programs(many: int) -> Iterator[None]:
    """Other programs that take what the machine gives."""
    programs = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(many)]
    try:
        yield
    finally:
        for program in programs:
            program.kill()
            program.wait()


@contextlib.contextmanager
def sqlite(folder: pathlib.Path) -> Iterator[str]:
    """A file on the disk, with fsync at every commit as in production."""
    yield f"sqlite:///{folder / 'market.sqlite'}"


@contextlib.contextmanager
def postgresql(folder: pathlib.Path) -> Iterator[str]:
    """A server of our own that waits for the disk as in production."""
    with private_server(fsync="on", synchronous_commit="on", full_page_writes="on") as server:
        yield Databases(server, "bench").create().render_as_string(hide_password=False)


def rush(folder: pathlib.Path, url: str, entrants: int, late: int, seconds: float) -> Outcome:
    """Prepare, fire, count."""
    app = create_app(
        {"INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": url, "SECRET_KEY": SECRET}
    )
    volume.build(app, volume.Size(50, entrants + late, entries=False))
    with app.app_context():
        tokens = prepare(folder, entrants + late)
    with served(folder, url) as port:
        host = f"127.0.0.1:{port}"
        requests = [entry_request(app, host, token, place) for place, token in enumerate(tokens)]
        start = 2.0  # seconds until the first: the server's threads are warm by then
        close = soon(start + seconds)
        with app.app_context():
            close_at(close)
        answers = load.fire(
            "127.0.0.1", port, shots(requests, entrants, start, seconds), CONNECTIONS
        )
    with app.app_context():
        outcome = count(answers, NUMBER)
    leave(app)
    return outcome


def soon(seconds: float) -> dt.datetime:
    return dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)


def close_at(instant: dt.datetime, notice: str = NUMBER) -> None:
    """Move the close of a notice."""
    with db.engine.begin() as connection:
        connection.execute(
            sa.update(Notice).where(Notice.number == notice).values(entry_close=instant)
        )


def leave(app: Flask) -> None:
    """Let go of the database, so that its server can stop."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def prepare(folder: pathlib.Path, agents: int) -> list[str]:
    """One open notice, and for every agency a person with a session; returns the sessions' tokens."""
    Keys(folder).create(
        origin="bench.example/log",
        source="op-chain-1",
        genesis=0,
        period=600,
        slots=10,
        entropy=system_entropy,
    )
    with db.engine.begin() as connection:
        code = put_notice(connection, NUMBER, 1_000_000)
        connection.execute(sa.delete(ServiceLine))
        connection.execute(
            sa.insert(ServiceLine),
            [
                {"agency_id": agent, "item_code": code, "state": LineState.ACTIVE}
                for agent in range(1, agents + 1)
            ],
        )
        firms = connection.scalars(
            sa.select(Organisation.id)
            .where(Organisation.kind == Kind.AGENCY)
            .order_by(Organisation.id)
        )
        return sign_in_all(connection, list(firms))


def put_notice(connection: sa.Connection, notice: str, ident: int) -> str:
    """An open notice with its draw; the code of the service that it asks for."""
    code, category = connection.execute(
        sa.select(ServiceItem.code, ServiceCategory.name)
        .join(ServiceCategory, ServiceCategory.id == ServiceItem.category_id)
        .order_by(ServiceItem.id)
    ).first()
    owner = connection.scalar(
        sa.select(sa.func.min(Organisation.id)).where(Organisation.kind == Kind.OWNER)
    )
    chance = random.Random(1)
    (row,) = volume.notices([0], range(owner, owner + 1), [(code, category)], chance)
    row |= {
        "id": ident,
        "number": notice,
        "state": NoticeState.ENTRY_OPEN,
        "announced_at": None,
        "cancelled_at": None,
        "cancelled_by": None,
        "ceiling_fen": 100_000_000,
        "submission_key": f"bench-{ident}",
    }
    connection.execute(sa.insert(Notice), [row])
    draw = {
        "number": sibling(notice, Prefix.DRAW),
        "notice_id": ident,
        "level": "L1",
        "draw_at": row["draw_at"],
        "notice_leaf": "0" * 64,
        "sources": [],
    }
    connection.execute(sa.insert(Draw), [draw])
    return str(code)


def sign_in_all(connection: sa.Connection, firms: list[int]) -> list[str]:
    """People, memberships and sessions as signing in would have left them."""
    now = dt.datetime.now(dt.UTC)
    tokens = [system_entropy(32).hex() for _ in firms]
    first = 1 + (connection.scalar(sa.select(sa.func.max(Person.id))) or 0)
    people = list(range(first, first + len(firms)))
    _add_people(connection, people, now)
    connection.execute(
        sa.insert(Membership),
        [
            {
                "id": person,
                "person_id": person,
                "organisation_id": firm,
                "duties": DUTIES,
                "since": now,
            }
            for person, firm in zip(people, firms, strict=True)
        ],
    )
    connection.execute(
        sa.insert(SignIn),
        [
            {
                "token_hash": digest(token),
                "person_id": person,
                "membership_id": person,
                "began_at": now,
                "seen_at": now,
                "ends_at": now + dt.timedelta(hours=1),
            }
            for token, person in zip(tokens, people, strict=True)
        ],
    )
    return tokens


def _add_people(connection: sa.Connection, people: list[int], now: dt.datetime) -> None:
    """Persons whose identity was checked."""
    connection.execute(
        sa.insert(Person),
        [
            {
                "id": person,
                "login": f"p{person}@example.org",
                "name": f"经办{person}",
                "password_hash": "-",
                "created_at": now,
                "activated_at": now,
                "verified_at": now,
                "verified_by": "setup",
                "language": "zh",
            }
            for person in people
        ],
    )


def entry_request(
    app: Flask, host: str, token: str, place: int, *, notice: str = NUMBER, twist: int = 0
) -> bytes:
    """The form of entering, filled in and sent by the holder of that session; `twist` makes a key
    of its own for another notice.
    """
    serializer = app.session_interface.get_signing_serializer(app)
    cookie = serializer.dumps({"_user_id": token, "_fresh": True, "csrf_token": CSRF})
    fields = {
        "csrf_token": URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(CSRF),
        "once": f"{place + (twist << 64):032x}",
        "quote_fen": f"{500_000 + place}.00",
        "pledge": "y",
    }
    return load.post(
        f"/notices/{notice}/entry",
        host,
        f"{app.config['SESSION_COOKIE_NAME']}={cookie}",
        urlencode(fields).encode(),
    )


def shots(requests: list[bytes], entrants: int, start: float, seconds: float) -> list[load.Shot]:
    """Ever denser towards the close, as people are; the rest in the second after it."""
    chance = random.Random(2)
    in_time = sorted(start + seconds * chance.random() ** 0.7 for _ in range(entrants))
    late = (start + seconds + 0.05 + place / 100 for place in itertools.count())
    return [
        load.Shot(at, request)
        for at, request in zip(itertools.chain(in_time, late), requests, strict=False)
    ]


@contextlib.contextmanager
def served(folder: pathlib.Path, url: str, *program: str) -> Iterator[int]:
    """The product, or another program, behind gunicorn on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    workers = "1" if url.startswith("sqlite") else "2"
    settings = {
        "MARKET_INSTANCE": str(folder),
        "DATABASE_URL": url,
        "MARKET_SECRET_KEY": SECRET,
        **load.PLACE,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "WEB_CONCURRENCY": workers,
        "WEB_LOG_LEVEL": "warning",
        "WEB_GRACE": "2",
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *program], cwd=ROOT, env={**os.environ, **settings}
    )
    try:
        load.wait(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)
