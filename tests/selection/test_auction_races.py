"""Bids that meet: at one moment, in hand when the end comes, and with no process to take them."""

import concurrent.futures
import dataclasses
import datetime as dt

import pytest

from market.db import db, in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal
from market.selection.auction import service as auction_service
from market.selection.entries import service as entry_service
from market.selection.results import queries as result_queries
from tests.factories import selection as f
from tests.selection import auctioning as a
from tests.selection import sealing as s

SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def running(context):
    number = a.published()
    made = a.entered(number)
    a.opened(number)
    a.to(a.after(number, minutes=14))
    a.tick()
    a.bid(number, made[0], 110_000)
    return number, made


def state_of(number: str) -> str:
    return result_queries.notice(reading(CLOCK), number).state.value


def report(low_water: dt.datetime) -> None:
    in_one_transaction(entry_service.report, CLOCK, process="a", low_water=low_water)


def late_worked(number: str, who, yuan: int, received_at: dt.datetime) -> int:
    """A bid whose form was here at an instant, and that is worked on now."""

    def act(work):
        then = dataclasses.replace(work, received_at=received_at)
        return auction_service.bid(then, number=number, amount_fen=yuan * a.YUAN)

    return in_one_transaction(act, who.actor)


@pytest.mark.databases
def test_of_equal_bids_at_one_moment_one_counts(app, running):
    number, made = running

    def bid(who) -> str:
        with app.app_context():
            try:
                a.bid(number, who, 100_000)
            except Refusal as no:
                return no.code
            finally:
                db.session.remove()
            return "counts"

    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        told = sorted(pool.map(bid, made))
    assert told == ["auction.step", "auction.step", "counts"]
    assert [each.amount_fen // a.YUAN for each in a.course(number).bids] == [100_000, 110_000]


def test_a_bid_received_in_time_counts_however_late_it_is_worked_on(running):
    number, made = running
    end = a.course(number).end_at
    a.to(end + 4 * SECOND)
    report(end - SECOND)  # it still holds something from before the end
    a.tick()
    assert state_of(number) == "auction_running"
    with pytest.raises(Refusal, match=r"auction\.late"):
        late_worked(number, made[1], 100_000, end)
    late_worked(number, made[1], 100_000, end - SECOND)
    moved = a.course(number).end_at
    assert moved == end - SECOND + dt.timedelta(minutes=5)

    a.to(moved + 4 * SECOND)
    report(moved + SECOND)
    a.tick()
    assert state_of(number) == "sealed"
    with pytest.raises(Refusal, match=r"auction\.late"):
        late_worked(number, made[1], 90_000, moved - SECOND)
    f.move_to(result_queries.notice(reading(CLOCK), number).draw_at)
    assert s.verified(number)["auction"].startswith("2 / 2; 100000.00; ")


def test_a_bid_that_was_in_hand_for_longer_than_verifiers_allow_is_refused(running):
    number, made = running
    start = a.after(number, minutes=14)
    most = dt.timedelta(seconds=s.leaf(number, "notice.published")["drain_max"])
    a.to(start + most + 2 * SECOND)
    with pytest.raises(Refusal, match=r"auction\.waited"):
        late_worked(number, made[1], 100_000, start + SECOND)
    late_worked(number, made[1], 100_000, start + 2 * SECOND)
    a.over(number)
    f.move_to(result_queries.notice(reading(CLOCK), number).draw_at)
    assert s.verified(number)["auction"].startswith("2 / 2; 100000.00; ")


@pytest.mark.parametrize("leaves", [False, True])
def test_the_clock_freezes_a_running_auction_as_soon_as_nobody_is_there(running, leaves):
    number, _ = running
    gone = a.after(number, minutes=14, seconds=5)
    a.to(gone)
    report(gone)
    if leaves:  # stopped as one stops a service: with nothing in hand
        in_one_transaction(entry_service.leave, CLOCK, process="a")
    a.to(gone + 29 * SECOND)
    a.tick()
    assert state_of(number) == "auction_running"
    a.to(gone + 30 * SECOND)
    a.tick()
    assert state_of(number) == "auction_frozen"
    assert s.leaf(number, "auction.frozen")["since_ms"] == int(gone.timestamp()) * 1000


def test_a_machine_that_was_down_until_after_the_end_freezes_what_it_missed(running):
    number, _ = running
    gone = a.after(number, minutes=14, seconds=5)
    a.to(gone)
    report(gone)
    a.to(a.course(number).end_at + dt.timedelta(minutes=20))
    now = fabric().clock.now()
    in_one_transaction(entry_service.report, CLOCK, process="b", low_water=now)
    a.tick()
    assert state_of(number) == "auction_frozen"
    assert s.leaf(number, "auction.frozen")["since_ms"] == int(gone.timestamp()) * 1000


def test_who_left_before_the_end_and_was_followed_holds_nothing(running):
    number, _ = running
    end = a.course(number).end_at
    a.to(end - SECOND)
    report(end - SECOND)
    in_one_transaction(entry_service.leave, CLOCK, process="a")
    a.to(end + 4 * SECOND)
    in_one_transaction(entry_service.report, CLOCK, process="b", low_water=end + SECOND)
    a.tick()
    assert state_of(number) == "sealed"


def test_where_no_process_is_alive_before_the_end_the_clock_freezes_it(running):
    number, _ = running
    end = a.course(number).end_at
    a.to(end - 20 * SECOND)
    report(fabric().clock.now())
    a.to(end + 4 * SECOND)
    a.tick()
    assert state_of(number) == "auction_running"  # for half a minute it may still be there
    a.to(end + 11 * SECOND)
    a.tick()
    a.tick()
    assert state_of(number) == "auction_frozen"
    told = s.leaf(number, "auction.frozen")
    assert told["by"] == "clock"
    assert told["since_ms"] == int((end - 20 * SECOND).timestamp()) * 1000
    shown = a.course(number)
    assert (shown.low_fen, len(shown.freezes)) == (110_000 * a.YUAN, 1)
