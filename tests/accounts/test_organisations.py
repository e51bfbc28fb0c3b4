"""Organisations and members: services, the ones that lean on the database on both of them."""

import pytest

from market.accounts import queries, service
from market.accounts.rules import Kind
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from tests.factories import accounts


def act(verb, actor=CLOCK, **values):
    return in_one_transaction(verb, actor, **values)


def refused(verb, actor=CLOCK, refusal=Refusal, **values):
    with pytest.raises(refusal) as no:
        in_one_transaction(verb, actor, **values)
    return no.value.code


@pytest.fixture
def agency(context):
    return accounts.organisation("agency")


@pytest.fixture
def admin(agency):
    return accounts.member(agency, "agency_admin", "agency_agent")


def log_of(organisation_id):
    return ledger.of_subject(reading(CLOCK), f"O{organisation_id:06d}")


@pytest.mark.databases
def test_one_credit_code_is_one_organisation_of_a_kind(context):
    code = accounts.credit_code()
    accounts.organisation("agency", uscc=code)
    assert (
        refused(service.create_organisation, kind="agency", name="另一家", uscc=code)
        == "accounts.organisation_exists"
    )
    assert accounts.organisation("owner", uscc=code)
    assert queries.by_uscc(reading(CLOCK), "agency", code).kind is Kind.AGENCY
    assert queries.by_uscc(reading(CLOCK), "office", code) is None


@pytest.mark.databases
def test_people_without_a_code_are_several_owners(context):
    assert act(service.create_organisation, kind="owner", name="张三", uscc=None) != act(
        service.create_organisation, kind="owner", name="李四", uscc=None
    )


def test_an_organisation_is_corrected(context):
    code = accounts.credit_code()
    other = accounts.credit_code()
    one = accounts.organisation("owner", uscc=code)
    accounts.organisation("owner", uscc=other)
    act(
        service.amend_organisation, organisation_id=one, name=" 瑞昌水务 ", uscc=code, phone="12345"
    )
    assert queries.organisation(reading(CLOCK), one).name == "瑞昌水务"
    for values, code_of in (
        ({"name": " ", "uscc": code}, "accounts.no_name"),
        ({"name": "水务", "uscc": other}, "accounts.organisation_exists"),
    ):
        assert (
            refused(service.amend_organisation, organisation_id=one, phone=None, **values)
            == code_of
        )
    assert (
        refused(
            service.amend_organisation,
            refusal=NotFound,
            organisation_id=999,
            name="水务",
            uscc=None,
            phone=None,
        )
        == "accounts.no_organisation"
    )


@pytest.mark.databases
def test_the_office_is_the_first_of_its_kind_and_regulators_have_names(context):
    assert refused(lambda work: queries.office(work), refusal=NotFound) == "accounts.no_office"
    first = accounts.organisation("office")
    accounts.organisation("office")
    water = accounts.organisation("regulator", "瑞昌市水利局")
    work = reading(CLOCK)
    assert queries.office(work).id == first
    assert queries.regulator(work, "瑞昌市水利局").id == water
    assert queries.regulator(work, "瑞昌市林业局") is None
    assert [card.id for card in queries.organisations(work, "regulator")] == [water]


def test_a_member_is_added_and_the_log_says_his_duties_and_not_who(agency, admin):
    person_id = accounts.person("b@example.org", name="欧阳修文")
    act(
        service.admit,
        admin,
        organisation_id=agency,
        login="B@example.org",
        duties=["agency_signatory"],
    )
    card = queries.membership(reading(CLOCK), person_id, agency)
    assert card.duties == {"agency_signatory"}
    entry = log_of(agency)[-1]
    assert (entry.type, entry.fields["duties"]) == ("member.added", ["agency_signatory"])
    assert set(entry.fields) == {"v", "type", "at", "subject", "duties"}


@pytest.mark.parametrize(
    "login, duties, code",
    [
        ("nobody@example.org", ["agency_agent"], "accounts.no_login"),
        ("new@example.org", ["agency_agent"], "accounts.unverified"),
        ("known@example.org", ["notice_reviewer"], "accounts.foreign_duty"),
        ("known@example.org", [], "accounts.no_duty"),
    ],
)
def test_a_member_has_a_verified_account_and_duties_of_the_kind(agency, admin, login, duties, code):
    accounts.person("new@example.org", verified=False)
    accounts.person("known@example.org")
    assert refused(service.admit, admin, organisation_id=agency, login=login, duties=duties) == code


@pytest.mark.databases
def test_a_member_is_added_once_and_may_come_back(agency, admin):
    person_id = accounts.person()
    membership_id = accounts.join(agency, person_id, "agency_agent")
    values = {"organisation_id": agency, "person_id": person_id, "duties": ["agency_agent"]}
    assert refused(service.add_member, **values) == "accounts.member_already"
    act(service.dismiss, admin, membership_id=membership_id)
    assert queries.membership(reading(CLOCK), person_id, agency) is None
    assert act(service.add_member, **values) == membership_id


def test_no_member_of_nothing(agency):
    assert refused(
        service.add_member,
        refusal=NotFound,
        organisation_id=999,
        person_id=1,
        duties=["agency_agent"],
    )
    assert refused(
        service.add_member,
        refusal=NotFound,
        organisation_id=agency,
        person_id=999,
        duties=["agency_agent"],
    )


@pytest.mark.databases
def test_duties_are_changed_and_an_unchanged_form_leaves_no_trace(agency, admin):
    membership_id = accounts.join(agency, accounts.person(), "agency_agent")
    for _ in range(2):
        act(service.change_duties, admin, membership_id=membership_id, duties=["agency_signatory"])
    assert [entry.type for entry in log_of(agency)].count("member.changed") == 1


def test_an_agency_keeps_somebody_who_manages_it(agency, admin):
    own = queries.membership(reading(CLOCK), admin.person_id, agency).id
    assert refused(service.dismiss, admin, membership_id=own) == "accounts.last_manager"
    assert (
        refused(service.change_duties, admin, membership_id=own, duties=["agency_agent"])
        == "accounts.last_manager"
    )
    act(service.change_duties, admin, membership_id=own, duties=["agency_admin"])
    accounts.member(agency, "agency_admin")
    act(service.dismiss, admin, membership_id=own)


def test_another_agency_s_members_are_not_found(agency, admin):
    elsewhere = accounts.organisation("agency")
    theirs = accounts.join(elsewhere, accounts.person(), "agency_agent")
    assert (
        refused(service.dismiss, admin, refusal=NotFound, membership_id=theirs)
        == "accounts.no_organisation"
    )
    assert (
        refused(
            service.admit,
            admin,
            refusal=NotFound,
            organisation_id=elsewhere,
            login="a@b.cn",
            duties=["agency_agent"],
        )
        == "accounts.no_organisation"
    )
    assert (
        refused(service.dismiss, admin, refusal=NotFound, membership_id=999)
        == "accounts.no_membership"
    )
    with pytest.raises(NotFound):
        queries.member(reading(admin), 999)


def test_who_manages_nothing_is_not_permitted(agency):
    agent = accounts.member(agency, "agency_agent")
    for actor in (agent, VISITOR):
        assert refused(
            service.admit,
            actor,
            refusal=NotPermitted,
            organisation_id=agency,
            login="a@b.cn",
            duties=["agency_agent"],
        )


def test_the_security_administrator_staffs_a_regulator(context):
    admin = accounts.staff("office", "security_admin")
    accounts.person("r@example.org")
    of = act(
        service.found,
        admin,
        kind="regulator",
        name="瑞昌市水利局",
        uscc=accounts.credit_code(),
        phone="0792-1",
        superior_id=None,
    )
    membership_id = act(
        service.admit,
        admin,
        organisation_id=of,
        login="r@example.org",
        duties=["regulator_officer"],
    )
    act(service.dismiss, admin, membership_id=membership_id)
    assert queries.members(reading(CLOCK), of) == []
    assert (
        refused(
            service.found, admin, kind="agency", name="a", uscc=None, phone=None, superior_id=None
        )
        == "accounts.not_a_body"
    )


@pytest.mark.databases
def test_members_are_found_by_duty(agency, admin):
    signatory = accounts.member(agency, "agency_signatory")
    work = reading(CLOCK)
    assert [card.id for card in queries.members(work, agency)] == [
        admin.person_id,
        signatory.person_id,
    ]
    assert [
        card.id for card in queries.members(work, agency, "agency_signatory", "agency_agent")
    ] == [admin.person_id, signatory.person_id]
    assert [card.id for card in queries.members(work, agency, "agency_signatory")] == [
        signatory.person_id
    ]
    assert service.is_member_of(work, admin.person_id, agency)
    assert not service.is_member_of(work, None, agency)
    assert [card.organisation_id for card in queries.memberships(work, admin.person_id)] == [agency]
