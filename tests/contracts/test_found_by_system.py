"""What the system proposes of merits, of bodies and of registers: each of the log's own dates, once."""

import datetime as dt

import pytest

from market.complaints.service import finding as complaint_finding
from market.contracts import jobs, service
from market.contracts.rules.matter import DELIVER
from market.contracts.service import finding
from market.contracts.service.merits import good_run
from market.db import reading
from market.evaluations import queries as evaluations
from market.evaluations.rules import FIX, By
from market.kernel.actor import CLOCK
from market.kernel.permits import CLOCK as BY_CLOCK
from market.reputation import queries as reputations
from market.reputation.rules import CreditState
from market.reputation.shipped import behaviours
from market.selection.kinds import Fund
from market.windows import queries as windows
from tests.contracts.asking import sweep_at
from tests.contracts.test_change import due
from tests.factories import accounts as people
from tests.factories import agencies, contracts, selection
from tests.factories import evaluations as voices
from tests.factories import reputation as credit
from tests.factories.deeds import do
from tests.selection import shortlisting

DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
WITHOUT_SOURCE = {"AG-C05"}  # an administrative penalty: nothing on the log says of one


def records(organisation_id):
    jobs.follow()
    jobs.follow()
    found = reputations.of_party(reading(CLOCK), organisation_id)
    return sorted((each.behaviour.code, each.state) for each in found)


def proposed(*codes):
    return [(code, CreditState.PROPOSED) for code in codes]


def test_every_row_that_the_system_proposes_is_found_by_it():
    by_system = {each.code for each in behaviours().values() if each.proposes == BY_CLOCK}
    found = finding.CODES | {code for code, _said in complaint_finding.CODES.values()}
    assert found == by_system - WITHOUT_SOURCE


@pytest.mark.parametrize(("versions", "codes"), [(1, ["AG-H01"]), (2, [])])
def test_what_comes_early_and_is_accepted_at_once_is_a_merit(context, versions, codes):
    credit.bench()
    deal = contracts.delivered()
    for _again in range(versions - 1):
        given = {"number": deal.number, "verdicts": contracts.met(deal)}
        do(service.return_delivery, deal.acceptor, **given, items=["缺图 3"])
        contracts.deliver(deal)
    contracts.accept(deal)
    assert records(deal.winner.organisation_id) == proposed(*codes)


def test_on_the_last_day_is_in_time_and_not_early(context, clock):
    credit.bench()
    deal = contracts.started()
    clock.instant = due(deal, DELIVER) - HOUR
    contracts.deliver(deal)
    contracts.accept(deal)
    assert records(deal.winner.organisation_id) == []


@pytest.mark.parametrize(("marks", "run"), [(voices.GOOD, 1), (voices.BAD, 0)])
def test_a_run_is_of_matters_whose_evaluation_is_over_and_good(context, marks, run):
    deal = contracts.accepted()
    agency_id = deal.winner.organisation_id
    assert good_run(reading(CLOCK), agency_id) == 0
    voices.given(deal, By.OWNER, marks)
    voices.given(deal, By.AGENCY, voices.GOOD)
    fixed = windows.live(reading(CLOCK), FIX, evaluations.matter_key(deal.number, By.AGENCY))
    voices.moved(fixed.due_at)
    assert good_run(reading(CLOCK), agency_id) == run


def test_an_owner_who_chooses_nobody_is_proposed(context):
    marked = shortlisting.town(
        credit_public_basis="《江西省××办法》第九条", ways_state="random credit_shortlist"
    )
    credit.bench()
    buyer = selection.owner()
    number = shortlisting.published(buyer, fund=Fund.STATE)
    shortlisting.entered(number, marked, *[selection.agency() for _ in range(3)])
    selection.drawn(number)
    shortlisting.silent(number)
    assert records(buyer.organisation_id) == proposed("OW-F16")


def test_an_office_that_is_late_with_a_notice_is_proposed(context, clock):
    people.staff("authority", "authority_assigner", name="营商环境办公室")
    selection.submitted_notice()
    office = people.body("office")
    (waiting,) = windows.waiting_for(reading(CLOCK), office)
    sweep_at(clock, waiting.due_at - HOUR)
    assert records(office) == []
    sweep_at(clock, waiting.due_at + HOUR)
    assert records(office) == proposed("OF-F02")


@pytest.mark.parametrize(("fact", "code"), [("abnormal", "AG-C06"), ("dishonest", "AG-C07")])
def test_an_entry_of_a_register_is_proposed(context, fact, code):
    credit.bench()
    made = agencies.active_agency()
    people.member(people.body("office"), "office_head")
    agencies.suspended(made.ref, fact=fact)
    assert records(made.organisation_id) == proposed(code)
