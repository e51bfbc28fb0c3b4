"""What the law has bought elsewhere is not selected here, whatever its owner says."""

import dataclasses

import pytest

from market.db import reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid
from market.rulebook.checks import check_value
from market.rulebook.parameters import Value
from market.rulebook.rules import PARAMETERS
from market.selection.kinds import Fund
from market.selection.notices import queries
from market.selection.notices.rules import limits, publication
from tests.factories.catalogue import shipped_catalogue
from tests.selection.lawful import case

MILLION = 1_000_000_00
LAW = {
    "central_items": frozenset({"701"}),
    "tender_items": frozenset({"501"}),
    "tender_limit_fen": MILLION,
    "fiscal_limit_fen": None,
}


def codes(**terms):
    found = dataclasses.replace(case(), **LAW)
    asked = dataclasses.replace(found.terms, **terms)
    judged = dataclasses.replace(found, terms=asked)
    return [no.code for no in publication.may_be_selected_here(judged)]


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"item_code": "501", "ceiling_fen": MILLION, "fund": Fund.STATE}, ["notice.tender"]),
        ({"item_code": "501", "ceiling_fen": MILLION, "fund": Fund.FISCAL}, ["notice.tender"]),
        ({"item_code": "501", "ceiling_fen": MILLION - 1, "fund": Fund.STATE}, []),
        ({"item_code": "501", "ceiling_fen": MILLION, "fund": Fund.SOCIAL}, []),
        (
            {"item_code": "501", "ceiling_fen": MILLION, "fund": Fund.SOCIAL, "fiscal_percent": 1},
            ["notice.tender"],
        ),
        ({"item_code": "502", "ceiling_fen": MILLION * 9, "fund": Fund.STATE}, []),
        ({"item_code": "701", "ceiling_fen": 1, "fund": Fund.FISCAL}, ["notice.central"]),
        ({"item_code": "701", "ceiling_fen": 1, "fund": Fund.STATE}, []),
        (
            {"item_code": "701", "ceiling_fen": 1, "fund": Fund.STATE, "fiscal_percent": 5},
            ["notice.central"],
        ),
        ({"item_code": "501", "ceiling_fen": None, "fund": Fund.STATE}, []),
    ],
)
def test_a_selection_takes_no_tenders_place(terms, said):
    given = {"fiscal_percent": 100 if terms["fund"] is Fund.FISCAL else 0, **terms}
    assert codes(**given, plea="系误判") == said


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", {}),
        ("301:20万", {"301": 200_000_00}),
        ("301：20万、506=300000.50；", {"301": 200_000_00, "506": 300_000_50}),
        ("301:20万 506:3.5万", {"301": 200_000_00, "506": 35_000_00}),
    ],
)
def test_limits_are_read_as_they_are_typed(text, read):
    assert limits.amounts(text) == read


@pytest.mark.parametrize(
    "text", ["301", "301:", "301:很多", "301:300,000", ":20万", "301:0", "301:1 301:2", "301:-5"]
)
def test_what_gives_no_limit_is_refused(text):
    with pytest.raises(ValueError):
        limits.amounts(text)


def test_an_item_has_its_own_limit_or_that_of_all():
    assert limits.least_of(["302", "301"], "301:20万", 300_000_00) == 200_000_00
    assert limits.least_of(["302"], "301:20万", 300_000_00) == 300_000_00


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("tender_items", "501 999", "notice.no_such_item"),
        ("central_items", "<b>", "notice.no_such_item"),
        ("item_limits", "301 20万", "notice.no_limits"),
        ("item_limits", "999:20万", "notice.no_such_item"),
    ],
)
def test_a_rulebook_names_items_of_the_catalogue(context, name, text, code):
    shipped_catalogue()
    with pytest.raises(Invalid) as refused:
        queries.PARAMETERS[name](reading(CLOCK), text)
    assert refused.value.code == code and refused.value.field == name


def test_what_is_shipped_is_possible_and_names_items_that_are_there(context):
    shipped_catalogue()
    for name in queries.PARAMETERS:
        said = str(PARAMETERS[name].default)
        check_value(name, Value(said, ""))
        assert not said or queries.PARAMETERS[name](reading(CLOCK), said)
