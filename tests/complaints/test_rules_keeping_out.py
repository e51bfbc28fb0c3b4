"""Who must keep out of a complaint, as sentences of the regulation. No app, no database."""

import datetime as dt

import pytest

from market.complaints import rules
from market.complaints.rules import (
    Matter,
    Party,
)
from market.kernel.clock import CHINA


def at(text: str) -> dt.datetime:
    """An instant of Beijing time."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=CHINA)


OFFICE = Party(1, "U1")
BUREAU = Party(2, "U2")
AUTHORITY = Party(3, "U3")
MATTER = Matter(
    reviewers={11},
    interested={12},
    complainant=13,
    complaining_organisation=40,
    parties=(Party(20, "U20"),),
)


@pytest.mark.parametrize(
    ("person", "memberships", "why"),
    [
        (10, [OFFICE], None),
        (11, [OFFICE], "reviewer"),
        (12, [OFFICE], "interest"),
        (13, [OFFICE], "complainant"),
        (10, [OFFICE, Party(20)], "member"),
        (10, [Party(99, "U20")], "member"),
        (10, [OFFICE, Party(40)], "member"),
        (10, [], None),
    ],
)
def test_who_is_concerned_keeps_out(person, memberships, why):
    assert rules.why_recused(person, memberships, MATTER) == why


def test_a_complaint_of_nobody_known_recuses_no_member():
    assert rules.why_recused(10, [Party(None)], Matter()) is None


@pytest.mark.parametrize(
    ("chosen", "others", "parties", "able", "expected"),
    [
        (OFFICE, [BUREAU, AUTHORITY], {}, {1, 2, 3}, (OFFICE, None)),
        (
            BUREAU,
            [OFFICE, AUTHORITY],
            {"owner": Party(20, "U2")},
            {1, 2, 3},
            (OFFICE, "owner"),
        ),  # the bureau is the owner
        (OFFICE, [BUREAU, AUTHORITY], {"respondent": OFFICE}, {1, 2, 3}, (BUREAU, "respondent")),
        (
            OFFICE,
            [BUREAU, AUTHORITY],
            {"respondent": OFFICE, "owner": BUREAU},
            {1, 2, 3},
            (AUTHORITY, "respondent"),
        ),
        (
            OFFICE,
            [BUREAU, AUTHORITY],
            {},
            {3},
            (AUTHORITY, "staff"),
        ),  # nobody in the office who need not keep out
        (OFFICE, [BUREAU, AUTHORITY], {}, set(), (OFFICE, None)),  # nor anywhere else
        (OFFICE, [BUREAU, AUTHORITY], {"respondent": OFFICE}, set(), (BUREAU, "respondent")),
        (
            OFFICE,
            [BUREAU],
            {"respondent": OFFICE, "owner": BUREAU},
            {1, 2},
            (BUREAU, "respondent"),
        ),  # somebody must
        (OFFICE, [], {"respondent": OFFICE}, {1}, (OFFICE, "respondent")),
    ],
)
def test_no_body_hears_a_complaint_about_itself(chosen, others, parties, able, expected):
    assert rules.receiving_body(chosen, others, parties, able) == expected
