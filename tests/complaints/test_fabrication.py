"""What follows when facts were made up: an agency's suspension is proposed by itself, anybody else
is reminded.
"""

import datetime as dt

import pytest

from market.agencies import queries as agency_cards
from market.complaints import queries
from market.complaints.rules import Complainant
from market.db import reading
from market.enrolment import queries as enrolments
from market.enrolment import service as enrolment
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotPermitted, Refusal
from market.ledger import queries as ledger
from market.letters import jobs as letters
from market.letters import queries as inbox
from tests.factories import accounts as people
from tests.factories import agencies as enrolled
from tests.factories import complaints, selection
from tests.factories import reputation as credit
from tests.factories.deeds import do

pytestmark = pytest.mark.databases


def measure_of(number: str) -> str:
    (entry,) = [
        each
        for each in ledger.of_subject(reading(CLOCK), number)
        if each.type == "complaint.fabrication_found"
    ]
    return entry.fields["measure"]


def titles(who) -> list[str]:
    return [letter.title for letter in inbox.inbox(reading(who))]


def made_up_by(made: enrolled.Made, desk: complaints.Desk, notice: str, **changes: object) -> str:
    """A complaint by an agency whose decision finds that the facts were made up."""
    number = complaints.filed(notice, made.actor, complainant=Complainant.ORGANISATION, **changes)
    return complaints.decided(complaints.accepted(number, desk), desk, is_fabricated=True)


def agency(ref: str):
    return agency_cards.by_ref(reading(CLOCK), ref)


def is_heard(made, other) -> None:
    """The agency itself says something, once."""
    with pytest.raises(Invalid, match="statement_length"):
        do(enrolment.answer_suspension, made.actor, statement=" ")
    with pytest.raises(NotPermitted):
        do(enrolment.answer_suspension, other, statement="不是我")
    do(enrolment.answer_suspension, made.actor, statement="我单位所附照片拍摄有误，并非捏造。")
    with pytest.raises(Refusal, match="nothing_to_state"):
        do(enrolment.answer_suspension, made.actor, statement="再说一次")
    assert agency(made.ref).proposed_statement == "我单位所附照片拍摄有误，并非捏造。"


def test_an_agency_is_heard_and_another_person_signs_its_suspension(context, clock):
    regulator_signs = people.member(people.body("regulator", "自然资源局"), "regulator_signatory")
    desk = complaints.desk()
    credit.named_before("AG-C02", 30)
    made = enrolled.active_agency()
    head = enrolled.head()
    inspector = people.staff("inspection", "inspector")
    number = made_up_by(made, desk, selection.published_notice())
    assert measure_of(number) == "suspension"
    card = agency(made.ref)
    assert (card.state, card.proposes_suspension, card.proposed_ground) == ("active", True, number)
    (ground,) = [
        each.fields["ground"]
        for each in ledger.of_subject(reading(CLOCK), made.ref)
        if each.type == "agency.suspension_proposed"
    ]
    assert ground == number
    letters.write()
    for told in (made.actor, head):
        assert f"拟暂停机构 {made.ref} 报名" in titles(told)
    for told in (made.actor, regulator_signs, inspector):
        assert f"提醒：投诉 {number} 经查证捏造事实或提供虚假材料" in titles(told)
    with pytest.raises(Refusal, match="may_still_state"):
        do(enrolment.sign_standing, head, ref=made.ref)
    is_heard(made, head)
    both = type(head)(
        desk.signatory.person_id, head.organisation_id, head.kind, head.duties, head.named
    )
    # Who signed the decision does not sign its consequence.
    with pytest.raises(Refusal, match="same_person"):
        do(enrolment.sign_standing, both, ref=made.ref)
    assert enrolments.to_sign(reading(both)) == []
    assert [each.ref for each in enrolments.to_sign(reading(head))] == [made.ref]
    do(enrolment.sign_standing, head, ref=made.ref)
    card = agency(made.ref)
    assert card.state == "suspended"
    assert card.suspended_until == dt.date(2026, 4, 3)  # 30 calendar days from 4 March
    assert (card.proposed_ground, card.proposed_statement) == (None, None)
    assert enrolments.hearing(reading(CLOCK), made.ref) is None


def test_when_its_days_have_passed_without_a_word_the_second_person_may_sign(context, clock):
    desk = complaints.desk()
    credit.named_before("AG-C02", 30)
    made = enrolled.active_agency()
    head = enrolled.head()
    made_up_by(made, desk, selection.published_notice())
    due = enrolments.hearing(reading(CLOCK), made.ref).due_at
    assert due == dt.datetime(
        2026, 3, 9, 16, tzinfo=dt.UTC
    )  # three working days from Wednesday: Monday 24:00
    selection.move_to(due)
    assert agency(made.ref).state == "active"  # the clock takes no right away
    with pytest.raises(Refusal, match="nothing_to_state"):
        do(enrolment.answer_suspension, made.actor, statement="太晚了")
    do(enrolment.sign_standing, head, ref=made.ref)
    assert agency(made.ref).suspended_until == dt.date(2026, 4, 9)


def test_a_suspension_that_is_not_signed_is_told_and_gone(context):
    desk = complaints.desk()
    credit.named_before("AG-C02", 30)
    made = enrolled.active_agency()
    head = enrolled.head()
    made_up_by(made, desk, selection.published_notice())
    do(enrolment.drop_standing, head, ref=made.ref)
    card = agency(made.ref)
    assert (card.state, card.proposed_ground, enrolments.hearing(reading(CLOCK), made.ref)) == (
        "active",
        None,
        None,
    )
    letters.write()
    assert f"对机构 {made.ref} 不予暂停报名" in titles(made.actor)


def test_an_agency_that_cannot_be_suspended_now_is_reminded_and_the_decision_stands(context):
    desk = complaints.desk()
    credit.named_before("AG-C02", 30)
    made = enrolled.active_agency()
    notice = selection.published_notice()
    enrolled.suspended(made.ref, until=dt.date(2026, 3, 31))
    assert measure_of(made_up_by(made, desk, notice)) == "reminder"
    other = enrolled.active_agency()
    do(
        enrolment.propose_suspension,
        enrolled.checker(),
        fact="abnormal",
        ref=other.ref,
        reason="配合调查",
        until=dt.date(2026, 3, 20),
    )
    second = made_up_by(other, desk, notice, matters="另一件事：公告里的服务期限过短。")
    assert (measure_of(second), agency(other.ref).proposed_ground) == ("reminder", None)
    with pytest.raises(Refusal, match="proposal_waits"):
        do(
            enrolment.propose_suspension,
            enrolled.checker(),
            fact="abnormal",
            ref=other.ref,
            reason="再提一次",
            until=dt.date(2026, 3, 20),
        )


def test_without_an_article_in_law_an_agency_is_reminded(context):
    desk = complaints.desk()
    made = enrolled.active_agency()
    assert measure_of(made_up_by(made, desk, selection.published_notice())) == "reminder"
    assert agency(made.ref).proposes_suspension is None


def test_a_person_and_an_owner_are_reminded_and_may_complain_again(context):
    desk = complaints.desk()
    who = complaints.citizen()
    notice = selection.published_notice()
    number = complaints.decided(
        complaints.accepted(complaints.filed(notice, who), desk), desk, is_fabricated=True
    )
    assert measure_of(number) == "reminder"
    letters.write()
    assert f"提醒：投诉 {number} 经查证捏造事实或提供虚假材料" in titles(who)
    later = complaints.filed(notice, who, matters="另一件事：公告里的服务期限过短。")
    assert [
        each for each, _ in queries.view(reading(desk.officer), later).dossier.fabricated_before
    ] == [number]
    buyer = selection.owner()
    theirs = complaints.filed(
        notice,
        buyer.drafter,
        complainant=Complainant.ORGANISATION,
        matters="第三件事：咨询电话打不通。",
    )
    assert (
        measure_of(complaints.decided(complaints.accepted(theirs, desk), desk, is_fabricated=True))
        == "reminder"
    )
    assert complaints.accepted(later, desk)


def test_a_work_order_of_a_stranger_leaves_nobody_to_remind_and_nothing_to_find_again(context):
    desk = complaints.desk()
    clerk = people.member(desk.organisation_id, "intake_clerk")
    number = complaints.registered(selection.published_notice(), clerk, complaints.by_hotline())
    complaints.decided(complaints.accepted(number, desk), desk, is_fabricated=True)
    assert measure_of(number) == "reminder"
    assert queries.view(reading(desk.officer), number).dossier.fabricated_before == ()
    letters.write()


def test_a_fact_is_looked_up_again_after_what_the_rulebook_allows(context):
    made = enrolled.active_agency()
    checker = enrolled.checker()
    with pytest.raises(Invalid, match="until_too_long") as no:
        do(
            enrolment.propose_suspension,
            checker,
            fact="abnormal",
            ref=made.ref,
            reason="x",
            until=dt.date(2026, 4, 4),
        )
    assert no.value.facts == {"last": "2026-04-03"}
    do(
        enrolment.propose_suspension,
        checker,
        ref=made.ref,
        fact="abnormal",
        reason="x",
        until=dt.date(2026, 4, 3),
    )
