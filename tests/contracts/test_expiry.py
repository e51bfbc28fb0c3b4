"""A certificate that ends while the service is owed is told to the owner (docs/rules.md#expiry)."""

import datetime as dt

import pytest

from market.contracts import jobs
from market.contracts.rules import is_served
from market.db import reading
from market.kernel.clock import local_date
from market.letters import jobs as letters_jobs
from market.letters import queries as inbox
from tests.contracts.asking import now, sweep_at
from tests.factories import agencies, selection

SIGNED = dt.date(2026, 3, 20)


@pytest.mark.parametrize(
    "signed_on, days, today, is_owed",
    [
        (None, 30, dt.date(2026, 12, 1), True),
        (SIGNED, None, dt.date(2027, 12, 1), True),
        (SIGNED, 30, dt.date(2026, 4, 19), True),
        (SIGNED, 30, dt.date(2026, 4, 20), False),
    ],
)
def test_how_long_a_service_is_owed(signed_on, days, today, is_owed):
    assert is_served(signed_on, days, today) is is_owed


def test_the_owner_hears_that_the_winner_s_certificate_has_ended(context, clock):
    buyer = selection.owner()
    notice = selection.published_notice(buyer)
    end = selection.at(41, hour=0)
    last_day = local_date(end) - dt.timedelta(days=1)
    for _ in range(3):
        selection.enter(notice, agencies.active_agency((selection.ITEM,), valid_to=last_day))
    selection.drawn(notice)
    sweep_at(clock, now(notice).standstill_due)
    jobs.follow()
    letters_jobs.write()
    title = f"{notice} 的中选机构资质已到期"
    assert title not in [each.title for each in inbox.inbox(reading(buyer.signatory))]
    sweep_at(clock, end)
    jobs.follow()
    jobs.follow()
    letters_jobs.write()
    told = [each for each in inbox.inbox(reading(buyer.signatory)) if each.title == title]
    assert len(told) == 1
    assert "核对机构能否继续履约" in told[0].body
