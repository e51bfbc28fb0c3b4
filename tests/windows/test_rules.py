"""The law of deadlines as rows, without app or database."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.kernel.errors import Invalid, Refusal
from market.windows import rules
from market.windows.rules import Changed, Counted, Nature, State
from market.workdays.rules import Certainty, Unit, deadline
from tests.workdays.shipped import local, official

START = local("2026-03-04 10:00")  # a Wednesday


def window(
    nature: Nature = Nature.DUTY,
    n: int = 5,
    unit: Unit = Unit.WORKING_DAY,
    *stops: rules.Stop,
    due_at: dt.datetime | None = None,
    certainty: Certainty = Certainty.CONFIRMED,
    trigger_at: dt.datetime = START,
) -> Counted:
    due_at = due_at or deadline(trigger_at, n, unit, official()).due_at
    return Counted(nature, trigger_at, n, unit, stops, due_at, certainty)


@pytest.mark.parametrize("old", list(State))
@pytest.mark.parametrize("new", list(State))
def test_windows_move_by_the_table_alone(old, new):
    if new in rules.NEXT.get(old, ()):
        assert rules.move_state(old, new) is new
    else:
        with pytest.raises(Refusal, match=r"window\.wrong_state"):
            rules.move_state(old, new)


def test_a_duty_is_reminded_at_half_time_and_a_working_day_before_its_last():
    due = deadline(local("2026-02-10 10:00"), 15, Unit.WORKING_DAY, official())
    first = rules.next_reminder(
        local("2026-02-10 10:00"),
        due.due_at,
        Unit.WORKING_DAY,
        official(),
        START - dt.timedelta(days=60),
    )
    assert due.last_day == dt.date(2026, 3, 9)
    half = local("2026-02-10 10:00") + (due.due_at - local("2026-02-10 10:00")) / 2
    assert first == half
    second = rules.next_reminder(
        local("2026-02-10 10:00"), due.due_at, Unit.WORKING_DAY, official(), half
    )
    assert second == local("2026-03-06 00:00")  # Friday: the working day before Monday the 9th
    assert (
        rules.next_reminder(
            local("2026-02-10 10:00"), due.due_at, Unit.WORKING_DAY, official(), second
        )
        is None
    )


def test_a_kind_may_name_the_days_of_its_reminders():
    due = deadline(START, 10, Unit.WORKING_DAY, official())  # through the 18th
    now = START
    times = []
    while now := rules.next_reminder(
        START, due.due_at, Unit.WORKING_DAY, official(), now, (5, 2, 0)
    ):
        times.append(now)
    assert times == [
        local("2026-03-11 00:00"),
        local("2026-03-16 00:00"),
        local("2026-03-18 00:00"),
    ]
    soon = deadline(START, 1, Unit.WORKING_DAY, official())
    assert rules.next_reminder(
        START, soon.due_at, Unit.WORKING_DAY, official(), START, (5, 2, 0)
    ) == local("2026-03-05 00:00")


def test_a_reminder_never_comes_after_the_due():
    hour = rules.next_reminder(
        START, START + dt.timedelta(hours=1), Unit.WORKING_DAY, official(), START
    )
    assert hour == START + dt.timedelta(minutes=30)
    assert (
        rules.next_reminder(
            START, START + dt.timedelta(hours=1), Unit.WORKING_DAY, official(), hour
        )
        is None
    )


def test_days_counted_before_each_of_two_stops_stay():
    first = (local("2026-03-06 10:00"), local("2026-03-10 10:00"))  # one day counted: Thursday
    second = (
        local("2026-03-12 09:00"),
        local("2026-03-16 09:00"),
    )  # and one more: Wednesday the 11th
    counted = rules.recounted(window(Nature.DUTY, 5, Unit.WORKING_DAY, first, second), official())
    assert counted.last_day == dt.date(2026, 3, 19)  # 17, 18, 19 March


def test_a_stop_behind_the_due_leaves_no_day_to_count():
    late = (local("2026-03-20 10:00"), local("2026-03-23 10:00"))
    assert rules.recounted(window(Nature.DUTY, 5, Unit.WORKING_DAY, late), official()) is None
    assert rules.moved(window(Nature.DUTY, 5, Unit.WORKING_DAY, late), official(), START) is None


def test_any_other_refusal_of_counting_is_not_swallowed():
    backwards = (local("2026-03-06 10:00"), local("2026-03-05 10:00"))
    with pytest.raises(Invalid, match=r"workdays\.stop_out_of_order"):
        rules.recounted(window(Nature.DUTY, 5, Unit.WORKING_DAY, backwards), official())


DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("nature", list(Nature))
@pytest.mark.parametrize("certainty", list(Certainty))
@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_who_moves_and_who_stays(nature, certainty, shift):
    """`shift`: the announced due stood so many days from what the calendar now says."""
    right = deadline(START, 5, Unit.WORKING_DAY, official()).due_at
    moved = rules.moved(
        window(nature, due_at=right + shift * DAY, certainty=certainty), official(), START
    )
    if certainty is Certainty.PROVISIONAL:
        assert (moved.due_at, moved.certainty) == (right, Certainty.CONFIRMED)
    elif shift == -1 or (shift == 1 and nature is Nature.DUTY):
        assert moved.due_at == right
    else:
        assert moved is None


def test_a_provisional_due_is_not_moved_into_the_past_but_confirmed_where_it_is():
    right = deadline(START, 5, Unit.WORKING_DAY, official()).due_at
    open_still = window(Nature.RIGHT, due_at=right + 2 * DAY, certainty=Certainty.PROVISIONAL)
    moved = rules.moved(open_still, official(), right + DAY)
    assert (moved.due_at, moved.last_day, moved.certainty) == (
        right + 2 * DAY,
        dt.date(2026, 3, 13),
        Certainty.CONFIRMED,
    )


def test_changed_days_are_a_span_from_midnight_to_midnight():
    assert Changed.over([]) is None
    span = Changed.over([dt.date(2026, 5, 9), dt.date(2026, 5, 4)])
    assert (span.first, span.end) == (local("2026-05-04 00:00"), local("2026-05-10 00:00"))


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9))))
def test_stops_come_back_from_their_row_as_they_went(pairs):
    stops = [
        (START + dt.timedelta(seconds=at), START + dt.timedelta(seconds=at, milliseconds=ms))
        for at, ms in pairs
    ]
    assert rules.spans([rules.kept(stop) for stop in stops]) == tuple(stops)


@given(
    st.integers(1, 60),
    st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.MONTH]),
    st.integers(0, 3000),
)
def test_counting_again_by_the_same_calendar_changes_nothing(n, unit, days):
    trigger = local("2018-01-02 09:00") + days * DAY
    n = min(n, 3) if unit is Unit.MONTH else n
    counted = deadline(trigger, n, unit, official())
    same = window(
        Nature.DUTY, n, unit, due_at=counted.due_at, certainty=counted.certainty, trigger_at=trigger
    )
    assert rules.moved(same, official(), trigger) is None
