"""The clock as a process: real ones, on a database of their own, told to stop, killed, started
again, two at once.
"""

import collections
import dataclasses
import datetime as dt
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from market.db import db, in_one_transaction, reading
from market.fabric import fabric
from market.factory import create_app
from market.kernel.actor import CLOCK
from market.kernel.clock import FixedClock, WallClock
from market.kernel.entropy import system_entropy
from market.ledger import queries as ledger
from market.operations import founding, queries
from market.windows import service as windows
from market.windows.rules import Kind, Nature
from tests.factories import accounts
from tests.factories.workdays import shipped_calendar
from tests.postgres import Databases

ROOT = pathlib.Path(__file__).parents[2]
ACT, RIGHT, DUTY = (
    Kind(f"test.{nature}", nature, "到时") for nature in (Nature.ACT, Nature.RIGHT, Nature.DUTY)
)
STARTS_IN = (
    60.0  # seconds that a process may take on a busy machine until it has done its first work
)
DAY = dt.timedelta(days=1)


@dataclasses.dataclass
class Place:
    """An installation of its own, seen from this process by the wall clock, and its clock
    processes.
    """

    folder: pathlib.Path
    url: str
    processes: list[subprocess.Popen[str]] = dataclasses.field(default_factory=list)

    def __post_init__(self) -> None:
        self.app = create_app(
            {
                "INSTANCE": str(self.folder),
                "SQLALCHEMY_DATABASE_URI": self.url,
                "SECRET_KEY": "test",
            }
        )

    def start(self) -> subprocess.Popen[str]:
        """One more clock."""
        out = (self.folder / f"clock-{len(self.processes)}.log").open("w")
        environment = {**os.environ, "MARKET_INSTANCE": str(self.folder), "DATABASE_URL": self.url}
        self.processes.append(
            subprocess.Popen(
                [sys.executable, "-m", "flask", "--app", "app", "clock", "run"],
                cwd=ROOT,
                env=environment,
                stdout=out,
                stderr=out,
                text=True,
            )
        )
        return self.processes[-1]

    def said(self, number: int) -> str:
        return (self.folder / f"clock-{number}.log").read_text()

    def open_at(self, subject: str, due_at: dt.datetime, kind: Kind = ACT) -> None:
        with self.app.app_context():
            in_one_transaction(windows.open_at, CLOCK, kind, subject=subject, due_at=due_at)

    def effects(self) -> collections.Counter[tuple[str, str]]:
        """How often each window was closed or noted overdue, by the log."""
        with self.app.app_context():
            found = collections.Counter(
                (entry.type, entry.subject)
                for entry in ledger.after(reading(CLOCK), 0, 10_000)
                if entry.type in ("window.closed", "window.overdue")
            )
            db.session.remove()
        return found

    def wait(self, condition: Callable[[], bool]) -> bool:
        """Look until it is so; False when STARTS_IN is over or every clock has ended."""
        end = time.monotonic() + STARTS_IN
        while not condition():
            living = [process for process in self.processes if process.poll() is None]
            if time.monotonic() > end or not living:
                return condition()
            try:
                living[0].wait(timeout=0.2)
            except subprocess.TimeoutExpired:
                continue
        return True

    def is_well(self) -> bool:
        return self.app.test_client().get("/healthz").status_code == 200

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def place(database: str, tmp_path: pathlib.Path) -> Iterator[Place]:
    (tmp_path / "instance").mkdir()
    one = Place(tmp_path / "instance", database)
    with one.app.app_context():
        shipped_calendar()
        accounts.organisation("office")
        founding.make_keys(one.app.config, WallClock(), system_entropy, founding.Plan(600, 100))
    yield one
    one.stop()


@pytest.mark.databases
def test_six_days_down_across_three_dues_each_is_done_once_at_the_start(place):
    now = fabric(place.app).clock.now()
    fabric(place.app).clock = FixedClock(now - 7 * DAY)
    for days, kind in ((5, ACT), (3, RIGHT), (1, DUTY)):
        place.open_at(f"TS-{kind.nature}", now - days * DAY, kind)
    fabric(place.app).clock = WallClock()
    place.start()
    expected = {
        ("window.closed", "TS-act"): 1,
        ("window.closed", "TS-right"): 1,
        ("window.overdue", "TS-duty"): 1,
    }
    assert place.wait(lambda: len(place.effects()) == 3), place.said(0)
    assert place.wait(place.is_well), place.said(0)
    assert place.effects() == expected


@pytest.mark.databases
def test_of_two_clocks_one_leads_and_when_it_is_killed_the_other_goes_on(place):
    first = place.start()
    second = place.start()
    now = fabric(place.app).clock.now()
    for number in range(30):
        place.open_at(f"GG-{number}", now + dt.timedelta(milliseconds=200 * number))
    assert place.wait(lambda: len(place.effects()) == 30), place.said(0) + place.said(1)
    leads = [number for number in (0, 1) if "this clock leads" in place.said(number)]
    assert len(leads) == 1
    (first, second)[leads[0]].kill()
    place.open_at("GG-after", fabric(place.app).clock.now())
    assert place.wait(lambda: len(place.effects()) == 31), place.said(1 - leads[0])
    assert "this clock leads" in place.said(1 - leads[0])
    assert set(place.effects().values()) == {1}


def test_killed_in_the_midst_and_started_again_each_due_is_done_once(place):
    now = fabric(place.app).clock.now()
    with place.app.app_context():
        for part in range(0, 600, 100):
            in_one_transaction(
                lambda work: [
                    windows.open_at(work, ACT, subject=f"GG-{number}", due_at=now)
                    for number in range(part, part + 100)
                ],
                CLOCK,
            )
    for enough in (1, 200, 400):
        process = place.start()
        assert place.wait(lambda: len(place.effects()) >= enough), place.said(
            len(place.processes) - 1
        )
        process.send_signal(signal.SIGKILL)
        process.wait()
    place.start()
    assert place.wait(lambda: len(place.effects()) == 600)
    assert set(place.effects().values()) == {1}


def test_told_to_stop_it_ends_within_a_second(place):
    process = place.start()
    assert place.wait(place.is_well), place.said(0)
    before = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    took = time.monotonic() - before
    crowd = max(
        1.0, os.getloadavg()[0] / (os.cpu_count() or 1)
    )  # who shares the machine with others gets his share of it
    assert took < 1.0 * crowd


def test_one_tick_from_the_terminal_does_every_job_once(place):
    place.open_at("GG-1", fabric(place.app).clock.now())
    done = place.app.test_cli_runner().invoke(args=["clock", "tick"])
    assert done.exit_code == 0, done.output
    assert place.effects() == {("window.closed", "GG-1"): 1}
    with place.app.app_context():
        assert queries.last_beat(reading(CLOCK)) is not None


def test_a_tick_with_a_failing_job_says_which(place):
    fabric(place.app).jobs = [("bad", DAY, lambda: 1 / 0), ("good", DAY, lambda: None)]
    done = place.app.test_cli_runner().invoke(args=["clock", "tick"])
    assert done.exit_code == 1
    assert "bad: ZeroDivisionError" in done.output
    assert "good" not in done.output


@pytest.mark.databases
def test_a_clock_that_starts_before_its_database_waits_for_it(place, request):
    """After a power cut the database is the last to come."""
    there = sa.make_url(place.url)
    if there.drivername.startswith("sqlite"):
        away = there.set(database=f"{there.database}.later")
        later = pathlib.Path(str(away.database))
        later.mkdir()  # no file can be opened there yet

        def come() -> None:
            later.rmdir()
            shutil.copyfile(str(there.database), later)
    else:
        away = there.set(database=f"{there.database}_later")
        server: Databases = request.getfixturevalue("postgresql_server")
        request.addfinalizer(lambda: server.drop(away))

        def come() -> None:
            with place.app.app_context():
                db.session.remove()
                db.engine.dispose()
            server.copy(there, away)

    place.url = away.render_as_string(hide_password=False)
    process = place.start()
    assert place.wait(lambda: place.said(0).count("the clock waits") >= 2)
    assert process.poll() is None
    assert "Traceback" not in place.said(0)
    come()
    assert place.wait(lambda: "this clock leads" in place.said(0))
    process.terminate()
    assert process.wait(5) == 0


def test_a_clock_whose_folder_cannot_be_written_waits_too(place):
    lock = place.folder / "clock.lock"
    lock.mkdir()
    process = place.start()
    assert place.wait(lambda: "the clock waits" in place.said(0))
    assert "Traceback" not in place.said(0)
    lock.rmdir()
    assert place.wait(lambda: "this clock leads" in place.said(0))
    assert process.poll() is None


def test_told_to_stop_while_it_waits_it_ends(place):
    (place.folder / "clock.lock").mkdir()
    process = place.start()
    assert place.wait(lambda: "the clock waits" in place.said(0))
    process.terminate()
    assert process.wait(5) == 0
