"""Writing, signing and publishing a notice."""

import dataclasses
import datetime as dt
import hashlib
import re
import threading

import pytest
from sqlalchemy import update

from market.db import db, in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, Actor
from market.kernel.errors import NotFound, NotPermitted, Refusal
from market.rulebook import service as rulebooks
from market.selection.entries import service as entry_service
from market.selection.kinds import Fund
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices.forms import LABELS
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState
from market.selection.notices.rules.terms import Exclusion
from market.selection.results import queries as result_queries
from market.selection.sources import queries as source_queries
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
    notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=f.terms())
    assert do(notice_service.submit, buyer.drafter, notice_id=notice_id) == "awaiting_signature"
    do(notice_service.sign, buyer.signatory, notice_id=notice_id)
    (waiting,) = windows.waiting_for(reading(CLOCK), f.reviewer().organisation_id)
    assert waiting.kind == "notice.review"
    do(notice_service.approve, f.reviewer(), notice_id=notice_id)
    number = do(notice_service.publish, f.publisher(), notice_id=notice_id)
    assert number == "GG-360481-2026-00001"
    card = result_queries.notice(reading(CLOCK), number)
    assert (card.state, card.level, card.rulebook) == (NoticeState.ENTRY_OPEN, "S1", 1)
    assert card.draw_number == "XQ-360481-2026-00001"
    assert {due.kind for due in windows.of_subject(reading(CLOCK), number)} == {
        "entry.close",
        "selection.seal",
        "selection.draw",
    }
    assert windows.waiting_for(reading(CLOCK), f.reviewer().organisation_id) == []


@pytest.mark.databases
def test_what_was_handed_in_meanwhile_is_not_written_over(app, context):
    buyer = f.owner()
    notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=f.terms())
    later = f.terms(title="另一个标题")
    said = []

    def save():
        with app.app_context(), pytest.raises(Refusal) as no:
            do(notice_service.save, buyer.drafter, notice_id=notice_id, terms=later)
        said.append(no.value.code)

    saving = threading.Thread(target=save)
    handed_in = {"state": NoticeState.AWAITING_SIGNATURE}
    with db.engine.connect() as other:
        other.execute(update(Notice).where(Notice.id == notice_id).values(**handed_in))
        saving.start()
        saving.join(0.5)
        other.commit()
    saving.join()
    assert said == ["notice.not_editable"]


def test_the_log_fixes_text_times_and_sources_at_publication(context):
    number = f.published_notice(project_code="2603-360481-04-01")
    (published,) = log_of(number, "notice.published")
    check_leaf(published.fields)
    assert published.fields["project"] == "2603-360481-04-01"
    assert [source["id"] for source in published.fields["sources"]] == [
        f.OPERATOR_CHAIN,
        f.REGULATOR_CHAIN,
    ]
    text = notice_queries.document(reading(CLOCK), number)
    assert published.fields["notice_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert (
        source_queries.draw(
            reading(CLOCK), result_queries.notice(reading(CLOCK), number).draw_number
        ).notice_leaf
        == published.hash
    )
    (opened,) = log_of(number, "notice.opened")
    assert opened.fields["owner"].startswith("YZ-360481-")


def test_in_a_public_body_another_person_signs(buyer):
    both = people.member(buyer.organisation_id, "owner_drafter", "owner_signatory")
    notice_id = in_one_transaction(notice_service.draft, both, terms=f.terms())
    assert do(notice_service.submit, both, notice_id=notice_id) == "awaiting_signature"
    check_refused("notice.same_person", notice_service.sign, both, notice_id=notice_id)
    do(notice_service.sign, buyer.signatory, notice_id=notice_id)
    assert state_of(notice_id) == "submitted"


def test_in_a_firm_one_person_may_draft_and_sign(context):
    firm = f.owner("firm")
    notice_id = in_one_transaction(
        notice_service.draft, firm.drafter, terms=f.terms(fund=Fund.SOCIAL, fiscal_percent=0)
    )
    assert do(notice_service.submit, firm.drafter, notice_id=notice_id) == "submitted"


def test_a_firms_drafter_without_the_duty_to_sign_waits_for_who_has_it(context):
    firm = f.owner("firm")
    drafter = people.member(firm.organisation_id, "owner_drafter")
    notice_id = in_one_transaction(
        notice_service.draft, drafter, terms=f.terms(fund=Fund.SOCIAL, fiscal_percent=0)
    )
    assert do(notice_service.submit, drafter, notice_id=notice_id) == "awaiting_signature"
    do(notice_service.sign, firm.signatory, notice_id=notice_id)
    assert state_of(notice_id) == "submitted"


def test_the_signatory_may_give_it_back_to_the_drafter(buyer):
    notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=f.terms())
    check_refused("notice.wrong_state", notice_service.sign, buyer.signatory, notice_id=notice_id)
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    check_refused(
        "notice.not_editable",
        notice_service.save,
        buyer.drafter,
        notice_id=notice_id,
        terms=f.terms(),
    )
    do(notice_service.send_back, buyer.signatory, notice_id=notice_id)
    do(notice_service.save, buyer.drafter, notice_id=notice_id, terms=f.terms(title="改过的标题"))
    assert notice_queries.own_draft(reading(buyer.drafter), notice_id).terms.title == "改过的标题"


def test_what_breaks_a_rule_is_not_handed_in(buyer):
    notice_id = in_one_transaction(
        notice_service.draft, buyer.drafter, terms=f.terms(content="须在本市设有分支机构。")
    )
    no = check_refused(
        "notice.condition.region", notice_service.submit, buyer.drafter, notice_id=notice_id
    )
    assert (no.status, no.field) == (422, "content")
    assert [
        each.code for each in notice_queries.own_draft(reading(buyer.drafter), notice_id).problems
    ] == [no.code]
    assert state_of(notice_id) == "draft"


def test_the_same_form_sent_twice_makes_one_draft(buyer):
    first = in_one_transaction(
        notice_service.draft, buyer.drafter, terms=f.terms(), submission_key="k1"
    )
    assert (
        in_one_transaction(
            notice_service.draft, buyer.drafter, terms=f.terms(), submission_key="k1"
        )
        == first
    )
    assert (
        in_one_transaction(
            notice_service.draft, buyer.drafter, terms=f.terms(), submission_key="k2"
        )
        != first
    )


def test_anothers_notice_is_like_an_absent_one(buyer):
    other = f.owner()
    notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=f.terms())
    for act in (notice_service.submit, notice_service.save):
        values = {"terms": f.terms()} if act is notice_service.save else {}
        with pytest.raises(NotFound):
            do(act, other.drafter, notice_id=notice_id, **values)
    with pytest.raises(NotFound):
        notice_queries.own_draft(reading(other.drafter), notice_id)
    with pytest.raises(NotFound):
        do(notice_service.submit, buyer.drafter, notice_id=10**6)


def test_without_the_duty_nobody_drafts_and_without_approval_no_owner(buyer):
    with pytest.raises(NotPermitted):
        in_one_transaction(notice_service.draft, buyer.signatory, terms=f.terms())
    nobody = dataclasses.replace(buyer.drafter, organisation_id=people.organisation("owner"))
    check_refused("notice.owner_not_approved", notice_service.draft, nobody, terms=f.terms())


def test_the_rules_are_asked_again_at_publication(context, clock, buyer):
    notice_id = f.submitted_notice(buyer)
    do(notice_service.approve, f.reviewer(), notice_id=notice_id)
    clock.advance(dt.timedelta(days=3))
    no = check_refused(
        "notice.entry_period.working_day",
        notice_service.publish,
        f.publisher(),
        notice_id=notice_id,
    )
    assert no.facts["earliest"] == "2026-03-11 24:00"


def test_splitting_is_judged_by_owner_item_and_year(buyer):
    f.published_notice(buyer, ceiling_fen=20_000_000)
    notice_id = in_one_transaction(
        notice_service.draft, buyer.drafter, terms=f.terms(ceiling_fen=15_000_000)
    )
    check_refused("notice.split", notice_service.submit, buyer.drafter, notice_id=notice_id)
    other = f.owner()
    free = in_one_transaction(
        notice_service.draft, other.drafter, terms=f.terms(ceiling_fen=15_000_000)
    )
    assert do(notice_service.submit, other.drafter, notice_id=free) == "awaiting_signature"


def test_a_demonstrations_rulebook_stays_what_the_draft_named(buyer):
    demo = in_one_transaction(rulebooks.load_demo, CLOCK)
    soon = fabric().clock.now().replace(second=0) + dt.timedelta(minutes=10)
    terms = f.terms(entry_close=soon, draw_at=soon + dt.timedelta(minutes=10))
    notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=terms, rulebook=demo)
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    do(notice_service.sign, buyer.signatory, notice_id=notice_id)
    number = do(
        notice_service.publish,
        people.staff("office", "notice_reviewer", "publisher"),
        notice_id=notice_id,
    )
    assert result_queries.notice(reading(CLOCK), number).rulebook == demo


def test_exclusions_name_agencies_of_the_platform(buyer):
    known = f.agency()
    number = f.published_notice(buyer, exclusions=(Exclusion(known.uscc, "同一控股股东"),))
    check_refused(
        "entry.excluded",
        entry_service.enter,
        known.actor,
        number=number,
        quote_fen=1,
        sealing_key=f.keys().sealing_public(),
    )
    assert f.enter(number, f.agency()).no == 1
    notice_id = in_one_transaction(
        notice_service.draft,
        buyer.drafter,
        terms=f.terms(ceiling_fen=1, exclusions=(Exclusion(people.credit_code(), "无关"),)),
    )
    check_refused(
        "notice.exclusion_unknown", notice_service.submit, buyer.drafter, notice_id=notice_id
    )


def test_an_item_that_was_abolished_meanwhile_is_found_at_the_check(buyer):
    notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=f.terms())
    db.session.execute(update(Notice).where(Notice.id == notice_id).values(item_code="999"))
    assert [
        no.code for no in notice_queries.own_draft(reading(buyer.drafter), notice_id).problems
    ] == ["notice.item_not_in_catalogue"]


def test_a_visitor_is_permitted_nothing(context):
    for act, values in (
        (notice_service.approve, {"notice_id": 1, "shown": ""}),
        (notice_service.publish, {"notice_id": 1, "shown": ""}),
        (notice_service.cancel, {"number": "x", "reason": "y", "shown": ""}),
        (entry_service.enter_anew, {"number": "x", "quote_fen": 1, "sealing_key": b""}),
    ):
        with pytest.raises(NotPermitted):
            in_one_transaction(act, Actor(), **values)


def test_what_is_missing_is_told_field_by_field(app, client):
    """Every sentence above the check names its own field, once."""
    with app.app_context():
        buyer = f.owner()
        bare = f.terms(
            contact_phone="", complaint_phone="", service_days=None, entry_close=None, draw_at=None,
            ceiling_fen=None, content="",
        )  # fmt: skip
        notice_id = do(notice_service.draft, buyer.drafter, terms=bare)
    people.sign_in(client, buyer.drafter)
    page = client.get(f"/notices/{notice_id}/check").text
    summary = page.split("govuk-error-summary__list")[1].split("</ul>")[0]
    told = re.findall(r'<a href="[^"]*#(\w+)">([^<]*)</a>', summary)
    assert len(told) >= 7 and len({sentence for _, sentence in told}) == len(told)
    for name, sentence in told:
        assert sentence.count(str(LABELS[name])) == 1, (name, sentence)
