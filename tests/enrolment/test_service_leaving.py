"""Leaving: an exit of the agency's own, and a removal that two persons decide after it was heard."""

import datetime as dt

import pytest

from market.agencies import queries as agencies
from market.agencies.rules import LineState, State
from market.db import reading
from market.enrolment import queries, rules, service
from market.enrolment.rules import End
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.ledger.queries.integrity import compare
from market.reputation import queries as reputation
from market.reputation import service as reputations
from market.reputation.integrity import HELD
from market.reputation.rules import MeasureKind
from market.windows import jobs
from market.windows import queries as windows
from tests.enrolment.deeds import REASONS, at, do, kinds, standing, state_of
from tests.factories import accounts as people
from tests.factories import agencies as factory
from tests.factories import reputation as credit

pytestmark = pytest.mark.databases
AWAY = dt.date(2026, 9, 4)
REASONED = {name: REASONS[name] for name in ("reasons", "remedy")}


def refused(code, act, actor, **values):
    with pytest.raises(Refusal) as no:
        do(act, actor, **values)
    assert no.value.code == code


def removal_of(made):
    """What an officer proposes, on a record of the agency."""
    return {**REASONED, "record_number": credit.ground(made), "barred_until": AWAY}


def removing(who=None, **changes):
    """An agency that the office wants to remove."""
    made = who or factory.active_agency()
    do(
        service.propose_removal,
        factory.checker(),
        ref=made.ref,
        **{**removal_of(made), **changes},
    )
    return made


def live(kind, ref):
    return windows.live(reading(CLOCK), kind, ref)


def departure(made):
    work = reading(CLOCK)
    return queries.departure(work, agencies.by_ref(work, made.ref).id)


# --- exit ---------------------------------------------------------------------------------


def test_an_agency_that_asked_to_leave_enters_nothing_and_goes_when_the_office_confirms(context):
    made = factory.active_agency(["301", "103"])
    do(service.open_exit, made.actor)
    assert standing(made).reason == "agency.not_active"
    assert live(rules.EXIT, made.ref).last_day == dt.date(2026, 3, 6)
    assert [(who.ref, each.kind) for who, each in queries.departures(reading(CLOCK))] == [
        (made.ref, "exit")
    ]
    do(service.close_exit, factory.checker(), ref=made.ref)
    assert state_of(made) is State.EXITED
    assert live(rules.EXIT, made.ref) is live(rules.PUBLICITY, made.ref) is None
    assert kinds(made.ref)[-1] == "agency.exited"
    lines = agencies.lines(reading(CLOCK), agencies.by_ref(reading(CLOCK), made.ref).id)
    assert {line.state for line in lines} == {LineState.WITHDRAWN}
    assert (departure(made).outcome, departure(made).due) == (End.LEFT, None)
    assert queries.departures(reading(CLOCK)) == []


def test_an_agency_may_stay_until_the_office_has_confirmed(context):
    made = factory.active_agency()
    do(service.open_exit, made.actor)
    do(service.withdraw_exit, made.actor)
    assert standing(made).may_enter
    assert departure(made).outcome is End.STAYED
    assert live(rules.EXIT, made.ref) is None
    refused("agency.wrong_state", service.withdraw_exit, made.actor)
    refused("agency.wrong_state", service.close_exit, factory.checker(), ref=made.ref)
    with pytest.raises(NotPermitted):
        do(service.withdraw_exit, factory.checker())


def test_only_an_enrolled_agency_leaves_and_only_once_at_a_time(context):
    made = factory.active_agency()
    factory.suspended(made.ref)
    refused("agency.wrong_state", service.open_exit, made.actor)
    other = factory.active_agency()
    do(service.open_exit, other.actor)
    refused("agency.wrong_state", service.open_exit, other.actor)
    with pytest.raises(NotFound, match=r"agency.none"):
        do(service.close_exit, factory.checker(), ref="A999999")


def test_nobody_confirms_the_exit_that_he_asked_for_himself(context):
    made = factory.active_agency()
    do(service.open_exit, made.actor)
    people.join(factory.checker().organisation_id, made.actor.person_id, "enrolment_checker")
    both = people.actor_of(made.actor.person_id, factory.checker().organisation_id)
    refused("agency.same_person", service.close_exit, both, ref=made.ref)


def test_an_agency_that_has_left_may_apply_again_at_once_and_keeps_its_number(context):
    made = factory.active_agency()
    do(service.open_exit, made.actor)
    do(service.close_exit, factory.checker(), ref=made.ref)
    number = do(service.submit, made.actor, submission_key="again")
    assert do(service.approve, factory.checker(), number=number) == made.ref
    assert standing(made).may_enter


@pytest.mark.parametrize("matter", ["objection", "addition", "suspension"])
def test_nobody_leaves_from_under_a_matter_that_is_being_looked_into(context, matter):
    made = factory.active_agency()
    if matter == "objection":
        do(
            service.object_to,
            people.actor_of(people.person()),
            uscc=made.uscc,
            reason="证书编号与发证机关的记录不符。",
            submission_key="o",
        )
    elif matter == "addition":
        do(service.request_addition, made.actor, codes=["103"])
    else:
        do(
            service.propose_suspension,
            factory.checker(),
            fact="abnormal",
            ref=made.ref,
            reason="配合调查",
            until=dt.date(2026, 3, 20),
        )
        refused(
            "agency.matter_pending",
            service.propose_removal,
            factory.checker(),
            ref=made.ref,
            **REASONED,
            record_number="JF-1",
            barred_until=AWAY,
        )
    refused("agency.matter_pending", service.open_exit, made.actor)
    assert standing(made).may_enter


# --- removal ------------------------------------------------------------------------------


def test_a_removal_is_signed_by_another_person_after_the_agency_was_heard(context):
    made = removing()
    head = factory.head()
    assert standing(made).reason == "agency.not_active"
    assert live(rules.STATE_CASE, made.ref).last_day == dt.date(
        2026, 3, 11
    )  # five working days: 办法参数
    refused("agency.may_still_state", service.sign_removal, head, ref=made.ref)
    do(service.state_case, made.actor, statement="证书真实，附省厅查询结果。")
    refused("agency.nothing_to_state", service.state_case, made.actor, statement="再说一次")
    assert departure(made).statement == "证书真实，附省厅查询结果。"
    assert departure(made).due.kind == rules.DECIDE.name
    do(service.sign_removal, head, ref=made.ref)
    assert state_of(made) is State.REMOVED
    assert kinds(made.ref)[-1] == "agency.removed"
    assert live(rules.DECIDE, made.ref) is None
    assert agencies.by_ref(reading(CLOCK), made.ref).barred_until == AWAY


def test_when_the_days_have_passed_a_person_decides_and_never_the_clock(context, clock):
    made = removing()
    at(clock, "2026-03-12")
    jobs.sweep()
    assert state_of(made) is State.REMOVING
    assert live(rules.DECIDE, made.ref).responsible_id == factory.head().organisation_id
    do(service.sign_removal, factory.head(), ref=made.ref)
    assert state_of(made) is State.REMOVED


def test_who_proposed_a_removal_neither_signs_nor_drops_it(context):
    made = factory.active_agency()
    both = people.staff("office", "enrolment_checker", "office_head")
    do(service.propose_removal, both, ref=made.ref, **removal_of(made))
    for act in (service.sign_removal, service.drop_removal):
        refused("agency.same_person", act, both, ref=made.ref)
        with pytest.raises(NotPermitted):
            do(act, factory.checker(), ref=made.ref)
    with pytest.raises(NotPermitted):
        do(service.propose_removal, factory.head(), ref=made.ref, **removal_of(made))


def test_a_removal_needs_reasons_basis_remedy_and_a_day_that_lies_ahead(context):
    made = factory.active_agency()
    for wrong, code in (
        ({"reasons": " "}, "agency.unreasoned"),
        ({"record_number": "JF-360481-2026-00099"}, "credit.no_measure"),
        ({"barred_until": dt.date(2026, 3, 4)}, "agency.barred_until"),
        ({"barred_until": dt.date(2029, 3, 9)}, "agency.barred_until"),
    ):
        with pytest.raises(Invalid, match=code):
            removing(made, **wrong)
    assert standing(made).may_enter
    refused("agency.wrong_state", service.sign_removal, factory.head(), ref=made.ref)
    with pytest.raises(NotFound):
        do(service.propose_removal, factory.checker(), ref="A999999", **removal_of(made))


def test_a_removed_agency_may_apply_again_when_the_day_is_over(context, clock):
    made = removing()
    do(service.state_case, made.actor, statement="无异议")
    do(service.sign_removal, factory.head(), ref=made.ref)
    at(clock, "2026-09-04", 23)
    refused("agency.barred", service.submit, made.actor, submission_key="early")
    at(clock, "2026-09-05", 0)
    number = do(service.submit, made.actor, submission_key="in time")
    assert do(service.approve, factory.checker(), number=number) == made.ref


def test_a_removal_follows_the_representative_and_ends_with_its_record(context):
    same = {"representative_digest": "d" * 64}
    made = factory.active_agency(["301"], **same)
    other = factory.active_agency(["301"], **same)
    removing(made)
    do(service.state_case, made.actor, statement="无异议")
    do(service.sign_removal, factory.head(), ref=made.ref)
    number = credit.ground(made)
    led_by = {each.organisation_id: "d" * 64 for each in (made, other)}
    work = reading(CLOCK)
    assert reputation.suspended(work, led_by, work.today) == dict.fromkeys(led_by, AWAY)
    assert [each.kind for each in reputation.register(work)] == [MeasureKind.REMOVAL]
    refused("agency.barred", service.submit, made.actor, submission_key="early")
    bench = credit.bench()
    do(reputations.appeal, made.actor, number=number, ground="材料系代理人伪造。")
    do(reputations.uphold, bench.other, number=number, reason="经查属实。")
    assert reputation.suspended(reading(CLOCK), led_by, work.today) == {}
    assert compare(reading(CLOCK), HELD).count == 0
    assert do(service.submit, made.actor, submission_key="in time")


def test_a_removal_whose_record_fell_is_not_signed(context):
    made = removing()
    bench = credit.bench()
    number = credit.ground(made)
    do(service.state_case, made.actor, statement="无异议")
    do(reputations.appeal, made.actor, number=number, ground="材料系代理人伪造。")
    do(reputations.uphold, bench.other, number=number, reason="经查属实。")
    refused("credit.no_measure", service.sign_removal, factory.head(), ref=made.ref)
    do(service.drop_removal, factory.head(), ref=made.ref)
    assert standing(made).may_enter


def test_a_removal_that_is_not_signed_leaves_the_agency_where_it_was(context):
    made = removing()
    do(service.drop_removal, factory.head(), ref=made.ref)
    assert standing(made).may_enter
    assert live(rules.STATE_CASE, made.ref) is None
    assert kinds(made.ref)[-1] == "agency.removal_dropped"
    with pytest.raises(Refusal, match=r"agency.nothing_to_state"):
        do(service.state_case, made.actor, statement="证书真实")


@pytest.mark.parametrize(
    ("until", "state"),
    [(dt.date(2026, 3, 5), State.ACTIVE), (dt.date(2026, 3, 31), State.SUSPENDED)],
)
def test_a_suspension_that_still_runs_is_not_ended_by_a_removal_that_was_not_signed(
    context, clock, until, state
):
    made = factory.active_agency()
    factory.suspended(made.ref, until=until)
    removing(made)
    at(clock, "2026-03-12")
    jobs.sweep()
    do(service.drop_removal, factory.head(), ref=made.ref)
    assert state_of(made) is state
    assert agencies.by_ref(reading(CLOCK), made.ref).suspended_until == (
        until if state is State.SUSPENDED else None
    )
    at(clock, "2026-04-01")
    jobs.sweep()
    assert state_of(made) is State.ACTIVE


def test_a_suspension_from_the_time_when_none_had_to_have_an_end_goes_on(clock):
    now = clock.instant
    assert rules.is_still_suspended(now, None, dt.date(2036, 1, 1))
    assert not rules.is_still_suspended(None, None, dt.date(2026, 3, 5))


def test_with_the_agency_its_suspension_and_its_addition_end(context):
    made = factory.active_agency()
    do(service.request_addition, made.actor, codes=["103"])
    factory.suspended(made.ref, until=dt.date(2026, 3, 31))
    removing(made)
    do(service.state_case, made.actor, statement="无异议")
    do(service.sign_removal, factory.head(), ref=made.ref)
    assert [
        live(kind, made.ref) for kind in (rules.ADDITION, rules.SUSPENSION, rules.PUBLICITY)
    ] == [None] * 3
    lines = agencies.lines(reading(CLOCK), agencies.by_ref(reading(CLOCK), made.ref).id)
    assert {line.item_code: line.state for line in lines} == {
        "103": LineState.REFUSED,
        "301": LineState.WITHDRAWN,
    }
    assert agencies.by_ref(reading(CLOCK), made.ref).suspended_until is None
