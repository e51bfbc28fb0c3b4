"""What crosses with the award letter: a complaint received in the last second, worked off after the
letter has left.
"""

import datetime as dt

import pytest

from market.complaints import service as complaints_service
from market.complaints.rules import About
from market.contracts import jobs, queries
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal
from market.selection.results import queries as result_queries
from market.windows import jobs as window_jobs
from tests.factories import complaints, contracts, selection

SECOND = dt.timedelta(seconds=1)


@pytest.mark.databases
def test_no_contract_is_registered_over_a_complaint_that_came_in_time(context, clock):
    buyer = selection.owner()
    notice, _ = selection.announced_notice(buyer=buyer)
    complaints.desk()
    who = complaints.citizen()
    draft = complaints.drafted(notice, who, about=About.RESULT)
    clock.instant = due = result_queries.notice(reading(CLOCK), notice).standstill_due
    window_jobs.sweep()
    jobs.follow()
    (letter,) = queries.of_notice(reading(CLOCK), notice)
    clock.instant = due - SECOND  # the instant of receipt
    in_one_transaction(complaints_service.file, who, draft_id=draft)
    clock.instant = due + SECOND  # and nobody has followed the log yet
    with pytest.raises(Refusal) as no:
        contracts.registered(letter, buyer.signatory)
    assert no.value.code == "award.complaint_open"
    assert result_queries.notice(reading(CLOCK), notice).state == "awarded"
