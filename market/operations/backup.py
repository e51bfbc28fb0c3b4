"""A copy of everything but the keys, taken while the market runs, plain or enciphered (ADR 0036).

`manifest.json` says what belongs to the copy, with sizes and digests, and how far the log was.
"""

import dataclasses
import datetime as dt
import hashlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import BinaryIO

from sqlalchemy import Engine, make_url

from market.kernel.plain import Json
from market.operations import sealing

SQLITE = "market.sqlite"
POSTGRESQL = "market.dump"
FOLDER = "uploads"
SETTINGS = "market.toml"
MANIFEST = "manifest.json"
CHUNK = 2**20


class NoTool(Exception):
    """pg_dump or pg_restore is not on this machine."""


class Unfit(Exception):
    """The folder holds a copy of another kind: enciphered where this is plain, or the reverse."""


@dataclasses.dataclass(frozen=True)
class Part:
    """A file of a copy: bytes and SHA-256 (hex) of what it holds in the clear."""

    size: int
    sha256: str


@dataclasses.dataclass(frozen=True)
class Manifest:
    """What belongs to a copy. The log was at `log_size` with `log_root` (hex) when it was begun:
    the database's copy holds that much or more.
    """

    made_at: str
    database: str
    log_size: int
    log_root: str
    files: dict[str, Part]

    def written(self) -> bytes:
        return json.dumps(dataclasses.asdict(self), indent=1, sort_keys=True).encode()

    @staticmethod
    def read(data: bytes) -> "Manifest":
        """Raises sealing.Unopened for what no backup has written."""
        try:
            said: Json = json.loads(data)
            files = {name: Part(**part) for name, part in said.pop("files").items()}
            return Manifest(**said, files=files)
        except (ValueError, KeyError, TypeError, AttributeError) as no:
            raise sealing.Unopened(f"{MANIFEST} is damaged") from no


class Folder:
    """A folder of copies, open to its owner alone. With a key its files are enciphered."""

    def __init__(self, path: pathlib.Path, key: bytes | None) -> None:
        self.path = path
        self.key = key

    def put(self, name: str, source: BinaryIO) -> Part:
        """Write a file whole, or leave the one that was there."""
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        digest = hashlib.sha256()
        counted = _Counted(source, digest)
        fresh = target.with_name(target.name + ".new")
        chunks = _chunks(counted) if self.key is None else sealing.sealed(counted, self.key, name)  # type: ignore[arg-type]
        write_private(fresh, chunks)
        fresh.replace(target)
        return Part(counted.size, digest.hexdigest())

    def get(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, in the clear. Raises sealing.Unopened, FileNotFoundError."""
        with (self.path / name).open("rb") as source:
            yield from (
                _chunks(source) if self.key is None else sealing.opened(source, self.key, name)
            )

    def manifest(self) -> Manifest | None:
        """What it holds now; None of an empty one."""
        if not (self.path / MANIFEST).exists():
            return None
        return Manifest.read(b"".join(self.get(MANIFEST)))


class _Counted:
    """A file whose bytes are counted and digested as they are read."""

    def __init__(self, source: BinaryIO, digest: "hashlib._Hash") -> None:
        self._source = source
        self._digest = digest
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self._digest.update(data)
        self.size += len(data)
        return data


def folder_at(path: pathlib.Path, passphrase: str | None) -> Folder:
    """The folder for copies, made where there is none. Raises Unfit where what it holds is of the
    other kind, sealing.Unopened for another passphrase than before.
    """
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.chmod(0o700)
    header = path / sealing.HEADER
    is_empty = not any(path.iterdir())
    if passphrase is None:
        if header.exists():
            raise Unfit("this folder holds an enciphered copy: give its passphrase")
        return Folder(path, None)
    if header.exists():
        return Folder(path, sealing.known_key(passphrase, header.read_bytes()))
    if not is_empty:
        raise Unfit("this folder holds a plain copy: take another for an enciphered one")
    key, written = sealing.new_key(passphrase)
    write_private(header, [written])
    return Folder(path, key)


def make(
    engine: Engine,
    instance: pathlib.Path,
    folder: Folder,
    *,
    now: dt.datetime,
    head: tuple[int, bytes],
) -> tuple[Manifest, int]:
    """Copy database, uploads that are not there yet, and settings; returns the manifest and how
    many uploads were new. `head` is the log's, read before. Raises NoTool, CalledProcessError,
    sqlite3.Error.

    Files come after the database, so that whatever its copy names is among them: uploads are never
    changed, only added.
    """
    known = (folder.manifest() or Manifest("", "", 0, "", {})).files
    parts: dict[str, Part] = {}
    with tempfile.TemporaryDirectory(prefix="backup-", dir=instance) as desk:
        copy = database(engine, pathlib.Path(desk))
        with copy.open("rb") as source:
            parts[copy.name] = folder.put(copy.name, source)
    for path in _files(instance):
        name = path.relative_to(instance).as_posix()
        is_kept = name in known and (folder.path / name).exists() and name != SETTINGS
        with path.open("rb") as source:
            parts[name] = known[name] if is_kept else folder.put(name, source)
    made = Manifest(now.isoformat(), copy.name, head[0], head[1].hex(), parts)
    written = made.written()
    with tempfile.TemporaryFile() as source:
        source.write(written)
        source.seek(0)
        folder.put(MANIFEST, source)
    new = sum(name.startswith(FOLDER) and name not in known for name in parts)
    return made, new


def _files(instance: pathlib.Path) -> Iterator[pathlib.Path]:
    if (instance / SETTINGS).exists():
        yield instance / SETTINGS
    uploads = (path for path in (instance / FOLDER).rglob("*") if path.is_file())
    yield from sorted(path for path in uploads if path.suffix != ".part")


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    while chunk := source.read(CHUNK):
        yield chunk


def write_private(path: pathlib.Path, chunks: Iterable[bytes]) -> None:
    """Write a file that only its owner may read, from its first byte on."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with open(os.open(path, flags, 0o600), "wb") as out:
        os.fchmod(out.fileno(), 0o600)
        for chunk in chunks:
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())


def database(engine: Engine, folder: pathlib.Path) -> pathlib.Path:
    """Copy the database whole as it stands at one instant; returns the file. Raises NoTool,
    CalledProcessError.
    """
    if engine.dialect.name == "sqlite":
        return _sqlite(engine, folder / SQLITE)
    return _postgresql(engine, folder / POSTGRESQL)


def _sqlite(engine: Engine, target: pathlib.Path) -> pathlib.Path:
    target.touch(mode=0o600)
    with (
        closing(sqlite3.connect(engine.url.database or "")) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
    check_sqlite(target)
    return target


def check_sqlite(path: pathlib.Path) -> None:
    """Raises sqlite3.DatabaseError for a file that is not whole."""
    with closing(sqlite3.connect(path)) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("the copy is not whole")


def _postgresql(engine: Engine, target: pathlib.Path) -> pathlib.Path:
    target.touch(mode=0o600)  # pg_dump keeps the mode of a file that is there
    run_tool("pg_dump", ["--format=custom", "--no-owner", f"--file={target}"], str_url(engine))
    return target


def str_url(engine: Engine) -> str:
    """The address of a database with its password."""
    return engine.url.render_as_string(hide_password=False)


def run_tool(name: str, words: list[str], url: str) -> None:
    """Run a tool of PostgreSQL on a database. Raises NoTool, CalledProcessError."""
    tool = shutil.which(name)
    if tool is None:
        raise NoTool(name)
    parsed = make_url(url)
    given = {
        "PGHOST": parsed.host or parsed.query.get("host"),
        "PGPORT": parsed.port,
        "PGUSER": parsed.username,
        "PGPASSWORD": parsed.password,
        "PGDATABASE": parsed.database,
    }
    # By the environment: the words of a command line are seen by everybody on the machine.
    environment = {**os.environ, **{key: str(value) for key, value in given.items() if value}}
    subprocess.run([tool, *words], env=environment, check=True)  # noqa: S603 - our own words
