"""The list is sealed when nobody holds a form from before the close any more."""

import datetime as dt
import signal
import threading
import time

import pytest
from sqlalchemy import select

from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.clock import MILLISECOND, epoch_ms, machine_ns
from market.kernel.errors import NotPermitted
from market.selection.entries import service
from market.selection.entries.models import WebProcess
from market.selection.entries.rules import draining
from market.selection.results import queries as result_queries
from tests.factories import selection as f
from tests.gunicorn import served
from tests.selection.deeds import check_refused, log_of

SECOND = dt.timedelta(seconds=1)
MINUTE = dt.timedelta(minutes=1)
CLOSE = dt.datetime(2026, 3, 11, 9, tzinfo=dt.UTC)
ENOUGH = 60


def report(low_water: dt.datetime, process: str = "a") -> None:
    in_one_transaction(service.report, CLOCK, process=process, low_water=low_water)


def seal(number: str) -> str:
    private = f.keys().sealing_private()
    return in_one_transaction(service.seal, CLOCK, number=number, private_key=private)


def refused(number: str) -> None:
    private = f.keys().sealing_private()
    check_refused("draw.seal_too_early", service.seal, CLOCK, number=number, private_key=private)


@pytest.fixture
def closed(context, clock):
    """A notice whose drain is over, and the instant of its close."""
    number = f.published_notice()
    f.entered(number, 3)
    close = result_queries.notice(reading(CLOCK), number).entry_close
    clock.instant = close + MINUTE
    return number, close


@pytest.mark.parametrize(
    ("low_water", "silent", "held"),
    [
        (-SECOND, 0 * SECOND, True),
        (0 * SECOND, 0 * SECOND, True),
        (MILLISECOND, 0 * SECOND, False),
        (-SECOND, draining.SILENT - MILLISECOND, True),
        (-SECOND, draining.SILENT, False),
    ],
)
def test_who_holds_a_form_from_before_the_close(low_water, silent, held):
    now = CLOSE + MINUTE
    assert draining.holds(CLOSE, now, now - silent, CLOSE + low_water) is held


def test_waiting_has_an_end_that_leaves_the_witness_its_time():
    ten = dt.timedelta(minutes=10)
    assert draining.longest(MINUTE, ten) == dt.timedelta(minutes=5)
    assert draining.longest(5 * SECOND, 2 * MINUTE) == 65 * SECOND
    assert draining.longest(MINUTE, 0 * MINUTE) == MINUTE


@pytest.mark.databases
def test_the_seal_waits_for_a_process_that_is_behind(closed, clock):
    number, close = closed
    report(close - SECOND)
    report(close + SECOND, "b")
    refused(number)
    clock.advance(SECOND)
    report(close + MILLISECOND)
    assert seal(number) == "sealed"
    assert log_of(number, "drain.cut") == []


@pytest.mark.databases
def test_a_process_that_died_holds_nothing_for_ever(closed, clock):
    number, close = closed
    report(close - SECOND)
    clock.advance(draining.SILENT - SECOND)
    refused(number)
    clock.advance(SECOND)
    assert seal(number) == "sealed"


@pytest.mark.databases
def test_a_process_that_stays_behind_is_waited_for_so_long_and_the_log_says_it(closed, clock):
    number, close = closed
    clock.instant = close + dt.timedelta(minutes=5) - SECOND
    report(close - SECOND)
    refused(number)
    clock.advance(SECOND)
    report(close - SECOND)
    assert seal(number) == "sealed"
    (cut,) = log_of(number, "drain.cut")
    assert cut.fields["count"] == 1


def test_who_leaves_is_not_waited_for_and_who_is_long_gone_is_forgotten(closed, clock):
    number, close = closed
    report(close - SECOND)
    in_one_transaction(service.leave, CLOCK, process="a")
    assert seal(number) == "sealed"
    report(close, "old")
    clock.advance(10 * draining.SILENT + SECOND)
    report(close, "new")
    assert list(db.session.scalars(select(WebProcess.id))) == ["new"]


def test_only_the_platform_speaks_for_its_processes(closed):
    with pytest.raises(NotPermitted):
        in_one_transaction(service.report, f.agency().actor, process="x", low_water=CLOSE)


@pytest.mark.databases
def test_a_web_process_says_what_it_holds_and_leaves_when_it_ends(app, database):
    with app.app_context():
        f.published_notice()
    settings = {
        "MARKET_INSTANCE": app.config["INSTANCE"],
        "DATABASE_URL": database,
        "MARKET_SECRET_KEY": "test",
    }

    def rows() -> list[tuple[str, dt.datetime]]:
        with app.app_context():
            found = db.session.execute(select(WebProcess.id, WebProcess.low_water))
            return [(row.id, row.low_water) for row in found]

    def until(holds) -> None:
        end = time.monotonic() + ENOUGH
        while not holds():
            assert time.monotonic() < end
            threading.Event().wait(0.1)

    with served(**settings) as server:
        until(rows)
        ((process, first),) = rows()
        until(lambda: rows()[0][1] > first)
        assert rows()[0][0] == process
        assert epoch_ms(first) <= machine_ns() // 10**6
        server.stop(signal.SIGTERM)
        assert rows() == []
