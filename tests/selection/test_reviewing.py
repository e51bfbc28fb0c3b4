"""The office's review of a notice: returned once, refused by two persons, never one's own."""

import datetime as dt

import pytest

from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices.models import Notice
from market.selection.results import queries as result_queries
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection.deeds import check_refused, log_of


def state_of(notice_id):
    return db.session.get(Notice, notice_id, populate_existing=True).state


@pytest.fixture
def buyer(context):
    return f.owner()


def test_the_office_returns_once_with_everything(buyer):
    notice_id = f.submitted_notice(buyer)
    check_refused(
        "notice.no_reasons",
        notice_service.give_back,
        f.reviewer(),
        notice_id=notice_id,
        reasons=[" "],
    )
    do(
        notice_service.give_back,
        f.reviewer(),
        notice_id=notice_id,
        reasons=["写明成果份数", "补充电话"],
    )
    own = notice_queries.own_draft(reading(buyer.drafter), notice_id)
    assert (own.card.state, own.reviews[0].reasons) == ("returned", ("写明成果份数", "补充电话"))
    do(notice_service.save, buyer.drafter, notice_id=notice_id, terms=f.terms())
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    do(notice_service.send_back, buyer.signatory, notice_id=notice_id)
    assert state_of(notice_id) == "returned"
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    do(notice_service.sign, buyer.signatory, notice_id=notice_id)
    check_refused(
        "notice.returned_once",
        notice_service.give_back,
        f.reviewer(),
        notice_id=notice_id,
        reasons=["还有一处"],
    )


def test_a_return_for_times_that_ran_out_at_the_office_is_not_the_one_return(clock, buyer):
    notice_id = f.submitted_notice(buyer)
    do(notice_service.give_back, f.reviewer(), notice_id=notice_id, reasons=["写明成果份数"])
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    do(notice_service.sign, buyer.signatory, notice_id=notice_id)
    check_refused(
        "notice.returned_once",
        notice_service.give_back,
        f.reviewer(),
        notice_id=notice_id,
        reasons=["还有一处"],
    )
    clock.advance(dt.timedelta(days=5))
    check_refused(
        "notice.entry_period.working_day", notice_service.approve, f.reviewer(), notice_id=notice_id
    )
    do(
        notice_service.give_back,
        f.reviewer(),
        notice_id=notice_id,
        reasons=["报名时间已不足，请重新填写时间"],
    )
    do(notice_service.save, buyer.drafter, notice_id=notice_id, terms=f.terms())
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    do(notice_service.sign, buyer.signatory, notice_id=notice_id)
    do(notice_service.approve, f.reviewer(), notice_id=notice_id)


def test_nobody_reviews_publishes_or_returns_a_notice_that_he_wrote_or_whose_owner_he_belongs_to(
    buyer,
):
    notice_id = f.submitted_notice(buyer)
    office = f.reviewer().organisation_id
    colleague = people.member(buyer.organisation_id, "owner_drafter")
    for person_id in (buyer.drafter.person_id, buyer.signatory.person_id, colleague.person_id):
        people.join(office, person_id, "notice_reviewer", "publisher", "office_head")
        who = people.actor_of(person_id, office)
        check_refused("notice.own_matter", notice_service.approve, who, notice_id=notice_id)
        check_refused("notice.own_matter", notice_service.publish, who, notice_id=notice_id)
        check_refused(
            "notice.own_matter", notice_service.give_back, who, notice_id=notice_id, reasons=["改"]
        )
        check_refused(
            "notice.own_matter",
            notice_service.propose_refusal,
            who,
            notice_id=notice_id,
            reasons=["超"],
            channel="政府采购",
        )
        check_refused("notice.own_matter", notice_service.confirm_refusal, who, notice_id=notice_id)
    do(notice_service.approve, f.reviewer(), notice_id=notice_id)


def test_the_office_returns_nothing_that_the_owner_has_not_signed(buyer):
    notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=f.terms())
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    check_refused(
        "notice.not_handed_in",
        notice_service.give_back,
        f.reviewer(),
        notice_id=notice_id,
        reasons=["改"],
    )
    do(notice_service.sign, buyer.signatory, notice_id=notice_id)
    do(notice_service.give_back, f.reviewer(), notice_id=notice_id, reasons=["改"])
    assert state_of(notice_id) == "returned"


def test_a_refusal_names_the_channel_and_takes_two_persons(buyer):
    notice_id = f.submitted_notice(buyer)
    both = people.staff("office", "notice_reviewer", "office_head")
    check_refused("notice.no_proposal", notice_service.confirm_refusal, both, notice_id=notice_id)
    check_refused(
        "notice.no_channel",
        notice_service.propose_refusal,
        both,
        notice_id=notice_id,
        reasons=["超限额"],
        channel=" ",
    )
    do(
        notice_service.propose_refusal,
        both,
        notice_id=notice_id,
        reasons=["超限额"],
        channel="政府采购",
    )
    check_refused("notice.second_person", notice_service.confirm_refusal, both, notice_id=notice_id)
    do(notice_service.confirm_refusal, people.staff("office", "office_head"), notice_id=notice_id)
    own = notice_queries.own_draft(reading(buyer.drafter), notice_id)
    assert (own.card.state, own.reviews[-1].channel) == ("refused", "政府采购")
    assert len(log_of(buyer.number, "notice.refused")) == 1


def test_only_what_was_reviewed_is_published(buyer):
    notice_id = f.submitted_notice(buyer)
    check_refused("notice.not_reviewed", notice_service.publish, f.publisher(), notice_id=notice_id)
    one_person = people.staff("office", "notice_reviewer", "publisher")
    number = do(notice_service.publish, one_person, notice_id=notice_id)
    assert result_queries.notice(reading(CLOCK), number).reviewer_person_ids == {
        one_person.person_id
    }


def test_words_that_were_found_need_the_reviewers_public_reason(buyer):
    pleaded = {
        "content": "须在本市设有分支机构的监测点位完成测量。",
        "plea": "分支机构指水文站的分支机构",
    }
    notice_id = f.submitted_notice(buyer, **pleaded)
    check_refused(
        "notice.override_without_reason", notice_service.approve, f.reviewer(), notice_id=notice_id
    )
    do(
        notice_service.approve,
        f.reviewer(),
        notice_id=notice_id,
        override_reason="指监测点位，不是报名条件",
    )
    number = do(notice_service.publish, f.publisher(), notice_id=notice_id)
    assert (
        result_queries.notice(reading(CLOCK), number).override_reason == "指监测点位，不是报名条件"
    )
    assert log_of(number, "notice.opened")[0].fields["overridden"] is True
