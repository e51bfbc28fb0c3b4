"""The law of enrolment, as sentences."""

import dataclasses
import datetime as dt

import pytest

from market.agencies.rules import Held, State, Type
from market.catalogue.rules import Kind, Requirement
from market.enrolment import rules
from market.enrolment.rules import Basics, Filled, Progress, Section
from market.kernel.errors import Invalid, Refusal

TODAY = dt.date(2026, 3, 4)
SURVEY = Requirement(Kind.CERTIFICATE, ("测绘资质",), (("工程测量",),), None)
PROMISE = Requirement(Kind.COMMITMENT_ONLY)
CERTIFICATE = Held("测绘资质", "乙级", ("工程测量",), dt.date(2025, 1, 1), dt.date(2026, 12, 31))
BASICS = Basics(
    name="青山测绘",
    type=Type.ENTERPRISE,
    region="360481",
    legal_representative="李青山",
    representative_digest="0" * 64,
    established_on=dt.date(2015, 6, 1),
    address="湓城街道1号",
    contact_person="王五",
    contact_phone="12345",
    contact_email="a@b.cn",
)
WHOLE = Filled(
    BASICS, "91360481MA35LK1X20", {"301": SURVEY, "103": PROMISE}, [CERTIFICATE], [], True
)


def codes(filled):
    return [no.code for _, no in rules.owed(filled, TODAY)]


# --- who the agency is --------------------------------------------------------------------


@pytest.mark.parametrize("code", ["91360481MA35LK1X2Q", "9136048", "", "91360481MA35LK1XIO"])
def test_a_wrong_check_character_length_or_sign_is_refused(code):
    with pytest.raises(Invalid, match=r"agency.bad_uscc") as no:
        rules.check_uscc(code)
    assert no.value.field == "uscc"


@pytest.mark.parametrize(
    "changes, code, field",
    [
        ({"name": ""}, "agency.no_name", "name"),
        ({"region": "999999"}, "agency.bad_region", "region"),
        ({"established_on": dt.date(2026, 3, 5)}, "agency.founded_later", "established_on"),
        ({"capital_fen": -1}, "agency.negative_capital", "capital_fen"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(changes, code, field):
    with pytest.raises(Invalid, match=code) as no:
        rules.check_basics(dataclasses.replace(BASICS, **changes), TODAY)
    assert no.value.field == field


def test_half_of_the_basics_may_be_kept():
    assert rules.check_basics(Basics(name="青山测绘"), TODAY) is None
    assert rules.missing(Basics(name="青山测绘"))[:2] == ["type", "region"]
    assert rules.missing(BASICS) == []


# --- what is owed -------------------------------------------------------------------------


def test_a_whole_application_owes_nothing():
    assert codes(WHOLE) == []
    assert set(rules.progress(WHOLE, (), TODAY).values()) == {Progress.DONE}


def test_everything_that_is_missing_is_told_at_once():
    empty = Filled(Basics(name="青山测绘"), "91360481MA35LK1X2Q", {}, [], [], False)
    assert codes(empty) == [
        "agency.bad_uscc",
        "agency.incomplete_basics",
        "agency.incomplete_lines",
        "agency.incomplete_commitment",
    ]
    assert rules.progress(empty, (), TODAY) == {
        Section.BASICS: Progress.DOING,
        Section.LINES: Progress.TODO,
        Section.QUALIFICATIONS: Progress.TODO,
        Section.COMMITMENT: Progress.TODO,
    }


def test_an_item_without_its_certificate_is_named():
    bare = dataclasses.replace(WHOLE, held=[])
    ((section, no),) = rules.owed(bare, TODAY)
    assert (section, no.code) == (Section.QUALIFICATIONS, "agency.uncovered")
    assert (no.facts["item"], no.facts["names"]) == ("301", "测绘资质")
    assert rules.progress(bare, (), TODAY)[Section.QUALIFICATIONS] is Progress.TODO
    wrong = dataclasses.replace(WHOLE, held=[dataclasses.replace(CERTIFICATE, specialities=())])
    assert rules.progress(wrong, (), TODAY)[Section.QUALIFICATIONS] is Progress.DOING


def test_a_certificate_that_expired_meanwhile_or_has_no_scan_is_named():
    old = dataclasses.replace(CERTIFICATE, valid_to=dt.date(2026, 3, 3))
    assert codes(dataclasses.replace(WHOLE, held=[old])) == ["agency.expired", "agency.uncovered"]
    assert codes(dataclasses.replace(WHOLE, unscanned=["测绘资质"])) == ["agency.no_scan"]


def test_a_section_that_the_office_named_is_to_correct_until_it_is_saved_again():
    assert rules.progress(WHOLE, {Section.BASICS}, TODAY)[Section.BASICS] is Progress.BACK


def test_the_commitment_names_the_agency_and_its_items():
    text = rules.commitment_text("青山测绘", "91360481MA35LK1X20", ["地形图测绘"])
    assert "青山测绘（统一社会信用代码 91360481MA35LK1X20）" in text and "“地形图测绘”" in text


# --- two persons, reasons -----------------------------------------------------------------


def test_one_person_does_not_do_two_steps_of_one_matter():
    with pytest.raises(Refusal, match=r"agency.same_person"):
        rules.check_other_person(7, 3, 7)
    assert rules.check_other_person(7, 3, None) is None
    assert rules.check_other_person(None, None) is None


@pytest.mark.parametrize("field", ["reasons", "basis", "remedy"])
def test_no_refusal_without_reasons_basis_and_remedy(field):
    given = {"reasons": "甲", "basis": "乙", "remedy": "丙", field: "  "}
    with pytest.raises(Invalid, match=r"agency.unreasoned") as no:
        rules.check_reasoned(**given)
    assert no.value.field == field


@pytest.mark.parametrize(
    "asked, handed_in, promised, broken, found",
    [
        (["甲"], {"甲"}, set(), set(), []),
        (["甲"], set(), {"甲"}, set(), []),
        (["甲"], set(), set(), set(), [("甲", "agency.undocumented")]),
        (["甲", "乙"], set(), {"甲", "乙"}, {"乙"}, [("乙", "agency.promised_before")]),
        ([], {"甲"}, {"乙"}, {"丙"}, []),
    ],
)
def test_a_listed_document_is_there_or_promised_and_promised_once(
    asked, handed_in, promised, broken, found
):
    assert rules.unanswered(asked, handed_in, promised, broken) == found


def test_documents_to_come_decide_between_enrolled_and_enrolled_with_documents_to_come():
    assert rules.at_rest(is_complete=True) is State.ACTIVE
    assert rules.at_rest(is_complete=False) is State.PROVISIONAL


@pytest.mark.parametrize("days", [0, -1, 11])
def test_a_new_due_is_no_longer_than_the_list_once_gave(days):
    rules.check_new_days(10, [3, 10])
    with pytest.raises(Invalid) as no:
        rules.check_new_days(days, [3, 10])
    assert (no.value.code, no.value.facts["most"]) == ("agency.new_days", 10)


def test_the_clock_says_which_document_was_due_when():
    assert rules.late_reasons([("甲", dt.date(2026, 3, 18)), ("乙", dt.date(2026, 3, 19))]) == (
        "容缺材料“甲”应于 2026年3月18日 24:00 前补交，到期未补。\n容缺材料“乙”应于 2026年3月19日 24:00 前补交，到期未补。"
    )


def test_who_puts_a_document_off_commits_to_bring_it_without_naming_it_in_public():
    text = rules.commitment_text("甲公司", "91360481000100018U", ["测绘"], defers=True)
    assert "七、申请容缺的材料" in text
    assert "容缺" not in rules.commitment_text("甲公司", "91360481000100018U", ["测绘"])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("11010519491231002X", "11010519491231002X"),
        (" 110105 19491231 002x ", "11010519491231002X"),
        ("110105194912310021", None),  # a wrong check sign
        ("110105194913310020", None),  # no such month
        ("h12345678", "H12345678"),  # 回乡证
        ("E1234567", "E1234567"),  # a passport
        ("", None),
        ("张三张三张三", None),
        ("ABCDEFG", None),
        ("1234", None),
    ],
)
def test_the_number_of_a_representative_is_checked_and_kept_in_one_form(typed, kept):
    if kept is None:
        with pytest.raises(Invalid, match="agency.representative_number"):
            rules.check_representative_number(typed)
    else:
        assert rules.check_representative_number(typed) == kept
