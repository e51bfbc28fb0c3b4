"""A body that is late with a complaint has it proposed as a record, once, and is heard before anybody decides."""

import datetime as dt

import pytest

from market.complaints.rules import ACCEPT, DECIDE, Door
from market.db import reading
from market.kernel.actor import CLOCK
from market.reputation import queries as reputations
from market.reputation.rules import CreditState
from market.windows import jobs as window_jobs
from market.windows import queries as windows
from tests.factories import accounts as people
from tests.factories import complaints, selection

HOUR = dt.timedelta(hours=1)


def records(body_id: int) -> list[tuple[str, CreditState]]:
    found = reputations.of_party(reading(CLOCK), body_id)
    return sorted((each.behaviour.code, each.state) for each in found)


def late(clock, number: str, kind) -> None:
    """The sweep comes twice, an hour after a window's due."""
    due = windows.live(reading(CLOCK), kind, number)
    assert due is not None
    clock.instant = due.due_at + HOUR
    for _ in range(2):
        window_jobs.sweep()


@pytest.mark.databases
def test_an_office_that_is_late_twice_is_proposed_for_each(context, clock):
    people.staff("authority", "authority_assigner")
    desk = complaints.desk()
    number = complaints.filed(selection.published_notice())
    late(clock, number, ACCEPT)
    assert records(desk.organisation_id) == [("OF-F03", CreditState.PROPOSED)]
    complaints.accepted(number, desk)
    late(clock, number, DECIDE)
    assert records(desk.organisation_id) == [("OF-F03", CreditState.PROPOSED)] * 2


@pytest.mark.parametrize("step", ["accept", "decide"])
def test_a_regulator_has_a_code_for_each_step(context, clock, step):
    people.staff("authority", "authority_assigner")
    desk = complaints.regulator_desk()
    complaints.desk()
    number = complaints.filed(selection.published_notice(), door=Door.REGULATOR)
    if step == "decide":
        complaints.accepted(number, desk)
    late(clock, number, ACCEPT if step == "accept" else DECIDE)
    code = "RG-F01" if step == "accept" else "RG-F02"
    assert records(desk.organisation_id) == [(code, CreditState.PROPOSED)]


def test_where_nobody_decides_lateness_is_noted_all_the_same(context, clock):
    desk = complaints.desk()
    number = complaints.filed(selection.published_notice())
    late(clock, number, ACCEPT)
    assert records(desk.organisation_id) == []
    assert windows.live(reading(CLOCK), ACCEPT, number).overdue_at is not None
