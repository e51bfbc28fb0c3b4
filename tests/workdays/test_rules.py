"""Legal time, rule by rule. No app, no database."""

import datetime as dt
import json
import pathlib

import pytest

from market.kernel.errors import Invalid, Refusal
from market.workdays.rules import (
    MOST,
    Certainty,
    End,
    Unit,
    WorkCalendar,
    counting,
    deadline,
    is_in_time,
    last_day,
    reminders,
    resume,
    working_days_left,
)
from tests.workdays.shipped import local, official, shipped

CASES = json.loads((pathlib.Path(__file__).parent / "vectors.json").read_text())["cases"]
SECOND = dt.timedelta(seconds=1)


def days(*texts: str) -> tuple[dt.date, ...]:
    return tuple(dt.date.fromisoformat(text) for text in texts)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_fifteen_worked_cases(case):
    close = case["business_close"] and dt.time.fromisoformat(case["business_close"])
    due = deadline(
        dt.datetime.fromisoformat(case["trigger"]),
        case["n"],
        Unit(case["unit"]),
        official(),
        End(case["end_mode"]),
        close,
    )
    expected = case["expected"]
    assert [day.isoformat() for day in due.counted_days] == expected["counted_days"]
    assert due.last_day.isoformat() == expected["last_day"]
    assert due.due_at == dt.datetime.fromisoformat(expected["due_at_exclusive"])
    assert due.due_at.tzinfo is dt.UTC
    assert due.certainty == expected["certainty"]
    for check in case["checks"]:
        received_at = dt.datetime.fromisoformat(check["received_at"])
        assert is_in_time(received_at, due.due_at) == check["on_time"]


def test_an_event_at_exactly_midnight_belongs_to_the_new_day():
    before = local("2026-03-11 23:59:59.999")
    at = local("2026-03-12 00:00")
    assert deadline(before, 1, Unit.WORKING_DAY, official()).last_day == dt.date(2026, 3, 12)
    assert deadline(at, 1, Unit.WORKING_DAY, official()).last_day == dt.date(2026, 3, 13)


def test_what_is_received_at_the_due_is_late_and_a_second_before_in_time():
    due = deadline(local("2026-03-11 10:00"), 3, Unit.WORKING_DAY, official()).due_at
    assert is_in_time(due - SECOND, due)
    assert not is_in_time(due, due)
    assert not is_in_time(due + SECOND, due)


@pytest.mark.parametrize(
    ("n", "last"),
    [
        (1, "2026-03-12"),  # a Thursday stays
        (2, "2026-03-13"),
        (3, "2026-03-16"),  # Saturday moves to Monday
        (19, "2026-03-30"),
        (65, "2026-05-15"),
        (59, "2026-05-09"),  # a make-up Saturday does not move
        (51, "2026-05-06"),  # Labour Day runs to 5 May
    ],
)
def test_calendar_days_that_end_on_a_rest_day_end_on_the_next_working_day(n, last):
    due = deadline(local("2026-03-11 10:00"), n, Unit.CALENDAR_DAY, official())
    assert due.last_day == dt.date.fromisoformat(last)
    assert due.counted_days == ()


@pytest.mark.parametrize(
    ("trigger", "n", "last"),
    [
        ("2026-03-11 10:00", 1, "2026-04-13"),  # 11 April is a Saturday
        ("2026-03-12 10:00", 3, "2026-06-12"),
        (
            "2026-01-31 10:00",
            1,
            "2026-02-28",
        ),  # no 31 February: the month's end, a make-up Saturday
        ("2024-01-31 10:00", 1, "2024-02-29"),
        ("2025-08-31 10:00", 13, "2026-09-30"),
        ("2025-11-30 10:00", 1, "2025-12-30"),
    ],
)
def test_a_month_ends_on_the_corresponding_day_or_else_at_the_month_s_end(trigger, n, last):
    assert deadline(local(trigger), n, Unit.MONTH, official()).last_day == dt.date.fromisoformat(
        last
    )


@pytest.mark.parametrize(
    ("unit", "n", "due"),
    [
        (Unit.HOUR, 48, "2026-10-03 23:30"),
        (Unit.HOUR, 1, "2026-10-02 00:30"),
        (Unit.MINUTE, 30, "2026-10-02 00:00"),
    ],
)
def test_hours_and_minutes_are_exact_and_roll_over_nothing(unit, n, due):
    found = deadline(local("2026-10-01 23:30"), n, unit, official())
    assert found.due_at == local(due)
    assert found.due_at.tzinfo is dt.UTC
    assert found.last_day == (local(due) - SECOND).date()
    assert (found.certainty, found.arrangements, found.counted_days) == (
        Certainty.CONFIRMED,
        (),
        (),
    )


def test_exact_windows_are_never_provisional():
    assert (
        deadline(local("2030-06-01 10:00"), 48, Unit.HOUR, official()).certainty
        == Certainty.CONFIRMED
    )


def test_a_deadline_names_the_arrangements_it_rests_on():
    assert deadline(local("2026-03-11 10:00"), 3, Unit.WORKING_DAY, official()).arrangements == (
        "CN-2026-1",
    )
    over_new_year = deadline(local("2018-12-26 10:00"), 3, Unit.WORKING_DAY, official())
    assert over_new_year.last_day == dt.date(
        2018, 12, 29
    )  # a Saturday that the notice for 2019 made a working day
    assert over_new_year.arrangements == ("CN-2018-1", "CN-2019-2")
    assert deadline(local("2020-12-30 10:00"), 3, Unit.WORKING_DAY, official()).arrangements == (
        "CN-2020-2",
        "CN-2021-1",
    )
    assert deadline(local("2027-03-01 10:00"), 3, Unit.WORKING_DAY, official()).arrangements == ()


@pytest.mark.parametrize(
    ("trigger", "n", "unit", "certainty"),
    [
        ("2026-12-25 10:00", 1, Unit.WORKING_DAY, "confirmed"),  # Monday 28 December
        ("2026-12-25 10:00", 2, Unit.WORKING_DAY, "provisional"),
        ("2026-12-01 10:00", 26, Unit.CALENDAR_DAY, "confirmed"),  # Sunday 27, moved to the 28th
        ("2026-12-01 10:00", 28, Unit.CALENDAR_DAY, "provisional"),
        ("2026-11-29 10:00", 1, Unit.MONTH, "provisional"),
    ],
)
def test_a_deadline_after_28_december_of_the_newest_year_is_provisional(
    trigger, n, unit, certainty
):
    assert deadline(local(trigger), n, unit, official()).certainty == certainty


def test_an_unpublished_year_has_its_statutory_days_off():
    due = deadline(local("2027-02-03 10:00"), 3, Unit.WORKING_DAY, official())
    assert due.counted_days == days(
        "2027-02-04", "2027-02-09", "2027-02-10"
    )  # New Year's Eve is Friday the 5th


def test_a_missing_year_makes_everything_after_it_provisional():
    gap = WorkCalendar("CN", [one for one in shipped() if one.year != 2024])
    assert gap.confirmed_through == dt.date(2023, 12, 28)
    assert (
        deadline(local("2025-03-11 10:00"), 3, Unit.WORKING_DAY, gap).certainty
        == Certainty.PROVISIONAL
    )
    assert WorkCalendar("CN", []).confirmed_through == dt.date(2017, 12, 28)


def test_each_window_starts_from_the_real_event_not_from_its_predecessor_s_due():
    """R7: received Wednesday, accepted the next morning; the 15 days run from the acceptance."""
    received = local("2026-03-11 10:00")
    accepted = local("2026-03-12 09:00")
    assert deadline(received, 2, Unit.WORKING_DAY, official()).last_day == dt.date(2026, 3, 13)
    assert deadline(accepted, 15, Unit.WORKING_DAY, official()).last_day == dt.date(2026, 4, 2)


def test_days_before_a_stop_stay_and_counting_goes_on_the_day_after_resumption():
    due = resume(
        local("2026-03-11 10:00"),
        5,
        Unit.WORKING_DAY,
        official(),
        stopped_at=local("2026-03-16 15:00"),
        resumed_at=local("2026-03-25 11:00"),
    )
    assert due.counted_days == days(
        "2026-03-12", "2026-03-13", "2026-03-26", "2026-03-27", "2026-03-30"
    )
    assert due.due_at == local("2026-03-31 00:00")
    assert due.arrangements == ("CN-2026-1",)


def test_a_clock_may_stop_twice():
    first = local("2026-03-13 15:00"), local("2026-03-16 11:00")
    due = resume(
        local("2026-03-11 10:00"),
        4,
        Unit.WORKING_DAY,
        official(),
        earlier=[first],
        stopped_at=local("2026-03-18 09:00"),
        resumed_at=local("2026-03-19 09:00"),
    )
    assert due.counted_days == days("2026-03-12", "2026-03-17", "2026-03-20", "2026-03-23")


def test_a_stop_on_the_trigger_day_takes_no_day_and_a_stop_within_a_day_takes_that_day():
    window = (local("2026-03-11 10:00"), 2, Unit.WORKING_DAY, official())
    whole = resume(
        *window, stopped_at=local("2026-03-11 11:00"), resumed_at=local("2026-03-13 11:00")
    )
    assert whole.counted_days == days("2026-03-16", "2026-03-17")
    within = resume(
        *window, stopped_at=local("2026-03-12 11:00"), resumed_at=local("2026-03-12 16:00")
    )
    assert within.counted_days == days("2026-03-13", "2026-03-16")


def test_calendar_days_stop_too_and_exact_windows_by_the_minute():
    trigger = local("2026-03-11 10:00")
    counted = resume(
        trigger,
        30,
        Unit.CALENDAR_DAY,
        official(),
        stopped_at=local("2026-03-16 15:00"),
        resumed_at=local("2026-03-25 11:00"),
    )
    assert counted.last_day == dt.date(2026, 4, 20)  # four days before the stop, 26 after the 25th
    exact = resume(
        trigger,
        2,
        Unit.HOUR,
        official(),
        stopped_at=local("2026-03-11 11:00"),
        resumed_at=local("2026-03-11 11:30"),
    )
    assert (exact.due_at, exact.arrangements) == (local("2026-03-11 12:30"), ())


@pytest.mark.parametrize(
    ("unit", "stopped_at", "resumed_at", "code"),
    [
        (Unit.MONTH, "2026-03-12 00:00", "2026-03-13 00:00", "workdays.months_cannot_stop"),
        (Unit.WORKING_DAY, "2026-03-17 00:00", "2026-03-18 00:00", "workdays.stopped_after_due"),
        (Unit.WORKING_DAY, "2026-03-13 00:00", "2026-03-12 00:00", "workdays.stop_out_of_order"),
        (Unit.WORKING_DAY, "2026-03-10 00:00", "2026-03-12 00:00", "workdays.stop_out_of_order"),
    ],
)
def test_stops_that_cannot_be_are_refused(unit, stopped_at, resumed_at, code):
    with pytest.raises(Invalid) as no:
        resume(
            local("2026-03-11 10:00"),
            3,
            unit,
            official(),
            stopped_at=local(stopped_at),
            resumed_at=local(resumed_at),
        )
    assert no.value.code == code


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"trigger_at": dt.datetime(2026, 3, 11)}, "workdays.naive_instant", "trigger"),  # noqa: DTZ001
        ({"trigger_at": local("2017-03-11 10:00")}, "workdays.outside_calendar", "trigger"),
        (
            {"trigger_at": local("2018-01-01 00:00") - SECOND},
            "workdays.outside_calendar",
            "trigger",
        ),
        (
            {"trigger_at": dt.datetime(2017, 12, 31, 23, tzinfo=dt.UTC)},
            "workdays.outside_calendar",
            "trigger",
        ),
        ({"trigger_at": local("2050-12-30 10:00")}, "workdays.outside_calendar", "trigger"),
        ({"n": 0}, "workdays.n_out_of_range", "n"),
        ({"n": -1}, "workdays.n_out_of_range", "n"),
        ({"n": MOST + 1}, "workdays.n_out_of_range", "n"),
        ({"n": MOST}, "workdays.outside_calendar", "trigger"),
        ({"end": End.BUSINESS_CLOSE}, "workdays.end_without_close", "close"),
        ({"close": dt.time(17)}, "workdays.end_without_close", "close"),
        (
            {"unit": Unit.HOUR, "end": End.BUSINESS_CLOSE, "close": dt.time(17)},
            "workdays.exact_unit_has_no_close",
            "end",
        ),
    ],
)
def test_a_window_that_cannot_be_counted_is_refused(change, code, field):
    window = {
        "trigger_at": local("2026-03-11 10:00"),
        "n": 3,
        "unit": Unit.WORKING_DAY,
        "calendar": official(),
    }
    with pytest.raises(Refusal) as no:
        deadline(**(window | change))
    assert (no.value.code, no.value.field) == (code, field)


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-03-11 10:00", 3),
        ("2026-03-12 00:00", 2),
        ("2026-03-14 10:00", 1),
        ("2026-03-16 23:59", 0),
        ("2026-03-17 00:00", -1),
        ("2026-03-18 10:00", -2),
    ],
)
def test_working_days_left_count_the_last_day_and_go_below_nothing_when_overdue(now, left):
    due = deadline(local("2026-03-11 10:00"), 3, Unit.WORKING_DAY, official()).due_at
    assert last_day(due) == dt.date(2026, 3, 16)
    assert working_days_left(local(now), due, official()) == left


def test_the_body_is_reminded_at_half_time_and_one_working_day_before():
    trigger = local("2026-03-11 00:00")
    due = deadline(trigger, 15, Unit.WORKING_DAY, official()).due_at
    assert due == local("2026-04-02 00:00")
    found = reminders(trigger, due, Unit.WORKING_DAY, official())
    assert found == (local("2026-03-22 00:00"), local("2026-03-31 00:00"))


def test_a_reminder_is_never_before_the_event_and_exact_windows_have_half_time_alone():
    trigger = local("2026-03-11 10:00")
    one = deadline(trigger, 1, Unit.WORKING_DAY, official()).due_at
    assert reminders(trigger, one, Unit.WORKING_DAY, official()) == (local("2026-03-12 05:00"),)
    assert reminders(trigger, local("2026-03-11 12:00"), Unit.HOUR, official()) == (
        local("2026-03-11 11:00"),
    )


def test_a_calendar_remembers_its_deadlines_but_not_without_end(monkeypatch):
    monkeypatch.setattr(counting, "REMEMBERED", 3)
    calendar = WorkCalendar("CN", shipped())
    trigger = local("2026-03-11 10:00")
    first = deadline(trigger, 1, Unit.WORKING_DAY, calendar)
    assert deadline(trigger, 1, Unit.WORKING_DAY, calendar) is first
    for n in range(2, 8):
        deadline(trigger, n, Unit.WORKING_DAY, calendar)
    assert len(calendar.deadlines) <= 3
    assert deadline(trigger, 1, Unit.WORKING_DAY, calendar) == first
