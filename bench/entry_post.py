"""An entry sent by form, through HTTP, against the least that could be done in its place.

On SQLite that is a POST which only parses and answers: the same cookie, form, token and redirect.
On PostgreSQL it is a program which does that and then the same INSERTs by the driver, with a commit
for each form. And a form that comes too late against one that is accepted.

Each stands behind gunicorn with the product's own settings and gets the same requests over the same
number of connections. Seconds on the wall, since an entry waits for the disk before it is answered.
"""

import contextlib
import itertools
import os
import pathlib
import tempfile
import threading
from collections.abc import Callable, Iterator

import psycopg
import sqlalchemy as sa
from flask import Flask, redirect
from flask_wtf import CSRFProtect, FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import InputRequired

from bench import deadline_rush, load, volume
from bench.harness import Result, at_least, at_most, wall
from market.db import db
from market.factory import create_app
from market.kernel.ids import Prefix, number

GOAL = 0.40  # of the program that only parses and answers
GOAL_WRITING = 0.60  # of the one that also writes
LATE = 1.2  # times an accepted entry
TOGETHER = 60  # entries a round
CONNECTIONS = 16
ENTRANTS = TOGETHER * 50  # for every round of every try
COOKIE = "market"
OPEN, CLOSED = (
    number(Prefix.NOTICE, volume.DIVISION, volume.NOW.year, place) for place in (99_998, 99_997)
)
COPIED = ("entry", "submission", "log_leaf", "log_node")


def run(quick: bool) -> Iterator[Result]:
    """Two rows for each database: entries a second, as a share of the floor's; a late form's cost."""
    for name, place in (
        ("SQLite FULL", deadline_rush.sqlite),
        ("PostgreSQL", deadline_rush.postgresql),
    ):
        with tempfile.TemporaryDirectory() as folder, place(pathlib.Path(folder)) as url:
            writes = not url.startswith("sqlite")
            app, tokens = prepared(pathlib.Path(folder), url)

            bare = "bench.entry_post:writing_floor()" if writes else "bench.entry_post:floor()"
            with (
                deadline_rush.served(pathlib.Path(folder), url) as product,
                deadline_rush.served(pathlib.Path(folder), url, bare) as floor,
            ):
                requests = forms(app, tokens, deadline_rush.NUMBER)
                beside = "a program that writes the same" if writes else "one that only answers"
                yield at_least(
                    f"an entry through HTTP, {name}, against {beside}",
                    wall(sending(product, iter(requests))),
                    wall(sending(floor, itertools.cycle(requests))),
                    share=GOAL_WRITING if writes else GOAL,
                    quick=quick,
                )
                yield at_most(
                    f"a late refusal against an accepted entry, {name}",
                    wall(sending(product, iter(forms(app, tokens, CLOSED, 1)), status=409)),
                    wall(sending(product, iter(forms(app, tokens, OPEN, 2)))),
                    times=LATE,
                    quick=quick,
                )


def prepared(folder: pathlib.Path, url: str) -> tuple[Flask, list[str]]:
    """A database with three notices, one of them closed, and on PostgreSQL the floor's own tables;
    the application, and the sessions' tokens.
    """
    app = create_app(
        {
            "INSTANCE": str(folder),
            "SQLALCHEMY_DATABASE_URI": url,
            "SECRET_KEY": deadline_rush.SECRET,
        }
    )
    volume.build(app, volume.Size(50, ENTRANTS, entries=False))
    with app.app_context():
        tokens = deadline_rush.prepare(folder, ENTRANTS)
        with db.engine.begin() as connection:
            for place, notice in enumerate((OPEN, CLOSED), start=1):
                deadline_rush.put_notice(connection, notice, 1_000_000 + place)
            if connection.dialect.name == "postgresql":
                for table in COPIED:
                    copy = f"CREATE TABLE floor_{table} (LIKE {table} INCLUDING ALL)"
                    connection.execute(sa.text(copy))
        for notice, seconds in ((deadline_rush.NUMBER, 3600), (OPEN, 3600), (CLOSED, -60)):
            deadline_rush.close_at(deadline_rush.soon(seconds), notice)
    deadline_rush.leave(app)
    return app, tokens


def forms(app: Flask, tokens: list[str], notice: str, twist: int = 0) -> list[bytes]:
    """Everybody's entry to a notice; `twist` is another one for each notice."""
    return [
        deadline_rush.entry_request(app, "localhost", token, place, notice=notice, twist=twist)
        for place, token in enumerate(tokens)
    ]


def sending(port: int, requests: Iterator[bytes], status: int = 303) -> Callable[[], None]:
    """Send the next ones at once; what is answered must be a redirect to the receipt, or the
    refusal that is expected.
    """

    def send() -> None:
        shots = [load.Shot(0.0, request) for request in itertools.islice(requests, TOGETHER)]
        answers = load.fire("127.0.0.1", port, shots, CONNECTIONS)
        if wrong := [answer for answer in answers if answer.status != status]:
            raise RuntimeError(
                f"{len(wrong)} of {len(answers)} answered otherwise: {wrong[0].status}"
            )

    return send


def floor(write: Callable[[], None] = lambda: None) -> Flask:
    """The least program that takes this form: the session is opened, the token and the fields are
    checked.
    """
    app = Flask("floor")
    app.config.update(SECRET_KEY=os.environ["MARKET_SECRET_KEY"], SESSION_COOKIE_NAME=COOKIE)
    CSRFProtect(app)

    class Entry(FlaskForm):
        once = HiddenField()
        again = HiddenField()
        quote_fen = StringField(validators=[InputRequired()])
        pledge = BooleanField(validators=[InputRequired()])

    @app.get("/healthz")
    def healthz() -> str:
        return "well"

    @app.post("/notices/<number>/entry")
    def enter(number: str) -> Response:
        if not Entry().validate_on_submit():
            raise RuntimeError("the form is not right")
        write()
        return redirect("/entries/BM-0000-0000", 303)

    return app


INSERTS = (
    "INSERT INTO floor_submission (key_hash, sender_hash, content_hash) VALUES (%(key)s, %(key)s, %(key)s)",
    "INSERT INTO floor_entry (division, notice_id, agency_id, ref, representative, no, receipt, commit,"
    " sealed, received_at, received_by, entered_by, state, submission_key) VALUES ('360481', 1, %(n)s,"
    " 'A', 'B', %(n)s, %(key)s, %(key)s, %(box)s, %(n)s, 'kernel', %(n)s, 'received', %(key)s)",
    "INSERT INTO floor_log_leaf (idx, type, subject, at, leaf) VALUES (%(n)s, 'entry.received', 'GG', %(n)s, %(box)s)",
    "INSERT INTO floor_log_node (key, hash) VALUES (%(n)s * 2, %(hash)s), (%(n)s * 2 + 1, %(hash)s)",
)
BOX = b"q" * 220  # bytes of a sealed quote, and of a leaf
HASH = b"h" * 32


def writing_floor() -> Flask:
    """The same, which writes what an entry leaves behind: one transaction for each form, on a
    connection of each thread's own, the values worked out before.
    """
    kept = threading.local()
    numbers = itertools.count(1)
    url = os.environ["DATABASE_URL"].replace("+psycopg", "")

    def write() -> None:
        with contextlib.suppress(AttributeError):
            return _insert(kept.connection, next(numbers))
        kept.connection = psycopg.connect(url)
        return _insert(kept.connection, next(numbers))

    return floor(write)


def _insert(connection: psycopg.Connection, place: int) -> None:
    n = (os.getpid() << 32) + place
    values = {"n": n, "key": f"{n:064x}", "box": BOX, "hash": HASH}
    for statement in INSERTS:
        connection.execute(statement, values)
    connection.commit()
