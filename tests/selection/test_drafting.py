"""Writing, signing and publishing a notice."""

import dataclasses
import datetime as dt
import hashlib

import pytest
from sqlalchemy import update

from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK, Actor
from market.kernel.errors import NotFound, NotPermitted
from market.rulebook import service as rulebooks
from market.selection import queries, service
from market.selection.models import Notice
from market.selection.rules import states
from market.selection.rules.terms import Exclusion, Fund
from market.windows import queries as windows
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection.deeds import check_refused, log_of
from verify.zjcs.leaves import check_leaf


def state_of(notice_id):
    return db.session.get(Notice, notice_id, populate_existing=True).state


@pytest.fixture
def buyer(context):
    return f.owner()


@pytest.mark.databases
def test_a_notice_goes_from_draft_to_publication(context):
    buyer = f.owner()
    notice_id = in_one_transaction(service.draft, buyer.drafter, terms=f.terms())
    assert do(service.submit, buyer.drafter, notice_id=notice_id) == "awaiting_signature"
    do(service.sign, buyer.signatory, notice_id=notice_id)
    (waiting,) = windows.waiting_for(reading(CLOCK), f.reviewer().organisation_id)
    assert waiting.kind == "notice.review"
    do(service.approve, f.reviewer(), notice_id=notice_id)
    number = do(service.publish, f.publisher(), notice_id=notice_id)
    assert number == "GG-360481-2026-00001"
    card = queries.notice(reading(CLOCK), number)
    assert (card.state, card.level, card.rulebook) == (states.Notice.ENTRY_OPEN, "S1", 1)
    assert card.draw_number == "XQ-360481-2026-00001"
    assert {due.kind for due in windows.of_subject(reading(CLOCK), number)} == {
        "entry.close",
        "selection.seal",
        "selection.draw",
    }
    assert windows.waiting_for(reading(CLOCK), f.reviewer().organisation_id) == []


def test_the_log_fixes_text_times_and_sources_at_publication(context):
    number = f.published_notice(project_code="2603-360481-04-01")
    (published,) = log_of(number, "notice.published")
    check_leaf(published.fields)
    assert published.fields["project"] == "2603-360481-04-01"
    assert [source["id"] for source in published.fields["sources"]] == [
        f.OPERATOR_CHAIN,
        f.REGULATOR_CHAIN,
    ]
    text = queries.document(reading(CLOCK), number)
    assert published.fields["notice_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert (
        queries.draw(reading(CLOCK), queries.notice(reading(CLOCK), number).draw_number).notice_leaf
        == published.hash
    )
    (opened,) = log_of(number, "notice.opened")
    assert opened.fields["owner"].startswith("YZ-360481-")


def test_in_a_public_body_another_person_signs(buyer):
    both = people.member(buyer.organisation_id, "owner_drafter", "owner_signatory")
    notice_id = in_one_transaction(service.draft, both, terms=f.terms())
    assert do(service.submit, both, notice_id=notice_id) == "awaiting_signature"
    check_refused("notice.same_person", service.sign, both, notice_id=notice_id)
    do(service.sign, buyer.signatory, notice_id=notice_id)
    assert state_of(notice_id) == "submitted"


def test_in_a_firm_one_person_may_draft_and_sign(context):
    firm = f.owner("firm")
    notice_id = in_one_transaction(
        service.draft, firm.drafter, terms=f.terms(fund=Fund.SOCIAL, fiscal_percent=0)
    )
    assert do(service.submit, firm.drafter, notice_id=notice_id) == "submitted"


def test_a_firms_drafter_without_the_duty_to_sign_waits_for_who_has_it(context):
    firm = f.owner("firm")
    drafter = people.member(firm.organisation_id, "owner_drafter")
    notice_id = in_one_transaction(
        service.draft, drafter, terms=f.terms(fund=Fund.SOCIAL, fiscal_percent=0)
    )
    assert do(service.submit, drafter, notice_id=notice_id) == "awaiting_signature"
    do(service.sign, firm.signatory, notice_id=notice_id)
    assert state_of(notice_id) == "submitted"


def test_the_signatory_may_give_it_back_to_the_drafter(buyer):
    notice_id = in_one_transaction(service.draft, buyer.drafter, terms=f.terms())
    check_refused("notice.wrong_state", service.sign, buyer.signatory, notice_id=notice_id)
    do(service.submit, buyer.drafter, notice_id=notice_id)
    check_refused(
        "notice.not_editable", service.save, buyer.drafter, notice_id=notice_id, terms=f.terms()
    )
    do(service.send_back, buyer.signatory, notice_id=notice_id)
    in_one_transaction(
        service.save, buyer.drafter, notice_id=notice_id, terms=f.terms(title="改过的标题")
    )
    assert queries.own_draft(reading(buyer.drafter), notice_id).terms.title == "改过的标题"


def test_what_breaks_a_rule_is_not_handed_in(buyer):
    notice_id = in_one_transaction(
        service.draft, buyer.drafter, terms=f.terms(content="须在本市设有分支机构。")
    )
    no = check_refused(
        "notice.condition.region", service.submit, buyer.drafter, notice_id=notice_id
    )
    assert (no.status, no.field) == (422, "content")
    assert [
        each.code for each in queries.own_draft(reading(buyer.drafter), notice_id).problems
    ] == [no.code]
    assert state_of(notice_id) == "draft"


def test_the_same_form_sent_twice_makes_one_draft(buyer):
    first = in_one_transaction(service.draft, buyer.drafter, terms=f.terms(), submission_key="k1")
    assert (
        in_one_transaction(service.draft, buyer.drafter, terms=f.terms(), submission_key="k1")
        == first
    )
    assert (
        in_one_transaction(service.draft, buyer.drafter, terms=f.terms(), submission_key="k2")
        != first
    )


def test_anothers_notice_is_like_an_absent_one(buyer):
    other = f.owner()
    notice_id = in_one_transaction(service.draft, buyer.drafter, terms=f.terms())
    for act in (service.submit, service.save):
        values = {"terms": f.terms()} if act is service.save else {}
        with pytest.raises(NotFound):
            do(act, other.drafter, notice_id=notice_id, **values)
    with pytest.raises(NotFound):
        queries.own_draft(reading(other.drafter), notice_id)
    with pytest.raises(NotFound):
        do(service.submit, buyer.drafter, notice_id=10**6)


def test_without_the_duty_nobody_drafts_and_without_approval_no_owner(buyer):
    with pytest.raises(NotPermitted):
        in_one_transaction(service.draft, buyer.signatory, terms=f.terms())
    nobody = dataclasses.replace(buyer.drafter, organisation_id=people.organisation("owner"))
    check_refused("notice.owner_not_approved", service.draft, nobody, terms=f.terms())


def test_the_rules_are_asked_again_at_publication(context, clock, buyer):
    notice_id = f.submitted_notice(buyer)
    do(service.approve, f.reviewer(), notice_id=notice_id)
    clock.advance(dt.timedelta(days=3))
    no = check_refused(
        "notice.entry_period.working_day", service.publish, f.publisher(), notice_id=notice_id
    )
    assert no.facts["earliest"] == "2026-03-11 24:00"


def test_splitting_is_judged_by_owner_item_and_year(buyer):
    f.published_notice(buyer, ceiling_fen=20_000_000)
    notice_id = in_one_transaction(
        service.draft, buyer.drafter, terms=f.terms(ceiling_fen=15_000_000)
    )
    check_refused("notice.split", service.submit, buyer.drafter, notice_id=notice_id)
    other = f.owner()
    free = in_one_transaction(service.draft, other.drafter, terms=f.terms(ceiling_fen=15_000_000))
    assert do(service.submit, other.drafter, notice_id=free) == "awaiting_signature"


def test_a_demonstrations_rulebook_stays_what_the_draft_named(buyer):
    demo = in_one_transaction(rulebooks.load_demo, CLOCK)
    soon = f.current_app.extensions["clock"].now().replace(second=0) + dt.timedelta(minutes=10)
    terms = f.terms(entry_close=soon, draw_at=soon + dt.timedelta(minutes=10))
    notice_id = in_one_transaction(service.draft, buyer.drafter, terms=terms, rulebook=demo)
    do(service.submit, buyer.drafter, notice_id=notice_id)
    do(service.sign, buyer.signatory, notice_id=notice_id)
    number = do(
        service.publish, people.staff("office", "notice_reviewer", "publisher"), notice_id=notice_id
    )
    assert queries.notice(reading(CLOCK), number).rulebook == demo


def test_exclusions_name_agencies_of_the_platform(buyer):
    known = f.agency()
    number = f.published_notice(buyer, exclusions=(Exclusion(known.uscc, "同一控股股东"),))
    check_refused(
        "entry.excluded",
        service.enter,
        known.actor,
        number=number,
        quote_fen=1,
        sealing_key=f.keys().sealing_public(),
    )
    assert f.enter(number, f.agency()).no == 1
    notice_id = in_one_transaction(
        service.draft,
        buyer.drafter,
        terms=f.terms(ceiling_fen=1, exclusions=(Exclusion(people.credit_code(), "无关"),)),
    )
    check_refused("notice.exclusion_unknown", service.submit, buyer.drafter, notice_id=notice_id)


def test_an_item_that_was_abolished_meanwhile_is_found_at_the_check(buyer):
    notice_id = in_one_transaction(service.draft, buyer.drafter, terms=f.terms())
    db.session.execute(update(Notice).where(Notice.id == notice_id).values(item_code="999"))
    assert [no.code for no in queries.own_draft(reading(buyer.drafter), notice_id).problems] == [
        "notice.item_not_in_catalogue"
    ]


def test_a_visitor_is_permitted_nothing(context):
    for act, values in (
        (service.approve, {"notice_id": 1}),
        (service.publish, {"notice_id": 1}),
        (service.cancel, {"number": "x", "reason": "y"}),
        (service.enter_anew, {}),
    ):
        if values:
            with pytest.raises(NotPermitted):
                do(act, Actor(), **values)
    with pytest.raises(NotFound):
        in_one_transaction(service.enter_anew, Actor(), number="x", quote_fen=1, sealing_key=b"")
