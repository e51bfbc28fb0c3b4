"""Whoever is reached in two ways by one fact gets one letter about it."""

import datetime as dt

from market.db import reading
from market.enrolment import service as enrolment
from market.letters import jobs, queries
from tests.factories import accounts as people
from tests.factories import agencies
from tests.factories import reputation as credit
from tests.factories.deeds import do

REASONS = {
    "reasons": "证书系伪造",
    "remedy": "60 日内申请行政复议",
}


def test_a_member_of_an_agency_who_is_head_of_the_office_too_hears_of_its_removal_once(context):
    made = agencies.active_agency()
    head = agencies.head()
    people.join(made.organisation_id, head.person_id, "agency_agent")
    do(
        enrolment.propose_removal,
        agencies.checker(),
        ref=made.ref,
        record_number=credit.ground(made),
        **REASONS,
        barred_until=dt.date(2026, 9, 4),
    )
    jobs.write()
    told = [each.title for each in queries.inbox(reading(head)) if "清退" in each.title]
    assert told == [f"拟清退机构 {made.ref}，机构可陈述意见"]
    assert told[0] in [each.title for each in queries.inbox(reading(made.actor))]
