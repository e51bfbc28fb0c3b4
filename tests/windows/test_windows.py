"""Deadlines as rows: each due is done exactly once, whoever sweeps and however late."""

import datetime as dt
import threading

import pytest
import sqlalchemy as sa

from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.ledger import queries as ledger
from market.windows import jobs, queries, service
from market.windows.rules import Kind, Nature, State
from market.workdays import service as workdays
from tests.workdays.shipped import local

RIGHT = Kind("test.right", Nature.RIGHT, "异议期")
DUTY = Kind("test.duty", Nature.DUTY, "受理")
ACT = Kind("test.act", Nature.ACT, "报名截止")
HOUR = dt.timedelta(hours=1)


def open_duty(work, **more):
    return service.open_counted(
        work, DUTY, subject="TS-1", span=(2, "working_day"), responsible_id=7, **more
    )


@pytest.fixture(autouse=True)
def calendar(context):
    in_one_transaction(workdays.load_shipped, CLOCK)


def kinds():
    """What the log says of windows."""
    return [
        (entry.type, entry.fields.get("window"))
        for entry in ledger.after(reading(CLOCK), 0)
        if entry.type.startswith("window.")
    ]


@pytest.fixture
def fired(context):
    done = []
    fabric(context).window_handlers = {
        kind.name: lambda work, due: done.append((due.kind, due.matter))
        for kind in (RIGHT, DUTY, ACT)
    }
    return done


@pytest.mark.databases
def test_a_window_of_two_working_days_ends_at_midnight_after_the_second(context, clock):
    due = in_one_transaction(open_duty, CLOCK)  # Wednesday 4 March 2026
    assert due.last_day == dt.date(2026, 3, 6)
    assert due.due_at == dt.datetime(2026, 3, 6, 16, tzinfo=dt.UTC)
    assert not due.is_provisional
    assert kinds() == [("window.opened", "test.duty")]


@pytest.mark.databases
def test_a_duty_is_noted_overdue_once_and_stays_owed(context, clock, fired):
    due = in_one_transaction(open_duty, CLOCK)
    clock.instant = due.due_at - dt.timedelta(seconds=1)
    assert jobs.sweep() == 0
    clock.instant = due.due_at + dt.timedelta(days=6)  # the clock was down for six days
    assert jobs.sweep() == 1
    assert jobs.sweep() == 0
    assert fired == [("test.duty", "TS-1")]
    live = queries.live(reading(CLOCK), DUTY, "TS-1")
    assert live.state is State.OPEN and live.overdue_at == clock.instant
    assert in_one_transaction(service.close, CLOCK, DUTY, "TS-1")
    assert not in_one_transaction(service.close, CLOCK, DUTY, "TS-1")
    assert [kind for kind, _ in kinds()].count("window.overdue") == 1


def test_a_duty_goes_to_another_body_while_it_is_in_time_and_stays_with_the_first_once_it_is_late(
    context, clock, fired
):
    due = in_one_transaction(open_duty, CLOCK)
    assert in_one_transaction(service.hand_over, CLOCK, DUTY, "TS-1", responsible_id=8)
    assert queries.live(reading(CLOCK), DUTY, "TS-1").responsible_id == 8
    assert not in_one_transaction(service.hand_over, CLOCK, DUTY, "TS-2", responsible_id=9)
    clock.instant = due.due_at
    jobs.sweep()
    assert not in_one_transaction(service.hand_over, CLOCK, DUTY, "TS-1", responsible_id=9)
    assert queries.live(reading(CLOCK), DUTY, "TS-1").responsible_id == 8


@pytest.mark.databases
def test_a_right_expires_at_its_due_exactly(context, clock, fired):
    due = in_one_transaction(
        service.open_at, CLOCK, RIGHT, subject="GG-1", due_at=clock.instant + HOUR
    )
    clock.instant = due.due_at
    jobs.sweep()
    assert fired == [("test.right", "GG-1")]
    assert queries.live(reading(CLOCK), RIGHT, "GG-1") is None
    assert [window.state for window in queries.of_subject(reading(CLOCK), "GG-1")] == [
        State.EXPIRED
    ]


@pytest.mark.databases
def test_two_clocks_at_once_have_one_effect(app, clock):
    done = []
    fabric(app).window_handlers = {ACT.name: lambda work, due: done.append(due.matter)}
    with app.app_context():
        for number in range(20):
            in_one_transaction(
                service.open_at, CLOCK, ACT, subject=f"GG-{number}", due_at=clock.instant + HOUR
            )
    clock.advance(2 * HOUR)

    def sweep():
        with app.app_context():
            jobs.sweep()

    clocks = [threading.Thread(target=sweep) for _ in range(3)]
    for one in clocks:
        one.start()
    for one in clocks:
        one.join()
    with app.app_context():
        jobs.sweep()  # whatever a lost race left over
        assert sorted(done) == sorted(f"GG-{number}" for number in range(20))
        assert [kind for kind, _ in kinds()].count("window.closed") == 20


@pytest.mark.databases
def test_one_that_fails_does_not_stop_the_rest(context, clock, caplog):
    done = []

    def handle(work, due):
        if due.matter == "GG-1" and len(done) < 2:
            raise RuntimeError("broken")
        done.append(due.matter)

    fabric(context).window_handlers = {ACT.name: handle}
    for number in range(3):
        in_one_transaction(
            service.open_at, CLOCK, ACT, subject=f"GG-{number}", due_at=clock.instant + HOUR
        )
    clock.advance(2 * HOUR)
    jobs.sweep()
    assert done == ["GG-0", "GG-2"]
    jobs.sweep()
    assert done == ["GG-0", "GG-2", "GG-1"]
    assert [kind for kind, _ in kinds()].count("window.closed") == 3
    assert "failed and will be tried again" in caplog.text


@pytest.mark.databases
def test_only_one_live_window_of_a_kind_and_matter(context, clock):
    in_one_transaction(open_duty, CLOCK)
    with pytest.raises(sa.exc.IntegrityError):
        in_one_transaction(open_duty, CLOCK)


@pytest.mark.databases
def test_a_stopped_clock_does_not_run_out(context, clock, fired):
    due = in_one_transaction(open_duty, CLOCK)
    clock.advance(
        dt.timedelta(days=1)
    )  # Thursday: one working day counted before the stop? The stop day is not.
    assert in_one_transaction(service.pause, CLOCK, DUTY, "TS-1")
    assert not in_one_transaction(service.pause, CLOCK, DUTY, "TS-1")
    clock.instant = due.due_at + dt.timedelta(days=3)  # Monday 9 March, 24:00
    assert jobs.sweep() == 0
    resumed = in_one_transaction(service.resume_counting, CLOCK, DUTY, "TS-1")
    assert resumed.due_at > clock.instant
    assert in_one_transaction(service.resume_counting, CLOCK, DUTY, "TS-1") is None
    assert fired == []


@pytest.mark.databases
def test_a_provisional_right_never_expires_by_itself(context, clock, fired):
    clock.instant = dt.datetime(2026, 12, 30, 2, tzinfo=dt.UTC)
    due = in_one_transaction(
        lambda work: service.open_counted(work, RIGHT, subject="GG-9", span=(3, "working_day")),
        CLOCK,
    )
    assert due.is_provisional
    clock.instant = due.due_at + HOUR
    jobs.sweep()
    assert fired == []
    assert queries.live(reading(CLOCK), RIGHT, "GG-9").state is State.HELD


@pytest.mark.databases
def test_a_duty_is_reminded_before_its_due_and_never_after(context, clock, fired):
    due = in_one_transaction(open_duty, CLOCK)
    reminders = []
    while clock.instant < due.due_at + dt.timedelta(days=2):
        clock.advance(HOUR)
        jobs.sweep()
        reminders = [
            entry for entry in ledger.after(reading(CLOCK), 0) if entry.type == "window.reminded"
        ]
    assert len(reminders) == 2
    assert all(entry.at < due.due_at for entry in reminders)


def test_what_waits_for_an_organisation_comes_soonest_first(context, clock):
    for number, days in ((1, 5), (2, 1), (3, 3)):
        in_one_transaction(
            lambda work: service.open_counted(
                work, DUTY, subject=f"TS-{number}", span=(days, "working_day"), responsible_id=7
            ),
            CLOCK,
        )
    assert [due.subject for due in queries.waiting_for(reading(CLOCK), 7)] == [
        "TS-2",
        "TS-3",
        "TS-1",
    ]
    assert queries.waiting_for(reading(CLOCK), 8) == []


@pytest.mark.databases
def test_a_window_stopped_twice_counts_what_was_counted_before_each_stop(context, clock, fired):
    in_one_transaction(
        lambda work: service.open_counted(work, DUTY, subject="TS-1", span=(5, "working_day")),
        CLOCK,
    )
    for stop, go in (
        ("06", "10"),
        ("12", "16"),
    ):  # Thursday the 5th counted, then Wednesday the 11th
        clock.instant = local(f"2026-03-{stop} 10:00")
        assert in_one_transaction(service.pause, CLOCK, DUTY, "TS-1")
        clock.instant = local(f"2026-03-{go} 10:00")
        resumed = in_one_transaction(service.resume_counting, CLOCK, DUTY, "TS-1")
    assert resumed.last_day == dt.date(2026, 3, 19)
    clock.instant = resumed.due_at
    jobs.sweep()
    assert fired == [("test.duty", "TS-1")]


@pytest.mark.databases
def test_a_duty_that_was_late_before_its_stop_gains_nothing(context, clock, fired):
    due = in_one_transaction(open_duty, CLOCK)
    clock.instant = due.due_at + HOUR
    jobs.sweep()
    assert in_one_transaction(service.pause, CLOCK, DUTY, "TS-1")
    clock.advance(dt.timedelta(days=3))
    assert in_one_transaction(service.resume_counting, CLOCK, DUTY, "TS-1").due_at == due.due_at
    jobs.sweep()
    assert fired == [("test.duty", "TS-1")]
    assert "window.reminded" not in [kind for kind, _ in kinds()[2:]]


@pytest.mark.databases
def test_an_absolute_instant_never_stops(context, clock):
    in_one_transaction(service.open_at, CLOCK, ACT, subject="GG-1", due_at=clock.instant + HOUR)
    assert not in_one_transaction(service.pause, CLOCK, ACT, "GG-1")


@pytest.mark.databases
def test_six_days_down_across_three_dues_has_exactly_one_effect_each(context, clock, fired):
    dues = [
        in_one_transaction(
            lambda work: service.open_counted(
                work, kind, subject=f"GG-{kind.nature}", span=(days, "working_day")
            ),
            CLOCK,
        )
        for days, kind in enumerate((ACT, RIGHT, DUTY), start=1)
    ]
    clock.instant = dues[-1].due_at + dt.timedelta(days=6)
    assert jobs.sweep() == 3
    assert jobs.sweep() == 0
    assert fired == [
        ("test.act", "GG-act"),
        ("test.right", "GG-right"),
        ("test.duty", "GG-duty"),
    ]  # in the order of their dues


def test_a_reminder_that_another_clock_gave_is_not_given_twice(context, clock, fired):
    due = in_one_transaction(open_duty, CLOCK)
    clock.instant = due.trigger_at + dt.timedelta(days=1)
    for _ in range(2):
        in_one_transaction(service.remind, CLOCK, due.id)
    assert [kind for kind, _ in kinds()].count("window.reminded") == 1


def test_a_window_that_another_clock_fired_is_left_alone(context, clock, fired):
    due = in_one_transaction(open_duty, CLOCK)
    clock.instant = due.due_at
    for _ in range(2):
        assert (
            in_one_transaction(
                service.fire_batch,
                CLOCK,
                [due.id],
                fabric(context).window_handlers,
                lambda: False,
            )
            == 1
        )
    assert fired == [("test.duty", "TS-1")]


@pytest.mark.databases
def test_a_window_that_another_ones_handler_closed_in_the_same_batch_is_left_alone(context, clock):
    done = []

    def close_all(work, due):
        done.append(due.matter)
        for number in range(3):
            service.close(work, ACT, f"GG-{number}")

    fabric(context).window_handlers = {ACT.name: close_all}
    for number in range(3):
        in_one_transaction(
            service.open_at, CLOCK, ACT, subject=f"GG-{number}", due_at=clock.instant + HOUR
        )
    clock.advance(HOUR)
    jobs.sweep()
    assert done == ["GG-0"]
    assert [kind for kind, _ in kinds()].count("window.closed") == 3


def test_a_batch_ends_when_its_time_is_over(context, clock, fired):
    ids = [
        in_one_transaction(
            service.open_at, CLOCK, ACT, subject=f"GG-{n}", due_at=clock.instant + HOUR
        ).id
        for n in range(25)
    ]
    clock.advance(HOUR)
    handlers = fabric(context).window_handlers
    assert in_one_transaction(service.fire_batch, CLOCK, ids, handlers, lambda: True) == 5
    assert in_one_transaction(service.fire_batch, CLOCK, ids, handlers, lambda: False) == 25
    assert len(fired) == 25
