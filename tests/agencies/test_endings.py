"""The end of a certificate is announced 60, 30 and 7 days before, once each (docs/rules.md#expiry)."""

import datetime as dt

import pytest

from market.agencies import jobs
from market.agencies.rules import announcement
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
