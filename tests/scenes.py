"""Scenes: what factories build from the same beginning is built once a process and then copied.

A factory marked `@scene` is a step of a scene. While a test does nothing but call such steps, what
stands on its stage is known: the steps so far, with their arguments. A step that was taken from the
same place before is not built again: database, instance folder, clock and witness are put as they
were after it, and its result is given back. Whatever else a test writes ends this, and the factories
build as always.

So a scene needs no name and no list, and a test that calls factories needs to know nothing of it.
How to add one: docs/dev/scenes.md.
"""

import copy
import dataclasses
import datetime as dt
import enum
import functools
import itertools
import os
import pathlib
import sqlite3
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, Protocol, TypeVar
from weakref import WeakKeyDictionary

from flask import Flask, current_app

from market.db import db
from market.fabric import fabric
from market.kernel.clock import FixedClock
from tests.factories import witness

P = ParamSpec("P")
T = TypeVar("T")
KEPT_AT_MOST = 200
"""So many scenes are kept in a process, of about a megabyte each; those not asked for longest go."""
WORTH_KEEPING = 2
"""A scene is kept when it has been built so often: most are asked for by one test alone."""
OWN = {"INSTANCE", "SQLALCHEMY_DATABASE_URI"}
"""The settings that are each test's own."""
PLAIN = (type(None), bool, int, float, str, bytes, dt.date, dt.timedelta, enum.Enum)


class Copies(Protocol):
    """Whole copies of one test's database."""

    def version(self) -> object:
        """Something that differs after every write, whoever wrote."""

    def keep(self) -> Any:
        """Copy what the database holds now; returns the copy's name."""

    def put(self, kept: Any) -> None:
        """Make the database hold what that copy holds."""

    def drop(self, kept: Any) -> None:
        """Remove a copy."""

    def close(self) -> None:
        """Let go of the database."""


class SqliteCopies:
    """Copies in files, by SQLite's own backup: readers may be connected meanwhile."""

    _count = itertools.count(1)

    def __init__(self, path: str, folder: pathlib.Path) -> None:
        """`path` is the test's database, `folder` where copies are kept."""
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.path = pathlib.Path(path)
        self._live = sqlite3.connect(path, check_same_thread=False)
        self._live.execute("PRAGMA synchronous = OFF")

    def version(self) -> object:
        changes = self._live.execute("PRAGMA data_version").fetchone()[0]
        return changes, self.path.exists() and self.path.stat().st_ino

    def keep(self) -> pathlib.Path:
        kept = self.folder / f"{next(self._count)}.sqlite"
        with self._opened(kept) as copied:
            self._live.backup(copied)
        return kept

    def put(self, kept: pathlib.Path) -> None:
        with self._opened(kept) as copied:
            copied.backup(self._live)

    def drop(self, kept: pathlib.Path) -> None:
        kept.unlink(missing_ok=True)

    def close(self) -> None:
        self._live.close()

    @contextmanager
    def _opened(self, path: pathlib.Path) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA synchronous = OFF")
        try:
            yield connection
        finally:
            connection.close()


@dataclasses.dataclass
class File:
    """A file of the instance folder."""

    data: bytes
    mode: int
    mtime_ns: int


class Folder:
    """The instance folder of a test: keys, uploads, the witness's own files."""

    def __init__(self, path: pathlib.Path) -> None:
        self.path = path

    def version(self) -> tuple[tuple[str, int, int], ...]:
        """Names, sizes and times of its files."""
        found = []
        for file in self._files():
            state = file.stat()
            found.append((str(file.relative_to(self.path)), state.st_size, state.st_mtime_ns))
        return tuple(found)

    def keep(self) -> dict[str, File]:
        """Its files with all that is in them."""
        return {
            str(file.relative_to(self.path)): File(
                file.read_bytes(), file.stat().st_mode, file.stat().st_mtime_ns
            )
            for file in self._files()
        }

    def put(self, kept: dict[str, File]) -> None:
        """Make it hold these files and no others."""
        for file in self._files():
            if str(file.relative_to(self.path)) not in kept:
                file.unlink()
        for name, content in kept.items():
            path = self.path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.data)
            path.chmod(content.mode)
            os.utime(path, ns=(content.mtime_ns, content.mtime_ns))

    def _files(self) -> list[pathlib.Path]:
        return sorted(path for path in self.path.rglob("*") if path.is_file())


@dataclasses.dataclass
class Kept:
    """Everything that stood on the stage after a step, and what the step gave back."""

    database: Any
    copies: Copies
    folder: dict[str, File]
    instant: dt.datetime
    has_witness: bool
    is_compared: bool
    result: Any


class Shelf:
    """The scenes of this process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, Kept] = OrderedDict()
        self._numbers: dict[Any, int] = {}
        self.built: Counter[int] = Counter()

    def number(self, place: Any) -> int:
        """A number for a place on the way: the place before, the step, its arguments."""
        return self._numbers.setdefault(place, len(self._numbers))

    def find(self, number: int) -> Kept | None:
        """The scene at that place."""
        if number in self._kept:
            self._kept.move_to_end(number)
        return self._kept.get(number)

    def put(self, number: int, kept: Kept) -> None:
        """Keep a scene; the one that nobody asked for longest makes room."""
        self._kept[number] = kept
        if len(self._kept) > KEPT_AT_MOST:
            _, oldest = self._kept.popitem(last=False)
            oldest.copies.drop(oldest.database)


SHELF = Shelf()


STAGES: WeakKeyDictionary[Flask, "Stage"] = WeakKeyDictionary()
"""The stage of each application that has one."""


class Stage:
    """Where one test's scene is played: its application with database, folder and clock."""

    def __init__(
        self, app: Flask, clock: FixedClock, copies: Copies, is_patched: Callable[[], bool]
    ) -> None:
        """`is_patched` says whether the test has put something of its own in the place of ours."""
        self.app = app
        self.clock = clock
        self.copies = copies
        self.folder = Folder(pathlib.Path(app.config["INSTANCE"]))
        self.is_patched = is_patched
        self._config = dict(app.config)
        settings = {name: value for name, value in self._config.items() if name not in OWN}
        beginning = repr(sorted(settings.items()))
        self.place: int | None = SHELF.number((type(copies).__name__, beginning))
        self._arrived()

    def play(self, build: Callable[..., T], args: Any, kwargs: Any) -> T:
        """Take a step: put what is kept of it, or build it."""
        place = self._place_after(build, args, kwargs)
        if place is None:
            self.place = None
            return build(*args, **kwargs)
        kept = SHELF.find(place)
        if kept is None:
            result = build(*args, **kwargs)
            SHELF.built[place] += 1
            self.place = place
            self._arrived()
            if SHELF.built[place] >= WORTH_KEEPING:
                SHELF.put(place, self._keep(result))
            return result
        self._put(kept)
        self.place = place
        self._arrived()
        return copy.deepcopy(kept.result)

    def _arrived(self) -> None:
        self._version = self._versions()

    def _versions(self) -> tuple[object, ...]:
        return (self.copies.version(), self.folder.version(), fabric(self.app).witness)

    def _place_after(self, build: Callable[..., Any], args: Any, kwargs: Any) -> int | None:
        """Where a step leads; None when it is not known where the test is now, or what is given."""
        if self.place is None or not self._is_plain() or self._version != self._versions():
            return None
        try:
            given = (plain(args), plain(kwargs))
        except TypeError:
            return None
        step = f"{build.__module__}.{build.__qualname__}"
        return SHELF.number((self.place, step, given, self.clock.instant))

    def _is_plain(self) -> bool:
        """Whether all is as a scene found it, or can put it back."""
        woven = fabric(self.app)
        near = woven.witness
        return (
            woven.clock is self.clock
            and not self.is_patched()
            and not witness.TAKEN_AWAY.of(self.app)
            and self.app.config == self._config
            and (near is None or (type(near) is witness.NearWitness and near.answers))
        )

    def _keep(self, result: object) -> Kept:
        db.session.rollback()
        woven = fabric(self.app)
        return Kept(
            database=self.copies.keep(),
            copies=self.copies,
            folder=self.folder.keep(),
            instant=self.clock.instant,
            has_witness=woven.witness is not None,
            is_compared=woven.guard._compared,  # type: ignore[attr-defined]
            result=copy.deepcopy(result),
        )

    def _put(self, kept: Kept) -> None:
        db.session.rollback()
        db.session.expire_all()
        self.copies.put(kept.database)
        self.folder.put(kept.folder)
        self.clock.instant = kept.instant
        woven = fabric(self.app)
        # What the guard has found once in a process it does not look for again.
        woven.guard._compared = kept.is_compared  # type: ignore[attr-defined]
        if not kept.has_witness:
            woven.witness = None
        elif isinstance(woven.witness, witness.NearWitness):
            woven.witness.begin_anew()
        else:
            woven.witness = witness.NearWitness(witness.folder(self.app))


def plain(value: Any) -> Any:
    """The value as part of a key; raises TypeError for what is not compared by its contents."""
    if isinstance(value, PLAIN):
        return (type(value), value)
    if isinstance(value, tuple | list):
        return (type(value), *map(plain, value))
    if isinstance(value, frozenset | set):
        return (type(value), frozenset(map(plain, value)))
    if isinstance(value, dict):
        return (dict, tuple((plain(name), plain(each)) for name, each in value.items()))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return (type(value), *(plain(getattr(value, field.name)) for field in fields))
    raise TypeError(f"{type(value).__name__} is no plain value")


def scene(build: Callable[P, T]) -> Callable[P, T]:
    """Mark a factory as a step of scenes: it needs an app context, and what it does follows from
    its arguments, the database, the instance folder and the clock alone.
    """

    @functools.wraps(build)
    def played(*args: P.args, **kwargs: P.kwargs) -> T:
        stage = STAGES.get(current_app._get_current_object())  # type: ignore[attr-defined]
        return build(*args, **kwargs) if stage is None else stage.play(build, args, kwargs)

    return played


@contextmanager
def on_stage(
    app: Flask, clock: FixedClock, copies: Copies, is_patched: Callable[[], bool]
) -> Iterator[None]:
    """Let the factories play scenes in this application."""
    STAGES[app] = Stage(app, clock, copies, is_patched)
    try:
        yield
    finally:
        del STAGES[app]
        copies.close()
