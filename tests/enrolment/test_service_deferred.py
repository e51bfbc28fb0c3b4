"""Enrolment with documents that come later (容缺入驻): promised, handed in, checked."""

import datetime as dt

import pytest

from market.agencies import queries as agencies
from market.agencies.rules import LineState, State
from market.catalogue import queries as catalogue
from market.db import reading
from market.enrolment import queries, service
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotFound, NotPermitted
from market.ledger import queries as ledger
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
from tests.factories import agencies as factory

pytestmark = pytest.mark.databases


# --- the application ----------------------------------------------------------------------


def test_an_agency_that_promises_a_document_is_enrolled_may_enter_and_owes_it(context):
    made = factory.provisional_agency()
    assert state_of(made) is State.PROVISIONAL
    assert lines(made) == {"301": LineState.PROVISIONAL}
    assert standing(made).may_enter
    (document,) = owed(made)
    assert (document.name, document.days, document.due.due_at) == (PROOF, 10, DUE)
    assert document.due.responsible_id == made.organisation_id
    assert "enrolment.documents_deferred" in kinds(made.ref)
    assert PROOF not in str([each.fields for each in ledger.of_subject(reading(CLOCK), made.ref)])


def test_who_has_everything_is_enrolled_as_ever(context):
    factory.deferrable(("301", PROOF, 10))
    made = factory.started_agency()
    factory.fill(made, ["301"])
    (listed,) = catalogue.deferrable(reading(CLOCK), ["301"])
    do(service.answer_document, made.actor, listed_id=listed.id, received=factory.paper())
    refused(
        "agency.incomplete_commitment", service.submit, made.actor, submission_key="k"
    )  # its clause 七 is gone
    do(service.sign_commitment, made.actor)
    number = do(service.submit, made.actor, submission_key="k")
    do(service.approve, factory.checker(), number=number)
    assert state_of(made) is State.ACTIVE
    assert owed(made) == ()
    (document,) = queries.documents(
        reading(CLOCK), agencies.of_organisation(reading(CLOCK), made.organisation_id).id
    )
    assert document.accepted_at is not None


def test_a_document_that_is_neither_there_nor_promised_stops_the_submission(context):
    factory.deferrable(("301", PROOF, 10), ("301", STAMP, 5))
    made = factory.started_agency()
    factory.fill(made, ["301"])
    factory.deferrable(("301", PROOF, 10), ("301", STAMP, 5), ("301", "办公场所租赁合同", 3))
    refused("agency.undocumented", service.submit, made.actor, submission_key="k")
    assert state_of(made) is State.DRAFT


def test_a_promise_for_an_item_that_is_dropped_is_forgotten(context):
    factory.deferrable(("301", PROOF, 10))
    made = factory.started_agency()
    factory.fill(made, ["301", "103"])
    do(service.choose_lines, made.actor, codes=["103"])
    do(service.sign_commitment, made.actor)
    do(service.submit, made.actor, submission_key="k")
    assert (
        queries.documents(
            reading(CLOCK), agencies.of_organisation(reading(CLOCK), made.organisation_id).id
        )
        == []
    )


def test_the_fewest_days_of_the_items_hold_and_only_lines_that_ask_for_the_document_say_so(context):
    factory.deferrable(("301", PROOF, 10), ("302", PROOF, 4))
    made = factory.active_agency(["301", "302", "103"])
    assert [document.days for document in owed(made)] == [4]
    assert lines(made) == {
        "301": LineState.PROVISIONAL,
        "302": LineState.PROVISIONAL,
        "103": LineState.ACTIVE,
    }


def test_a_refusal_that_is_overruled_leads_to_the_same_place(context):
    factory.deferrable(("301", PROOF, 10))
    made = factory.submitted_agency()
    do(service.propose_refusal, factory.checker(), number=made.number, **REASONS)
    do(service.overrule, factory.head(), number=made.number)
    assert state_of(made) is State.PROVISIONAL


def test_only_what_the_list_names_for_the_chosen_items_can_be_answered_for(context):
    factory.deferrable(("301", PROOF, 10), ("103", STAMP, 5))
    made = factory.started_agency()
    factory.fill(made, ["301"])
    foreign = next(each for each in catalogue.deferrable(reading(CLOCK)) if each.name == STAMP)
    with pytest.raises(NotFound):
        do(service.answer_document, made.actor, listed_id=foreign.id, received=None)


# --- handing in and checking --------------------------------------------------------------


def test_the_last_document_that_is_accepted_completes_the_enrolment(context):
    factory.deferrable(("301", PROOF, 10), ("301", STAMP, 5))
    made = factory.active_agency()
    first, second = owed(made)
    do(service.accept_document, factory.checker(), document_id=hand_in(made, first))
    assert state_of(made) is State.PROVISIONAL
    assert kinds(made.ref)[-1] == "enrolment.document_accepted"
    do(service.accept_document, factory.checker(), document_id=hand_in(made, second))
    assert state_of(made) is State.ACTIVE
    assert lines(made) == {"301": LineState.ACTIVE}
    assert kinds(made.ref)[-1] == "enrolment.documents_completed"
    assert owed(made) == ()
    assert not [
        due
        for due in windows.of_subject(reading(CLOCK), made.ref)
        if due.kind.startswith("agencies.deferred") and due.closed_at is None
    ]


def test_while_the_office_has_it_the_days_stand_still_and_the_due_takes_nothing(context, clock):
    made = factory.provisional_agency()
    clock.instant = DUE - SECOND
    document_id = hand_in(made)
    clock.instant = DUE + dt.timedelta(days=6)
    jobs.sweep()
    assert state_of(made) is State.PROVISIONAL
    do(service.accept_document, factory.checker(), document_id=document_id)
    assert state_of(made) is State.ACTIVE
    assert "window.overdue" not in [
        each.type
        for each in ledger.of_subject(reading(CLOCK), made.ref)
        if each.fields.get("window") == "agencies.deferred"
    ]


def test_a_document_that_is_returned_leaves_the_days_that_were_left_when_it_came(context, clock):
    made = factory.provisional_agency()
    at(clock, "2026-03-16")  # the eighth of ten days: it and two more are left
    document_id = hand_in(made)
    at(clock, "2026-03-20")  # a Friday; counting goes on on Monday
    do(service.return_document, factory.checker(), document_id=document_id, reason="缺第二页。")
    (document,) = owed(made)
    assert (document.due.last_day, document.reason, document.is_missing) == (
        dt.date(2026, 3, 25),
        "缺第二页。",
        True,
    )
    hand_in(made)
    at(clock, "2026-04-30")
    jobs.sweep()
    assert state_of(made) is State.PROVISIONAL


def test_whoever_hands_in_at_the_last_moment_has_a_working_day_after_a_return(context, clock):
    made = factory.provisional_agency()
    clock.instant = DUE - SECOND
    document_id = hand_in(made)
    clock.instant = DUE + SECOND
    do(service.return_document, factory.checker(), document_id=document_id, reason="看不清。")
    assert owed(made)[0].due.last_day == dt.date(2026, 3, 20)
    clock.instant = dt.datetime(2026, 3, 20, 16, tzinfo=dt.UTC)
    jobs.sweep()
    assert state_of(made) is State.REVOKING


def test_the_commitment_speaks_of_deferred_documents_until_they_are_accepted(context):
    """An addition signs it anew while the document is being checked: should it be returned, the
    clause is what it rests on.
    """
    made = factory.provisional_agency()

    def promises():
        return "七、申请容缺的材料" in queries.own_application(reading(made.actor)).commitment

    assert promises()
    document_id = hand_in(made)
    assert promises()
    do(service.accept_document, factory.checker(), document_id=document_id)
    assert not promises()


def test_another_file_may_take_the_place_of_a_wrong_one_until_the_office_has_looked(context):
    made = factory.provisional_agency()
    document_id = hand_in(made)
    first = owed(made)[0].file_id
    hand_in(made)  # the same form twice
    assert (owed(made)[0].file_id, kinds(made.ref).count("enrolment.document_submitted")) == (
        first,
        1,
    )
    other = factory.paper(data=factory.PDF + b"2")
    do(service.hand_in, made.actor, document_id=document_id, received=other)
    assert owed(made)[0].file_id != first
    assert kinds(made.ref).count("enrolment.document_submitted") == 2
    checker = factory.checker()  # who still has the first on his screen
    seen = {"document_id": document_id, "file_id": first}
    refused("agency.document_replaced", service.accept_document, checker, **seen)
    refused("agency.document_replaced", service.return_document, checker, **seen, reason="缺页。")
    do(service.accept_document, checker, document_id=document_id, file_id=owed(made)[0].file_id)
    again = {"document_id": document_id, "received": factory.paper()}
    refused("agency.document_not_owed", service.hand_in, made.actor, **again)
    refused(
        "agency.document_not_there",
        service.accept_document,
        factory.checker(),
        document_id=document_id,
    )


def test_nobody_hands_in_for_another_and_nobody_checks_his_own(context):
    made = factory.provisional_agency()
    other = factory.active_agency()
    (document,) = owed(made)
    with pytest.raises(NotFound):
        do(service.hand_in, other.actor, document_id=document.id, received=factory.paper())
    with pytest.raises(NotPermitted):
        do(service.hand_in, factory.checker(), document_id=document.id, received=factory.paper())
    hand_in(made)
    with pytest.raises(NotPermitted):
        do(service.accept_document, made.actor, document_id=document.id)
    both = also_checks(made)
    refused("agency.same_person", service.accept_document, both, document_id=document.id)
    with pytest.raises(NotFound):
        do(service.accept_document, factory.checker(), document_id=8_999_999_999)
    with pytest.raises(Invalid):
        do(service.return_document, factory.checker(), document_id=document.id, reason="  ")
