"""Parameters and versions. No app, no database."""

import ast
import datetime as dt
import pathlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import market
from market.kernel.errors import Invalid, Refusal
from market.rulebook import shipped, ways
from market.rulebook.checks import check_document, check_value
from market.rulebook.rules import (
    DAYS,
    GROUPS,
    PARAMETERS,
    STARTERS,
    Change,
    Kind,
    Rulebook,
    State,
    Value,
    defaults,
    differences,
    digest,
    key,
    move_state,
)
from market.workdays.rules import Unit

TODAY = dt.date(2026, 3, 4)


def test_a_parameter_that_does_not_exist_is_an_error_of_the_writers():
    with pytest.raises(AttributeError, match="patience_days"):
        _ = Rulebook(1, defaults()).patience_days


def test_the_three_two_and_fifteen_working_days_of_the_regulation_are_the_default():
    rulebook = Rulebook(1, defaults())
    assert (rulebook.complaint_file_days, rulebook.accept_days, rulebook.decide_days) == (3, 2, 15)
    assert rulebook.window(Rulebook.decide_days) == (15, "working_day")
    assert rulebook.window(Rulebook.activation_link_hours) == (48, "hour")
    assert rulebook.window(Rulebook.hold_cap_days) == (30, "calendar_day")
    assert rulebook.expert_stop_allowed is False


def test_the_publicity_is_as_long_as_complaints_may_be_filed():
    values = {**defaults(), "complaint_file_days": Value(5, "working_day")}
    assert Rulebook(1, values).window(Rulebook.publicity_days) == (5, "working_day")
    assert Rulebook(1, values).publicity_days == 5
    assert Rulebook.publicity_days is Rulebook.complaint_file_days
    assert "publicity_days" not in PARAMETERS


def test_what_is_no_parameter_is_an_error_of_the_program():
    with pytest.raises(AttributeError, match="no_such_days"):
        _ = Rulebook(1, defaults()).no_such_days
    with pytest.raises(AttributeError, match="no_such_days"):
        _ = Rulebook.no_such_days


def test_a_parameter_knows_its_name_and_a_rulebook_its_amount():
    assert {name: parameter.name for name, parameter in PARAMETERS.items()} == {
        name: name for name in PARAMETERS
    }
    shown = Rulebook(1, {**defaults(), "drain_seconds": Value(7, "秒")})
    assert (shown.drain_seconds, shown.amount(Rulebook.drain_seconds)) == (7, 7)


def test_the_spans_that_templates_show_are_windows():
    """A template names a parameter by a string, which no type checker sees."""
    named = {
        name
        for path in (pathlib.Path(market.__file__).parent.parent / "templates").rglob("*.*")
        for name in re.findall(r'rule_window\("(\w+)"\)', path.read_text())
    }
    assert "formal_check_days" in named
    assert {PARAMETERS[name].kind for name in named} == {Kind.WINDOW}


def test_a_rulebook_cannot_be_changed():
    with pytest.raises(AttributeError):
        Rulebook(1, defaults()).version = 2


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_default_is_allowed_and_says_where_it_comes_from(name):
    parameter = PARAMETERS[name]
    check_value(name, Value(parameter.default, parameter.unit))
    assert parameter.title and parameter.source
    assert parameter.group in GROUPS
    if parameter.kind is Kind.WINDOW:
        assert parameter.unit in set(Unit)


def test_units_of_days_are_those_that_the_calendar_counts():
    assert set(DAYS) <= set(Unit)


def test_a_version_from_before_a_parameter_has_its_default():
    """What an earlier release wrote lacks what a later one added."""
    earlier = {name: value for name, value in defaults().items() if name != "takeover_days"}
    assert Rulebook(1, earlier).window(Rulebook.takeover_days) == (5, "working_day")


def test_a_demonstration_counts_minutes_for_days():
    rulebook = Rulebook(2, shipped.in_minutes(defaults()))
    assert rulebook.window(Rulebook.decide_days) == (15, "minute")
    assert rulebook.window(Rulebook.activation_link_hours) == (4, "minute")
    assert rulebook.min_entrants_fiscal == 3
    units = {
        rulebook.window(parameter)[1]
        for parameter in PARAMETERS.values()
        if parameter.kind is Kind.WINDOW
    }
    assert units == {"minute"}


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("nothing", Value(1, ""), "rulebook.unknown_parameter"),
        ("decide_days", Value("15", "working_day"), "rulebook.wrong_kind"),
        ("decide_days", Value(True, "working_day"), "rulebook.wrong_kind"),
        ("expert_stop_allowed", Value(1, ""), "rulebook.wrong_kind"),
        ("self_complaint_body", Value(1, ""), "rulebook.wrong_kind"),
        ("decide_days", Value(15, "minute"), "rulebook.wrong_unit"),
        ("decide_days", Value(15, "hour"), "rulebook.wrong_unit"),
        ("activation_link_hours", Value(2, "working_day"), "rulebook.wrong_unit"),
        ("min_entrants_fiscal", Value(3, "人"), "rulebook.wrong_unit"),
        ("decide_days", Value(0, "working_day"), "rulebook.out_of_range"),
        ("decide_days", Value(61, "working_day"), "rulebook.out_of_range"),
        ("fiscal_limit_fen", Value(-1, ""), "rulebook.out_of_range"),
        ("self_complaint_body", Value("市" * 101, ""), "rulebook.text_too_long"),
        ("self_complaint_body", Value("市\n局", ""), "rulebook.text_too_long"),
        ("ways_social", Value("", ""), "rulebook.unknown_way"),
        ("ways_social", Value("random lottery", ""), "rulebook.unknown_way"),
        ("ways_social", Value("direct random", ""), "rulebook.unknown_way"),
        ("ways_social", Value("random random", ""), "rulebook.unknown_way"),
        ("ways_social", Value(1, ""), "rulebook.wrong_kind"),
        ("ways_fiscal", Value("random direct", ""), "rulebook.way_never"),
        ("ways_state", Value("random direct", ""), "rulebook.way_never"),
    ],
)
def test_a_value_outside_its_kind_unit_or_range_is_refused(name, value, code):
    with pytest.raises(Invalid) as no:
        check_value(name, value)
    assert no.value.code == code


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("decide_days", Value(1, "working_day")),
        ("decide_days", Value(60, "working_day")),
        ("decide_days", Value(20, "calendar_day")),
        ("hold_cap_days", Value(20, "working_day")),
        ("self_complaint_body", Value("九江市行政审批局", "")),
        ("self_complaint_body", Value("", "")),
        ("drain_seconds", Value(0, "秒")),
        ("ways_social", Value("random direct", "")),
        ("ways_fiscal", Value("weighted", "")),
    ],
)
def test_bounds_are_included_and_days_may_be_working_or_calendar_days(name, value):
    assert check_value(name, value) is None


@pytest.mark.parametrize(
    ("number", "day", "code"),
    [
        ("", TODAY + dt.timedelta(days=1), "rulebook.no_document_number"),
        ("12号", TODAY + dt.timedelta(days=1), "rulebook.no_document_number"),
        ("瑞府办发〔2026〕12号", TODAY, "rulebook.not_in_future"),
    ],
)
def test_a_change_cites_its_document_and_comes_into_force_on_a_later_day(number, day, code):
    with pytest.raises(Invalid) as no:
        check_document(number, day, TODAY)
    assert no.value.code == code
    assert check_document("瑞府办发〔2026〕12号", TODAY + dt.timedelta(days=1), TODAY) is None


def test_versions_differ_by_what_changed_came_and_went():
    before = {"decide_days": Value(15, "working_day"), "gone": Value(1, "")}
    after = {"decide_days": Value(10, "working_day"), "accept_days": Value(2, "working_day")}
    assert differences(before, after) == (
        Change("accept_days", None, Value(2, "working_day")),
        Change("decide_days", Value(15, "working_day"), Value(10, "working_day")),
        Change("gone", Value(1, ""), None),
    )
    assert differences(after, after) == ()


def test_the_digest_is_over_the_contents_and_nothing_else():
    assert digest(defaults()) == digest(dict(reversed(defaults().items())))
    assert digest(defaults()) != digest(shipped.in_minutes(defaults()))
    assert len(digest(defaults())) == 64


def test_a_version_is_decided_once():
    assert move_state(State.PROPOSED, State.APPROVED) is State.APPROVED
    for old in (State.APPROVED, State.REJECTED):
        with pytest.raises(Refusal, match=r"rulebook\.wrong_state"):
            move_state(old, State.APPROVED)


def test_the_log_knows_a_version_by_its_number():
    assert key("360481", 2) == "GZ-360481-2"


def test_every_parameter_is_read_by_something_that_acts_on_it():
    read = set()
    for path in pathlib.Path(market.__file__).parent.rglob("*.py"):
        if not {"rulebook", "demo"} & set(path.parts):
            for node in ast.walk(ast.parse(path.read_text())):
                read |= {node.attr} if isinstance(node, ast.Attribute) else set()
                read |= (
                    {node.value}
                    if isinstance(node, ast.Constant) and isinstance(node.value, str)
                    else set()
                )
    read |= {"complaint_file_days"} if "publicity_days" in read else set()
    assert set(PARAMETERS) - read == set()


@pytest.mark.parametrize("starter", STARTERS)
def test_a_shipped_rulebook_says_everything_and_only_what_a_rulebook_may_say(starter):
    values = shipped.values(starter)
    assert set(values) == set(PARAMETERS)
    for name, value in values.items():
        assert check_value(name, value) is None


def test_a_county_starts_with_little_and_a_city_with_all():
    county, city = (Rulebook(1, shipped.values(name)) for name in STARTERS)
    assert ways.chosen(county.ways_fiscal) == ways.chosen(county.ways_state) == ("random",)
    assert set(ways.chosen(county.ways_social)) < set(ways.chosen(city.ways_social))
    assert ways.chosen(city.ways_social) == tuple(ways.WAYS)
    assert shipped.title("county") != shipped.title("city")


@given(st.lists(st.sampled_from([*ways.WAYS, "of-a-later-release"])))
def test_ways_are_written_in_one_order_each_once(codes):
    text = ways.written(codes)
    assert ways.written(ways.chosen(text)[::-1]) == text
    assert set(ways.chosen(text)) == set(codes)
