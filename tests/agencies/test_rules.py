"""The law of agencies, as sentences."""

import dataclasses
import datetime as dt

import pytest

from market.agencies import rules, words
from market.agencies.rules import Held, LineState, State, Tier
from market.catalogue.rules import Kind, Requirement
from market.kernel.errors import Invalid, Refusal

TODAY = dt.date(2026, 3, 4)
SURVEY = Requirement(Kind.CERTIFICATE, ("测绘资质",), (("工程测量",),), None)
PROMISE = Requirement(Kind.COMMITMENT_ONLY)
CERTIFICATE = Held("测绘资质", "乙级", ("工程测量",), dt.date(2025, 1, 1), dt.date(2026, 12, 31))


def test_every_state_has_a_way_on_but_only_states_of_the_table():
    assert set(rules.NEXT) == set(State)
    assert set().union(*rules.NEXT.values()) <= set(State)
    assert set(rules.LINE_NEXT) | {LineState.ABOLISHED} == set(LineState)


@pytest.mark.parametrize(
    "old, new",
    [
        (State.DRAFT, State.ACTIVE),
        (State.REFUSED, State.ACTIVE),
        (State.SUBMITTED, State.REFUSED),
        (State.ACTIVE, State.REVOKED),
        (State.REVOKED, State.ACTIVE),
    ],
)
def test_nobody_is_enrolled_unchecked_nor_refused_or_revoked_without_a_procedure(old, new):
    with pytest.raises(Refusal, match=r"agency.wrong_state"):
        rules.move(old, new)


def test_a_line_lapses_and_is_checked_again_before_it_is_open():
    assert rules.move_line(LineState.LAPSED, LineState.PENDING) is LineState.PENDING
    with pytest.raises(Refusal, match=r"agency.line_wrong_state"):
        rules.move_line(LineState.LAPSED, LineState.ACTIVE)


@pytest.mark.parametrize(
    "region, tier",
    [
        ("360481", Tier.HERE),
        ("360402", Tier.CITY),
        ("360100", Tier.PROVINCE),
        ("320106", Tier.ELSEWHERE),
    ],
)
def test_agencies_are_counted_as_of_here_the_city_the_province_or_elsewhere(region, tier):
    assert rules.tier(region, "360481") is tier


@pytest.mark.parametrize(
    "region, place",
    [
        ("360481", "江西省九江市瑞昌市"),
        ("110101", "北京市东城区"),
        ("429004", "湖北省仙桃市"),
        ("360000", "江西省"),
        ("360404", "江西省九江市柴桑区"),
        ("999999", None),
        ("36048", None),
        ("36048a", None),
        ("²²²²²²", None),
    ],
)
def test_a_division_code_has_a_name(region, place):
    assert rules.place(region) == place


@pytest.mark.parametrize(
    "start, end, code, field",
    [
        ("2025-01-01", "2026-03-03", "agency.expired", "valid_to"),
        ("2026-03-05", "2027-01-01", "agency.not_yet_valid", "valid_from"),
        ("2026-02-01", "2026-01-01", "agency.valid_order", "valid_to"),
    ],
)
def test_a_certificate_that_is_not_valid_today_is_refused(start, end, code, field):
    held = dataclasses.replace(
        CERTIFICATE, valid_from=dt.date.fromisoformat(start), valid_to=dt.date.fromisoformat(end)
    )
    with pytest.raises(Invalid, match=code) as no:
        rules.check_validity(held, TODAY)
    assert no.value.field == field


def test_the_last_day_of_a_certificate_is_still_valid():
    assert rules.check_validity(dataclasses.replace(CERTIFICATE, valid_to=TODAY), TODAY) is None
    assert (
        rules.covered_until(SURVEY, [dataclasses.replace(CERTIFICATE, valid_to=TODAY)], TODAY)
        == TODAY
    )


def test_an_item_is_covered_to_the_end_of_the_certificate_or_for_good():
    assert rules.covered_until(SURVEY, [CERTIFICATE], TODAY) == dt.date(2026, 12, 31)
    assert (
        rules.covered_until(SURVEY, [dataclasses.replace(CERTIFICATE, valid_to=None)], TODAY)
        == rules.LASTING
    )
    assert rules.covered_until(PROMISE, [], TODAY) == rules.LASTING
    assert rules.covered_until(SURVEY, [], TODAY) is None


def test_a_renewal_that_follows_on_without_a_gap_carries_the_line_further():
    renewal = dataclasses.replace(
        CERTIFICATE, valid_from=dt.date(2027, 1, 1), valid_to=dt.date(2031, 12, 31)
    )
    late = dataclasses.replace(renewal, valid_from=dt.date(2027, 1, 2))
    assert rules.covered_until(SURVEY, [renewal, CERTIFICATE], TODAY) == dt.date(2031, 12, 31)
    assert rules.covered_until(SURVEY, [late, CERTIFICATE], TODAY) == dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    "agency, line, valid_to, why",
    [
        (State.ACTIVE, LineState.ACTIVE, None, None),
        (State.ACTIVE, LineState.ACTIVE, TODAY, None),
        (State.PROVISIONAL, LineState.PROVISIONAL, None, None),
        (State.ACTIVE, LineState.ACTIVE, TODAY - dt.timedelta(1), "agency.qualification_expired"),
        (State.ACTIVE, LineState.LAPSED, None, "agency.qualification_expired"),
        (State.ACTIVE, LineState.SUSPENDED, None, "agency.line_closed"),
        (State.ACTIVE, LineState.PENDING, None, "agency.line_closed"),
        (State.ACTIVE, None, None, "agency.no_line"),
        (State.SUSPENDED, LineState.ACTIVE, None, "agency.suspended"),
        (State.SUBMITTED, LineState.PENDING, None, "agency.not_active"),
        (State.REVOKING, LineState.ACTIVE, None, "agency.not_active"),
        (State.REVOKED, LineState.ACTIVE, None, "agency.not_active"),
    ],
)
def test_who_may_enter_and_why_not(agency, line, valid_to, why):
    assert rules.why_not(agency, line, valid_to, TODAY) == why


@pytest.mark.parametrize("line", LineState)
@pytest.mark.parametrize("agency", State)
@pytest.mark.parametrize("ends", [None, dt.date(2026, 3, 3), dt.date(2026, 3, 4)])
def test_a_line_says_that_one_may_enter_where_the_agency_may_and_nowhere_else(agency, line, ends):
    day = dt.date(2026, 3, 4)
    label, _ = words.line_tag(agency, line, ends, day)
    assert ("可报名" in str(label)) is (rules.why_not(agency, line, ends, day) is None)
    stopped, _ = words.line_tag(agency, line, ends, day, stopped_until=day)
    assert "可报名" not in str(stopped)
