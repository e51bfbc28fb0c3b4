"""The end of a certificate is announced 60, 30 and 7 days before, once each (docs/rules.md#expiry)."""

import dataclasses
import datetime as dt

import pytest

from market.agencies import jobs
from market.agencies.rules import Held, announcement, replaces
from market.db import reading
from market.kernel.actor import CLOCK
from market.kernel.clock import local_date
from market.ledger import queries as ledger
from market.letters import jobs as letters
from market.letters import queries as inbox
from tests.factories import agencies


@pytest.mark.parametrize(
    "left, made, due",
    [
        (61, None, None),
        (60, None, 60),
        (45, None, 60),
        (45, 60, None),
        (30, 60, 30),
        (20, None, 30),  # the clock was down: the nearest alone
        (8, 30, None),
        (7, 30, 7),
        (0, 60, 7),
        (0, 7, None),
        (-1, None, None),
    ],
)
def test_which_announcement_is_due(left, made, due):
    assert announcement(left, made) == due


ENDS = dt.date(2026, 6, 30)
GOES_ON = {"valid_from": dt.date(2026, 7, 1), "valid_to": dt.date(2029, 6, 30)}


@pytest.mark.parametrize(
    ("later", "is_replaced"),
    [
        ({}, True),
        ({"valid_to": None}, True),
        ({"valid_from": dt.date(2020, 1, 1)}, True),
        ({"grade": "甲级"}, True),
        ({"name": "测绘 资质"}, True),
        ({"specialities": ("工程测量", "海洋测绘")}, True),
        ({"valid_to": ENDS}, False),
        ({"valid_from": dt.date(2026, 7, 2)}, False),  # a day without
        ({"grade": "丙级"}, False),
        ({"grade": None}, False),
        ({"specialities": ("海洋测绘",)}, False),
        ({"name": "地质灾害防治资质"}, False),
    ],
)
def test_what_goes_on_where_a_certificate_ends(later, is_replaced):
    ending = Held("测绘资质", "乙级", ("工程测量",), dt.date(2021, 7, 1), ENDS)
    other = dataclasses.replace(ending, **{**GOES_ON, **later})
    assert replaces(other, ending) is is_replaced


def said(ref):
    return [
        entry.fields["days"]
        for entry in ledger.of_subject(reading(CLOCK), ref)
        if entry.type == "agency.qualification_expiring"
    ]


@pytest.mark.databases
def test_each_step_is_announced_once_and_a_downtime_makes_one_of_them(context, clock):
    agencies.town()
    start = clock.instant
    today = local_date(start)
    early = agencies.active_agency(valid_to=today + dt.timedelta(days=100))
    other = agencies.active_agency()
    for days, wanted in ((20, []), (40, [60]), (41, [60]), (95, [60, 7]), (96, [60, 7])):
        clock.instant = start + dt.timedelta(days=days)
        jobs.announce_endings()
        assert said(early.ref) == wanted
    assert said(other.ref) == []
    letters.write()
    told = [each for each in inbox.inbox(reading(early.actor)) if "天内到期" in each.title]
    assert len(told) == 2
    assert f"截止：{today + dt.timedelta(days=100)} 24:00" in told[0].body
