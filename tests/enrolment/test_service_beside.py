"""A document that is late, beside suspension, removal, lapse and additions."""

import datetime as dt

import pytest

from market.agencies.rules import LineState, State
from market.catalogue import queries as catalogue
from market.db import reading
from market.enrolment import queries, service
from market.kernel.actor import CLOCK
from market.windows import jobs
from market.windows import queries as windows
from tests.enrolment.deeds import (
    DUE,
    PROOF,
    REASONS,
    STAMP,
    at,
    do,
    hand_in,
    lines,
    owed,
    refused,
    state_of,
)
from tests.factories import agencies as factory
from tests.factories import reputation as credit

pytestmark = pytest.mark.databases


# --- beside other procedures --------------------------------------------------------------


def test_a_suspended_agency_goes_back_to_where_its_documents_put_it(context):
    made = factory.provisional_agency()
    factory.suspended(made.ref)
    hand_in(made)
    do(service.propose_reinstatement, factory.checker(), ref=made.ref)
    do(service.sign_standing, factory.head(), ref=made.ref)
    assert state_of(made) is State.PROVISIONAL


def test_the_due_of_a_suspended_agency_passes_like_any_other_and_the_suspension_goes_on_after_it(
    context, clock
):
    made = factory.provisional_agency()
    factory.suspended(made.ref)
    clock.instant = DUE
    jobs.sweep()
    assert state_of(made) is State.REVOKING
    do(service.accept_document, factory.checker(), document_id=hand_in(made))
    do(service.keep, factory.head(), ref=made.ref)
    assert state_of(made) is State.SUSPENDED


def test_what_becomes_late_under_a_proposed_removal_is_taken_up_when_that_is_dropped(
    context, clock
):
    made = factory.provisional_agency()
    factory.suspended(made.ref)
    do(
        service.propose_removal,
        factory.checker(),
        ref=made.ref,
        record_number=credit.ground(made),
        reasons=REASONS["reasons"],
        remedy=REASONS["remedy"],
        barred_until=dt.date(2026, 9, 4),
    )
    clock.instant = DUE
    jobs.sweep()
    assert state_of(made) is State.REMOVING
    do(service.drop_removal, factory.head(), ref=made.ref)
    assert state_of(made) is State.REVOKING


def test_a_removed_agency_owes_nothing_by_a_date(context, clock):
    made = factory.provisional_agency()
    factory.suspended(made.ref)
    do(
        service.propose_removal,
        factory.checker(),
        ref=made.ref,
        record_number=credit.ground(made),
        reasons=REASONS["reasons"],
        remedy=REASONS["remedy"],
        barred_until=dt.date(2026, 9, 4),
    )
    at(clock, "2026-03-12")
    jobs.sweep()
    do(service.sign_removal, factory.head(), ref=made.ref)
    assert lines(made) == {"301": LineState.WITHDRAWN}
    assert not [
        due
        for due in windows.of_subject(reading(CLOCK), made.ref)
        if due.kind.startswith("agencies.deferred") and due.closed_at is None
    ]


def test_a_certificate_that_runs_out_closes_a_line_with_a_document_outstanding_too(context, clock):
    factory.deferrable(("301", PROOF, 40))
    made = factory.active_agency(valid_to=dt.date(2026, 3, 10))
    at(clock, "2026-03-11")
    jobs.sweep()
    assert lines(made) == {"301": LineState.LAPSED}


def test_an_addition_is_complete_from_the_start(context):
    factory.deferrable(("302", STAMP, 5))
    made = factory.active_agency()
    held = factory.held_for(catalogue.item(reading(CLOCK), "302"), reading(CLOCK).today)
    if held is not None:
        do(
            service.add_qualification,
            made.actor,
            held=held,
            number="证302",
            issuer="省厅",
            file_id=factory.scan(made.actor),
            submission_key="302",
        )
    refused("agency.complete_addition", service.request_addition, made.actor, codes=["302"])
    (listed,) = catalogue.deferrable(reading(CLOCK))
    refused(
        "agency.complete_addition",
        service.answer_document,
        made.actor,
        listed_id=listed.id,
        received=None,
    )
    do(service.answer_document, made.actor, listed_id=listed.id, received=factory.paper())
    do(service.request_addition, made.actor, codes=["302"])
    do(service.confirm_addition, factory.checker(), ref=made.ref)
    assert (state_of(made), owed(made)) == (State.ACTIVE, ())
    assert lines(made) == {"301": LineState.ACTIVE, "302": LineState.ACTIVE}


def test_what_is_owed_of_the_enrolment_stays_owed_through_an_addition(context):
    factory.deferrable(("301", PROOF, 10))
    made = factory.active_agency()
    hand_in(made)
    (listed,) = catalogue.deferrable(reading(CLOCK))
    refused(
        "agency.document_accepted",
        service.answer_document,
        made.actor,
        listed_id=listed.id,
        received=factory.paper(),
    )
    do(service.request_addition, made.actor, codes=["103"])
    do(service.confirm_addition, factory.checker(), ref=made.ref)
    assert len(owed(made)) == 1
    assert lines(made) == {"301": LineState.PROVISIONAL, "103": LineState.ACTIVE}


def test_the_desk_lists_what_waits_for_the_office_first(context):
    factory.deferrable(("301", PROOF, 10), ("301", STAMP, 5))
    made = factory.active_agency()
    other = factory.active_agency()
    hand_in(other, next(each for each in owed(other) if each.name == PROOF))
    listed = queries.desk_documents(reading(CLOCK))
    assert [(card.ref, each.name) for card, each in listed] == [
        (other.ref, PROOF),
        (made.ref, STAMP),
        (other.ref, STAMP),
        (made.ref, PROOF),
    ]
    assert (
        queries.desk_documents(reading(CLOCK), limit=1) == listed[:1]
    )  # a long list hides nothing that waits for the office
