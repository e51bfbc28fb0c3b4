"""Rules of accounts, as sentences."""

import datetime as dt

import pytest

from market.accounts import rules
from market.accounts.rules import DUTIES_OF, Duty, Kind
from market.adapters.addresses import is_address
from market.enrolment.rules import Basics, check_basics
from market.kernel.actor import Actor
from market.kernel.errors import Invalid

NOW = dt.datetime(2026, 3, 4, 2, tzinfo=dt.UTC)


def refused(act, *values, **named):
    with pytest.raises(Invalid) as no:
        act(*values, **named)
    return no.value.code


def test_a_membership_holds_duties_that_its_organisation_can_give():
    assert (
        rules.check_duties(Kind.AGENCY, ["agency_signatory", "agency_admin"])
        == "agency_admin agency_signatory"
    )
    assert refused(rules.check_duties, Kind.AGENCY, ["notice_reviewer"]) == "accounts.foreign_duty"
    assert refused(rules.check_duties, Kind.AGENCY, ["king"]) == "accounts.foreign_duty"
    assert refused(rules.check_duties, Kind.AGENCY, []) == "accounts.no_duty"


@pytest.mark.parametrize(
    "kind, one, other",
    [
        (Kind.OFFICE, "system_admin", "audit_admin"),
        (Kind.OFFICE, "security_admin", "notice_reviewer"),
        (Kind.OFFICE, "audit_admin", "publisher"),
        (Kind.AUTHORITY, "rule_editor", "rule_approver"),
    ],
)
def test_one_person_never_holds_both(kind, one, other):
    assert refused(rules.check_duties, kind, [one, other]) == "accounts.duties_apart"


def test_three_people_run_a_small_county_s_office():
    for duties in (
        "intake_clerk selection_attendant callback_officer",
        "enrolment_checker notice_reviewer rule_editor case_officer",
        "publisher office_head complaint_signatory",
        "security_admin system_admin",
    ):
        assert rules.check_duties(Kind.OFFICE, duties.split())


def test_every_duty_is_given_by_some_organisation():
    assert frozenset().union(*DUTIES_OF.values()) == frozenset(Duty)


def test_an_agency_manages_its_own_members_and_nobody_else_s():
    admin = Actor(1, 10, "agency", frozenset({"agency_admin"}))
    assert rules.may_manage(admin, 10, Kind.AGENCY)
    assert not rules.may_manage(admin, 11, Kind.AGENCY)
    assert not rules.may_manage(
        Actor(1, 10, "agency", frozenset({"agency_agent"})), 10, Kind.AGENCY
    )


def test_the_office_s_administrators_manage_the_bodies_and_no_firm():
    admin = Actor(1, 20, "office", frozenset({"security_admin"}))
    assert rules.may_manage(admin, 30, Kind.REGULATOR)
    assert not rules.may_manage(admin, 10, Kind.AGENCY)
    assert not rules.may_manage(
        Actor(1, 30, "regulator", frozenset({"regulator_officer"})), 30, Kind.REGULATOR
    )


def test_staff_and_owners_signatories_owe_a_second_factor():
    assert rules.needs_second_factor("office", [])
    assert rules.needs_second_factor("owner", ["owner_signatory"])
    assert not rules.needs_second_factor("owner", ["owner_drafter"])
    assert not rules.needs_second_factor("agency", ["agency_admin"])
    assert not rules.needs_second_factor(None, [])


def test_a_password_has_fifteen_signs_alone_and_eight_beside_a_second_factor():
    assert (
        refused(rules.check_password, "fourteen signs", login="a@b.cn") == "accounts.password_short"
    )
    assert rules.check_password("fifteen signs ok", login="a@b.cn") is None
    assert rules.check_password("eight ok", login="a@b.cn", second_factor=True) is None
    assert (
        refused(rules.check_password, "seven o", login="a@b.cn", second_factor=True)
        == "accounts.password_short"
    )
    assert (
        refused(rules.check_password, "长" * 10 + "x" * 119, login="a@b.cn")
        == "accounts.password_long"
    )


def test_chinese_words_make_a_password_without_rules_of_composition():
    assert rules.check_password("春眠不觉晓处处闻啼鸟夜来风雨声", login="a@b.cn") is None


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "passwordpassword",
        "123456789012345",
        "qwertyuiopqwertyuiop",
        "zyxwvutsrqponmlkjih",
        "654321098765432",
        "ZhangSanOfRuichang@example.org",
        "zhangsanofruichang1",
        "１２３４５６７８９０１２３４５",
    ],
)
def test_what_can_be_guessed_is_no_password(password):
    assert (
        refused(rules.check_password, password, login="zhangsanofruichang@example.org")
        == "accounts.password_common"
    )


def test_a_session_ends_after_thirty_idle_minutes_of_staff_after_fifteen():
    ends = NOW + dt.timedelta(hours=12)
    after = lambda minutes: NOW - dt.timedelta(minutes=minutes)
    assert not rules.is_over(NOW, after(30), ends, "agency")
    assert rules.is_over(NOW, after(31), ends, None)
    assert not rules.is_over(NOW, after(15), ends, "office")
    assert rules.is_over(NOW, after(16), ends, "regulator")


def test_a_session_ends_twelve_hours_after_it_began_however_busy():
    assert rules.is_over(NOW, NOW, NOW, "agency")


def test_the_log_speaks_of_an_organisation_by_number():
    assert rules.organisation_ref(12) == "O000012"


@pytest.mark.parametrize(
    "typed",
    [
        "office@example.org。",
        "office@example.org.",
        "mailto:a@example.org",
        "a@example..org",
        "a..b@example.org",
        "a@example",
        "@example.org",
        "a b@example.org",
        "a@example.org, b@example.org",
        "a@example.org;",
        "张三 <a@example.org>",
        "a@exa_mple.org",
        "a@-example.org",
        "a@[127.0.0.1]",
        "a@" + "x" * 64 + ".org",
        "x" * 65 + "@example.org",
        "a@example.org\nBcc: b@example.org",
        "",
    ],
)
def test_what_is_no_address_is_none_for_a_login_and_none_for_the_public(typed):
    assert not is_address(typed)
    if typed:
        with pytest.raises(Invalid) as no:
            check_basics(Basics(name="某公司", contact_email=typed), dt.date(2026, 3, 4))
        assert (no.value.code, no.value.field) == ("agency.bad_email", "contact_email")


@pytest.mark.parametrize("typed", ["a@example.org", "a.b+c@mail.example.org", "A@Example.org"])
def test_an_address_is_one_for_both(typed):
    assert is_address(typed)
    check_basics(Basics(name="某公司", contact_email=typed), dt.date(2026, 3, 4))
