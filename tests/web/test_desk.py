"""The lines of a desk: sorted and narrowed by its address; what is not there counts as nothing."""

import datetime as dt

import pytest

from market.web.desk import SORTS, Case, desk, following

START = dt.datetime(2026, 3, 4, 2, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def case(number: str, matter: str, state: str, due: int | None, since: int = 0) -> Case:
    """A line that is due so many days after START."""
    return Case(
        number,
        f"/office/{number}",
        matter,
        "甲单位",
        (state, "blue"),
        START + since * DAY,
        None if due is None else START + due * DAY,
    )


CASES = [
    case("RZ-1", "桂林测绘", "待核验", 3, since=2),
    case("RZ-2", "赤湖检测", "待补正", None, since=1),
    case("RZ-3", "桂林检测", "待核验", 1, since=3),
]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, ["RZ-3", "RZ-1", "RZ-2"]),
        ({"falls": "1"}, ["RZ-2", "RZ-1", "RZ-3"]),
        ({"sort": "number"}, ["RZ-1", "RZ-2", "RZ-3"]),
        ({"sort": "since", "falls": "1"}, ["RZ-3", "RZ-1", "RZ-2"]),
        ({"sort": "nothing", "falls": "x"}, ["RZ-3", "RZ-1", "RZ-2"]),
        ({"q": "桂林"}, ["RZ-3", "RZ-1"]),
        ({"q": "桂林 检测"}, ["RZ-3"]),
        ({"q": "ｒｚ－２"}, ["RZ-2"]),
        ({"q": "甲单位", "state": "待补正"}, ["RZ-2"]),
        ({"state": "没有这个状态"}, ["RZ-3", "RZ-1", "RZ-2"]),
        ({"q": "无"}, []),
    ],
)
def test_the_address_sorts_and_narrows(asked, numbers):
    found = desk(CASES, asked)
    assert [each.number for each in found.cases] == numbers
    assert (found.total, found.states) == (3, ["待核验", "待补正"])


@pytest.mark.parametrize("sort", SORTS)
def test_every_column_sorts_both_ways(sort):
    up = desk(CASES, {"sort": sort}).cases
    down = desk(CASES, {"sort": sort, "falls": "1"}).cases
    key = SORTS[sort]
    assert [key(each) for each in up] == [key(each) for each in reversed(down)]


def test_the_next_case_is_the_soonest_due_of_the_others():
    assert following(CASES, "/office/RZ-3").number == "RZ-1"
    assert following(CASES, "/office/RZ-1").number == "RZ-3"
    assert following(CASES[:1], "/office/RZ-1") is None
