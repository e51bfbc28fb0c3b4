"""A copy of everything but the keys, taken while the market runs (docs/deploy.md tells how to put
it back).
"""

import os
import pathlib
import shutil
import sqlite3
import subprocess
from contextlib import closing

from sqlalchemy import Engine, make_url

SQLITE = "market.sqlite"
POSTGRESQL = "market.dump"
FOLDER = "uploads"
SETTINGS = "market.toml"


class NoTool(Exception):
    """pg_dump is not on this machine."""


def database(engine: Engine, folder: pathlib.Path) -> pathlib.Path:
    """Copy the database whole as it stands at one instant; returns the file. Raises NoTool,
    CalledProcessError.
    """
    if engine.dialect.name == "sqlite":
        return _sqlite(engine, folder / SQLITE)
    return _postgresql(engine, folder / POSTGRESQL)


def files(instance: pathlib.Path, folder: pathlib.Path) -> int:
    """Copy uploads that are not there yet, and the settings; returns how many uploads were new.

    Done after the database, so that whatever its copy names is among them: uploads are never
    changed, only added.
    """
    if (instance / SETTINGS).exists():
        shutil.copy2(instance / SETTINGS, folder / SETTINGS)
    new = 0
    for path in (path for path in (instance / FOLDER).rglob("*") if path.is_file()):
        target = folder / path.relative_to(instance)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copy2(path, target)
            new += 1
    return new


def _sqlite(engine: Engine, target: pathlib.Path) -> pathlib.Path:
    fresh = target.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with (
        closing(sqlite3.connect(engine.url.database or "")) as source,
        closing(sqlite3.connect(fresh)) as copy,
    ):
        source.backup(copy)
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("the copy is not whole")
    fresh.chmod(0o600)
    fresh.replace(target)
    return target


def _postgresql(engine: Engine, target: pathlib.Path) -> pathlib.Path:
    tool = shutil.which("pg_dump")
    if tool is None:
        raise NoTool
    url = make_url(engine.url)
    given = {
        "PGHOST": url.host or url.query.get("host"),
        "PGPORT": url.port,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    # By the environment: the words of a command line are seen by everybody on the machine.
    environment = {**os.environ, **{name: str(value) for name, value in given.items() if value}}
    subprocess.run(  # noqa: S603 - our own words
        [tool, "--format=custom", "--no-owner", f"--file={target}"], env=environment, check=True
    )
    target.chmod(0o600)
    return target
