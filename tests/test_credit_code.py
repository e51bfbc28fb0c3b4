"""Credit codes: which are right, and that however one is typed, one form is kept."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from market.accounts.service import amend_organisation, checked_id_number, create_organisation
from market.db import in_one_transaction
from market.enrolment.rules import check_representative_number
from market.kernel import credit_code
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid

FIRM = "91110000600037341L"


@pytest.mark.parametrize("code", [FIRM, "N2360481MF0123456J"])
def test_a_code_of_every_registering_department(code):
    assert credit_code.checked(code) == code


@pytest.mark.parametrize("head", ["A1", "Y1", "N1", "13", "52"])
def test_the_first_two_signs_may_be_letters(head):
    stem = f"{head}360481MF0123456"
    code = stem + credit_code.check_sign(stem)
    assert credit_code.checked(code) == code


@pytest.mark.parametrize(
    "code, why",
    [
        ("0" * 18, "check"),
        (FIRM[:-1] + "M", "check"),
        (FIRM[:-1], "length"),
        ("911A0000600037341L", "signs"),
        ("91110000O00037341L", "signs"),
        ("", "length"),
    ],
)
def test_what_is_wrong_with_a_code(code, why):
    with pytest.raises(credit_code.BadCode) as refused:
        credit_code.checked(code)
    assert refused.value.why == why


PARTING = "-‐‑‒–—―−－﹣﹘⁃˗_ー─━ 　\u00a0\u2009\u200b\u200d\u202e\u2060\ufeff\u00ad\t\n\u2800\u3164\ufe0f\U000e0020"


@given(st.integers(1, 17), st.sampled_from(PARTING))
def test_dashes_blanks_and_what_shows_nothing_are_not_kept(place, sign):
    assert credit_code.checked(FIRM[:place] + sign + FIRM[place:].lower()) == FIRM


WIDE = str.maketrans({code - 0xFEE0: code for code in range(0xFF10, 0xFF5B)})
BORN = dt.date(2026, 1, 1)
CARD = "11010119900307109X"
PASSPORT = "E12345678"


@given(st.integers(0, 18), st.sampled_from(PARTING), st.booleans())
def test_identity_numbers_are_read_as_codes_are(place, sign, is_wide):
    """One person, one number: an account's, a representative's, one in a register's file."""
    typed = CARD[:place].lower() + sign + CARD[place:].lower()
    typed = typed.translate(WIDE) if is_wide else typed
    assert checked_id_number(typed, BORN) == CARD
    assert check_representative_number(typed) == CARD
    passport = PASSPORT[: place // 2] + sign + PASSPORT[place // 2 :]
    assert (
        check_representative_number(passport.translate(WIDE) if is_wide else passport) == PASSPORT
    )


@pytest.mark.parametrize("typed", [CARD[:-1] + "1", CARD + "1", CARD[:-1], "", "ⅠⅡ", "٣" * 18])
def test_another_number_is_no_identity_number(typed):
    with pytest.raises(Invalid):
        checked_id_number(typed, BORN)


def test_one_body_is_one_organisation_however_its_code_is_typed(context):
    one = in_one_transaction(
        create_organisation, CLOCK, kind="owner", name="甲公司", uscc="91110000‑600037341L"
    )
    with pytest.raises(Invalid, match="organisation_exists"):
        in_one_transaction(create_organisation, CLOCK, kind="owner", name="甲", uscc=FIRM)
    other = in_one_transaction(
        create_organisation, CLOCK, kind="owner", name="乙公司", uscc="N2360481MF0123456J"
    )
    assert one != other
    with pytest.raises(Invalid, match="organisation_exists"):
        in_one_transaction(
            amend_organisation,
            CLOCK,
            organisation_id=other,
            name="乙公司",
            uscc="91110000 600037341l",
            phone=None,
        )
