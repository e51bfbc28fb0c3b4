"""Filling in, submitting and checking an enrolment, through the services, on both databases."""

import datetime as dt

import pytest

from market.agencies import queries as agencies
from market.agencies.rules import Held, LineState, State
from market.catalogue.rules import Items
from market.db import reading
from market.enrolment import queries, rules, service
from market.enrolment.rules import Section
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from market.windows import jobs
from market.windows import queries as windows
from tests.enrolment.deeds import at, do, kinds, standing, state_of
from tests.factories import accounts as people
from tests.factories import agencies as factory

pytestmark = pytest.mark.databases
POINTS = [(Section.BASICS, "办公地址不完整"), (Section.COMMITMENT, "重新签署")]


# --- start and fill -----------------------------------------------------------------------


def test_starting_makes_the_person_the_agencys_first_member_with_all_its_duties(context):
    factory.town()
    made = factory.started_agency()
    assert made.actor.duties == {"agency_admin", "agency_agent", "agency_signatory"}
    card = agencies.of_organisation(reading(CLOCK), made.organisation_id)
    assert (card.state, card.ref, card.region_name) == (State.DRAFT, None, "江西省九江市瑞昌市")
    assert standing(made).reason == "agency.not_active"


def test_the_same_key_starts_one_agency_and_the_same_code_is_refused(context):
    factory.town()
    made = factory.started_agency()
    same = {"uscc": made.uscc, "name": made.name}
    assert (
        do(service.start, made.actor, **same, submission_key=f"start-{made.uscc}")
        == made.organisation_id
    )
    with pytest.raises(Invalid, match=r"agency.already"):
        do(service.start, made.actor, **same, submission_key="other")
    with pytest.raises(Refusal, match=r"once.not_yours"):
        do(
            service.start,
            people.actor_of(people.person()),
            **same,
            submission_key=f"start-{made.uscc}",
        )
    with pytest.raises(Invalid, match=r"agency.bad_uscc"):
        do(service.start, made.actor, uscc=made.uscc[:-2] + "00", name="x", submission_key="y")
    with pytest.raises(NotPermitted):
        do(service.start, VISITOR, uscc=made.uscc, name="x", submission_key="z")


def test_a_registration_place_that_does_not_exist_is_left_open(context):
    stem = "91990481000000001"
    code = stem + factory.people.uscc.calc_check_digit(stem)
    made = factory.started_agency(uscc=code)
    assert agencies.of_organisation(reading(CLOCK), made.organisation_id).region is None


def test_lines_are_chosen_from_the_catalogue_and_dropped_again(context):
    factory.town()
    made = factory.started_agency()
    do(service.choose_lines, made.actor, codes=["301", "103", "301"])
    do(service.choose_lines, made.actor, codes=["103", "104"])
    found = queries.own_application(reading(made.actor))
    assert [line.item_code for line in found.lines] == ["103", "104"]
    with pytest.raises(Invalid, match=r"agency.unknown_item"):
        do(service.choose_lines, made.actor, codes=["999"])
    with pytest.raises(Invalid, match=r"agency.too_many_lines"):
        do(service.choose_lines, made.actor, codes=[str(n) for n in range(101)])


def test_certificates_are_added_once_changed_and_dropped_by_their_own_agency(context):
    factory.town()
    made = factory.started_agency()
    other = factory.started_agency()
    held = Held("测绘资质", "甲级", ("工程测量",), dt.date(2025, 1, 1), None)
    values = {"held": held, "number": "1", "issuer": "省厅", "file_id": factory.scan(made.actor)}
    first = do(service.add_qualification, made.actor, **values, submission_key="k")
    assert do(service.add_qualification, made.actor, **values, submission_key="k") == first
    do(
        service.change_qualification,
        made.actor,
        qualification_id=first,
        **{**values, "number": "2", "file_id": None},
    )
    (kept,) = queries.own_application(reading(made.actor)).qualifications
    assert (kept.number, kept.file_id, kept.valid_to) == ("2", values["file_id"], None)
    for act in (service.change_qualification, service.drop_qualification):
        more = {**values, "file_id": None} if act is service.change_qualification else {}
        with pytest.raises(NotFound, match=r"agency.none"):
            do(act, other.actor, qualification_id=first, **more)
    with pytest.raises(NotFound, match=r"files.none"):
        do(service.add_qualification, other.actor, **values, submission_key="stolen")
    with pytest.raises(Invalid, match=r"agency.expired"):
        old = {**values, "held": Held("x", None, (), dt.date(2020, 1, 1), dt.date(2026, 3, 3))}
        do(service.add_qualification, made.actor, **old, submission_key="old")
    do(service.drop_qualification, made.actor, qualification_id=first)
    assert queries.own_application(reading(made.actor)).qualifications == []


def test_there_is_an_end_to_certificates(context, monkeypatch):
    factory.town()
    made = factory.started_agency()
    monkeypatch.setattr("market.enrolment.service.fill.MOST_QUALIFICATIONS", 0)
    with pytest.raises(Invalid, match=r"agency.too_many_qualifications"):
        do(
            service.add_qualification,
            made.actor,
            held=Held("x", None, (), dt.date(2020, 1, 1), None),
            number="1",
            issuer="省厅",
            file_id=None,
            submission_key="k",
        )


def test_a_commitment_is_signed_for_the_items_chosen_and_again_when_they_change(context):
    factory.town()
    made = factory.started_agency()
    with pytest.raises(Refusal, match=r"agency.incomplete_lines"):
        do(service.sign_commitment, made.actor)
    do(service.choose_lines, made.actor, codes=["103"])
    do(service.sign_commitment, made.actor)
    assert queries.own_application(reading(made.actor)).progress[Section.COMMITMENT] == "done"
    do(service.choose_lines, made.actor, codes=["103", "105"])
    assert queries.own_application(reading(made.actor)).progress[Section.COMMITMENT] == "todo"


def test_who_acts_for_no_agency_has_nothing_to_fill_in(context):
    stray = people.member(people.organisation("agency"), "agency_admin")
    assert queries.own_application(reading(stray)) is None
    with pytest.raises(NotFound, match=r"agency.none"):
        do(service.choose_lines, stray, codes=[])


# --- submit -------------------------------------------------------------------------------


def test_submission_gives_a_number_and_starts_the_offices_two_working_days(context):
    made = factory.submitted_agency(["301", "103"])
    assert made.number == "RZ-360481-2026-00001"
    due = windows.live(reading(CLOCK), rules.CHECK, made.number)
    assert due.last_day == dt.date(2026, 3, 6)
    assert kinds(made.number) == ["enrolment.submitted", "window.opened"]
    assert do(service.submit, made.actor, submission_key=f"submit-{made.uscc}") == made.number
    assert len(queries.desk(reading(CLOCK))) == 1
    with pytest.raises(Refusal, match=r"agency.not_editable"):
        do(service.submit, made.actor, submission_key="again")
    with pytest.raises(Refusal, match=r"agency.not_editable"):
        do(service.choose_lines, made.actor, codes=["301"])


def test_nothing_of_the_agencys_identity_is_on_the_log(context):
    made = factory.active_agency(["301"], name="独一无二测绘有限公司")
    for entry in ledger.latest(reading(CLOCK), limit=500):
        assert made.uscc.encode() not in entry.leaf
        assert "独一无二".encode() not in entry.leaf


def test_an_incomplete_application_is_not_taken(context):
    factory.town()
    made = factory.started_agency()
    with pytest.raises(Invalid, match=r"agency.owes_type"):
        do(service.submit, made.actor, submission_key="k")


def test_a_certificate_that_expires_before_submission_is_named(context, clock):
    factory.town()
    made = factory.started_agency()
    factory.fill(made, ["301"], valid_to=dt.date(2026, 3, 4))
    at(clock, "2026-03-05")
    with pytest.raises(Invalid, match=r"agency.expired") as no:
        do(service.submit, made.actor, submission_key="k")
    assert (no.value.field, no.value.facts["valid_to"]) == ("valid_to", dt.date(2026, 3, 4))


# --- the check ----------------------------------------------------------------------------


def test_passing_makes_the_agency_active_at_once_and_publicity_follows(context):
    made = factory.active_agency(["301", "103"])
    assert made.ref == "A000001"
    assert standing(made).may_enter and standing(made, "103").may_enter
    assert standing(made, "302").reason == "agency.no_line"
    assert (standing(made).ref, standing(made).name) == (made.ref, made.name)
    assert windows.live(reading(CLOCK), rules.PUBLICITY, made.ref).last_day == dt.date(2026, 3, 11)
    assert "agency.activated" in kinds(made.ref)
    assert kinds(made.number)[-2:] == ["window.closed", "enrolment.passed"]
    assert factory.active_agency(["301"]).ref == "A000002"
    assert agencies.eligible_count(reading(CLOCK), Items(("301",))) == 2
    assert len(agencies.eligible_organisations(reading(CLOCK), Items(("301",)))) == 2
    assert agencies.eligible_count(reading(CLOCK), Items(("302",))) == 0


def test_a_line_whose_certificate_expired_during_the_check_is_not_opened(context, clock):
    made = factory.submitted_agency(["301", "103"], valid_to=dt.date(2026, 3, 4))
    at(clock, "2026-03-05")
    do(service.approve, factory.checker(), number=made.number)
    found = agencies.lines(reading(CLOCK), agencies.agency(reading(CLOCK), made.uscc).id)
    assert [(line.item_code, line.state) for line in found] == [
        ("103", LineState.ACTIVE),
        ("301", LineState.REFUSED),
    ]
    assert standing(made).reason == "agency.line_closed"


def test_who_filled_in_does_not_check_and_nobody_checks_twice(context):
    made = factory.submitted_agency()
    office = factory.checker().organisation_id
    people.join(office, made.actor.person_id, "enrolment_checker")
    with pytest.raises(Refusal, match=r"agency.same_person"):
        do(service.approve, people.actor_of(made.actor.person_id, office), number=made.number)
    with pytest.raises(NotPermitted):
        do(service.approve, made.actor, number=made.number)
    with pytest.raises(NotFound, match=r"agency.no_enrolment"):
        do(service.approve, factory.checker(), number="RZ-360481-2026-99999")
    do(service.approve, factory.checker(), number=made.number)
    with pytest.raises(Refusal, match=r"agency.wrong_state"):
        do(service.approve, factory.checker(), number=made.number)


def test_one_complete_list_then_no_second_request(context):
    made = factory.submitted_agency()
    checker = factory.checker()
    with pytest.raises(Invalid, match=r"agency.no_corrections"):
        do(service.send_back, checker, number=made.number, corrections=[(Section.BASICS, " ")])
    with pytest.raises(Invalid, match=r"agency.too_many_corrections"):
        do(
            service.send_back,
            checker,
            number=made.number,
            corrections=[(Section.BASICS, "甲")] * 51,
        )
    do(service.send_back, checker, number=made.number, corrections=POINTS)
    assert state_of(made) is State.RETURNED
    assert (
        windows.live(reading(CLOCK), rules.CORRECT, made.number).responsible_id
        == made.organisation_id
    )
    with pytest.raises(Refusal, match=r"agency.not_mended") as no:
        do(service.submit, made.actor, submission_key="second")
    assert no.value.facts["count"] == 2
    do(
        service.save_basics,
        made.actor,
        basics=factory.basics(made.name, address="湓城街道人民南路1号"),
    )
    do(service.sign_commitment, made.actor)
    assert do(service.submit, made.actor, submission_key="second") == made.number
    assert windows.live(reading(CLOCK), rules.CORRECT, made.number) is None
    with pytest.raises(Refusal, match=r"agency.second_correction"):
        do(service.send_back, checker, number=made.number, corrections=POINTS)
    do(service.approve, checker, number=made.number)
    assert [
        each.fields.get("round")
        for each in ledger.of_subject(reading(CLOCK), made.number)
        if each.type == "enrolment.submitted"
    ] == [1, 2]


def test_not_corrected_in_time_ends_the_application_and_it_may_be_submitted_anew(context, clock):
    made = factory.submitted_agency()
    do(service.send_back, factory.checker(), number=made.number, corrections=POINTS)
    at(clock, "2026-03-12")
    jobs.sweep()
    assert state_of(made) is State.DRAFT
    assert "enrolment.lapsed" in kinds(made.number)
    assert queries.desk(reading(CLOCK)) == []
    second = do(service.submit, made.actor, submission_key="anew")
    assert second != made.number
    assert queries.own_application(reading(made.actor)).round == 1


def test_the_correction_window_of_something_already_submitted_does_nothing(context, clock):
    made = factory.submitted_agency()
    do(service.send_back, factory.checker(), number=made.number, corrections=POINTS)
    late = windows.live(reading(CLOCK), rules.CORRECT, made.number)
    do(service.submit, made.actor, submission_key="second", plea="地址无误。")
    do(service.WINDOW_HANDLERS["agencies.correct"], CLOCK, due=late)
    assert state_of(made) is State.SUBMITTED


def test_a_late_check_is_noted_and_decides_nothing(context, clock):
    made = factory.submitted_agency()
    at(clock, "2026-03-07")
    jobs.sweep()
    assert "window.overdue" in kinds(made.number)
    assert state_of(made) is State.SUBMITTED
