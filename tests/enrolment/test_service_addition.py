"""An enrolled agency adds items and renews certificates, on both databases."""

import datetime as dt

import pytest

from market.agencies import queries as agencies
from market.agencies import rules as agency_rules
from market.agencies.rules import Held, LineState, State
from market.db import reading
from market.enrolment import queries, service
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotFound, Refusal
from market.windows import jobs
from market.windows import queries as windows
from tests.enrolment.deeds import at, do, kinds, standing
from tests.factories import accounts as people
from tests.factories import agencies as factory

pytestmark = pytest.mark.databases


def certificate(made, speciality="界线与不动产测绘", valid_to=None, key="new", file=True):
    held = Held("测绘资质", "甲级", (speciality,), dt.date(2026, 1, 1), valid_to)
    return do(
        service.add_qualification,
        made.actor,
        held=held,
        number=key,
        issuer="省厅",
        submission_key=key,
        file_id=factory.scan(made.actor) if file else None,
    )


def test_an_addition_opens_nothing_before_the_office_has_checked_it(context):
    made = factory.active_agency(["301"])
    certificate(made)
    do(service.request_addition, made.actor, codes=["304", "103", "301"])
    assert standing(made).may_enter
    assert standing(made, "304").reason == standing(made, "103").reason == "agency.line_closed"
    assert [each.number for each in queries.profile(reading(CLOCK), made.uscc).qualifications] == [
        "证301"
    ]
    ((card, due),) = queries.additions(reading(CLOCK))
    assert (card.ref, due.last_day) == (made.ref, dt.date(2026, 3, 6))
    with pytest.raises(Refusal, match=r"agency.not_editable"):
        certificate(made, key="while it is checked")
    do(service.confirm_addition, factory.checker(), ref=made.ref)
    assert standing(made, "304").may_enter and standing(made, "103").may_enter
    assert len(queries.profile(reading(CLOCK), made.uscc).qualifications) == 2
    assert "agency.lines_opened" in kinds(made.ref)
    assert queries.additions(reading(CLOCK)) == []
    with pytest.raises(Refusal, match=r"agency.nothing_to_check"):
        do(service.confirm_addition, factory.checker(), ref=made.ref)
    with pytest.raises(NotFound, match=r"agency.none"):
        do(service.confirm_addition, factory.checker(), ref="A999999")


def test_a_lapsed_line_opens_again_with_a_new_certificate(context, clock):
    made = factory.active_agency(["301"], valid_to=dt.date(2026, 3, 31))
    at(clock, "2026-04-01")
    jobs.sweep()
    assert standing(made).reason == "agency.qualification_expired"
    with pytest.raises(Invalid, match=r"agency.uncovered"):
        do(service.request_addition, made.actor, codes=["301"])
    certificate(made, "工程测量")
    do(service.request_addition, made.actor, codes=["301"])
    do(service.confirm_addition, factory.checker(), ref=made.ref)
    assert standing(made).may_enter


def test_a_certificate_renewed_in_time_carries_the_line_on(context, clock):
    made = factory.active_agency(["301"], valid_to=dt.date(2026, 3, 31))
    certificate(made, "工程测量", valid_to=dt.date(2026, 12, 31))
    do(service.request_addition, made.actor, codes=[])
    at(clock, "2026-03-06")
    do(service.confirm_addition, factory.checker(), ref=made.ref)
    assert standing(made, at=dt.date(2026, 12, 31)).may_enter
    assert standing(made, at=dt.date(2027, 1, 1)).reason == "agency.qualification_expired"
    at(clock, "2026-04-01")
    jobs.sweep()
    assert standing(made).may_enter
    at(clock, "2026-12-31", 12)
    assert windows.live(reading(CLOCK), agency_rules.QUALIFICATION, f"{made.ref}/1") is None


def test_a_certificate_that_the_office_has_not_checked_holds_no_line(context, clock):
    made = factory.active_agency(["301"], valid_to=dt.date(2026, 3, 31))
    certificate(made, "工程测量")
    at(clock, "2026-04-01")
    jobs.sweep()
    assert standing(made).reason == "agency.qualification_expired"


def test_an_addition_is_returned_with_its_reason_and_may_be_asked_again(context):
    made = factory.active_agency(["301"])
    checker = factory.checker()
    new = certificate(made)
    do(service.request_addition, made.actor, codes=["304"])
    with pytest.raises(Invalid, match=r"agency.unreasoned"):
        do(service.return_addition, checker, ref=made.ref, reason=" ")
    do(service.return_addition, checker, ref=made.ref, reason="扫描件缺第二页")
    mine = queries.own_application(reading(made.actor))
    assert (mine.answer, mine.is_growing) == ("扫描件缺第二页", True)
    assert {line.item_code: line.state for line in mine.lines} == {
        "301": LineState.ACTIVE,
        "304": LineState.REFUSED,
    }
    do(service.drop_qualification, made.actor, qualification_id=new)
    certificate(made, key="better")
    do(service.request_addition, made.actor, codes=["304"])
    do(service.confirm_addition, checker, ref=made.ref)
    assert standing(made, "304").may_enter
    assert queries.own_application(reading(made.actor)).answer is None


def test_what_was_checked_is_neither_changed_nor_dropped(context):
    made = factory.active_agency(["301"])
    (kept,) = queries.own_application(reading(made.actor)).qualifications
    with pytest.raises(Refusal, match=r"agency.checked_already"):
        do(service.drop_qualification, made.actor, qualification_id=kept.id)
    with pytest.raises(Refusal, match=r"agency.checked_already"):
        do(
            service.change_qualification,
            made.actor,
            qualification_id=kept.id,
            held=kept.held,
            number="2",
            issuer="省厅",
            file_id=None,
        )


def test_an_empty_addition_or_one_without_a_scan_is_refused(context):
    made = factory.active_agency(["301"])
    with pytest.raises(Invalid, match=r"agency.nothing_added"):
        do(service.request_addition, made.actor, codes=["301"])
    certificate(made, file=False)
    with pytest.raises(Invalid, match=r"agency.no_scan"):
        do(service.request_addition, made.actor, codes=["304"])


def test_only_an_enrolled_agency_adds_and_nobody_checks_his_own(context):
    draft = factory.submitted_agency()
    with pytest.raises(Refusal, match=r"agency.not_editable"):
        do(service.request_addition, draft.actor, codes=["103"])
    made = factory.active_agency(["301"])
    office = factory.checker().organisation_id
    do(service.request_addition, made.actor, codes=["103"])
    people.join(office, made.actor.person_id, "enrolment_checker")
    with pytest.raises(Refusal, match=r"agency.same_person"):
        do(service.confirm_addition, people.actor_of(made.actor.person_id, office), ref=made.ref)
    assert agencies.agency(reading(CLOCK), made.uscc).state is State.ACTIVE
