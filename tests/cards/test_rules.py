"""How many faults of one kind make a card, on the edge of the twelve months. No app, no database."""

import datetime as dt

import pytest

from market.cards import rules
from market.cards.rules import Colour, Fault
from market.kernel.errors import Refusal

LAST = "2026-11-29"


def fault(number, on, code="OF-F01", body=1):
    return Fault(number, body, code, dt.date.fromisoformat(on))


@pytest.mark.parametrize(
    "count, colour",
    [(0, None), (1, None), (2, Colour.YELLOW), (3, Colour.RED), (4, Colour.RED), (9, Colour.RED)],
)
def test_two_are_yellow_three_red_and_each_further_one_is_red_again(count, colour):
    assert rules.colour_of(count) is colour


@pytest.mark.parametrize(
    "before, colour",
    [
        (["2025-11-30"], Colour.YELLOW),  # the last day of twelve months
        (["2025-11-29"], None),  # a year ago to the day counts no more
        (["2026-11-29"], Colour.YELLOW),  # two on one day
        (["2025-11-30", "2025-11-30"], Colour.RED),
        (["2025-11-29", "2025-11-30"], Colour.YELLOW),
        (["2025-11-28", "2025-11-29"], None),
        (["2025-12-01", "2026-05-01", "2026-08-01"], Colour.RED),
    ],
)
def test_the_edge_of_twelve_rolling_months(before, colour):
    faults = [fault(f"JF-{no}", day) for no, day in enumerate(before)] + [fault("JF-last", LAST)]
    due = {each.trigger.number: each.colour for each in rules.due_cards(faults, set())}
    assert due.get("JF-last") is colour


def test_the_last_day_of_february_counts_to_the_last_day_of_the_next():
    faults = [fault("JF-1", "2024-02-29"), fault("JF-2", "2025-02-27")]
    assert [each.colour for each in rules.due_cards(faults, set())] == [Colour.YELLOW]
    assert rules.counted(faults[:1], dt.date(2025, 2, 28)) == ()


def test_each_fault_makes_its_own_card_once():
    faults = [fault(f"JF-{no}", f"2026-0{no}-01") for no in range(1, 5)]
    found = rules.due_cards(faults, set())
    assert [(each.trigger.number, each.colour) for each in found] == [
        ("JF-2", Colour.YELLOW),
        ("JF-3", Colour.RED),
        ("JF-4", Colour.RED),
    ]
    assert [len(each.faults) for each in found] == [2, 3, 4]
    assert rules.due_cards(faults, {"JF-2", "JF-3", "JF-4"}) == []


def test_kinds_and_bodies_are_counted_apart():
    other_kind = [fault("JF-1", "2026-01-01"), fault("JF-2", "2026-02-01", code="OF-F02")]
    other_body = [fault("JF-1", "2026-01-01"), fault("JF-2", "2026-02-01", body=2)]
    assert rules.due_cards(other_kind, set()) == rules.due_cards(other_body, set()) == []


@pytest.mark.parametrize(
    "colour, left, gone",
    [
        (Colour.YELLOW, 2, False),
        (Colour.YELLOW, 1, True),
        (Colour.RED, 3, False),
        (Colour.RED, 5, False),
        (Colour.RED, 2, True),
    ],
)
def test_a_card_falls_with_the_faults_that_make_its_colour(colour, left, gone):
    assert rules.has_fallen(colour, left) is gone


def test_what_was_decided_is_not_decided_again():
    with pytest.raises(Refusal, match=r"card.wrong_state"):
        rules.move_card(rules.CardState.DROPPED, rules.CardState.ISSUED)
