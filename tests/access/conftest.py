"""The world of this room, made once a process."""

import pathlib
import shutil
from collections.abc import Iterator

import pytest

from market.kernel.clock import FixedClock
from tests.access import scene
from tests.access.world import World
from tests.conftest import START, build_app


@pytest.fixture(scope="session")
def settled_world(sqlite_template: pathlib.Path, quick_folder: pathlib.Path) -> World:
    """Everybody signed in, everything there."""
    folder = quick_folder / "access"
    folder.mkdir()
    file = folder / "market.sqlite"
    shutil.copyfile(sqlite_template, file)
    app = build_app(f"sqlite:///{file}", folder / "instance", FixedClock(START))
    with app.app_context():
        made = scene.build()
    world = World(app, made, file)
    world.settle()
    return world


@pytest.fixture
def world(settled_world: World) -> Iterator[World]:
    """The settled world; put back at the end when the test has written."""
    yield settled_world
    if settled_world.wrote():
        settled_world.restore()
