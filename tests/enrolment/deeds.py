"""What the tests of this room say often: do a use case, look at the log and at an agency's
standing.
"""

import datetime as dt

import pytest

from market.agencies import queries as agencies
from market.catalogue.rules import Items
from market.db import reading
from market.enrolment import queries, service
from market.kernel.actor import CLOCK
from market.kernel.clock import CHINA
from market.kernel.errors import Refusal
from market.ledger import queries as ledger
from tests.factories import accounts as people
from tests.factories import agencies as factory
from tests.factories.deeds import do

PROOF = "授权代表社会保险缴纳记录"
STAMP = "印章备案回执"
SECOND = dt.timedelta(seconds=1)
DUE = dt.datetime(
    2026, 3, 18, 16, tzinfo=dt.UTC
)  # ten working days after Wednesday 4 March: the 18th, 24:00 in China
REASONS = {
    "reasons": "证书系伪造",
    "basis": "《行政许可法》第三十一条",
    "remedy": "60 日内申请行政复议",
}


def kinds(*subjects):
    return [each.type for each in ledger.of_subject(reading(CLOCK), *subjects)]


def state_of(made):
    return agencies.of_organisation(reading(CLOCK), made.organisation_id).state


def standing(made, item="301", at=None):
    work = reading(CLOCK)
    return agencies.standing(work, made.organisation_id, Items((item,)), at or work.today)


def at(clock, day, hour=10):
    clock.instant = dt.datetime.combine(
        dt.date.fromisoformat(day), dt.time(hour), CHINA
    ).astimezone(dt.UTC)


def refused(code, act, actor, **values):
    with pytest.raises(Refusal) as no:
        do(act, actor, **values)
    assert no.value.code == code


def owed(made):
    """The documents that an agency still owes of its enrolment."""
    return queries.outstanding_documents(reading(CLOCK), made.organisation_id)


def lines(made):
    """An agency's lines by item."""
    work = reading(CLOCK)
    return {
        line.item_code: line.state
        for line in agencies.lines(work, agencies.by_ref(work, made.ref).id)
    }


def hand_in(made, document=None):
    """Hand in a document that was put off; returns its id."""
    of = document or owed(made)[0]
    do(service.hand_in, made.actor, document_id=of.id, received=factory.paper())
    return of.id


def also_checks(made):
    """The person who fills in for the agency, in the office."""
    office = people.body("office")
    people.join(office, made.actor.person_id, "enrolment_checker")
    return people.actor_of(made.actor.person_id, office)
