"""The terminal's commands for copies: make one, put one back, try it."""

import contextlib
import pathlib
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from typing import cast

import click
import psycopg
from flask import Flask, current_app
from flask.cli import with_appcontext
from psycopg import sql
from sqlalchemy import URL, make_url

from market.adapters.beacon import witnesses
from market.db import db, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.entropy import system_entropy
from market.ledger import queries as ledger
from market.operations import backup, queries, sealing
from market.operations import restore as restoring
from market.operations.restore import Report
from market.operations.rules import Mode

UNGUARDED = (
    "no witness is set (WITNESS_URL): nothing outside this machine tells an old copy from the newest,"
    " so nothing guards a restored one against going on from the past"
)
PLAIN = (
    "a plain copy says who has entered which notice before its close: give --passphrase-file, or"
    " --plain where the folder's own disk is enciphered"
)
FOLDER = click.Path(file_okay=False, path_type=pathlib.Path)
PASSPHRASE = click.option(
    "--passphrase-file",
    envvar="MARKET_BACKUP_PASSPHRASE_FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=pathlib.Path),
    help="A file whose first line enciphers the copy; without one it is plain.",
)
DATABASE = click.option(
    "--database", help="For a PostgreSQL copy: the address of an empty database to put it in."
)


@contextlib.contextmanager
def _said() -> Iterator[None]:
    """Expected faults as one line on the terminal."""
    try:
        yield
    except backup.NoTool as no:
        raise click.ClickException(
            f"{no} is not on this machine; run it where it is: docs/deploy.md"
        ) from None
    except (sealing.Unopened, backup.Unfit, restoring.NotEmpty, restoring.Damaged) as no:
        raise click.ClickException(str(no)) from no
    except (sqlite3.Error, subprocess.CalledProcessError, OSError) as no:
        raise click.ClickException(f"the database was not copied: {no}") from no


def _folder(path: pathlib.Path, passphrase_file: pathlib.Path | None) -> backup.Folder:
    words = sealing.passphrase_of(passphrase_file) if passphrase_file else None
    return backup.folder_at(path, words)


def _warn_unguarded() -> None:
    if not witnesses(current_app.config, fabric().witness):
        click.echo(UNGUARDED, err=True)


@click.command("backup")
@click.argument("folder", type=FOLDER)
@PASSPHRASE
@click.option("--plain", is_flag=True, help="Copy a production market without a passphrase.")
@with_appcontext
def make_copy(folder: pathlib.Path, passphrase_file: pathlib.Path | None, plain: bool) -> None:
    """Copy database, uploads and settings into FOLDER while the market runs. The keys are never
    among them.
    """
    if passphrase_file is None and not plain and queries.mode(reading(CLOCK)) is Mode.PRODUCTION:
        raise click.UsageError(PLAIN)
    instance = pathlib.Path(current_app.config["INSTANCE"])
    with _said():
        target = _folder(folder, passphrase_file)
        head = ledger.head(reading(CLOCK))
        made, new = backup.make(db.engine, instance, target, now=fabric().clock.now(), head=head)
    click.echo(
        f"{folder / made.database}: a log of about {made.log_size} entries; {new} new uploads, settings"
    )
    click.echo(
        "not copied: keys/, secret.key, identity.key (once, by hand, into a safe: docs/deploy.md)"
        " and checkpoint (it guards against old copies)"
    )
    if target.key is None:
        click.echo("not enciphered: whoever gets this folder reads all of it", err=True)
    _warn_unguarded()


@click.command("restore")
@click.argument("folder", type=FOLDER)
@click.argument("into", type=FOLDER)
@PASSPHRASE
@DATABASE
@with_appcontext
def put_back(
    folder: pathlib.Path,
    into: pathlib.Path,
    passphrase_file: pathlib.Path | None,
    database: str | None,
) -> None:
    """Put the copy in FOLDER into the empty folder INTO, check its digests, and verify its log.
    Exits 1 when something is not as it was copied.
    """
    with _said():
        source = _folder(_there(folder), passphrase_file)
        manifest = restoring.restore(source, into, database)
        report = restoring.verify(_app(), manifest, into, database)
    click.echo(f"the copy of {manifest.made_at} is in {into}")
    _tell(report)
    click.echo("put keys/, secret.key, identity.key and checkpoint beside it: docs/deploy.md")
    _warn_unguarded()


@click.command("drill")
@click.option("--folder", type=FOLDER, help="Try the copy that lies there, instead of a fresh one.")
@PASSPHRASE
@DATABASE
@with_appcontext
def try_copy(
    folder: pathlib.Path | None, passphrase_file: pathlib.Path | None, database: str | None
) -> None:
    """Copy, put the copy back elsewhere, verify it, report, and take all of it away again. Exits 1
    when the copy would not serve.
    """
    with _said(), tempfile.TemporaryDirectory(prefix="drill-copy-") as fresh:
        at = pathlib.Path(fresh) if folder is None else _there(folder)
        target = _folder(at, passphrase_file)
        with _scratch(target, database) as url:
            came = restoring.drill(_app(), target, is_fresh=folder is None, scratch_url=url)
    click.echo(
        f"copied in {came.backup_seconds:.1f} s, put back in {came.restore_seconds:.1f} s,"
        f" verified in {came.verify_seconds:.1f} s" + ("" if target.key is None else "; enciphered")
    )
    _tell(came.report)
    _warn_unguarded()


def _there(folder: pathlib.Path) -> pathlib.Path:
    if not folder.is_dir():
        raise restoring.Damaged(f"{folder} is no folder")
    return folder


def _app() -> Flask:
    return cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]


def _tell(report: Report) -> None:
    click.echo(
        f"{report.files} files as their digests say; a log of {report.log_size} entries,"
        f" root {report.log_root}; {report.differences} differences between rows and log"
    )
    for fault in report.faults:
        click.echo(fault, err=True)
    if not report.is_whole:
        raise click.ClickException("this copy is not whole")


@contextlib.contextmanager
def _scratch(target: backup.Folder, database: str | None) -> Iterator[str | None]:
    """Where a PostgreSQL copy is tried: the database that was named, else one of its own beside
    the market's, which goes afterwards.
    """
    manifest = target.manifest()
    name = manifest.database if manifest else None
    is_dump = name == backup.POSTGRESQL if name else db.engine.dialect.name == "postgresql"
    if not is_dump or database is not None:
        yield database
        return
    scratch = f"market_drill_{system_entropy(4).hex()}"
    live = make_url(backup.str_url(db.engine)).set(drivername="postgresql")
    _alone(live, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(scratch)))
    try:
        yield live.set(database=scratch).render_as_string(hide_password=False)
    finally:
        _alone(live, sql.SQL("DROP DATABASE {}").format(sql.Identifier(scratch)))


def _alone(url: URL, statement: sql.Composed) -> None:
    try:
        with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as at:
            at.execute(statement)
    except psycopg.errors.InsufficientPrivilege as no:
        raise restoring.NotEmpty(
            "this role may not make a database for the drill: name an empty one by --database"
        ) from no


COMMANDS: list[Callable[..., object]] = [make_copy, put_back, try_copy]
