"""One tick of the clock process, and the watch over the wall clock."""

import datetime as dt
import logging
import threading

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from market.db import db, in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.ledger import queries as ledger
from market.operations import jobs
from market.operations.leader import DatabaseLeader, FileLeader, leader
from market.operations.rules import Alarm
from market.windows import jobs as windows
from market.windows import service as deadlines
from market.windows.rules import Kind, Nature

ACT = Kind("test.act", Nature.ACT, "到时")
HOUR = dt.timedelta(hours=1)


class Steady:
    """A clock in seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def health(app):
    return app.test_client().get("/healthz").json


def test_every_job_says_its_interval_as_time(app):
    assert len(fabric(app).jobs) > 5
    assert [
        name for name, interval, _ in fabric(app).jobs if not isinstance(interval, dt.timedelta)
    ] == []


def test_a_job_that_fails_is_noted_and_the_clock_goes_on(app, caplog):
    crew = jobs.Crew(app)
    assert crew.run("bad", lambda: 1 / 0) == "ZeroDivisionError"
    assert health(app)["troubles"] == {"bad": "ZeroDivisionError"}
    assert crew.run("bad", lambda: None) is None
    assert health(app)["troubles"] == {}
    assert "job bad failed" in caplog.text


def test_a_lost_database_is_one_line_and_no_beat(app, caplog):
    def lost():
        raise OperationalError("SELECT", {}, Exception("gone"))

    assert jobs.Crew(app).run("any", lost) == "OperationalError"
    assert health(app)["clock_age_seconds"] is None
    assert [
        record.levelno for record in caplog.records if record.name == "market.operations.jobs"
    ] == [logging.WARNING]


def test_who_does_not_lead_does_nothing(app):
    done = []
    assert jobs.Crew(app, lambda: False).run("any", lambda: done.append(1)) is None
    assert done == []
    assert health(app)["clock_age_seconds"] is None


def test_a_beat_is_written_once_in_ten_seconds(app, clock):
    crew = jobs.Crew(app)
    crew.run("quick", lambda: None)
    clock.advance(dt.timedelta(seconds=5))
    crew.run("quick", lambda: None)  # by the steady clock no second has passed
    assert health(app)["clock_age_seconds"] == 5


def test_the_process_waits_for_a_running_job_but_not_for_ever(app):
    crew = jobs.Crew(app)
    go = threading.Event()
    began = threading.Event()
    running = threading.Thread(target=crew.run, args=("slow", lambda: (began.set(), go.wait(10))))
    assert crew.is_idle(0)
    running.start()
    assert began.wait(10)
    assert not crew.is_idle(0.05)
    go.set()
    assert crew.is_idle(10)
    running.join()


def test_a_jump_forward_is_an_alarm(app, clock, caplog):
    steady = Steady()
    watch = jobs.Watch(app, steady)
    clock.advance(dt.timedelta(seconds=1))
    steady.now += 1
    assert watch.look() is None
    clock.advance(HOUR)
    steady.now += 1
    assert watch.look() is Alarm.JUMPED
    assert watch.look() is None
    assert health(app)["troubles"] == {"clock.jumped": "+3599 s"}
    assert caplog.records[-1].seconds == 3599


def test_a_clock_that_was_set_back_stands_and_is_said_once(app, clock):
    steady = Steady()
    watch = jobs.Watch(app, steady)
    seen = []
    for _ in range(20):
        steady.now += 1
        seen.append(watch.look())
    assert seen == [None] * 4 + [Alarm.SET_BACK] + [None] * 15
    clock.advance(dt.timedelta(seconds=20))  # the wall clock has caught up
    steady.now += 1
    assert watch.look() is None
    assert health(app)["troubles"] == {"clock.set_back": "-5 s"}


def test_a_clock_that_was_set_back_while_nobody_watched_is_found_at_the_start(app, clock):
    assert jobs.Watch(app).at_start() is None
    jobs.Crew(app).run("any", lambda: None)
    clock.advance(-HOUR)
    assert jobs.Watch(app).at_start() is Alarm.SET_BACK
    assert health(app)["troubles"] == {"clock.set_back": "-3600 s"}


@pytest.mark.databases
def test_a_clock_set_back_does_nothing_twice(context, clock):
    due = in_one_transaction(
        deadlines.open_at, CLOCK, ACT, subject="GG-1", due_at=clock.instant + HOUR
    )
    clock.instant = due.due_at
    assert windows.sweep() == 1
    for instant in (due.due_at - 2 * HOUR, due.due_at, due.due_at + HOUR):
        clock.instant = instant
        assert windows.sweep() == 0
    closed = [entry for entry in ledger.after(reading(CLOCK), 0) if entry.type == "window.closed"]
    assert len(closed) == 1


@pytest.mark.databases
def test_one_of_two_clocks_leads_and_the_other_takes_over(context, tmp_path):
    first = leader(db.engine, tmp_path)
    second = leader(db.engine, tmp_path)
    assert first.leads() and first.leads()
    assert not second.leads()
    if isinstance(first, DatabaseLeader):
        end_connections()  # as when the process, or its network, dies
        assert second.leads() and not first.leads()
    else:
        assert isinstance(first, FileLeader)
        first._file.close()
        assert second.leads()


def end_connections() -> None:
    db.session.execute(
        sa.text(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND granted"
        )
    )
    db.session.remove()


def test_without_a_database_nobody_leads(tmp_path):
    engine = sa.create_engine(f"postgresql+psycopg://market@/market?host={tmp_path}")
    assert not DatabaseLeader(engine).leads()


def test_leading_is_remembered_between_looks(caplog):
    class Lock:
        free = True

        def leads(self) -> bool:
            return self.free

    lock = Lock()
    with caplog.at_level(logging.INFO, "market.operations.jobs"):
        leading = jobs.Leading(lock)
        lock.free = False
        assert leading()
        leading.refresh()
        assert not leading()
    assert caplog.messages == ["this clock leads", "this clock stands by"]
