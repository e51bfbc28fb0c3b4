"""The calendar and its arrangements: what is shipped, what wins, what is at fault. No app, no
database.
"""

import dataclasses
import datetime as dt
import json

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.kernel.errors import Invalid, Refusal
from market.workdays.rules import (
    FIRST,
    LAST,
    Arrangement,
    Certainty,
    Change,
    Day,
    DayKind,
    Faulty,
    Unit,
    WorkCalendar,
    chain,
    deadline,
    faults,
    parse,
    statutory_days,
)
from tests.workdays.shipped import CHINA, arranged, local, official, shipped

COVERED = (dt.date(2018, 1, 1), dt.date(2026, 12, 31))
TRIGGERS = st.datetimes(dt.datetime(2018, 1, 1), dt.datetime(2026, 9, 30), timezones=st.just(CHINA))  # noqa: DTZ001
NUMBERS = st.integers(1, 60)


def each_day(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=offset) for offset in range((last - first).days + 1)]


def local_arrangement(region: str, *days: Day, year: int = 2026) -> Arrangement:
    return Arrangement(
        region, year, 1, "赣府发〔2025〕9号", "关于2026年放假的通知", "", dt.date(2025, 12, 1), days
    )


def test_every_day_of_2018_to_2026_is_as_both_packages_have_it():
    theirs = holidays.country_holidays("CN", years=range(2018, 2027))
    ours = official()
    wrong = [
        day
        for day in each_day(*COVERED)
        if not ours.is_working(day)
        == chinese_calendar.is_workday(day)
        == theirs.is_working_day(day)
    ]
    assert len(each_day(*COVERED)) == 3287
    assert not wrong


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2024, "2/4 2/18 4/7 4/28 5/11 9/14 9/29 10/12"),
        (2025, "1/26 2/8 4/27 9/28 10/11"),
        (2026, "1/4 2/14 2/28 5/9 9/20 10/10"),
    ],
)
def test_make_up_days_are_working_days(year, days):
    made_up = [
        day
        for day in each_day(dt.date(year, 1, 1), dt.date(year, 12, 31))
        if official().kind(day) == DayKind.MAKE_UP
    ]
    assert " ".join(f"{day.month}/{day.day}" for day in made_up) == days


def test_what_is_shipped_has_no_fault_and_cites_its_notice():
    assert [one.key for one in shipped()] == [
        "CN-2018-1",
        "CN-2019-1",
        "CN-2019-2",
        "CN-2020-1",
        "CN-2020-2",
        "CN-2021-1",
        "CN-2022-1",
        "CN-2023-1",
        "CN-2024-1",
        "CN-2025-1",
        "CN-2026-1",
    ]
    assert [faults(one) for one in shipped()] == [()] * 11
    assert arranged(2026).document_number == "国办发明电〔2025〕7号"
    assert (arranged(2019, 2).issued_on, arranged(2020, 2).issued_on) == (
        dt.date(2019, 3, 22),
        dt.date(2020, 1, 26),
    )
    assert all(one.source_url.split("/")[2] == "www.gov.cn" for one in shipped())


def test_a_correction_replaces_the_arrangement_of_its_year_whole():
    before = WorkCalendar("CN", [one for one in shipped() if one.key != "CN-2019-2"])
    assert before.changes(official()) == (
        Change(dt.date(2019, 4, 28), becomes_working=True, name="劳动节"),
        Change(dt.date(2019, 5, 2), becomes_working=False, name="劳动节"),
        Change(dt.date(2019, 5, 3), becomes_working=False, name="劳动节"),
        Change(dt.date(2019, 5, 5), becomes_working=True, name="劳动节"),
    )
    assert official().changes(official()) == ()
    assert official().changes(before)[0] == Change(
        dt.date(2019, 4, 28), becomes_working=False, name="劳动节"
    )


def test_statutory_days_are_eleven_before_2025_and_thirteen_from_then():
    assert len(statutory_days(2024)) == 11
    assert len(statutory_days(2025)) == 13
    assert len(statutory_days(2020)) == 10  # Mid-Autumn fell on National Day.
    assert len(statutory_days(2031)) == 12
    assert statutory_days(2027)[dt.date(2027, 2, 5)] == "春节"
    assert dt.date(2024, 2, 9) not in statutory_days(2024)


@pytest.mark.parametrize("year", range(2018, 2051))
def test_statutory_days_are_those_of_the_lunar_calendar(year):
    theirs = holidays.country_holidays("CN", years=year, observed=False, language="en_US")
    by_law = {
        day
        for day, name in theirs.items()
        if not name.startswith("Day off") and "Extended" not in name
    }
    assert set(statutory_days(year)) == by_law


def test_the_kinds_of_days_that_people_see():
    kinds = {
        "2026-03-11": DayKind.WORKING,
        "2026-03-14": DayKind.REST,
        "2026-10-01": DayKind.HOLIDAY,
        "2026-10-03": DayKind.HOLIDAY,
        "2026-10-10": DayKind.MAKE_UP,
        "2027-01-01": DayKind.HOLIDAY,
    }
    assert {day: official().kind(dt.date.fromisoformat(day)) for day in kinds} == kinds
    assert official().name(dt.date(2026, 10, 10)) == "国庆节"
    assert official().name(dt.date(2026, 3, 14)) is None
    assert official().is_confirmed(dt.date(2026, 12, 28))
    assert not official().is_confirmed(dt.date(2026, 12, 29))


def test_the_chain_of_regions_goes_from_the_country_to_the_county():
    assert chain("CN") == ("CN",)
    assert chain("36") == ("CN", "36")
    assert chain("360481") == ("CN", "36", "3604", "360481")
    for wrong in ("", "cn", "3", "36048", "3604811", "US"):
        with pytest.raises(Invalid, match=r"workdays\.unknown_region"):
            chain(wrong)


def test_the_nearest_region_wins():
    day = dt.date(2026, 4, 17)
    province = local_arrangement("36", Day(day, is_working=False, name="三月三"))
    county = local_arrangement("360481", Day(day, is_working=True, name="三月三"))
    every = (*shipped(), county, province)
    assert official().is_working(day)
    assert not WorkCalendar("36", every).is_working(day)
    assert not WorkCalendar("3604", every).is_working(day)
    assert WorkCalendar("360481", every).is_working(day)
    assert WorkCalendar("CN", every).is_working(day)
    assert WorkCalendar("36", every).confirmed_through == official().confirmed_through
    found = deadline(local("2026-04-16 10:00"), 1, Unit.WORKING_DAY, WorkCalendar("3604", every))
    assert (found.last_day, found.arrangements) == (
        dt.date(2026, 4, 20),
        ("CN-2026-1", "36-2026-1"),
    )


def test_the_calendar_ends_where_it_ends():
    assert official().is_working(FIRST) is False
    assert official().nth_before(dt.date(2018, 1, 3), 1) == dt.date(2018, 1, 2)
    assert official().nth_before(dt.date(2018, 1, 6), 2) == dt.date(2018, 1, 4)
    for ask in (
        lambda: official().nth_before(dt.date(2018, 1, 2), 1),
        lambda: official().nth_after(LAST, 1),
        lambda: official().is_working(FIRST - dt.timedelta(days=1)),
        lambda: official().is_working(LAST + dt.timedelta(days=1)),
    ):
        with pytest.raises(Refusal, match=r"workdays\.outside_calendar"):
            ask()


def test_a_day_before_the_first_year_is_no_matter_of_the_calendar():
    early = plus(arranged(2018), "2017-12-30", "元旦二", is_working=True)
    assert faults(early) == ()
    assert not WorkCalendar("CN", [early]).changes(WorkCalendar("CN", [arranged(2018)]))


def without(arrangement: Arrangement, *dates: str) -> Arrangement:
    return dataclasses.replace(
        arrangement, days=tuple(day for day in arrangement.days if str(day.date) not in dates)
    )


def plus(
    arrangement: Arrangement, date: str, name: str = "国庆节", *, is_working: bool
) -> Arrangement:
    day = Day(dt.date.fromisoformat(date), is_working, name)
    return dataclasses.replace(arrangement, days=(*arrangement.days, day))


@pytest.mark.parametrize(
    ("faulty", "found"),
    [
        (
            without(arranged(2026), "2026-05-02"),
            [("workdays.statutory_day_missing", "2026-05-02"), ("workdays.holiday_broken", "")],
        ),
        (without(arranged(2026), "2026-04-05"), [("workdays.statutory_day_missing", "2026-04-05")]),
        (
            plus(arranged(2026), "2026-03-11", is_working=True),
            [("workdays.make_up_on_weekday", "2026-03-11")],
        ),
        (
            plus(arranged(2026), "2026-10-04", is_working=False),
            [("workdays.day_twice", "2026-10-04")],
        ),
        (
            plus(arranged(2026), "2026-10-12", is_working=False),
            [("workdays.holiday_broken", "国庆节")],
        ),
        (
            plus(arranged(2026), "2025-12-28", "元旦", is_working=True),
            [("workdays.day_outside_year", "2025-12-28")],
        ),
        (
            plus(arranged(2026), "2027-01-02", "元旦二", is_working=False),
            [("workdays.day_outside_year", "2027-01-02")],
        ),
        (
            dataclasses.replace(arranged(2026), document_number="7号"),
            [("workdays.no_document_number", "7号")],
        ),
        (
            dataclasses.replace(arranged(2026), source_url="javascript:1"),
            [("workdays.no_web_address", "javascript:1")],
        ),
        (dataclasses.replace(arranged(2026), year=1999), [("workdays.year_not_covered", "1999")]),
    ],
)
def test_everything_wrong_with_an_arrangement_is_told_at_once(faulty, found):
    expected = [(code, at or "劳动节") for code, at in found]
    if (
        "workdays.holiday_broken",
        "",
    ) in found:  # 2 May 2026 is a Saturday: nobody works, nothing is broken.
        expected = expected[:1]
    assert [(finding.code, finding.at) for finding in faults(faulty)] == expected


def test_a_local_arrangement_need_not_repeat_the_statutory_days():
    assert (
        faults(local_arrangement("36", Day(dt.date(2026, 4, 17), is_working=False, name="三月三")))
        == ()
    )


def test_the_mirrored_form_is_read():
    days = [
        {"name": "元旦", "date": date, "isOffDay": True} for date in ("2027-01-02", "2027-01-01")
    ]
    parsed = parse(json.dumps({"year": 2027, "papers": ["https://www.gov.cn/x"], "days": days}))
    assert (parsed.year, parsed.papers) == (2027, ("https://www.gov.cn/x",))
    assert [str(day.date) for day in parsed.days] == ["2027-01-01", "2027-01-02"]


@pytest.mark.parametrize(
    ("text", "code", "facts"),
    [
        ("", "not_json", {"line": 1, "column": 1}),
        ("{", "not_json", {"line": 1, "column": 2}),
        (
            '{"year": 2027,\n "days": [\n{"name": "元旦",, }]}',
            "not_json",
            {"line": 3, "column": 15},
        ),
        ("[]", "not_an_arrangement", {}),
        ("7", "not_an_arrangement", {}),
        ("[" * 100_000, "not_an_arrangement", {}),
        ("9" * 5_000, "not_an_arrangement", {}),
    ],
)
def test_a_file_of_another_form_is_refused_and_says_where(text, code, facts):
    with pytest.raises(Invalid) as no:
        parse(text)
    assert (no.value.code, no.value.field, no.value.facts) == (f"workdays.{code}", "file", facts)


DAY = {"name": "元旦", "date": "2027-01-01", "isOffDay": True}


@pytest.mark.parametrize(
    ("body", "findings"),
    [
        ({"year": 2027}, [("file_days", "days")]),
        ({"days": []}, [("file_year", "year")]),
        (
            {"year": "x", "days": {"a": 1}, "papers": 7},
            [("file_year", "year"), ("file_papers", "papers"), ("file_days", "days")],
        ),
        ({"year": 2027, "papers": ["https://a\0b"], "days": [DAY]}, [("file_papers", "papers")]),
        ({"year": 10**400, "days": []}, [("file_year", "year")]),
        (
            {"year": 2027, "days": [DAY, 7, {}]},
            [("item_form", "2"), ("item_name", "3"), ("item_date", "3"), ("item_off", "3")],
        ),
        ({"year": 2027, "days": [{**DAY, "date": "2027-02-30"}]}, [("item_date", "1")]),
        ({"year": 2027, "days": [{**DAY, "date": "20270101"}]}, [("item_date", "1")]),
        ({"year": 2027, "days": [{**DAY, "date": 7}]}, [("item_date", "1")]),
        ({"year": 2027, "days": [{**DAY, "isOffDay": "no"}]}, [("item_off", "1")]),
        (
            {"year": 2027, "days": [{**DAY, "name": "\ud800"}, {**DAY, "name": ""}]},
            [("item_name", "1"), ("item_name", "2")],
        ),
        ({"year": 2027, "days": [7] * 60}, [("item_form", str(place)) for place in range(1, 51)]),
    ],
)
def test_every_field_that_cannot_be_read_is_named_at_once(body, findings):
    with pytest.raises(Faulty) as no:
        parse(json.dumps(body))
    assert [(finding.code.split(".")[1], finding.at) for finding in no.value.findings] == findings


@given(TRIGGERS, NUMBERS)
def test_properties_of_a_working_day_window(trigger_at, n):
    due = deadline(trigger_at, n, Unit.WORKING_DAY, official())
    start = trigger_at.date()
    assert due.due_at > trigger_at
    assert official().is_working(due.last_day)
    assert sum(official().is_working(day) for day in each_day(start, due.last_day)[1:]) == n
    assert len(due.counted_days) == n
    assert due.counted_days[-1] == due.last_day
    assert due.certainty == Certainty.CONFIRMED
    assert deadline(trigger_at, n, Unit.WORKING_DAY, WorkCalendar("CN", shipped())) == due


@given(st.tuples(TRIGGERS, TRIGGERS), NUMBERS, st.sampled_from(Unit))
def test_a_later_event_is_never_due_earlier(triggers, n, unit):
    first, second = sorted(triggers)
    assert (
        deadline(first, n, unit, official()).due_at <= deadline(second, n, unit, official()).due_at
    )


def test_the_index_equals_counting_by_hand_for_every_day_and_up_to_sixty():
    calendar = official()
    wrong = []
    working = [
        day for day in each_day(COVERED[0], dt.date(2027, 6, 30)) if calendar.is_working(day)
    ]
    ahead = 0
    for start in each_day(*COVERED):
        while working[ahead] <= start:
            ahead += 1
        wrong += [
            (start, n)
            for n in range(1, 61)
            if calendar.nth_after(start, n) != working[ahead + n - 1]
        ]
    assert not wrong


@pytest.mark.parametrize("version", [1, 2])
def test_a_notice_may_name_the_weekday_on_which_work_begins_again(version):
    ends = {1: "2020-01-31", 2: "2020-02-03"}[version]
    assert faults(plus(arranged(2020, version), ends, "春节", is_working=True)) == ()
    later = (dt.date.fromisoformat(ends) + dt.timedelta(days=3)).isoformat()
    assert [
        (each.code, each.at)
        for each in faults(plus(arranged(2020, version), later, "春节", is_working=True))
    ] == [("workdays.make_up_on_weekday", later)]


def test_every_holidays_next_weekday_may_be_named():
    for key in ("2018-1", "2019-2", "2020-2", "2021-1", "2024-1", "2026-1"):
        year, version = map(int, key.split("-"))
        whole = arranged(year, version)
        listed = {day.date for day in whole.days}
        for day in [day for day in whole.days if not day.is_working]:
            after = day.date + dt.timedelta(days=1)
            if after not in listed and after.weekday() < 5 and after.year == year:
                assert faults(plus(whole, after.isoformat(), day.name, is_working=True)) == ()
