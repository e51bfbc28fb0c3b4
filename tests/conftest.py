"""Fixtures for every room.

`app` is the whole product on a fresh, migrated database with `clock` standing at START; a test
moves `clock.instant`. It runs on SQLite; mark the test `@pytest.mark.databases` and it runs on
SQLite and on PostgreSQL (in the rooms of FLOWS on one of the two), with everything that builds on
`app` (`client`, `live_server`, `page`, the fixtures of a room).

No app context is pushed during a test with `client`: a request would share its `g` and session with
the next one. Tests that call services without HTTP take `context`. A room that needs settings
overrides `app_config`.
"""

import datetime as dt
import os
import pathlib
import shutil
import tempfile
import threading
import zlib
from collections.abc import Callable, Iterator

import flask_migrate
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from werkzeug.serving import make_server

from market.db import db
from market.fabric import fabric
from market.factory import create_app
from market.kernel.clock import FixedClock
from tests import quick
from tests.browser import browser, page, phone, visitor  # noqa: F401
from tests.mail import mail_server  # noqa: F401
from tests.postgres import Databases, PostgresCopies, Reused, postgresql_server  # noqa: F401
from tests.scenes import Copies, SqliteCopies, on_stage

START = dt.datetime(2026, 3, 4, 2, tzinfo=dt.UTC)  # Wednesday 10:00 in China, a working day.
MIGRATIONS = pathlib.Path(__file__).parent.parent / "migrations"
SHM = pathlib.Path("/dev/shm")

# A property is true or false, however busy the machine is; the rest is Hypothesis' own choice, here
# and in CI.
settings.register_profile("patient", settings(deadline=None))
settings.load_profile("patient")


FLOWS = frozenset(
    {
        "accounts",
        "agencies",
        "cards",
        "complaints",
        "contracts",
        "enrolment",
        "evaluations",
        "owners",
        "ratings",
        "reputation",
        "selection",
    }
)
"""Rooms whose tests walk through use cases: the marked tests of a module run on one database, one module
in ONE_IN on PostgreSQL, where a walk takes three times as long; with EVERY_DATABASE set on both. What
races, locks, searches or migrates stands in other rooms and runs on both always.
"""
ONE_IN = 3
RACES = frozenset(
    {
        "tests.accounts.test_tries",
        "tests.complaints.test_again",
        "tests.complaints.test_races",
        "tests.complaints.test_times",
        "tests.contracts.test_confirming",
        "tests.contracts.test_together",
        "tests.selection.test_after",
        "tests.selection.test_attachments",
        "tests.selection.test_auction_races",
        "tests.selection.test_boxes_kept",
        "tests.selection.test_changes",
        "tests.selection.test_drafting",
        "tests.selection.test_draining",
        "tests.selection.test_draw_hub",
        "tests.selection.test_enter_lean",
        "tests.selection.test_entries",
        "tests.selection.test_entries_once",
        "tests.selection.test_jurors",
        "tests.selection.test_listing",
        "tests.selection.test_questions",
        "tests.selection.test_rank_of_notice",
        "tests.selection.test_representatives",
        "tests.selection.test_sealing",
        "tests.selection.test_shown",
        "tests.selection.test_together",
    }
)
"""Modules of FLOWS in which people do things at the same instant, or which ask what a database does in
its own way: both databases.
"""
EVERY_DATABASE = "EVERY_DATABASE"

quick.remember()
quick.in_memory(SHM)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test marked `databases` runs on each of those that its module asks for."""
    if "database" in metafunc.fixturenames and metafunc.definition.get_closest_marker("databases"):
        databases = databases_of(metafunc.module.__name__)
        metafunc.parametrize("database", databases, indirect=True)


def databases_of(module: str) -> list[str]:
    """On which a module's marked tests run. A module that only walks gets one by its name, so that it
    is the same in every run and the module's scenes are built once.
    """
    walks = module.split(".")[1] in FLOWS and module not in RACES
    if not walks or os.environ.get(EVERY_DATABASE):
        return ["sqlite", "postgresql"]
    return ["sqlite"] if zlib.crc32(module.encode()) % ONE_IN else ["postgresql"]


@pytest.fixture
def clock() -> FixedClock:
    """The only time that the product sees; move it by `clock.instant = ...` or
    `clock.advance(timedelta)`.
    """
    return FixedClock(START)


@pytest.fixture
def app_config() -> dict[str, object]:
    """Settings on top of the usual ones of a test; override it in a module or a room's conftest."""
    return {}


@pytest.fixture(scope="session")
def quick_folder() -> Iterator[pathlib.Path]:
    """A folder in memory where there is one: SQLite waits for the disk at every commit otherwise."""
    with tempfile.TemporaryDirectory(
        prefix="market-test-", dir=SHM if SHM.is_dir() else None
    ) as folder:
        yield pathlib.Path(folder)


@pytest.fixture(scope="session")
def sqlite_template(quick_folder: pathlib.Path) -> pathlib.Path:
    """An SQLite file with the migrated schema, to be copied."""
    path = quick_folder / "template.sqlite"
    migrate(f"sqlite:///{path}", quick_folder / "template-instance")
    return path


@pytest.fixture(scope="session")
def postgresql_reused(postgresql_server: Databases, quick_folder: pathlib.Path) -> Iterator[Reused]:
    """A PostgreSQL database with the migrated schema, cleaned after each test."""
    url = postgresql_server.create()
    migrate(url.render_as_string(hide_password=False), quick_folder / "template-instance")
    yield Reused(url)
    postgresql_server.drop(url)


def migrate(url: str, instance: pathlib.Path) -> None:
    """Run every migration on an empty database, as `flask --app app migrate` does, and let go of
    it.
    """
    app = build_app(url, instance, FixedClock(START))
    with app.app_context():
        flask_migrate.upgrade(str(MIGRATIONS))
        db.engine.dispose()


def build_app(url: str, instance: pathlib.Path, clock: FixedClock, **config: object) -> Flask:
    """The product on that database, with a folder of its own for keys and uploads."""
    instance.mkdir(exist_ok=True)
    settings = {
        "TESTING": True,
        "SQLALCHEMY_DATABASE_URI": url,
        "INSTANCE": str(instance),
        "SECRET_KEY": "test",
        "SERVER_NAME": None,
        **config,
    }
    return create_app(settings, clock=clock)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """URL of a database with the migrated schema and nothing else in it."""
    if getattr(request, "param", "sqlite") == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        with tempfile.TemporaryDirectory(dir=template.parent) as folder:
            path = pathlib.Path(folder) / "market.sqlite"
            shutil.copyfile(template, path)
            yield f"sqlite:///{path}"
        return
    reused: Reused = request.getfixturevalue("postgresql_reused")
    yield reused.url.render_as_string(hide_password=False)
    reused.clean()


@pytest.fixture(params=["sqlite", "postgresql"])
def blank_database(request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> Iterator[str]:
    """URL of a database without tables, of each kind in turn: for tests of the migrations
    themselves.
    """
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'blank.sqlite'}"
        return
    server: Databases = request.getfixturevalue("postgresql_server")
    url = server.create()
    yield url.render_as_string(hide_password=False)
    server.drop(url)


@pytest.fixture
def copies(request: pytest.FixtureRequest, database: str, quick_folder: pathlib.Path) -> Copies:
    """Whole copies of `database`, for scenes."""
    if database.startswith("sqlite"):
        return SqliteCopies(database.removeprefix("sqlite:///"), quick_folder / "scenes")
    return PostgresCopies(request.getfixturevalue("postgresql_reused"))


@pytest.fixture
def app(
    database: str,
    clock: FixedClock,
    app_config: dict[str, object],
    tmp_path: pathlib.Path,
    copies: Copies,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Flask]:
    """The whole product on `database` with the test's clock; factories play their scenes in it."""
    app = build_app(database, tmp_path / "instance", clock, **app_config)
    with on_stage(app, clock, copies, lambda: bool(monkeypatch._setattr or monkeypatch._setitem)):
        yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """The app with its context pushed, for calls of services and queries without HTTP."""
    with app.app_context():
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without pictures; for a second person ask `new_client()`."""
    return app.test_client()


@pytest.fixture
def new_client(app: Flask) -> Callable[[], FlaskClient]:
    """Makes a client with cookies of its own."""
    return app.test_client


class LiveServer:
    """The app behind a real socket, in a thread of this process, so that it shares the test's clock
    and database.
    """

    def __init__(self, app: Flask) -> None:
        self._server = make_server("127.0.0.1", 0, app, threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join(timeout=60)
        self._server.server_close()


@pytest.fixture
def live_server(app: Flask) -> Iterator[LiveServer]:
    """The app at `live_server.url`, for browsers and raw HTTP."""
    server = LiveServer(app)
    yield server
    fabric(app).closing.set()  # a draw's streams end now, not in the middle of the next test
    server.stop()
