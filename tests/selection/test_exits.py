"""No agency leaves while something of it is open: an entry, an award, a place in reserve for one."""

import pytest

from market.agencies import queries as agency_queries
from market.agencies.rules import State
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import NotFound, NotPermitted, Refusal
from market.selection.entries import service as entry_service
from market.selection.results import queries as result_queries
from market.selection.results import service as result_service
from market.selection.results.rules.states import RankState
from tests.factories import accounts as people
from tests.factories import agencies
from tests.factories import selection as f
from tests.factories.deeds import do

pytestmark = pytest.mark.databases


def refused(code, act, actor, **values):
    with pytest.raises(Refusal) as no:
        do(act, actor, **values)
    assert no.value.code == code
    return no.value


def state_of(who):
    return agency_queries.of_organisation(reading(CLOCK), who.organisation_id).state


def test_an_entry_holds_the_agency_until_it_is_withdrawn(context):
    number = f.published_notice()
    who = f.agency()
    f.enter(number, who)
    assert refused("exit.unfinished", result_service.ask_exit, who.actor).facts == {"count": 1}
    in_one_transaction(entry_service.withdraw, who.actor, number=number)
    in_one_transaction(result_service.ask_exit, who.actor)
    assert state_of(who) is State.EXITING
    with pytest.raises(NotPermitted):
        do(result_service.confirm_exit, who.actor, ref=who.ref)
    do(result_service.confirm_exit, agencies.checker(), ref=who.ref)
    assert state_of(who) is State.EXITED


def test_the_proposed_winner_and_the_reserves_stay_until_the_contract_and_the_others_may_go(
    context,
):
    number, entrants = f.announced_notice(4)
    by_ref = {each.ref: each for each in entrants}
    order = {row.ref: row.rank_state for row in result_queries.entry_list(reading(CLOCK), number)}
    assert sorted(order.values()) == [
        RankState.NOT_SELECTED,
        RankState.PROPOSED,
        RankState.RESERVE,
        RankState.RESERVE,
    ]
    for ref, rank in order.items():
        if rank is RankState.NOT_SELECTED:
            in_one_transaction(result_service.ask_exit, by_ref[ref].actor)
        else:
            refused("exit.unfinished", result_service.ask_exit, by_ref[ref].actor)
    in_one_transaction(result_service.mark_awarded, CLOCK, number=number)
    in_one_transaction(result_service.mark_contracted, CLOCK, number=number)
    for ref, rank in order.items():
        if rank is not RankState.NOT_SELECTED:
            in_one_transaction(result_service.ask_exit, by_ref[ref].actor)
    assert {state_of(each) for each in entrants} == {State.EXITING}


def test_what_came_in_between_is_looked_at_when_the_exit_is_confirmed(context):
    """The entry was being worked on when the exit was asked for: neither saw the other."""
    number = f.published_notice()
    who = f.agency()
    in_one_transaction(result_service.ask_exit, who.actor)
    in_one_transaction(agencies.service.withdraw_exit, who.actor)
    f.enter(number, who)
    in_one_transaction(agencies.service.open_exit, who.actor)
    refused("exit.unfinished", result_service.confirm_exit, agencies.checker(), ref=who.ref)
    with pytest.raises(NotFound, match=r"agency.none"):
        do(result_service.confirm_exit, agencies.checker(), ref="A999999")


def test_only_a_signatory_asks_for_an_exit(context):
    who = f.agency()
    agent = people.member(who.organisation_id, "agency_agent")
    with pytest.raises(NotPermitted):
        in_one_transaction(result_service.ask_exit, agent)
