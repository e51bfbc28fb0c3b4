"""Lateness: noted once, told, taken over; silence decides nothing (decision 18). And the cap on the
hold (decision 17).
"""

import datetime as dt

import pytest

from market.complaints import queries, rules, service
from market.complaints.rules import State
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import NotFound, Refusal
from market.ledger import queries as ledger
from market.windows import queries as windows
from tests.complaints.deeds import card, due_of, kinds, sweep_at
from tests.factories import accounts as people
from tests.factories import complaints, selection
from tests.factories.deeds import do

SECOND = dt.timedelta(seconds=1)


@pytest.mark.databases
@pytest.mark.parametrize(
    ("offset", "is_late"), [(-SECOND, False), (dt.timedelta(), True), (SECOND, True)]
)
def test_acceptance_is_overdue_from_the_end_of_the_second_working_day(
    context, clock, offset, is_late
):
    desk = complaints.desk()
    number = complaints.filed(selection.published_notice())
    due = due_of(number, rules.ACCEPT)
    assert due == dt.datetime(2026, 3, 6, 16, tzinfo=dt.UTC)  # filed on Wednesday: Friday 24:00
    sweep_at(clock, due + offset, times=2)
    assert (card(number).acceptance_overdue_at is not None) is is_late
    assert kinds(number).count("complaint.acceptance_overdue") == is_late
    assert card(number).state is State.FILED
    if is_late:
        note = next(
            entry
            for entry in ledger.of_subject(reading(CLOCK), number)
            if entry.type == "complaint.acceptance_overdue"
        )
        assert note.fields["body"] == f"O{desk.organisation_id:06d}"
        assert note.fields["due"] == int(due.timestamp())


@pytest.mark.databases
def test_a_clock_that_stood_still_for_six_days_does_everything_once(context, clock):
    """Overdue, and the superior's five working days, all in one catching-up."""
    complaints.desk()
    authority = complaints.desk("authority")
    number = complaints.filed(selection.published_notice())
    sweep_at(
        clock, dt.datetime(2026, 3, 14, 2, tzinfo=dt.UTC), times=4
    )  # takeover was due on Friday 13 March at 24:00
    assert [kind for kind in kinds(number) if kind.startswith("complaint.")] == [
        "complaint.filed",
        "complaint.acceptance_overdue",
        "complaint.escalated",
    ]
    row = card(number)
    assert (row.state, row.body_id) == (State.ESCALATED, authority.organisation_id)
    # The superior has five working days of its own from the takeover on, however late the sweep
    # came.
    assert due_of(number, rules.ACCEPT) == dt.datetime(2026, 3, 20, 16, tzinfo=dt.UTC)


@pytest.mark.databases
def test_the_superior_takes_over_after_five_more_working_days_and_decides(context, clock):
    desk = complaints.desk()
    authority = complaints.desk("authority")
    number = complaints.filed(selection.published_notice())
    sweep_at(clock, due_of(number, rules.ACCEPT))
    takeover = due_of(number, rules.TAKEOVER)
    assert takeover == dt.datetime(2026, 3, 13, 16, tzinfo=dt.UTC)
    sweep_at(clock, takeover - SECOND)
    assert card(number).state is State.FILED
    do(service.propose_acceptance, desk.officer, number=number)
    sweep_at(clock, takeover, times=2)
    assert card(number).state is State.ESCALATED
    with pytest.raises(NotFound):
        do(service.sign, desk.signatory, number=number)
    with pytest.raises(Refusal, match="no_proposal"):  # the first body's proposal is void
        do(service.sign, authority.signatory, number=number)
    with pytest.raises(Refusal, match="wrong_state"):  # acceptance is owed first
        complaints.decided(number, authority)
    complaints.accepted(number, authority)
    complaints.decided(number, authority)
    assert card(number).state is State.DISMISSED


@pytest.mark.databases
def test_the_delay_counts_with_the_body_whose_days_they_were_and_not_with_the_one_that_took_over(
    context, clock
):
    complaints.desk()
    authority = complaints.desk("authority")
    number = complaints.filed(selection.published_notice())
    sweep_at(clock, due_of(number, rules.ACCEPT))
    sweep_at(clock, due_of(number, rules.TAKEOVER), times=2)
    complaints.accepted(number, authority)
    sweep_at(clock, due_of(number, rules.DECIDE))
    office, above = sorted(queries.timeliness(reading(CLOCK)), key=lambda body: body.open)
    assert (office.received, office.open, office.accepted_late, office.decided_late) == (1, 0, 1, 0)
    assert (above.received, above.open, above.accepted_late, above.decided_late) == (1, 1, 0, 1)


@pytest.mark.databases
def test_a_decision_that_does_not_come_goes_up_too_and_the_superior_is_noted_when_he_is_late(
    context, clock
):
    desk = complaints.desk()
    authority = complaints.desk("authority")
    number = complaints.accepted(complaints.filed(selection.published_notice()), desk)
    due = due_of(number, rules.DECIDE)
    sweep_at(clock, due - SECOND)
    assert "complaint.decision_overdue" not in kinds(number)
    sweep_at(clock, due, times=2)
    sweep_at(clock, due_of(number, rules.TAKEOVER), times=2)
    assert (card(number).state, card(number).body_id) == (
        State.ESCALATED,
        authority.organisation_id,
    )
    with pytest.raises(Refusal, match="wrong_state"):  # accepted already
        do(service.propose_acceptance, authority.officer, number=number)
    sweep_at(clock, due_of(number, rules.DECIDE), times=2)
    assert kinds(number).count("complaint.decision_overdue") == 2  # once for each body
    assert (
        windows.live(reading(CLOCK), rules.TAKEOVER, number) is None
    )  # nobody is above the authority
    complaints.decided(number, authority)
    assert card(number).state is State.DISMISSED


def test_acting_in_time_leaves_nothing_to_take_over(context, clock):
    desk = complaints.desk()
    complaints.desk("authority")
    number = complaints.filed(selection.published_notice())
    sweep_at(clock, due_of(number, rules.ACCEPT))
    complaints.accepted(number, desk)
    assert windows.live(reading(CLOCK), rules.TAKEOVER, number) is None
    sweep_at(clock, dt.datetime(2026, 3, 20, tzinfo=dt.UTC))
    assert card(number).body_id == desk.organisation_id


def test_a_body_with_a_superior_of_its_own_is_relieved_by_that_one(context, clock):
    people.rules_of_the_place()
    city = people.organisation("regulator", "九江市规划监督局")
    bureau = people.organisation("regulator", "自然资源局", superior_id=city)
    desk = complaints.desk("regulator", bureau)
    above = complaints.desk("regulator", city)
    number = complaints.filed(selection.published_notice(), door="regulator")
    assert card(number).body_id == desk.organisation_id
    sweep_at(clock, due_of(number, rules.ACCEPT))
    sweep_at(clock, due_of(number, rules.TAKEOVER))
    assert card(number).body_id == above.organisation_id


def test_with_nobody_above_the_lateness_is_noted_and_nothing_else(context, clock):
    desk = complaints.desk()
    number = complaints.filed(selection.published_notice())
    sweep_at(clock, due_of(number, rules.ACCEPT), times=2)
    assert kinds(number).count("complaint.acceptance_overdue") == 1
    assert windows.live(reading(CLOCK), rules.TAKEOVER, number) is None
    assert complaints.accepted(number, desk)


@pytest.mark.databases
def test_in_an_unpublished_year_no_window_ends_by_itself(context, clock):
    """Filed on 29 December 2026: the last day lies behind the calendar's horizon, so nobody is
    noted late on a guess.
    """
    complaints.desk()
    notice = selection.published_notice()
    clock.instant = dt.datetime(2026, 12, 29, 2, tzinfo=dt.UTC)
    number = complaints.filed(notice)
    due = windows.live(reading(CLOCK), rules.ACCEPT, number)
    assert due.certainty == "provisional"
    sweep_at(clock, due.due_at + dt.timedelta(days=3), times=2)
    assert windows.live(reading(CLOCK), rules.ACCEPT, number).state == "held"
    assert "complaint.acceptance_overdue" not in kinds(number)


# --- handlers that come too late do nothing -----------------------------------------------


def test_handlers_of_a_complaint_that_has_ended_change_nothing(context, clock):
    desk = complaints.desk()
    complaints.desk("authority")
    notice = selection.published_notice()
    number = complaints.filed(notice)
    due = windows.live(reading(CLOCK), rules.ACCEPT, number)
    complaints.refused(number, desk)
    before = kinds(number)
    for handler in (service.take_over, service.completion_lapsed, service.hold_reached_cap):
        in_one_transaction(handler, CLOCK, due)
    assert kinds(number) == before
    assert card(number).state is State.NOT_ACCEPTED
