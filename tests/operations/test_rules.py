"""What is well and what is an alarm, without app or database."""

import datetime as dt

import pytest

from market.operations import rules
from market.operations.rules import Alarm, Look

NOW = dt.datetime(2026, 3, 4, 2, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("went", "passed", "alarm"),
    [
        (1, 1, None),
        (61, 1, None),  # a minute ahead: not more than a minute
        (62, 1, (Alarm.JUMPED, 61)),
        (3600, 0, (Alarm.JUMPED, 3600)),
        (100, 100, None),  # the process was busy: both clocks went on
        (0, 4, None),
        (0, 5, (Alarm.SET_BACK, -5)),
        (1, 100, None),  # slow, but it goes
    ],
)
def test_a_jump_forward_of_more_than_a_minute_and_a_clock_that_stands_are_alarms(
    went, passed, alarm
):
    assert Look(NOW, 10.0).alarm(Look(NOW + dt.timedelta(seconds=went), 10.0 + passed)) == alarm


@pytest.mark.parametrize(
    ("seconds", "fresh"), [(0, True), (90, True), (91, False), (-90, True), (-91, False)]
)
def test_a_heartbeat_is_fresh_for_ninety_seconds_and_not_when_it_lies_ahead(seconds, fresh):
    assert rules.is_fresh(dt.timedelta(seconds=seconds)) is fresh


def test_ten_years_of_ten_minute_slots():
    assert rules.slots(10, 600) == 525_600
