"""Scenes: a step that was taken before is put, not built, and leaves the same behind."""

import contextlib
import itertools
import pathlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from market.accounts import queries as accounts
from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.clock import FixedClock
from market.ledger import queries as ledger
from market.operations import service as operations
from market.operations.rules import Mode
from market.selection.results import queries as result_queries
from tests.conftest import START, build_app
from tests.factories import accounts as people
from tests.factories import complaints, selection
from tests.postgres import PostgresCopies, Reused
from tests.scenes import Copies, SqliteCopies, on_stage, plain, scene

Opened = Callable[[], AbstractContextManager[Flask]]

built: list[str] = []
_once = itertools.count()


@scene
def resident(name: str) -> int:
    """A person; that one was built is noted."""
    built.append(name)
    return people.person(name=name)


@pytest.fixture
def name() -> str:
    """What no scene of this process knows yet."""
    return f"居民{next(_once)}"


@pytest.fixture(params=["sqlite", "postgresql"])
def opened(
    request: pytest.FixtureRequest, tmp_path: pathlib.Path, quick_folder: pathlib.Path
) -> Opened:
    """Opens an empty stage, as each test gets one; its context is pushed."""

    @contextlib.contextmanager
    def on_sqlite() -> Iterator[tuple[str, Copies]]:
        path = tmp_path / f"{next(_once)}.sqlite"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}", SqliteCopies(str(path), quick_folder / "scenes")

    @contextlib.contextmanager
    def on_postgresql() -> Iterator[tuple[str, Copies]]:
        reused: Reused = request.getfixturevalue("postgresql_reused")
        yield reused.url.render_as_string(hide_password=False), PostgresCopies(reused)
        reused.clean()

    @contextlib.contextmanager
    def stage() -> Iterator[Flask]:
        clock = FixedClock(START)
        with {"sqlite": on_sqlite, "postgresql": on_postgresql}[request.param]() as (url, copies):
            app = build_app(url, tmp_path / f"instance-{next(_once)}", clock)
            with on_stage(app, clock, copies, lambda: False), app.app_context():
                yield app

    return stage


def seen(opened: Opened, name: str, times: int) -> list[bool]:
    """On one stage after another: whether the step was built there."""
    found = []
    for _ in range(times):
        built.clear()
        with opened():
            person_id = resident(name)
            assert accounts.person(reading(CLOCK), person_id).name == name
        found.append(bool(built))
    return found


def test_what_was_built_twice_is_put_from_then_on(opened, name):
    assert seen(opened, name, 4) == [True, True, False, False]


def test_what_is_built_and_what_is_put_are_the_same(opened):
    told = []
    for _ in range(3):
        with opened():
            notice, entrants = selection.announced_notice()
            desk = complaints.desk()
            number = complaints.accepted(complaints.filed(notice), desk)
            card = result_queries.notice(reading(CLOCK), notice)
            assert card.winner is not None
            assert card.winner.ref in {made.ref for made in entrants}
            assert fabric().clock.now() == card.draw_at
            selection.tick()  # log and witness agree
            assert selection.published_notice() != notice  # and all goes on from here
            types = [entry.type for entry in ledger.latest(reading(CLOCK), limit=500)]
            told.append((notice, number, desk, card.state, sorted(types)))
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda app: in_one_transaction(operations.install, CLOCK, mode=Mode.PRODUCTION),
        lambda app: (pathlib.Path(app.config["INSTANCE"]) / "market.toml").write_text(""),
        lambda app: app.config.update(DIVISION="360400"),
        lambda app: setattr(fabric(app), "clock", FixedClock(START)),
    ],
    ids=["a row", "a file", "a setting", "a clock"],
)
def test_a_step_after_anything_else_is_built(opened, name, meanwhile):
    seen(opened, name, 2)
    built.clear()
    with opened() as app:
        meanwhile(app)
        resident(name)
    assert built == [name]


def test_a_step_at_another_instant_is_another_step(opened, name):
    seen(opened, name, 2)
    built.clear()
    with opened() as app:
        clock = fabric(app).clock
        assert isinstance(clock, FixedClock)
        clock.instant = selection.at(1)
        resident(name)
    assert built == [name]


def test_only_what_is_compared_by_its_contents_is_part_of_a_key():
    assert plain(("a", [1, {"b": START}])) == plain(("a", [1, {"b": START}]))
    assert plain(1) != plain(True)
    with pytest.raises(TypeError, match="FixedClock"):
        plain([FixedClock(START)])
