"""Who has only claimed who he is files in time; what holds the award, and from when (ADR 0035)."""

import datetime as dt

import pytest

from market.accounts import queries as accounts_queries
from market.accounts import service as accounts
from market.accounts.rules import CheckReason
from market.complaints import jobs, queries, rules, service
from market.complaints.queries import identity_of
from market.complaints.rules import About, Complainant, Door, Known, Reason, Respondent
from market.contracts import jobs as contract_jobs
from market.contracts import queries as letters
from market.db import in_one_transaction, reading
from market.files.service import Received
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.selection.results import queries as result_queries
from market.selection.results.rules import STANDSTILL
from market.windows import jobs as windows_jobs
from tests.complaints.deeds import due_of, kinds, sweep_at
from tests.factories import accounts as people
from tests.factories import agencies, complaints, selection
from tests.factories.deeds import do

SCAN = Received("身份证.jpg", "image/jpeg", 10, "0" * 64, "key-of-scan")
SECOND = dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def desk(context):
    return complaints.desk()


@pytest.fixture
def notice(desk):
    return selection.announced_notice()[0]


def state(notice):
    return result_queries.notice(reading(CLOCK), notice).state


def stops(notice):
    """Whether the letter may not leave, and whether everybody sees the hold."""
    work = reading(CLOCK)
    return queries.holding(work, notice), queries.holding_publicly(work, notice)


def filed(notice, who=None, **changes):
    return complaints.filed(notice, who or people.claimant(), about=About.RESULT, **changes)


def claimant_of(number):
    return queries.parties(reading(CLOCK), number).complainant_person_id


def check_of(number):
    return identity_of(reading(CLOCK), number).check


def confirm(number, by=None):
    clerk = by or people.staff("office", "intake_clerk")
    do(accounts.verify, clerk, person_id=claimant_of(number))
    jobs.open_filing()


def refuse(number):
    do(
        accounts.refuse_identity,
        people.staff("office", "intake_clerk"),
        person_id=claimant_of(number),
        reason=CheckReason.NOT_SHOWN,
        note="请带身份证到窗口。",
    )
    jobs.open_filing()


def test_a_checked_person_holds_the_award_from_the_filing_on(notice):
    number = filed(notice, complaints.citizen())
    assert (stops(notice), state(notice)) == ((1, 1), "held")
    assert identity_of(reading(CLOCK), number).known is Known.CHECKED
    assert "complaint.hold_began" not in kinds(number)


@pytest.mark.databases
def test_a_claim_stops_the_letter_at_once_and_holds_in_public_once_it_is_checked(notice, clock):
    filing = reading(CLOCK).now
    number = filed(notice)
    assert (stops(notice), state(notice)) == ((1, 0), "announced")
    check = check_of(number)
    assert check.due.trigger_at == filing
    confirm(number)
    assert (stops(notice), state(notice)) == ((1, 1), "held")
    assert kinds(number).count("complaint.hold_began") == 1
    # the two days for acceptance run from the filing, whatever the check does
    assert due_of(number, rules.ACCEPT) - check.due.due_at == DAY


@pytest.mark.databases
def test_without_a_check_in_time_the_public_hold_begins_by_the_office_s_fault(notice, clock):
    number = filed(notice)
    due = check_of(number).due.due_at
    sweep_at(clock, due - SECOND)
    jobs.open_filing()
    assert stops(notice) == (1, 0)
    sweep_at(clock, due, times=2)
    jobs.open_filing()
    assert (stops(notice), state(notice)) == ((1, 1), "held")
    second = filed(
        notice, people.actor_of(claimant_of(number)), matters="另一件同样严重的事实经过。"
    )
    assert "complaint.hold_began" not in kinds(second)  # the office is late already: at once
    assert stops(notice) == (2, 2)


def test_the_standstill_ends_meanwhile_and_no_letter_leaves(notice, clock):
    standstill = due_of(notice, STANDSTILL)
    clock.instant = standstill - 2 * SECOND
    number = filed(notice)
    sweep_at(clock, standstill, times=2)
    assert (letters.of_notice(reading(CLOCK), notice), state(notice)) == ([], "announced")
    in_one_transaction(
        service.withdraw, people.actor_of(claimant_of(number)), number=number, note="弄错了。"
    )
    windows_jobs.sweep()
    contract_jobs.follow()
    assert letters.of_notice(reading(CLOCK), notice)[0].is_valid


def test_one_silent_complaint_keeps_the_letter_when_a_public_one_has_ended(notice, clock, desk):
    known = complaints.accepted(filed(notice, complaints.citizen()), desk)
    standstill = due_of(notice, STANDSTILL)
    clock.instant = standstill - 2 * SECOND
    silent = filed(notice)
    sweep_at(clock, standstill)
    complaints.decided(known, desk)
    assert (stops(notice), state(notice)) == ((1, 0), "announced")
    windows_jobs.sweep()
    contract_jobs.follow()
    assert letters.of_notice(reading(CLOCK), notice) == []
    confirm(silent)
    assert state(notice) == "held"
    complaints.refused(silent, desk)
    windows_jobs.sweep()
    assert letters.of_notice(reading(CLOCK), notice)[0].is_valid


def test_a_refused_claim_begins_no_public_hold_and_takes_no_right_away(notice, desk, clock):
    number = filed(notice)
    refuse(number)
    assert (stops(notice), state(notice)) == ((1, 0), "announced")  # one clerk lets nothing go
    assert identity_of(reading(CLOCK), number).known is Known.REFUSED
    with pytest.raises(Refusal, match="identity_refused"):
        do(service.propose_acceptance, desk.officer, number=number)
    complaints.refused(number, desk, Reason.NOT_VERIFIED)
    assert stops(notice) == (0, 0)


def test_who_was_refused_shows_his_card_and_is_heard(notice, desk):
    number = filed(notice)
    refuse(number)
    who = people.actor_of(claimant_of(number))
    in_one_transaction(accounts.hand_in, who, scan=SCAN)
    confirm(number)
    assert stops(notice) == (1, 1)
    complaints.accepted(number, desk)


@pytest.mark.parametrize(
    ("then", "code"),
    [
        (lambda number: None, "ground_not_checked"),
        (confirm, "ground_verified"),
    ],
)
def test_that_nobody_knows_him_is_a_false_ground_until_a_check_has_said_so(
    notice, desk, then, code
):
    number = filed(notice)
    then(number)
    with pytest.raises(Invalid, match=code):
        do(
            service.propose_non_acceptance,
            desk.officer,
            number=number,
            reason=Reason.NOT_VERIFIED,
            **complaints.GROUNDS,
        )


def test_acceptance_begins_the_hold_at_the_latest(notice, desk):
    number = filed(notice)
    complaints.accepted(number, desk)
    assert (stops(notice), state(notice)) == ((1, 1), "held")


def test_a_member_of_an_enrolled_agency_acts_for_it_and_is_known(notice):
    firm = agencies.active_agency([selection.ITEM])
    actor = firm.actor
    number = filed(notice, actor, complainant=Complainant.ORGANISATION)
    assert identity_of(reading(CLOCK), number).known is Known.BY_ORGANISATION
    assert stops(notice) == (1, 1)


def test_who_is_concerned_by_the_complaint_does_not_check_it(context):
    regulator = complaints.regulator_desk()
    complaints.desk()
    notice, _ = selection.announced_notice()
    number = filed(notice, respondent=Respondent.OFFICE, door=Door.REGULATOR)
    assert check_of(number).organisation_id == regulator.organisation_id
    with pytest.raises(NotFound):
        confirm(number)
    confirm(number, by=regulator.officer)
    assert stops(notice) == (1, 1)


def test_who_reviewed_the_notice_checks_nobody_who_complains_of_it(notice):
    number = filed(notice)
    reviewer = next(iter(result_queries.notice(reading(CLOCK), notice).reviewer_person_ids))
    office = people.body("office")
    card = accounts_queries.membership(reading(CLOCK), reviewer, office)
    clerk = people.actor_of(reviewer, office)
    assert card is not None
    clerk = type(clerk)(
        clerk.person_id, office, clerk.kind, clerk.duties | {"intake_clerk"}, clerk.named
    )
    with pytest.raises(NotPermitted, match="recused_reviewer"):
        do(accounts.verify, clerk, person_id=claimant_of(number))


def test_a_check_goes_on_to_another_body_when_the_office_is_complained_of_later(context):
    regulator = complaints.regulator_desk()
    complaints.desk()
    notice, _ = selection.announced_notice()
    first = filed(notice)
    assert check_of(first).organisation_id == people.body("office")
    who = people.actor_of(claimant_of(first))
    filed(
        notice,
        who,
        respondent=Respondent.OFFICE,
        door=Door.REGULATOR,
        matters="协管办拖延不办，超过期限。",
    )
    assert check_of(first).organisation_id == regulator.organisation_id
