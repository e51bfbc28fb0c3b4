"""Putting a copy back in an empty place, and looking whether it is whole (ADR 0036)."""

import dataclasses
import hashlib
import pathlib
import shutil
import tempfile
from collections.abc import Iterator

import sqlalchemy as sa
from flask import Flask

from market.db import db, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.ledger import queries as ledger
from market.operations import audit, backup
from market.operations.backup import Folder, Manifest
from verify.zjcs import merkle

BATCH = 500


class NotEmpty(Exception):
    """Something stands where the copy is to be put."""


class Damaged(Exception):
    """A file of the copy is not what the manifest says."""


@dataclasses.dataclass(frozen=True)
class Report:
    """What was found in a restored copy. `log_root` is computed from all leaves."""

    files: int
    log_size: int
    log_root: str
    differences: int
    faults: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return not self.faults


def restore(folder: Folder, into: pathlib.Path, database_url: str | None) -> Manifest:
    """Put a copy into an empty folder, and a PostgreSQL one into an empty database.

    Raises NotEmpty, Damaged, backup.NoTool, CalledProcessError, sealing.Unopened.
    """
    manifest = folder.manifest()
    if manifest is None:
        raise Damaged("there is no copy in this folder")
    is_dump = manifest.database == backup.POSTGRESQL
    if is_dump and database_url is None:
        raise NotEmpty("a PostgreSQL copy needs --database, the address of an empty database")
    if into.exists() and any(into.iterdir()):
        raise NotEmpty(f"{into} is not empty")
    if is_dump and database_url is not None:
        _check_no_tables(database_url)
    into.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in manifest.files:
        if not is_dump or name != manifest.database:
            _write(folder, manifest, name, into / name)
    if is_dump and database_url is not None:
        _load(folder, manifest, into, database_url)
    else:
        backup.check_sqlite(into / backup.SQLITE)
    return manifest


def _write(folder: Folder, manifest: Manifest, name: str, target: pathlib.Path) -> None:
    """One file, held against its digest before it gets its name."""
    if pathlib.PurePosixPath(name).is_absolute() or ".." in pathlib.PurePosixPath(name).parts:
        raise Damaged(f"{name} points out of the folder")
    digest = hashlib.sha256()

    def chunks() -> Iterator[bytes]:
        for chunk in folder.get(name):
            digest.update(chunk)
            yield chunk

    fresh = target.with_name(target.name + ".new")
    try:
        backup.write_private(fresh, chunks())
    except FileNotFoundError as no:
        raise Damaged(f"{name} is missing") from no
    if digest.hexdigest() != manifest.files[name].sha256:
        fresh.unlink()
        raise Damaged(f"{name} is not what was copied")
    fresh.replace(target)


def _check_no_tables(url: str) -> None:
    engine = sa.create_engine(_driven(url))
    try:
        if sa.inspect(engine).get_table_names():
            raise NotEmpty("that database has tables")
    finally:
        engine.dispose()


def _load(folder: Folder, manifest: Manifest, into: pathlib.Path, url: str) -> None:
    with tempfile.TemporaryDirectory(prefix="restore-", dir=into) as desk:
        dump = pathlib.Path(desk) / manifest.database
        _write(folder, manifest, manifest.database, dump)
        parsed = sa.make_url(url)
        words = ["--no-owner", "--exit-on-error", f"--dbname={parsed.database}", str(dump)]
        backup.run_tool("pg_restore", words, url)


def _driven(url: str) -> str:
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def verify(app: Flask, manifest: Manifest, into: pathlib.Path, database_url: str | None) -> Report:
    """Open the restored copy with this program, recompute its log from the leaves, and hold every
    row against it. Nothing is written.
    """
    url = database_url or f"sqlite:///{into / backup.SQLITE}"
    copy = fabric(app).make_app(
        {"INSTANCE": str(into), "DATABASE_URL": _driven(url), "TESTING": app.testing},
        clock=fabric(app).clock,
    )
    with copy.app_context():
        try:
            return _looked_at(manifest, into)
        finally:
            db.session.remove()
            db.engine.dispose()


def _looked_at(manifest: Manifest, into: pathlib.Path) -> Report:
    work = reading(CLOCK)
    size, root = ledger.head(work)
    faults = []
    if merkle.root_of(_leaf_hashes()) != root:
        faults.append("the log's leaves do not give its root")
    if size < manifest.log_size:
        faults.append(f"the log has {size} entries, the copy was begun at {manifest.log_size}")
    elif manifest.log_size and ledger.root_at(work, manifest.log_size).hex() != manifest.log_root:
        faults.append("the log is another one than that of the copy's beginning")
    found = audit.compared()
    if found.count:
        faults.append(f"{found.count} rows and entries of the log differ")
    missing = [name for name in manifest.files if name.startswith(backup.FOLDER)]
    missing = [name for name in missing if not (into / name).exists()]
    if missing:
        faults.append(f"{len(missing)} uploads are missing")
    return Report(len(manifest.files), size, root.hex(), found.count, tuple(faults))


def _leaf_hashes() -> Iterator[bytes]:
    position = 0
    while entries := ledger.after(reading(CLOCK), position, BATCH):
        for entry in entries:
            yield merkle.leaf_hash(entry.leaf)
        position = entries[-1].index + 1
        db.session.expunge_all()


@dataclasses.dataclass(frozen=True)
class Drill:
    """What a drill came to: how long each part took, in seconds."""

    report: Report
    backup_seconds: float
    restore_seconds: float
    verify_seconds: float


def drill(app: Flask, folder: Folder, *, is_fresh: bool, scratch_url: str | None) -> Drill:
    """Copy, put the copy back elsewhere, verify it, and take everything of it away again. Where
    `is_fresh` is false the copy that lies in the folder is tried.
    """
    instance = pathlib.Path(app.config["INSTANCE"])
    watch = fabric(app).stopwatch
    began = watch.now()
    if is_fresh:
        head = ledger.head(reading(CLOCK))
        backup.make(db.engine, instance, folder, now=fabric().clock.now(), head=head)
    copied = watch.now()
    elsewhere = pathlib.Path(tempfile.mkdtemp(prefix="drill-"))
    try:
        manifest = restore(folder, elsewhere, scratch_url)
        restored = watch.now()
        report = verify(app, manifest, elsewhere, scratch_url)
        spans = (copied - began, restored - copied, watch.now() - restored)
        return Drill(report, *(span.total_seconds() for span in spans))
    finally:
        shutil.rmtree(elsewhere)
