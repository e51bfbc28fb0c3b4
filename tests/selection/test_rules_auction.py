"""What an owner may ask of an auction, and what the rulebook makes of it. Pure."""

import datetime as dt

import pytest

from market.rulebook import rules as rulebook_rules
from market.rulebook.rules import Rulebook
from market.selection.auction import rules
from market.selection.auction.rules import Asked
from market.selection.kinds import Method
from verify.zjcs import bidding
from verify.zjcs.bidding import LIVE, State

BOOK = Rulebook(1, rulebook_rules.defaults())
YUAN = 100
CEILING = 120_000 * YUAN
FLOOR = 80_000 * YUAN
CLOSE = dt.datetime(2026, 3, 11, 9, tzinfo=dt.UTC)
ROUNDS = Method.AUCTION_ROUNDS


def codes(asked, method=Method.AUCTION_LIVE, ceiling=CEILING):
    return [no.code for no in rules.problems(asked, method, BOOK, ceiling)]


@pytest.mark.parametrize(
    ("asked", "method", "found"),
    [
        (None, Method.AUCTION_LIVE, ["auction.no_terms"]),
        (Asked(30, FLOOR, None), Method.AUCTION_LIVE, []),
        (Asked(29, FLOOR, None), Method.AUCTION_LIVE, ["auction.lead"]),
        (Asked(10_081, FLOOR, None), ROUNDS, ["auction.lead"]),
        (Asked(30, 0, None), ROUNDS, ["auction.floor"]),
        (Asked(30, CEILING, None), Method.AUCTION_LIVE, ["auction.floor"]),
        (Asked(30, FLOOR, 99), Method.AUCTION_LIVE, ["auction.step_bounds"]),
        (Asked(30, FLOOR, 100), Method.AUCTION_LIVE, []),
        (Asked(30, FLOOR, CEILING - FLOOR), Method.AUCTION_LIVE, []),
        (Asked(30, FLOOR, CEILING - FLOOR + 1), Method.AUCTION_LIVE, ["auction.step_bounds"]),
        (Asked(30, FLOOR, 50_00), ROUNDS, []),
        (Asked(30, FLOOR, 50_01), ROUNDS, ["auction.step_percent"]),
    ],
)
def test_what_stands_against_it_is_said_by_its_field(asked, method, found):
    assert codes(asked, method) == found


def test_without_a_ceiling_yet_nothing_of_it_is_held_against_the_step():
    assert codes(Asked(30, FLOOR, 10**12), ceiling=None) == []


@pytest.mark.parametrize(
    ("floor", "step", "found"),
    [(FLOOR, None, 1_600 * YUAN), (40 * YUAN, None, YUAN), (FLOOR, 500 * YUAN, 500 * YUAN)],
)
def test_the_step_is_two_percent_of_the_floor_and_at_least_a_yuan_or_the_notices_own(
    floor, step, found
):
    assert rules.step_of(Asked(30, floor, step), Method.AUCTION_LIVE, BOOK) == found
    assert rules.step_of(Asked(30, floor, None), ROUNDS, BOOK) == 100


def test_what_is_promised_keeps_to_the_rulebook():
    asked = Asked(60, FLOOR, None)
    start = int(CLOSE.timestamp()) + 3600
    live = rules.promised(asked, Method.AUCTION_LIVE, BOOK, CLOSE, CEILING)
    assert (live["start"], live["first_end"]) == (start, start + 900)
    assert (live["hard_stop"], live["countdown"]) == (start + 3600, 300)
    assert rules.latest_end(live) == start + 3603
    turns = rules.promised(asked, ROUNDS, BOOK, CLOSE, CEILING)
    assert (turns["rounds"], turns["length"], turns["pause"]) == (3, 180, 120)
    assert rules.latest_end(turns) == start + 13 * 60 + 3
    assert bidding.terms_of(live).begins().end == (start + 900) * 1000
    assert Method.AUCTION_LIVE.value == LIVE


@pytest.mark.parametrize(
    "kept", [{}, {"after": 30}, {"floor_fen": 1}, {"after": "30", "floor_fen": 1}]
)
def test_what_is_not_whole_is_not_written(kept):
    assert rules.read(kept) is None
    asked = Asked(30, FLOOR, 200)
    assert rules.read(asked.kept) == asked


def test_a_freeze_in_the_second_round_lets_that_round_begin_afresh():
    turns = bidding.Rounds(0, 3, 180_000, 120_000, 100, FLOOR, CEILING)
    for since, done in ((1, 0), (180_000, 1), (310_000, 1), (790_000, 2)):
        frozen = turns.begins()._replace(frozen_at=since)
        again = turns.resumed(frozen, 5_000_000)
        assert isinstance(again, State)
        assert again.done == done
        assert again.end == 5_000_000 + (3 - done) * 300_000 - 120_000
        assert turns.round_at(again, 5_000_000) == done + 1
