"""The course of a complaint through the real services."""

import pytest

from market.complaints import queries
from market.complaints.rules import About, Outcome, Remedy, Respondent, State
from market.db import reading
from market.kernel.actor import CLOCK
from market.selection.results import queries as result_queries
from tests.factories import complaints, selection

pytestmark = pytest.mark.databases


def state_of(number: str) -> State:
    return queries.by_key(reading(CLOCK), number).state


def test_a_complaint_holds_the_award_until_it_is_dismissed(context):
    notice, _ = selection.announced_notice()
    desk = complaints.desk()
    number = complaints.filed(notice, about=About.RESULT)
    assert number == "TS-360481-2026-00001"
    assert result_queries.notice(reading(CLOCK), notice).state == "held"
    complaints.accepted(number, desk)
    assert state_of(number) is State.ACCEPTED
    complaints.decided(number, desk)
    assert state_of(number) is State.DISMISSED
    assert result_queries.notice(reading(CLOCK), notice).state == "announced"


def test_an_upheld_complaint_moves_the_result_to_the_next_rank(context):
    notice, _ = selection.announced_notice()
    first = result_queries.notice(reading(CLOCK), notice).winner
    desk = complaints.desk()
    number = complaints.accepted(
        complaints.filed(notice, about=About.RESULT, respondent=Respondent.AGENCY), desk
    )
    complaints.decided(number, desk, Outcome.UPHELD, {Remedy.ANNUL_TO_NEXT: ""})
    card = result_queries.notice(reading(CLOCK), notice)
    assert (card.state, card.winner.rank) == ("announced", 2)
    assert card.winner.ref != first.ref
