"""Enrolment from the first page to the standing, through the services, on both databases."""
import datetime as dt

import pytest

from market.agencies import queries, rules, service
from market.agencies.queries import Filter
from market.agencies.rules import Held, LineState, Section, State, Tier
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.clock import CHINA
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from market.windows import jobs
from market.windows import queries as windows
from tests.factories import accounts as people
from tests.factories import agencies as factory

pytestmark = pytest.mark.databases
POINTS = [(Section.BASICS, "办公地址不完整"), (Section.COMMITMENT, "重新签署")]
REASONS = {"reasons": "证书系伪造", "basis": "《行政许可法》第三十一条", "remedy": "60 日内申请行政复议"}


def do(act, actor, **values):
    return in_one_transaction(act, actor, **values)


def kinds(*subjects):
    return [each.type for each in ledger.of_subject(reading(CLOCK), *subjects)]


def state_of(made):
    return queries.of_organisation(reading(CLOCK), made.organisation_id).state


def standing(made, item="301", at=None):
    work = reading(CLOCK)
    return queries.standing(work, made.organisation_id, item, at or work.today)


def at(clock, day, hour=10):
    clock.instant = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour), CHINA).astimezone(dt.UTC)


# --- start and fill ---------------------------------------------------------------------------------------------------

def test_starting_makes_the_person_the_agencys_first_member_with_all_its_duties(context):
    factory.town()
    made = factory.started_agency()
    assert made.actor.duties == {"agency_admin", "agency_agent", "agency_signatory"}
    card = queries.of_organisation(reading(CLOCK), made.organisation_id)
    assert (card.state, card.ref, card.region_name) == (State.DRAFT, None, "江西省九江市瑞昌市")
    assert standing(made).reason == "agency.not_active"


def test_the_same_key_starts_one_agency_and_the_same_code_is_refused(context):
    factory.town()
    made = factory.started_agency()
    same = {"uscc": made.uscc, "name": made.name}
    assert do(service.start, made.actor, **same, submission_key=f"start-{made.uscc}") == made.organisation_id
    with pytest.raises(Invalid, match="agency.already"):
        do(service.start, made.actor, **same, submission_key="other")
    with pytest.raises(Invalid, match="agency.already"):
        do(service.start, people.actor_of(people.person()), **same, submission_key=f"start-{made.uscc}")
    with pytest.raises(Invalid, match="agency.bad_uscc"):
        do(service.start, made.actor, uscc=made.uscc[:-2] + "00", name="x", submission_key="y")
    with pytest.raises(NotPermitted):
        do(service.start, VISITOR, uscc=made.uscc, name="x", submission_key="z")


def test_a_registration_place_that_does_not_exist_is_left_open(context):
    stem = "91990481000000001"
    code = stem + factory.people.uscc.calc_check_digit(stem)
    made = factory.started_agency(uscc=code)
    assert queries.of_organisation(reading(CLOCK), made.organisation_id).region is None


def test_lines_are_chosen_from_the_catalogue_and_dropped_again(context):
    factory.town()
    made = factory.started_agency()
    do(service.choose_lines, made.actor, codes=["301", "103", "301"])
    do(service.choose_lines, made.actor, codes=["103", "104"])
    found = queries.own_application(reading(made.actor))
    assert [line.item_code for line in found.lines] == ["103", "104"]
    with pytest.raises(Invalid, match="agency.unknown_item"):
        do(service.choose_lines, made.actor, codes=["999"])
    with pytest.raises(Invalid, match="agency.too_many_lines"):
        do(service.choose_lines, made.actor, codes=[str(n) for n in range(101)])


def test_certificates_are_added_once_changed_and_dropped_by_their_own_agency(context):
    factory.town()
    made, other = factory.started_agency(), factory.started_agency()
    held = Held("测绘资质", "甲级", ("工程测量",), dt.date(2025, 1, 1), None)
    values = {"held": held, "number": "1", "issuer": "省厅", "file_id": factory.scan(made.actor)}
    first = do(service.add_qualification, made.actor, **values, submission_key="k")
    assert do(service.add_qualification, made.actor, **values, submission_key="k") == first
    do(service.change_qualification, made.actor, qualification_id=first, **{**values, "number": "2", "file_id": None})
    (kept,) = queries.own_application(reading(made.actor)).qualifications
    assert (kept.number, kept.file_id, kept.valid_to) == ("2", values["file_id"], None)
    for act in (service.change_qualification, service.drop_qualification):
        more = {**values, "file_id": None} if act is service.change_qualification else {}
        with pytest.raises(NotFound, match="agency.none"):
            do(act, other.actor, qualification_id=first, **more)
    with pytest.raises(NotFound, match="files.none"):
        do(service.add_qualification, other.actor, **values, submission_key="stolen")
    with pytest.raises(Invalid, match="agency.expired"):
        do(service.add_qualification, made.actor, **{**values, "held": Held("x", None, (), dt.date(2020, 1, 1), dt.date(2026, 3, 3))},
           submission_key="old")
    do(service.drop_qualification, made.actor, qualification_id=first)
    assert queries.own_application(reading(made.actor)).qualifications == []


def test_there_is_an_end_to_certificates(context, monkeypatch):
    factory.town()
    made = factory.started_agency()
    monkeypatch.setattr("market.agencies.service.fill.MOST_QUALIFICATIONS", 0)
    with pytest.raises(Invalid, match="agency.too_many_qualifications"):
        do(service.add_qualification, made.actor, held=Held("x", None, (), dt.date(2020, 1, 1), None), number="1",
           issuer="省厅", file_id=None, submission_key="k")


def test_a_commitment_is_signed_for_the_items_chosen_and_again_when_they_change(context):
    factory.town()
    made = factory.started_agency()
    with pytest.raises(Refusal, match="agency.incomplete_lines"):
        do(service.sign_commitment, made.actor)
    do(service.choose_lines, made.actor, codes=["103"])
    do(service.sign_commitment, made.actor)
    assert queries.own_application(reading(made.actor)).progress[Section.COMMITMENT] == "done"
    do(service.choose_lines, made.actor, codes=["103", "105"])
    assert queries.own_application(reading(made.actor)).progress[Section.COMMITMENT] == "todo"


def test_who_acts_for_no_agency_has_nothing_to_fill_in(context):
    stray = people.member(people.organisation("agency"), "agency_admin")
    assert queries.own_application(reading(stray)) is None
    with pytest.raises(NotFound, match="agency.none"):
        do(service.choose_lines, stray, codes=[])


# --- submit -----------------------------------------------------------------------------------------------------------

def test_submission_gives_a_number_and_starts_the_offices_two_working_days(context):
    made = factory.submitted_agency(["301", "103"])
    assert made.number == "RZ-360481-2026-00001"
    due = windows.live(reading(CLOCK), rules.CHECK, made.number)
    assert due.last_day == dt.date(2026, 3, 6)
    assert kinds(made.number) == ["enrolment.submitted", "window.opened"]
    assert do(service.submit, made.actor, submission_key=f"submit-{made.uscc}") == made.number
    assert len(queries.desk(reading(CLOCK))) == 1
    with pytest.raises(Refusal, match="agency.not_editable"):
        do(service.submit, made.actor, submission_key="again")
    with pytest.raises(Refusal, match="agency.not_editable"):
        do(service.choose_lines, made.actor, codes=["301"])


def test_nothing_of_the_agencys_identity_is_on_the_log(context):
    made = factory.active_agency(["301"], name="独一无二测绘有限公司")
    for entry in ledger.latest(reading(CLOCK), limit=500):
        assert made.uscc.encode() not in entry.leaf
        assert "独一无二".encode() not in entry.leaf


def test_an_incomplete_application_is_not_taken(context):
    factory.town()
    made = factory.started_agency()
    with pytest.raises(Invalid, match="agency.incomplete_basics"):
        do(service.submit, made.actor, submission_key="k")


def test_a_certificate_that_expires_before_submission_is_named(context, clock):
    factory.town()
    made = factory.started_agency()
    factory.fill(made, ["301"], valid_to=dt.date(2026, 3, 4))
    at(clock, "2026-03-05")
    with pytest.raises(Invalid, match="agency.expired") as no:
        do(service.submit, made.actor, submission_key="k")
    assert (no.value.field, no.value.facts["valid_to"]) == ("valid_to", dt.date(2026, 3, 4))


# --- the check --------------------------------------------------------------------------------------------------------

def test_passing_makes_the_agency_active_at_once_and_publicity_follows(context):
    made = factory.active_agency(["301", "103"])
    assert made.ref == "A000001"
    assert standing(made).may_enter and standing(made, "103").may_enter
    assert standing(made, "302").reason == "agency.no_line"
    assert (standing(made).ref, standing(made).name) == (made.ref, made.name)
    assert windows.live(reading(CLOCK), rules.PUBLICITY, made.ref).last_day == dt.date(2026, 3, 11)
    assert kinds(made.ref)[0] == "agency.activated"
    assert kinds(made.number)[-2:] == ["window.closed", "enrolment.passed"]
    assert factory.active_agency(["301"]).ref == "A000002"
    assert queries.eligible_count(reading(CLOCK), "301") == 2
    assert len(queries.eligible_organisations(reading(CLOCK), "301")) == 2
    assert queries.eligible_count(reading(CLOCK), "302") == 0


def test_a_line_whose_certificate_expired_during_the_check_is_not_opened(context, clock):
    made = factory.submitted_agency(["301", "103"], valid_to=dt.date(2026, 3, 4))
    at(clock, "2026-03-05")
    do(service.approve, factory.checker(), number=made.number)
    found = queries.lines(reading(CLOCK), queries.agency(reading(CLOCK), made.uscc).id)
    assert [(line.item_code, line.state) for line in found] == [("103", LineState.ACTIVE), ("301", LineState.REFUSED)]
    assert standing(made).reason == "agency.line_closed"


def test_who_filled_in_does_not_check_and_nobody_checks_twice(context):
    made = factory.submitted_agency()
    office = factory.checker().organisation_id
    people.join(office, made.actor.person_id, "enrolment_checker")
    with pytest.raises(Refusal, match="agency.same_person"):
        do(service.approve, people.actor_of(made.actor.person_id, office), number=made.number)
    with pytest.raises(NotPermitted):
        do(service.approve, made.actor, number=made.number)
    with pytest.raises(NotFound, match="agency.no_enrolment"):
        do(service.approve, factory.checker(), number="RZ-360481-2026-99999")
    do(service.approve, factory.checker(), number=made.number)
    with pytest.raises(Refusal, match="agency.wrong_state"):
        do(service.approve, factory.checker(), number=made.number)


def test_one_complete_list_then_no_second_request(context):
    made, checker = factory.submitted_agency(), factory.checker()
    with pytest.raises(Invalid, match="agency.no_corrections"):
        do(service.send_back, checker, number=made.number, corrections=[(Section.BASICS, " ")])
    with pytest.raises(Invalid, match="agency.too_many_corrections"):
        do(service.send_back, checker, number=made.number, corrections=[(Section.BASICS, "甲")] * 51)
    do(service.send_back, checker, number=made.number, corrections=POINTS)
    assert state_of(made) is State.RETURNED
    assert windows.live(reading(CLOCK), rules.CORRECT, made.number).responsible_id == made.organisation_id
    with pytest.raises(Refusal, match="agency.not_mended") as no:
        do(service.submit, made.actor, submission_key="second")
    assert no.value.facts["count"] == 2
    do(service.save_basics, made.actor, basics=factory.basics(made.name, address="湓城街道人民南路1号"))
    do(service.sign_commitment, made.actor)
    assert do(service.submit, made.actor, submission_key="second") == made.number
    assert windows.live(reading(CLOCK), rules.CORRECT, made.number) is None
    with pytest.raises(Refusal, match="agency.second_correction"):
        do(service.send_back, checker, number=made.number, corrections=POINTS)
    do(service.approve, checker, number=made.number)
    assert [each.fields.get("round") for each in ledger.of_subject(reading(CLOCK), made.number)
            if each.type == "enrolment.submitted"] == [1, 2]


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
    do(service.save_basics, made.actor, basics=factory.basics(made.name))
    do(service.sign_commitment, made.actor)
    do(service.submit, made.actor, submission_key="second")
    do(service.WINDOWS["agencies.correct"], CLOCK, due=late)
    assert state_of(made) is State.SUBMITTED


def test_a_late_check_is_noted_and_decides_nothing(context, clock):
    made = factory.submitted_agency()
    at(clock, "2026-03-07")
    jobs.sweep()
    assert "window.overdue" in kinds(made.number)
    assert state_of(made) is State.SUBMITTED


# --- refusal ----------------------------------------------------------------------------------------------------------

def refusing(**changes):
    made, checker = factory.submitted_agency(), factory.checker()
    do(service.propose_refusal, checker, number=made.number, **{**REASONS, **changes})
    return made, checker


def test_a_refusal_needs_reasons_basis_and_remedy(context):
    with pytest.raises(Invalid, match="agency.unreasoned"):
        refusing(basis="")


def test_a_refusal_is_signed_by_another_person_after_the_case_was_stated(context):
    made, checker = refusing()
    head = factory.head()
    with pytest.raises(Refusal, match="agency.may_still_state"):
        do(service.sign_refusal, head, number=made.number)
    with pytest.raises(NotPermitted):
        do(service.sign_refusal, checker, number=made.number)
    with pytest.raises(Invalid, match="agency.statement_length"):
        do(service.state_case, made.actor, statement=" ")
    do(service.state_case, made.actor, statement="证书可在省厅网站查询")
    with pytest.raises(Refusal, match="agency.nothing_to_state"):
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
    with pytest.raises(Refusal, match="agency.same_person"):
        do(service.sign_refusal, both, number=made.number)


def test_when_the_days_for_stating_have_passed_the_office_owes_a_decision(context, clock):
    made, _ = refusing()
    at(clock, "2026-03-10")
    jobs.sweep()
    assert state_of(made) is State.REFUSING
    assert windows.live(reading(CLOCK), rules.DECIDE, made.number).responsible_id is not None
    with pytest.raises(Refusal, match="agency.nothing_to_state"):
        do(service.state_case, made.actor, statement="迟了")
    do(service.sign_refusal, factory.head(), number=made.number)
    assert state_of(made) is State.REFUSED


def test_the_head_may_enrol_against_the_proposal(context):
    made, _ = refusing()
    ref = do(service.overrule, factory.head(), number=made.number)
    assert standing(made).may_enter
    assert windows.live(reading(CLOCK), rules.STATE_CASE, made.number) is None
    assert queries.by_ref(reading(CLOCK), ref).state is State.ACTIVE


def test_after_a_refusal_one_may_apply_anew_without_filling_in_again(context):
    made, _ = refusing()
    do(service.state_case, made.actor, statement="无")
    do(service.sign_refusal, factory.head(), number=made.number)
    number = do(service.submit, made.actor, submission_key="anew")
    do(service.approve, factory.checker(), number=number)
    assert standing(made).may_enter


def test_nothing_is_intended_against_a_draft(context):
    factory.town()
    with pytest.raises(Refusal, match="agency.nothing_to_state"):
        do(service.state_case, factory.started_agency().actor, statement="x")


# --- publicity --------------------------------------------------------------------------------------------------------

OBJECTION = "该机构的测绘资质证书编号查无此证"


def objected():
    made, citizen = factory.active_agency(), people.actor_of(people.person())
    return made, citizen, do(service.object_to, citizen, uscc=made.uscc, reason=OBJECTION, submission_key="o1")


def regulator():
    return people.staff("regulator", "regulator_officer")


def test_anyone_of_known_identity_objects_once_during_publicity(context, clock):
    made, citizen, first = objected()
    again = {"uscc": made.uscc, "reason": OBJECTION}
    assert do(service.object_to, citizen, **again, submission_key="o1") == first
    with pytest.raises(Refusal, match="agency.objected_already"):
        do(service.object_to, citizen, **again, submission_key="o2")
    stranger = people.actor_of(people.person(verified=False))
    with pytest.raises(NotPermitted):
        do(service.object_to, stranger, **again, submission_key="o3")
    other = people.actor_of(people.person())
    with pytest.raises(Invalid, match="agency.text_length"):
        do(service.object_to, other, uscc=made.uscc, reason="假的", submission_key="o4")
    assert queries.profile(reading(CLOCK), made.uscc).objections_open == 1
    assert windows.live(reading(CLOCK), rules.OBJECTION, f"{made.ref}/{first}") is not None
    at(clock, "2026-03-12", 0)
    with pytest.raises(Refusal, match="agency.not_in_publicity"):
        do(service.object_to, other, **again, submission_key="o5")
    with pytest.raises(NotFound, match="agency.none"):
        do(service.object_to, other, uscc="91360481MA35LK1X20", reason=OBJECTION, submission_key="o6")


def test_until_midnight_of_the_last_day_an_objection_is_in_time(context, clock):
    made = factory.active_agency()
    clock.instant = dt.datetime(2026, 3, 11, 23, 59, 59, tzinfo=CHINA).astimezone(dt.UTC)
    assert do(service.object_to, people.actor_of(people.person()), uscc=made.uscc, reason=OBJECTION, submission_key="o")


def test_an_unfounded_objection_is_answered_and_the_agency_stays(context):
    made, _, objection = objected()
    officer = regulator()
    with pytest.raises(Invalid, match="agency.text_length"):
        do(service.dismiss_objection, officer, objection_id=objection, answer="不实")
    do(service.dismiss_objection, officer, objection_id=objection, answer="经省厅核实,证书真实有效。")
    with pytest.raises(Refusal, match="agency.objection_decided"):
        do(service.dismiss_objection, officer, objection_id=objection, answer="经省厅核实,证书真实有效。")
    assert state_of(made) is State.ACTIVE
    assert queries.objections(reading(CLOCK)) == []
    assert queries.objection(reading(CLOCK), objection).outcome == "kept"
    with pytest.raises(NotFound, match="agency.no_objection"):
        do(service.dismiss_objection, officer, objection_id=objection + 1, answer="经省厅核实,证书真实有效。")
    with pytest.raises(NotFound, match="agency.no_objection"):
        queries.objection(reading(CLOCK), objection + 1)


def test_who_passed_an_application_does_not_decide_the_objection_to_it(context):
    made = factory.submitted_agency()
    checker = factory.checker()
    do(service.approve, checker, number=made.number)
    objection = do(service.object_to, people.actor_of(people.person()), uscc=made.uscc, reason=OBJECTION, submission_key="o")
    with pytest.raises(Refusal, match="agency.same_person"):
        do(service.dismiss_objection, checker, objection_id=objection, answer="经省厅核实,证书真实有效。")


def test_a_founded_objection_stops_entries_and_two_persons_revoke(context, clock):
    made, _, objection = objected()
    do(service.open_revocation, regulator(), objection_id=objection, **REASONS)
    assert standing(made).reason == "agency.not_active"
    head = factory.head()
    with pytest.raises(Refusal, match="agency.may_still_state"):
        do(service.revoke, head, ref=made.ref)
    at(clock, "2026-03-10")
    jobs.sweep()
    assert [card.ref for card, due in queries.revocations(reading(CLOCK)) if due] == [made.ref]
    do(service.revoke, head, ref=made.ref)
    assert state_of(made) is State.REVOKED
    assert windows.live(reading(CLOCK), rules.DECIDE, made.ref) is None
    assert kinds(made.ref)[-1] == "agency.revoked"
    with pytest.raises(Refusal, match="agency.wrong_state"):
        do(service.revoke, head, ref=made.ref)
    with pytest.raises(NotFound, match="agency.none"):
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


# --- standing ---------------------------------------------------------------------------------------------------------

def test_a_line_lapses_at_24_00_of_the_last_day_of_its_certificate(context, clock):
    made = factory.active_agency(["301", "302", "103"], valid_to=dt.date(2026, 3, 31))
    assert standing(made, at=dt.date(2026, 3, 31)).may_enter
    assert standing(made, at=dt.date(2026, 4, 1)).reason == "agency.qualification_expired"
    clock.instant = dt.datetime(2026, 3, 31, 23, 59, 59, tzinfo=CHINA).astimezone(dt.UTC)
    jobs.sweep()
    assert standing(made).may_enter
    clock.advance(dt.timedelta(seconds=1))
    assert standing(made).reason == "agency.qualification_expired"  # before any sweep: dates decide, not the state
    jobs.sweep()
    jobs.sweep()
    assert kinds(made.ref).count("agency.line_lapsed") == 2
    assert standing(made, "103").may_enter
    assert queries.eligible_count(reading(CLOCK), "301") == 0


def test_a_second_certificate_keeps_the_line_open(context, clock):
    factory.town()
    made = factory.started_agency()
    factory.fill(made, ["301"], valid_to=dt.date(2026, 3, 31))
    for key, end in (("december", dt.date(2026, 12, 31)), ("lasting", None)):
        held = Held("测绘资质", "甲级", ("工程测量",), dt.date(2026, 3, 1), end)
        do(service.add_qualification, made.actor, held=held, number=key, issuer="省厅", file_id=factory.scan(made.actor),
           submission_key=key)
    ref = do(service.approve, factory.checker(), number=do(service.submit, made.actor, submission_key="s"))
    at(clock, "2026-04-01")
    jobs.sweep()
    assert standing(made).may_enter
    assert "agency.line_lapsed" not in kinds(ref)


def test_a_line_that_another_certificate_covers_for_some_time_lapses_with_that(context, clock):
    factory.town()
    made = factory.started_agency()
    factory.fill(made, ["301"], valid_to=dt.date(2026, 3, 31))
    held = Held("测绘资质", "甲级", ("工程测量",), dt.date(2026, 3, 1), dt.date(2026, 4, 30))
    do(service.add_qualification, made.actor, held=held, number="2", issuer="省厅", file_id=factory.scan(made.actor),
       submission_key="2")
    do(service.approve, factory.checker(), number=do(service.submit, made.actor, submission_key="s"))
    at(clock, "2026-04-01")
    jobs.sweep()
    assert standing(made).may_enter
    assert standing(made, at=dt.date(2026, 5, 1)).reason == "agency.qualification_expired"
    at(clock, "2026-05-01")
    jobs.sweep()
    assert kinds(standing(made).ref).count("agency.line_lapsed") == 1


def test_a_suspension_ends_by_itself_after_its_last_day(context, clock):
    made, head = factory.active_agency(), factory.head()
    do(service.suspend, head, ref=made.ref, reason="逾期未签合同", until=dt.date(2026, 3, 31))
    assert standing(made).reason == "agency.suspended"
    assert queries.by_ref(reading(CLOCK), made.ref).suspended_until == dt.date(2026, 3, 31)
    at(clock, "2026-04-01", 0)
    jobs.sweep()
    assert standing(made).may_enter
    assert kinds(made.ref)[-1] == "agency.reinstated"


def test_a_suspension_without_an_end_lasts_until_somebody_ends_it(context):
    made, head = factory.active_agency(), factory.head()
    for values, code in (({"reason": " "}, "agency.unreasoned"), ({"reason": "x", "until": dt.date(2026, 3, 4)}, "agency.until_past")):
        with pytest.raises(Invalid, match=code):
            do(service.suspend, head, ref=made.ref, **values)
    with pytest.raises(Refusal, match="agency.wrong_state"):
        do(service.reinstate, head, ref=made.ref)
    do(service.suspend, head, ref=made.ref, reason="配合调查")
    with pytest.raises(Refusal, match="agency.wrong_state"):
        do(service.suspend, head, ref=made.ref, reason="配合调查")
    with pytest.raises(NotFound, match="agency.none"):
        do(service.suspend, head, ref="A999999", reason="x")
    with pytest.raises(NotPermitted):
        do(service.reinstate, made.actor, ref=made.ref)
    do(service.reinstate, head, ref=made.ref)
    assert standing(made).may_enter


def test_the_end_of_a_suspension_that_was_ended_before_does_nothing(context):
    made, head = factory.active_agency(), factory.head()
    do(service.suspend, head, ref=made.ref, reason="配合调查", until=dt.date(2026, 3, 31))
    late = windows.live(reading(CLOCK), rules.SUSPENSION, made.ref)
    do(service.reinstate, head, ref=made.ref)
    before = kinds(made.ref)
    do(service.WINDOWS["agencies.suspension"], CLOCK, due=late)
    assert kinds(made.ref) == before


# --- reading ----------------------------------------------------------------------------------------------------------

def test_the_directory_is_narrowed_by_place_item_and_text(context):
    here = factory.active_agency(["301"], name="青山测绘有限公司")
    city = factory.active_agency(["103"], name="庐山咨询有限公司", region="360402")
    away = factory.active_agency(["301"], name="钟山测绘有限公司", region="320106")
    factory.submitted_agency(["301"], name="未核验有限公司")
    work = reading(CLOCK)

    def found(**by):
        return [each.name for each in queries.directory(work, Filter(**by))]

    assert found() == [away.name, city.name, here.name]
    assert found(tier=Tier.HERE) == [here.name]
    assert found(tier=Tier.CITY) == [city.name]
    assert found(tier=Tier.ELSEWHERE) == [away.name]
    assert found(items=("301",)) == [away.name, here.name]
    assert found(text="测绘") == [away.name, here.name]
    assert found(text=here.ref.lower()) == found(text=here.uscc.lower()) == [here.name]
    assert found(text="%") == []
    assert queries.count(work, Filter()) == 3
    assert queries.tiers(work) == {Tier.HERE: 1, Tier.CITY: 1, Tier.PROVINCE: 0, Tier.ELSEWHERE: 1}
    first = queries.directory(work, Filter(), limit=2)
    assert [each.name for each in queries.directory(work, Filter(), first.next, 2)] == [here.name]


def test_a_public_profile_shows_the_contact_only_where_the_agency_chose_so(context):
    shy, open_ = factory.active_agency(), factory.active_agency(shows_contact=True)
    work = reading(CLOCK)
    assert queries.profile(work, shy.uscc).contact_phone is None
    assert queries.profile(work, open_.uscc).contact_phone == "0792-4222222"


def test_agencies_are_found_by_every_name_that_others_know_them_by(context):
    made = factory.active_agency()
    work = reading(CLOCK)
    for found in (queries.agency(work, made.uscc), queries.by_ref(work, made.ref),
                  queries.of_organisation(work, made.organisation_id), queries.by_refs(work, [made.ref, "A999999"])[made.ref]):
        assert (found.ref, found.is_public) == (made.ref, True)
    assert queries.organisation_of(work, made.ref) == queries.organisation_of(work, made.number) == made.organisation_id
    assert queries.organisation_of(work, "A999999") is None
    assert queries.of_organisation(work, 0) is None
    assert queries.standing(work, 0, "301", work.today).reason == "agency.not_enrolled"
    assert queries.last_application(work, queries.by_ref(work, made.ref)).number == made.number
    for nothing in (lambda: queries.agency(work, "x"), lambda: queries.by_ref(work, "x")):
        with pytest.raises(NotFound, match="agency.none"):
            nothing()
    with pytest.raises(NotFound, match="agency.no_enrolment"):
        queries.application(work, "x")
