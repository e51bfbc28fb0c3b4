"""Rules of an owner's registration, as sentences."""

import pytest

from market.kernel.errors import Invalid, Refusal
from market.owners import rules
from market.owners.rules import Duty, Kind, State

PUBLIC_CODE = "11360481014772345K"
FIRM_CODE = "91360481MA35LK1X2Q"


def test_a_registration_is_corrected_once_then_decided():
    state = rules.move_state(State.SUBMITTED, State.RETURNED)
    state = rules.move_state(state, State.SUBMITTED)
    assert rules.move_state(state, State.APPROVED) is State.APPROVED


def test_an_approved_owner_is_not_decided_about_again():
    with pytest.raises(Refusal) as no:
        rules.move_state(State.APPROVED, State.REFUSING)
    assert no.value.code == "owners.wrong_state"


def test_a_refused_owner_may_come_again():
    assert rules.move_state(State.REFUSED, State.SUBMITTED) is State.SUBMITTED


def test_in_a_public_body_who_drafts_does_not_accept_alone():
    assert Duty.OWNER_ACCEPTOR not in rules.FIRST_DUTIES[Kind.PUBLIC]
    assert rules.FIRST_DUTIES[Kind.FIRM] == rules.FIRST_DUTIES[Kind.PERSON] == rules.ALL_DUTIES


def test_a_public_body_does_not_call_itself_a_firm():
    with pytest.raises(Invalid) as no:
        rules.check_code(Kind.FIRM, PUBLIC_CODE)
    assert (no.value.code, no.value.field) == ("owners.public_code", "kind")
    assert (
        rules.check_code(Kind.PUBLIC, PUBLIC_CODE) is rules.check_code(Kind.FIRM, FIRM_CODE) is None
    )


def test_an_organisation_has_a_credit_code_and_a_person_has_none():
    with pytest.raises(Invalid) as no:
        rules.check_code(Kind.PUBLIC, None)
    assert (no.value.code, no.value.field) == ("owners.no_code", "uscc")
    assert rules.check_code(Kind.PERSON, None) is None


def test_what_is_missing_is_told_once_and_completely():
    assert rules.check_corrections([" 授权书 ", ""], returned_before=False) == ["授权书"]
    with pytest.raises(Refusal) as no:
        rules.check_corrections(["法人证书"], returned_before=True)
    assert no.value.code == "owners.returned_once"


def test_an_empty_list_is_no_list():
    with pytest.raises(Invalid) as no:
        rules.check_corrections(["  "], returned_before=False)
    assert no.value.code == "owners.no_corrections"


@pytest.mark.parametrize("items", [["缺"] * 31, ["缺" * 301]])
def test_a_list_that_nobody_reads_is_too_long(items):
    with pytest.raises(Invalid) as no:
        rules.check_corrections(items, returned_before=False)
    assert no.value.code == "owners.corrections_long"


@pytest.mark.parametrize("checker, is_member", [(7, False), (8, False), (1, True)])
def test_nobody_checks_what_he_entered_or_proposed_or_belongs_to(checker, is_member):
    with pytest.raises(Refusal) as no:
        rules.check_hands(checker, 7, 8, is_member=is_member)
    assert no.value.code == "owners.own_matter"


def test_anyone_else_checks():
    assert rules.check_hands(9, 7, None, is_member=False) is None
