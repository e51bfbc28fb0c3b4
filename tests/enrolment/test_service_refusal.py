"""Refusals, objections in publicity and revocations: two persons, and the agency is heard."""

import datetime as dt

import pytest

from market.agencies import queries as agencies
from market.agencies.rules import State
from market.db import reading
from market.enrolment import queries, rules, service
from market.kernel.actor import CLOCK
from market.kernel.clock import CHINA
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.windows import jobs
from market.windows import queries as windows
from tests.enrolment.deeds import REASONS, at, do, kinds, standing, state_of
from tests.factories import accounts as people
from tests.factories import agencies as factory

pytestmark = pytest.mark.databases


# --- refusal ------------------------------------------------------------------------------


def refusing(**changes):
    made = factory.submitted_agency()
    checker = factory.checker()
    do(service.propose_refusal, checker, number=made.number, **{**REASONS, **changes})
    return made, checker


def test_a_refusal_needs_reasons_basis_and_remedy(context):
    with pytest.raises(Invalid, match=r"agency.unreasoned"):
        refusing(basis="")


def test_a_refusal_is_signed_by_another_person_after_the_case_was_stated(context):
    made, checker = refusing()
    head = factory.head()
    with pytest.raises(Refusal, match=r"agency.may_still_state"):
        do(service.sign_refusal, head, number=made.number)
    with pytest.raises(NotPermitted):
        do(service.sign_refusal, checker, number=made.number)
    with pytest.raises(Invalid, match=r"agency.statement_length"):
        do(service.state_case, made.actor, statement=" ")
    do(service.state_case, made.actor, statement="证书可在省厅网站查询")
    with pytest.raises(Refusal, match=r"agency.nothing_to_state"):
        do(service.state_case, made.actor, statement="再说一次")
    people.join(checker.organisation_id, people.person(), "office_head")
    do(service.sign_refusal, head, number=made.number)
    assert state_of(made) is State.REFUSED
    assert windows.live(reading(CLOCK), rules.DECIDE, made.number) is None
    assert kinds(made.number)[-1] == "enrolment.refused"
    with pytest.raises(NotFound):
        queries.profile(reading(CLOCK), made.uscc)


def test_who_proposed_does_not_sign(context):
    made = factory.submitted_agency()
    both = people.staff("office", "enrolment_checker", "office_head")
    do(service.propose_refusal, both, number=made.number, **REASONS)
    do(service.state_case, made.actor, statement="不实")
    with pytest.raises(Refusal, match=r"agency.same_person"):
        do(service.sign_refusal, both, number=made.number)


def test_when_the_days_for_stating_have_passed_the_office_owes_a_decision(context, clock):
    made, _ = refusing()
    at(clock, "2026-03-10")
    jobs.sweep()
    assert state_of(made) is State.REFUSING
    assert windows.live(reading(CLOCK), rules.DECIDE, made.number).responsible_id is not None
    with pytest.raises(Refusal, match=r"agency.nothing_to_state"):
        do(service.state_case, made.actor, statement="迟了")
    do(service.sign_refusal, factory.head(), number=made.number)
    assert state_of(made) is State.REFUSED


def test_the_head_may_enrol_against_the_proposal(context):
    made, _ = refusing()
    ref = do(service.overrule, factory.head(), number=made.number)
    assert standing(made).may_enter
    assert windows.live(reading(CLOCK), rules.STATE_CASE, made.number) is None
    assert agencies.by_ref(reading(CLOCK), ref).state is State.ACTIVE


def test_after_a_refusal_one_may_apply_anew_without_filling_in_again(context):
    made, _ = refusing()
    do(service.state_case, made.actor, statement="无")
    do(service.sign_refusal, factory.head(), number=made.number)
    number = do(service.submit, made.actor, submission_key="anew")
    do(service.approve, factory.checker(), number=number)
    assert standing(made).may_enter


def test_nothing_is_intended_against_a_draft(context):
    factory.town()
    with pytest.raises(Refusal, match=r"agency.nothing_to_state"):
        do(service.state_case, factory.started_agency().actor, statement="x")


# --- publicity ----------------------------------------------------------------------------

OBJECTION = "该机构的测绘资质证书编号查无此证"


def objected():
    made = factory.active_agency()
    citizen = people.actor_of(people.person())
    return (
        made,
        citizen,
        do(service.object_to, citizen, uscc=made.uscc, reason=OBJECTION, submission_key="o1"),
    )


def regulator():
    return people.staff("regulator", "regulator_officer")


def test_anyone_of_known_identity_objects_once_during_publicity(context, clock):
    made, citizen, first = objected()
    again = {"uscc": made.uscc, "reason": OBJECTION}
    assert do(service.object_to, citizen, **again, submission_key="o1") == first
    with pytest.raises(Refusal, match=r"agency.objected_already"):
        do(service.object_to, citizen, **again, submission_key="o2")
    stranger = people.actor_of(people.person(verified=False))
    with pytest.raises(NotPermitted):
        do(service.object_to, stranger, **again, submission_key="o3")
    other = people.actor_of(people.person())
    with pytest.raises(Invalid, match=r"agency.text_length"):
        do(service.object_to, other, uscc=made.uscc, reason="假的", submission_key="o4")
    assert queries.profile(reading(CLOCK), made.uscc).objections_open == 1
    assert windows.live(reading(CLOCK), rules.OBJECTION, f"{made.ref}/{first}") is not None
    at(clock, "2026-03-12", 0)
    with pytest.raises(Refusal, match=r"agency.not_in_publicity"):
        do(service.object_to, other, **again, submission_key="o5")
    with pytest.raises(NotFound, match=r"agency.none"):
        do(
            service.object_to,
            other,
            uscc="91360481MA35LK1X20",
            reason=OBJECTION,
            submission_key="o6",
        )


def test_until_midnight_of_the_last_day_an_objection_is_in_time(context, clock):
    made = factory.active_agency()
    clock.instant = dt.datetime(2026, 3, 11, 23, 59, 59, tzinfo=CHINA).astimezone(dt.UTC)
    assert do(
        service.object_to,
        people.actor_of(people.person()),
        uscc=made.uscc,
        reason=OBJECTION,
        submission_key="o",
    )


def test_an_unfounded_objection_is_answered_and_the_agency_stays(context):
    made, _, objection = objected()
    officer = regulator()
    with pytest.raises(Invalid, match=r"agency.text_length"):
        do(service.dismiss_objection, officer, objection_id=objection, answer="不实")
    do(
        service.dismiss_objection,
        officer,
        objection_id=objection,
        answer="经省厅核实，证书真实有效。",
    )
    with pytest.raises(Refusal, match=r"agency.objection_decided"):
        do(
            service.dismiss_objection,
            officer,
            objection_id=objection,
            answer="经省厅核实，证书真实有效。",
        )
    assert state_of(made) is State.ACTIVE
    assert queries.objections(reading(CLOCK)) == []
    assert queries.objection(reading(CLOCK), objection).outcome == "kept"
    with pytest.raises(NotFound, match=r"agency.no_objection"):
        do(
            service.dismiss_objection,
            officer,
            objection_id=objection + 1,
            answer="经省厅核实，证书真实有效。",
        )
    with pytest.raises(NotFound, match=r"agency.no_objection"):
        queries.objection(reading(CLOCK), objection + 1)


def test_who_passed_an_application_does_not_decide_the_objection_to_it(context):
    made = factory.submitted_agency()
    checker = factory.checker()
    do(service.approve, checker, number=made.number)
    objection = do(
        service.object_to,
        people.actor_of(people.person()),
        uscc=made.uscc,
        reason=OBJECTION,
        submission_key="o",
    )
    with pytest.raises(Refusal, match=r"agency.same_person"):
        do(
            service.dismiss_objection,
            checker,
            objection_id=objection,
            answer="经省厅核实，证书真实有效。",
        )


def test_a_founded_objection_stops_entries_and_two_persons_revoke(context, clock):
    made, _, objection = objected()
    do(service.open_revocation, regulator(), objection_id=objection, **REASONS)
    assert standing(made).reason == "agency.not_active"
    head = factory.head()
    with pytest.raises(Refusal, match=r"agency.may_still_state"):
        do(service.revoke, head, ref=made.ref)
    at(clock, "2026-03-10")
    jobs.sweep()
    assert [card.ref for card, due in queries.revocations(reading(CLOCK)) if due] == [made.ref]
    do(service.revoke, head, ref=made.ref)
    assert state_of(made) is State.REVOKED
    assert windows.live(reading(CLOCK), rules.DECIDE, made.ref) is None
    assert kinds(made.ref)[-1] == "agency.revoked"
    with pytest.raises(Refusal, match=r"agency.wrong_state"):
        do(service.revoke, head, ref=made.ref)
    with pytest.raises(NotFound, match=r"agency.none"):
        do(service.revoke, head, ref="A999999")
    number = do(service.submit, made.actor, submission_key="anew")
    assert do(service.approve, factory.checker(), number=number) == made.ref


def test_a_revocation_may_end_with_the_agency_kept(context):
    made, _, objection = objected()
    do(service.open_revocation, regulator(), objection_id=objection, **REASONS)
    do(service.state_case, made.actor, statement="证书可查")
    assert kinds(made.ref)[-2:] == ["agency.case_stated", "window.opened"]
    do(service.keep, factory.head(), ref=made.ref)
    assert standing(made).may_enter
