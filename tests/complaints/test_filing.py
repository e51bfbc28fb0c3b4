"""Filing: who, about what, until when; the receipt and the hold; the window as a row."""

import datetime as dt

import pytest

from market.complaints import jobs, queries, rules, service
from market.complaints.rules import About, Complainant, Door, Respondent, State
from market.contracts import service as contracts
from market.contracts.rules import Decline
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR, Actor
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from market.selection.results import queries as result_queries
from market.windows import jobs as window_jobs
from market.windows import queries as windows
from tests.complaints.deeds import card
from tests.factories import accounts as people
from tests.factories import complaints, selection

SECOND = dt.timedelta(seconds=1)


def facts(subject: str) -> list[str]:
    return [entry.type for entry in ledger.of_subject(reading(CLOCK), subject)]


@pytest.mark.databases
def test_filing_is_complaint_clock_hold_and_log_in_one(context, clock):
    notice, _ = selection.announced_notice()
    desk = complaints.desk()
    who = complaints.citizen()
    number = complaints.filed(notice, who, about=About.RESULT)
    row = card(number)
    work = reading(CLOCK)
    assert (row.state, row.body_id, row.complainant_name) == (
        State.FILED,
        desk.organisation_id,
        "王小民",
    )
    due = windows.live(work, rules.ACCEPT, number)
    assert due.responsible_id == desk.organisation_id
    # Announced on Wednesday 11 March 17:30 and filed at once: two working days are over on Friday
    # at 24:00.
    assert due.due_at == dt.datetime(2026, 3, 13, 16, tzinfo=dt.UTC)
    assert result_queries.notice(work, notice).state == "held"
    assert queries.open_about(work, notice) == queries.holding(work, notice) == 1
    assert facts(number) == ["complaint.filed", "window.opened"]
    assert facts(notice)[-2:] == ["complaint.open_on_notice", "result.held"]


def test_the_log_knows_neither_who_nor_what_and_the_receipt_proves_it(context):
    notice = selection.published_notice()
    complaints.desk()
    number = complaints.filed(notice)
    leaf = next(
        entry
        for entry in ledger.of_subject(reading(CLOCK), number)
        if entry.type == "complaint.filed"
    )
    row = card(number)
    content = {
        "number": number,
        "notice": notice,
        "about": "notice",
        "respondent": "owner",
        "matters": row.matters,
        "request": row.request,
        "complainant": "王小民",
    }
    assert (
        leaf.fields["commit"]
        == rules.commitment(bytes.fromhex(row.salt), content)
        == row.commit_digest
    )
    everything = b"".join(entry.leaf for entry in ledger.after(reading(CLOCK), 0, 10_000)).decode()
    assert "王小民" not in everything
    assert "13812345678" not in everything
    assert "地域" not in everything


@pytest.mark.databases
@pytest.mark.parametrize(
    ("offset", "in_time"), [(-SECOND, True), (dt.timedelta(), False), (SECOND, False)]
)
def test_the_last_second_of_the_third_working_day_counts(context, clock, offset, in_time):
    notice, _ = selection.announced_notice()
    complaints.desk()
    who = complaints.citizen()
    due = queries.filing(reading(CLOCK), notice).due_at
    assert due == dt.datetime(2026, 3, 16, 16, tzinfo=dt.UTC)  # Monday 24:00
    draft = complaints.drafted(notice, who, about=About.RESULT)
    clock.instant = due + offset
    assert queries.filing(reading(CLOCK), notice).is_open is in_time
    if in_time:
        assert in_one_transaction(service.file, who, draft_id=draft).startswith("TS-")
        return
    with pytest.raises(Refusal, match=r"complaint\.too_late") as no:
        in_one_transaction(service.file, who, draft_id=draft)
    assert no.value.facts["closed"] == "2026-03-16 24:00"
    assert queries.drafts(reading(who))[0].id == draft  # nothing typed is lost


def test_a_failed_selection_opens_the_same_window(context, clock):
    notice = selection.published_notice()
    selection.entered(notice, 1)
    selection.drawn(notice)
    assert result_queries.notice(reading(CLOCK), notice).state == "failed"
    assert queries.filing(reading(CLOCK), notice).due_at is not None
    complaints.desk()
    with pytest.raises(Invalid, match="no_agency_yet"):
        complaints.filed(notice, respondent=Respondent.AGENCY)
    assert complaints.filed(notice, about=About.PROCESS)
    assert (
        result_queries.notice(reading(CLOCK), notice).state == "failed"
    )  # there is nothing to hold


def test_before_the_result_there_is_no_end_and_no_result_to_complain_about(context):
    notice = selection.published_notice()
    complaints.desk()
    filing = queries.filing(reading(VISITOR), notice)
    assert filing.is_open
    assert filing.due_at is None
    with pytest.raises(Invalid, match="no_result_yet"):
        complaints.filed(notice, about=About.RESULT)


# --- who ----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["visitor", "unverified", "clock"])
def test_only_who_is_known_by_name_complains(context, who):
    notice = selection.published_notice()
    actor = {"visitor": VISITOR, "clock": CLOCK}.get(who) or people.actor_of(
        people.person(verified=False)
    )
    with pytest.raises(NotPermitted):
        complaints.drafted(notice, actor)


def test_an_agency_complains_in_its_own_name_through_any_of_its_people(context):
    notice = selection.published_notice()
    complaints.desk()
    agency = selection.agency()
    colleague = people.member(agency.organisation_id, "agency_agent")
    number = complaints.filed(notice, agency.actor, complainant=Complainant.ORGANISATION)
    row = card(number)
    assert (row.complainant_name, row.complainant_organisation_id) == (
        agency.name,
        agency.organisation_id,
    )
    assert queries.relation_of(reading(colleague), row) == "complainant"
    in_one_transaction(service.withdraw, colleague, number=number, note="误会")
    assert card(number).state is State.WITHDRAWN


def test_who_acts_for_no_organisation_complains_as_a_person(context):
    notice = selection.published_notice()
    officer = complaints.desk().officer
    with pytest.raises(Invalid, match="not_of_organisation"):
        complaints.drafted(notice, officer, complainant=Complainant.ORGANISATION)


# --- drafts -------------------------------------------------------------------------------


def test_a_draft_is_its_writers_alone_and_can_be_changed_until_filed(context):
    notice = selection.published_notice()
    complaints.desk()
    who = complaints.citizen()
    other = complaints.citizen()
    draft = in_one_transaction(
        service.save_draft, who, said=complaints.statement(notice), submission_key="k1"
    )
    again = in_one_transaction(
        service.save_draft,
        who,
        submission_key="k1",
        said=complaints.statement(notice, request="请求重新发布。"),
    )
    assert again == draft
    assert queries.draft(reading(who), draft)["request"] == "请求重新发布。"
    for act in (service.file, service.discard):
        with pytest.raises(NotFound):
            in_one_transaction(act, other, draft_id=draft)
    with pytest.raises(NotFound):
        queries.draft(reading(other), draft)
    number = in_one_transaction(service.file, who, draft_id=draft)
    assert in_one_transaction(service.file, who, draft_id=draft) == number  # sent twice: filed once
    with pytest.raises(Refusal, match="filed_already"):
        in_one_transaction(
            service.save_draft, who, said=complaints.statement(notice), draft_id=draft
        )
    with pytest.raises(Refusal, match="filed_already"):
        in_one_transaction(service.discard, who, draft_id=draft)
    assert facts(number).count("complaint.filed") == 1


def test_a_draft_can_be_thrown_away(context):
    notice = selection.published_notice()
    who = complaints.citizen()
    draft = complaints.drafted(notice, who)
    in_one_transaction(service.discard, who, draft_id=draft)
    assert queries.drafts(reading(who)) == []


def test_without_a_regulator_on_the_platform_only_the_office_is_a_door(context):
    people.rules_of_the_place()
    people.body("office")
    with pytest.raises(Invalid, match="no_body"):
        complaints.drafted(
            "窗口服务",
            complaints.citizen(),
            about=About.CONDUCT,
            respondent=Respondent.OFFICE,
            act_on=dt.date(2026, 3, 3),
            door=Door.REGULATOR,
        )


# --- once ---------------------------------------------------------------------------------


@pytest.mark.databases
def test_the_same_facts_are_heard_once_at_whichever_door(context):
    complaints.regulator_desk()
    notice = selection.published_notice()
    complaints.desk()
    who = complaints.citizen()
    first = complaints.filed(notice, who)
    dressed = "公告要求，在本市设有分支机构：属于地域限制！"
    with pytest.raises(Refusal, match="same_facts") as no:
        complaints.filed(notice, who, door=Door.REGULATOR, matters=dressed)
    assert no.value.facts["earlier"] == first
    in_one_transaction(service.withdraw, who, number=first, note="误会")
    with pytest.raises(Refusal, match="same_facts"):  # also after it was withdrawn
        complaints.filed(notice, who)
    assert complaints.filed(notice)  # somebody else
    agency = selection.agency()
    complaints.filed(notice, agency.actor, complainant=Complainant.ORGANISATION)
    with pytest.raises(Refusal, match="same_facts"):
        complaints.filed(notice, agency.actor, complainant=Complainant.ORGANISATION)


def test_a_notice_that_is_not_there(context):
    selection.town()
    with pytest.raises(NotFound):
        complaints.drafted("GG-360481-2026-99999", Actor(people.person(), named=True))


# --- the window as a row ------------------------------------------------------------------


def filings(notice: str) -> list[windows.Due]:
    return [
        due for due in windows.of_subject(reading(CLOCK), notice) if due.kind == rules.FILING.name
    ]


@pytest.mark.databases
def test_the_window_of_filing_is_a_row_from_the_result_on(context, clock):
    notice, entrants = selection.announced_notice()
    counted = queries.filing(reading(CLOCK), notice).due_at
    jobs.open_filing()
    jobs.open_filing()
    assert in_one_transaction(service.open_filing, CLOCK) == 0
    (row,) = filings(notice)
    assert (row.due_at, row.nature, row.state) == (counted, "right", "open")
    assert queries.filing(reading(CLOCK), notice).due_at == counted
    clock.instant = counted
    window_jobs.sweep()
    assert filings(notice)[0].state == "expired"
    assert not queries.filing(reading(CLOCK), notice).is_open
    winner = next(
        made
        for made in entrants
        if made.ref == result_queries.notice(reading(CLOCK), notice).winner.ref
    )
    in_one_transaction(
        contracts.decline,
        winner.actor,
        number=f"TZ{notice[2:]}",
        reason=Decline.CAPACITY,
        statement="不能承接",
    )
    jobs.open_filing()
    assert [due.state for due in filings(notice)] == [
        "expired",
        "open",
    ]  # the next rank has days of its own
    assert queries.filing(reading(CLOCK), notice).is_open


def test_a_result_that_is_long_past_gets_no_row(context, clock):
    notice, _ = selection.announced_notice()
    clock.advance(dt.timedelta(days=30))
    jobs.open_filing()
    assert filings(notice) == []
    with pytest.raises(NotPermitted):
        in_one_transaction(service.open_filing, complaints.citizen())
