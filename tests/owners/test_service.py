"""Registering owners and deciding about them, on both databases."""

import datetime as dt

import pytest

from market.accounts import service as account_service
from market.db import reading
from market.kernel.actor import CLOCK, VISITOR, Actor
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from market.owners import queries, service
from market.owners.rules import CHECK, Ground, State
from market.windows import jobs as windows_jobs
from market.windows import queries as windows
from tests.factories import accounts, owners
from tests.factories.deeds import do

pytestmark = pytest.mark.databases


def types_of(number):
    return [entry.type for entry in ledger.of_subject(reading(CLOCK), number)]


def act(verb, actor, **values):
    return do(verb, actor, **values)


def refused(verb, actor, **values):
    with pytest.raises(Refusal) as no:
        do(verb, actor, **values)
    return no.value


def state_of(number):
    return queries.by_number(reading(CLOCK), number).card.state


def checker():
    return accounts.staff("office", "notice_reviewer")


def head():
    return accounts.staff("office", "office_head")


def test_a_firm_registers_and_the_office_approves_within_two_working_days(context):
    number = owners.registered()
    due = windows.live(reading(CLOCK), CHECK, number)
    assert due.last_day == dt.date(2026, 3, 6)  # Wednesday 4 March and two working days
    act(service.approve, checker(), number=number)
    card = queries.by_number(reading(CLOCK), number).card
    assert card.is_approved
    assert windows.live(reading(CLOCK), CHECK, number) is None
    assert types_of(number) == [
        "owner.registered",
        "window.opened",
        "window.closed",
        "owner.approved",
    ]


def test_the_first_member_of_a_firm_holds_all_duties_and_of_a_public_body_does_not_accept(context):
    assert owners.member_of(owners.registered()).duties == {
        "owner_drafter",
        "owner_signatory",
        "owner_acceptor",
    }
    assert owners.member_of(owners.registered("public")).duties == {
        "owner_drafter",
        "owner_signatory",
    }


def test_a_natural_person_registers_under_his_own_name_once(context):
    actor = accounts.actor_of(accounts.person(name="李四"))
    number = owners.registered("person", actor=actor, name=None, uscc=None)
    card = queries.by_number(reading(CLOCK), number).card
    assert (card.name, card.uscc) == ("李四", None)
    no = refused(
        service.register, actor, kind="person", details=owners.details(), submission_key="other"
    )
    assert no.code == "owners.person_already"


def test_the_same_form_sent_twice_registers_once(context):
    actor = accounts.actor_of(accounts.person())
    accounts.rules_of_the_place()
    accounts.body("office")
    form = {"kind": "firm", "details": owners.details(), "submission_key": "one key"}
    first = act(service.register, actor, **form)
    assert act(service.register, actor, **form) == first
    assert types_of(first) == ["owner.registered", "window.opened"]


def test_one_credit_code_registers_once(context):
    code = accounts.credit_code()
    owners.registered(uscc=code)
    actor = accounts.actor_of(accounts.person())
    no = refused(
        service.register, actor, kind="firm", details=owners.details(uscc=code), submission_key="x"
    )
    assert (no.code, no.field) == ("accounts.organisation_exists", "uscc")


def test_an_organisation_has_a_name(context):
    accounts.body("office")
    no = refused(
        service.register,
        accounts.actor_of(accounts.person()),
        kind="firm",
        details=owners.details(name=" "),
        submission_key="x",
    )
    assert (no.code, no.field) == ("owners.no_name", "name")


@pytest.mark.parametrize("who", ["visitor", "unverified"])
def test_only_a_named_person_registers(context, who):
    actor = VISITOR if who == "visitor" else accounts.actor_of(accounts.person(verified=False))
    with pytest.raises(NotPermitted):
        act(service.register, actor, kind="firm", details=owners.details(), submission_key="x")


def test_a_clerk_enters_a_paper_application_and_another_checks_it(context):
    accounts.rules_of_the_place()
    clerk = accounts.staff("office", "intake_clerk", "notice_reviewer")
    applicant = accounts.person("paper@example.org")
    number = act(
        service.register,
        clerk,
        kind="firm",
        details=owners.details(),
        submission_key="x",
        for_login="paper@example.org",
    )
    of = queries.by_number(reading(CLOCK), number).card.organisation_id
    assert account_service.is_member_of(reading(CLOCK), applicant, of)
    assert not account_service.is_member_of(reading(CLOCK), clerk.person_id, of)
    assert refused(service.approve, clerk, number=number).code == "owners.own_matter"
    act(service.approve, checker(), number=number)
    assert state_of(number) is State.APPROVED


def test_a_clerk_enters_only_for_a_verified_account(context):
    accounts.rules_of_the_place()
    clerk = accounts.staff("office", "intake_clerk")
    accounts.person("new@example.org", verified=False)
    for login in ("nobody@example.org", "new@example.org"):
        no = refused(
            service.register,
            clerk,
            kind="firm",
            details=owners.details(),
            submission_key="x",
            for_login=login,
        )
        assert (no.code, no.field) == ("owners.no_login", "for_login")


def test_who_is_no_clerk_enters_for_nobody(context):
    accounts.person("other@example.org")
    with pytest.raises(NotPermitted):
        act(
            service.register,
            accounts.actor_of(accounts.person()),
            kind="firm",
            details=owners.details(),
            submission_key="x",
            for_login="other@example.org",
        )


def test_a_checker_does_not_check_his_own_organisation(context):
    number = owners.registered()
    member = checker()
    accounts.join(
        queries.by_number(reading(CLOCK), number).card.organisation_id,
        member.person_id,
        "owner_drafter",
    )
    assert refused(service.approve, member, number=number).code == "owners.own_matter"


def test_returned_once_then_mended_then_not_returned_again(context):
    number = owners.registered()
    act(service.return_once, checker(), number=number, corrections=["补授权书", " "])
    own = queries.by_number(reading(CLOCK), number)
    assert (own.card.state, own.corrections) == (State.RETURNED, ("补授权书",))
    assert windows.live(reading(CLOCK), CHECK, number) is None
    act(service.resubmit, owners.member_of(number), details=owners.details(name="瑞昌水务有限公司"))
    again = queries.by_number(reading(CLOCK), number)
    assert (again.card.state, again.card.name, again.round) == (
        State.SUBMITTED,
        "瑞昌水务有限公司",
        2,
    )
    assert windows.live(reading(CLOCK), CHECK, number) is not None
    assert (
        refused(service.return_once, checker(), number=number, corrections=["又缺"]).code
        == "owners.returned_once"
    )
    leaf = next(
        entry
        for entry in ledger.of_subject(reading(CLOCK), number)
        if entry.type == "owner.returned"
    )
    assert leaf.fields["items"] == 1
    assert "授权书" not in leaf.leaf.decode()


def test_a_refusal_needs_a_reason_and_a_second_person(context):
    number = owners.registered()
    first = accounts.staff("office", "notice_reviewer", "office_head")
    no = refused(service.refuse, first, number=number, ground="not_authorised", reason=" ")
    assert (no.code, no.field) == ("owners.no_reason", "reason")
    act(service.refuse, first, number=number, ground="not_authorised", reason="没有单位授权")
    assert refused(service.sign_refusal, first, number=number).code == "owners.own_matter"
    act(service.sign_refusal, head(), number=number)
    own = queries.by_number(reading(CLOCK), number)
    assert (own.card.state, own.ground, own.reason) == (
        State.REFUSED,
        Ground.NOT_AUTHORISED,
        "没有单位授权",
    )
    assert "没有单位授权" not in str(
        [entry.leaf.decode() for entry in ledger.of_subject(reading(CLOCK), number)]
    )


def test_a_ground_that_is_known_to_be_false_is_none(context):
    """Another registration is named by its number, a false document was handed in, and who buys for
    himself needs nobody's authority.
    """
    number = owners.registered()
    other = owners.registered()
    for reason in ("重复登记", f"与{number}重复", "与YZ-360481-2026-09999重复"):
        no = refused(service.refuse, checker(), number=number, ground="duplicate", reason=reason)
        assert (no.code, no.field) == ("owners.ground_without_other", "reason")
    no = refused(
        service.refuse, checker(), number=number, ground="false_document", reason="授权书不实"
    )
    assert (no.code, no.field) == ("owners.ground_no_document", "ground")
    typed = other.replace("-", "－")
    act(service.refuse, checker(), number=number, ground="duplicate", reason=f"与{typed}重复")
    act(service.refuse, checker(), number=other, ground="not_eligible", reason="不属于业主")
    act(service.sign_refusal, head(), number=other)
    no = refused(service.sign_refusal, head(), number=number)  # the other is none any more
    assert no.code == "owners.ground_without_other"


def test_who_buys_for_himself_needs_no_authority(context):
    number = owners.registered("person")
    no = refused(
        service.refuse, checker(), number=number, ground="not_authorised", reason="没有授权"
    )
    assert (no.code, no.field) == ("owners.ground_own", "ground")


def test_the_second_person_may_give_it_back(context):
    number = owners.registered()
    act(service.refuse, checker(), number=number, ground="not_eligible", reason="似不属于业主")
    act(service.drop_refusal, head(), number=number)
    own = queries.by_number(reading(CLOCK), number)
    assert (own.card.state, own.ground, own.reason, own.proposed_by) == (
        State.SUBMITTED,
        None,
        None,
        None,
    )
    assert windows.live(reading(CLOCK), CHECK, number) is not None


@pytest.mark.parametrize("verb", [service.sign_refusal, service.drop_refusal])
def test_nothing_proposed_nothing_to_sign(context, verb):
    assert refused(verb, head(), number=owners.registered()).code == "owners.wrong_state"


def test_a_refused_owner_sends_in_again_and_starts_afresh(context):
    number = owners.registered()
    act(service.return_once, checker(), number=number, corrections=["补授权书"])
    act(service.resubmit, owners.member_of(number), details=owners.details())
    act(service.refuse, checker(), number=number, ground="not_authorised", reason="授权书不实")
    act(service.sign_refusal, head(), number=number)
    act(service.resubmit, owners.member_of(number), details=owners.details())
    own = queries.by_number(reading(CLOCK), number)
    assert (own.card.state, own.round, own.corrections, own.ground, own.decided_at) == (
        State.SUBMITTED,
        1,
        (),
        None,
        None,
    )


def test_a_natural_person_mends_his_address_and_keeps_his_name(context):
    actor = accounts.actor_of(accounts.person(name="王五"))
    number = owners.registered("person", actor=actor, name=None, uscc=None)
    act(service.return_once, checker(), number=number, corrections=["补门牌号"])
    act(
        service.resubmit,
        owners.member_of(number),
        details=owners.details(name="别的名字", uscc=None, address="新街 2 号"),
    )
    own = queries.by_number(reading(CLOCK), number)
    assert (own.card.name, own.address) == ("王五", "新街 2 号")


def test_what_was_not_returned_is_not_sent_in_again(context):
    member = owners.approved()
    assert refused(service.resubmit, member, details=owners.details()).code == "owners.wrong_state"


def test_another_owner_s_registration_cannot_be_mended(context):
    stranger = Actor(
        accounts.person(),
        accounts.organisation("owner"),
        "owner",
        frozenset({"owner_drafter"}),
        True,
    )
    with pytest.raises(NotFound):
        act(service.resubmit, stranger, details=owners.details())


def test_two_checkers_decide_once(context):
    number = owners.registered()
    act(service.approve, checker(), number=number)
    assert (
        refused(
            service.refuse, checker(), number=number, ground="not_eligible", reason="不属于业主"
        ).code
        == "owners.wrong_state"
    )


def test_an_unknown_number_is_not_found(context):
    office = checker()
    with pytest.raises(NotFound):
        act(service.approve, office, number="YZ-360481-2026-99999")


def test_an_owner_does_not_approve(context):
    member = owners.member_of(number := owners.registered())
    for verb, values in ((service.approve, {}), (service.sign_refusal, {})):
        with pytest.raises(NotPermitted):
            act(verb, member, number=number, **values)


def test_a_late_check_is_noted_and_does_not_decide(context, clock):
    number = owners.registered()
    clock.advance(dt.timedelta(days=7))
    windows_jobs.sweep()
    windows_jobs.sweep()
    assert types_of(number).count("window.overdue") == 1
    assert state_of(number) is State.SUBMITTED


def test_the_owner_of_an_actor(context):
    member = owners.approved()
    assert queries.of_actor(reading(member)).organisation_id == member.organisation_id
    assert queries.of_actor(reading(VISITOR)) is None
    assert queries.owner(reading(CLOCK), member.organisation_id).is_approved
    with pytest.raises(NotFound):
        queries.owner(reading(CLOCK), 999)


def test_invalid_is_for_the_giver_to_mend(context):
    accounts.body("office")
    with pytest.raises(Invalid):
        act(
            service.register,
            accounts.actor_of(accounts.person()),
            kind="firm",
            details=owners.details(uscc=None),
            submission_key="x",
        )
