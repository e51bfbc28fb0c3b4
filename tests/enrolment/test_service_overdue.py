"""A deferred document that does not come: the clock opens the procedure, two persons end it."""

import datetime as dt

import pytest
from flask import g

from market.agencies import queries as agencies
from market.agencies.rules import LineState, State
from market.catalogue import queries as catalogue
from market.db import in_one_transaction, reading
from market.enrolment import queries, rules, service
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.windows import jobs
from market.windows import queries as windows
from tests.enrolment.deeds import (
    DUE,
    PROOF,
    REASONS,
    SECOND,
    STAMP,
    also_checks,
    at,
    do,
    hand_in,
    kinds,
    lines,
    owed,
    refused,
    standing,
    state_of,
)
from tests.factories import accounts as people
from tests.factories import agencies as factory

pytestmark = pytest.mark.databases


def late(clock):
    """An agency whose document did not come, after the clock has seen it."""
    made = factory.provisional_agency()
    clock.instant = DUE
    jobs.sweep()
    return made


def heard(clock, made):
    """Three working days later: the agency has said nothing."""
    at(clock, "2026-03-25")
    jobs.sweep()
    return made


# --- the due ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "moment, state",
    [(DUE - SECOND, State.PROVISIONAL), (DUE, State.REVOKING), (DUE + SECOND, State.REVOKING)],
)
def test_at_the_due_and_not_before_the_clock_stops_entries_and_opens_the_procedure(
    context, clock, moment, state
):
    made = factory.provisional_agency()
    clock.instant = moment
    jobs.sweep()
    assert state_of(made) is state
    assert standing(made).may_enter is (state is State.PROVISIONAL)


def test_the_clock_opens_once_says_why_and_takes_nothing(context, clock):
    factory.deferrable(("301", PROOF, 10), ("301", STAMP, 10))
    made = factory.active_agency()
    clock.instant = DUE
    ids = [window_id for _, window_id in windows.due(reading(CLOCK))]
    jobs.sweep()
    handlers = fabric(context).window_handlers
    in_one_transaction(
        jobs.service.fire_batch, CLOCK, ids, handlers, lambda: False
    )  # the second clock has read them before
    jobs.sweep()
    assert kinds(made.ref).count("agency.revocation_opened") == 1
    found = queries.last_application(reading(CLOCK), agencies.by_ref(reading(CLOCK), made.ref))
    assert found.reasons.count("应于 2026年3月18日 24:00 前补交，到期未补。") == 2
    assert found.due.last_day == dt.date(2026, 3, 24)
    assert lines(made) == {"301": LineState.PROVISIONAL}
    assert state_of(made) is State.REVOKING


def test_a_due_of_a_year_that_is_not_published_ends_nothing(context, clock):
    at(clock, "2026-12-24")
    made = factory.provisional_agency()
    assert owed(made)[0].due.is_provisional
    clock.instant = owed(made)[0].due.due_at + SECOND
    jobs.sweep()
    assert state_of(made) is State.PROVISIONAL


def test_reminders_come_five_and_two_working_days_before_the_last_and_on_it(context, clock):
    made = factory.provisional_agency()
    told = []
    for day in range(5, 20):
        at(clock, f"2026-03-{day:02}", 0)
        before = kinds(made.ref).count("window.reminded")
        jobs.sweep()
        if kinds(made.ref).count("window.reminded") > before:
            told.append(day)
    assert told == [11, 16, 18]


def received(context, instant, act, actor, **values):
    """Do a use case whose form was here whole at an instant, however late its turn came."""
    with context.test_request_context():
        g.received_at = instant
        return do(act, actor, **values)


def test_a_form_that_was_here_in_time_wins_over_a_sweep_that_was_faster(context, clock):
    made = late(clock)
    assert state_of(made) is State.REVOKING
    clock.instant = DUE + SECOND
    (document,) = owed(made)
    received(
        context,
        DUE - SECOND,
        service.hand_in,
        made.actor,
        document_id=document.id,
        received=factory.paper(),
    )
    assert state_of(made) is State.PROVISIONAL
    assert kinds(made.ref).count("agency.kept") == 1
    assert windows.live(reading(CLOCK), rules.STATE_CASE, made.ref) is None
    (document,) = owed(made)
    assert not document.is_late
    do(service.return_document, factory.checker(), document_id=document.id, reason="看不清。")
    assert owed(made)[0].due.last_day == dt.date(2026, 3, 20)


def test_a_form_that_came_at_the_due_is_late(context, clock):
    made = late(clock)
    (document,) = owed(made)
    received(
        context, DUE, service.hand_in, made.actor, document_id=document.id, received=factory.paper()
    )
    assert state_of(made) is State.REVOKING


def test_a_person_who_has_taken_up_the_case_is_not_overtaken_by_a_late_form(context, clock):
    made = heard(clock, late(clock))
    do(service.propose_revocation, factory.checker(), ref=made.ref, **REASONS)
    received(
        context,
        DUE - SECOND,
        service.hand_in,
        made.actor,
        document_id=owed(made)[0].id,
        received=factory.paper(),
    )
    assert state_of(made) is State.REVOKING


# --- the end of the procedure -------------------------------------------------------------


def test_two_persons_revoke_after_the_agency_was_heard(context, clock):
    made = late(clock)
    refused(
        "agency.may_still_state",
        service.propose_revocation,
        factory.checker(),
        ref=made.ref,
        **REASONS,
    )
    heard(clock, made)
    refused("agency.no_revocation_proposed", service.revoke, factory.head(), ref=made.ref)
    assert [card.ref for card in queries.to_propose(reading(CLOCK))] == [made.ref]
    both = people.member(people.body("office"), "enrolment_checker", "office_head")
    do(service.propose_revocation, both, ref=made.ref, **REASONS)
    assert queries.to_propose(reading(CLOCK)) == []
    refused("agency.same_person", service.revoke, both, ref=made.ref)
    do(service.revoke, factory.head(), ref=made.ref)
    assert state_of(made) is State.REVOKED
    assert lines(made) == {"301": LineState.WITHDRAWN}
    assert windows.live(reading(CLOCK), rules.DEFERRED, f"{made.ref}:{owed(made)[0].id}") is None
    assert kinds(made.ref)[-1] == "agency.revoked"


def test_whoever_was_revoked_applies_anew_with_the_document_in_hand(context, clock):
    made = heard(clock, late(clock))
    do(service.propose_revocation, factory.checker(), ref=made.ref, **REASONS)
    do(service.revoke, factory.head(), ref=made.ref)
    (listed,) = catalogue.deferrable(reading(CLOCK), ["301"])
    refused("agency.promised_before", service.submit, made.actor, submission_key="again")
    refused(
        "agency.promised_before",
        service.answer_document,
        made.actor,
        listed_id=listed.id,
        received=None,
    )
    do(service.answer_document, made.actor, listed_id=listed.id, received=factory.paper())
    do(service.sign_commitment, made.actor)
    number = do(service.submit, made.actor, submission_key="again")
    do(service.approve, factory.checker(), number=number)
    assert state_of(made) is State.ACTIVE
    refused(
        "agency.document_accepted",
        service.answer_document,
        made.actor,
        listed_id=listed.id,
        received=factory.paper(),
    )


def test_two_persons_keep_it_with_a_new_due_no_longer_than_the_list_once_gave(context, clock):
    made = heard(clock, late(clock))
    refused("agency.documents_missing", service.keep, factory.head(), ref=made.ref)
    refused(
        "agency.new_days",
        service.propose_new_due,
        factory.checker(),
        ref=made.ref,
        days=11,
        reasons="社保机构停机。",
    )
    do(service.propose_new_due, factory.checker(), ref=made.ref, days=5, reasons="社保机构停机。")
    refused("agency.no_revocation_proposed", service.revoke, factory.head(), ref=made.ref)
    do(service.keep, factory.head(), ref=made.ref)
    assert state_of(made) is State.PROVISIONAL
    (document,) = owed(made)
    assert (document.is_late, document.due.last_day) == (False, dt.date(2026, 4, 1))
    clock.instant = document.due.due_at
    jobs.sweep()
    assert state_of(made) is State.REVOKING
    assert kinds(made.ref).count("agency.revocation_opened") == 2


def test_a_document_that_came_late_and_is_good_lets_the_head_keep_the_agency(context, clock):
    made = late(clock)
    do(service.accept_document, factory.checker(), document_id=hand_in(made))
    assert state_of(made) is State.REVOKING
    assert kinds(made.ref)[-1] == "enrolment.documents_completed"
    at(clock, "2026-03-25")
    refused(
        "agency.nothing_late",
        service.propose_revocation,
        factory.checker(),
        ref=made.ref,
        **REASONS,
    )
    do(service.keep, factory.head(), ref=made.ref)
    assert state_of(made) is State.ACTIVE
    assert standing(made).may_enter


def test_a_late_document_that_will_not_do_is_late_again_when_it_is_returned(context, clock):
    made = late(clock)
    document_id = hand_in(made)
    do(service.keep, factory.head(), ref=made.ref)
    assert state_of(made) is State.PROVISIONAL
    do(service.return_document, factory.checker(), document_id=document_id, reason="不是本机构的。")
    assert state_of(made) is State.REVOKING


def test_the_statement_of_the_case_is_for_two_persons_to_read(context, clock):
    made = late(clock)
    do(service.state_case, made.actor, statement="社保机构系统停机，附通知。")
    assert windows.live(reading(CLOCK), rules.DECIDE, made.ref) is not None
    do(service.propose_new_due, factory.checker(), ref=made.ref, days=3, reasons="情况属实。")
    assert state_of(made) is State.REVOKING


def test_who_fills_in_for_the_agency_proposes_nothing(context, clock):
    made = heard(clock, late(clock))
    both = also_checks(made)
    refused("agency.same_person", service.propose_revocation, both, ref=made.ref, **REASONS)
    refused("agency.none", service.propose_revocation, factory.checker(), ref="A999999", **REASONS)
    other = factory.active_agency(["103"])
    refused(
        "agency.wrong_state",
        service.propose_revocation,
        factory.checker(),
        ref=other.ref,
        **REASONS,
    )
    assert "agency.revocation_proposed" not in kinds(made.ref, other.ref)
