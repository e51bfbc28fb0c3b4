"""The plan of a draw and its outcome as sentences; no app, no database."""

import dataclasses
import datetime as dt

import pytest

from market.kernel import moments
from market.kernel.errors import Refusal
from market.selection.entries.rules import turnout
from market.selection.entries.rules.states import EntryState, move_entry
from market.selection.kinds import Failure, Fund
from market.selection.notices.rules.states import NoticeState, move_notice
from market.selection.notices.rules.terms import fixed
from market.selection.results.rules import succession
from market.selection.results.rules.states import RankState, move_rank
from market.selection.sources.rules import plan
from market.selection.sources.rules.states import DrawState, move_draw
from tests.selection.lawful import CHAINS, CLOSE, GENESIS

# --- the plan -----------------------------------------------------------------------------


def test_the_plan_names_each_chains_slot_and_the_round_of_a_beacon():
    at = GENESIS + 6000
    assert plan.sources(CHAINS, at, beacon=False) == [
        {"id": "op", "kind": "chain", "slot": 10},
        {"id": "reg", "kind": "chain", "slot": 10},
    ]
    with_beacon = plan.sources(CHAINS[:1], at, beacon=True)[1]
    assert (with_beacon["id"], with_beacon["kind"]) == ("drand-quicknet", "drand")
    assert with_beacon["round"] == (at - 1692803367) // 3 + 2


def test_the_level_follows_from_independent_chains_and_a_beacon():
    assert [
        plan.level(CHAINS[:1], beacon=False),
        plan.level(CHAINS, beacon=False),
        plan.level(CHAINS, beacon=True),
    ] == ["S0", "S1", "S2"]


def test_a_seal_that_was_witnessed_late_moves_the_draw_to_a_minute_after():
    assert plan.drawn_at(1000, 940) == 1000
    assert plan.drawn_at(1000, 941) == 1001
    assert plan.drawn_at(1000, None) == 1000


def test_a_common_boundary_of_two_chains_is_found_and_none_where_there_is_none():
    odd = dataclasses.replace(CHAINS[1], period=900)
    assert plan.next_boundary((CHAINS[0], odd), GENESIS + 1) == GENESIS + 1800
    never = dataclasses.replace(CHAINS[1], genesis=GENESIS + 1)
    assert plan.next_boundary((CHAINS[0], never), GENESIS + 1) is None


# --- the outcome --------------------------------------------------------------------------

LEAST = {Fund.FISCAL: 3, Fund.STATE: 3, Fund.SOCIAL: 1}


@pytest.mark.parametrize(
    ("fund", "listing", "least"),
    [
        (Fund.FISCAL, 1, 3),
        (Fund.STATE, 1, 3),
        (Fund.SOCIAL, 1, 1),
        (Fund.FISCAL, 2, 2),
        (Fund.SOCIAL, 2, 1),
    ],
)
def test_fiscal_and_state_money_need_three_entrants_social_one_and_a_relisting_two(
    fund, listing, least
):
    assert turnout.least_entrants(fund, listing, LEAST, 2) == least


@pytest.mark.parametrize(
    ("received", "listed", "failure"),
    [
        (0, 0, Failure.NO_ENTRANT),
        (3, 0, Failure.ALL_INELIGIBLE),
        (3, 2, Failure.TOO_FEW),
        (3, 3, None),
    ],
)
def test_a_failed_selection_has_its_reason(received, listed, failure):
    assert turnout.failure(received, listed, 3) is failure


def test_where_every_quote_lies_outside_that_is_why():
    outside = Failure.ALL_QUOTES_INVALID
    assert turnout.failure(2, 0, 3, ["above_ceiling", "below_floor"]) is outside
    assert turnout.failure(2, 0, 3, ["above_ceiling", "agency.suspended"]) is Failure.ALL_INELIGIBLE


def test_rank_one_is_proposed_two_are_in_reserve_and_the_rest_still_follow_in_order():
    assert [succession.standing_of(rank, 1, 2) for rank in range(1, 5)] == [
        RankState.PROPOSED,
        RankState.RESERVE,
        RankState.RESERVE,
        RankState.NOT_SELECTED,
    ]
    gone = [RankState.DISQUALIFIED, RankState.DECLINED]
    assert succession.next_in_order([*gone, RankState.NOT_SELECTED]) == 2
    assert succession.next_in_order(gone) is None


def test_there_is_no_way_back_from_a_seal_and_no_second_draw():
    with pytest.raises(Refusal, match=r"notice\.wrong_state"):
        move_notice(NoticeState.SEALED, NoticeState.ENTRY_OPEN)
    with pytest.raises(Refusal, match=r"draw\.wrong_state"):
        move_draw(DrawState.DRAWN, DrawState.WAITING_VALUE)
    with pytest.raises(Refusal, match=r"entry\.wrong_state"):
        move_entry(EntryState.WITHDRAWN, EntryState.RECEIVED)
    with pytest.raises(Refusal, match=r"result\.wrong_state"):
        move_rank(RankState.DECLINED, RankState.PROPOSED)


def test_a_published_notice_has_its_times():
    assert fixed(CLOSE) == CLOSE
    with pytest.raises(ValueError, match="has its times"):
        fixed(None)


def test_midnight_belongs_to_the_day_before():
    assert moments.end(dt.datetime(2026, 3, 9, 16, tzinfo=dt.UTC)) == "2026-03-09 24:00"
    assert moments.end(CLOSE) == "2026-03-11 17:00"
