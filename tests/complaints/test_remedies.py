"""What a decision orders acts by itself: other words for an open notice."""

import datetime as dt
import hashlib

import pytest

from market.complaints import service
from market.complaints.rules import Outcome, Remedy, State
from market.db import reading
from market.kernel.actor import CLOCK
from market.kernel.clock import CHINA
from market.kernel.errors import Invalid, Refusal
from market.ledger import queries as ledger
from market.letters import jobs as letters
from market.letters import queries as inbox
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.results import queries as result_queries
from market.windows import queries as windows
from tests.complaints.deeds import card, do
from tests.factories import agencies, complaints, selection

GROUNDS = complaints.GROUNDS
SECOND = dt.timedelta(seconds=1)


def notice_of(number: str):
    return result_queries.notice(reading(CLOCK), number)


def log(subject: str, kind: str):
    return [entry for entry in ledger.of_subject(reading(CLOCK), subject) if entry.type == kind]


def proposed(number: str, desk: complaints.Desk, **texts: str) -> None:
    """A decision to amend the notice with these words, before the signatory."""
    do(
        service.propose_decision,
        desk.officer,
        number=number,
        outcome=Outcome.UPHELD,
        remedies={Remedy.AMEND: ""},
        texts=texts,
        **GROUNDS,
    )


def china(month: int, day: int, hour: int = 0, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=CHINA)


# --- other words --------------------------------------------------------------------------


@pytest.mark.databases
def test_the_signature_amends_the_notice_and_tells_everybody(context):
    desk = complaints.desk()
    buyer = selection.owner()
    agency = agencies.active_agency([selection.ITEM])
    notice = selection.published_notice(
        buyer
    )  # closes in seven days: more than the minimum of three working days
    number = complaints.accepted(complaints.filed(notice), desk)
    before = notice_of(notice)
    proposed(
        number,
        desk,
        scale="约 100 亩",
        content=before.content.replace("\n", "\r\n"),
        title=f" {before.title} ",
    )
    assert notice_of(notice).scale == "约 120 亩"  # a proposal changes nothing
    do(service.sign, desk.signatory, number=number)
    after = notice_of(notice)
    assert (after.scale, after.content, after.title) == ("约 100 亩", before.content, before.title)
    assert (after.entry_close, after.draw_at, after.is_amended) == (
        before.entry_close,
        before.draw_at,
        True,
    )
    (leaf,) = log(notice, "notice.amended")
    document = notice_queries.document(reading(CLOCK), notice)
    assert (
        leaf.fields["notice_sha256"] == hashlib.sha256(document.encode()).hexdigest()
        and "约 100 亩" in document
    )
    (change,) = notice_queries.amendments(reading(CLOCK), notice)
    assert (change.changes, change.reason) == (
        (("scale", "约 120 亩", "约 100 亩"),),
        "complaint_upheld",
    )
    assert (card(number).state, card(number).outcome) == (State.UPHELD, Outcome.UPHELD)
    letters.write()
    for who in (buyer.drafter, agency.actor):
        assert f"选取公告 {notice} 有更正" in [letter.title for letter in inbox.inbox(reading(who))]


@pytest.mark.databases
def test_what_is_left_of_the_entry_period_is_made_up_to_the_minimum_at_the_same_hour_of_a_working_day(
    context, clock
):
    # Wednesday 4 March; closes on the 11th at 17:00
    desk = complaints.desk()
    notice = selection.published_notice()
    number = complaints.accepted(complaints.filed(notice), desk)
    made = selection.entered(notice, 3)
    clock.instant = china(3, 10, 16).astimezone(
        dt.UTC
    )  # three working days from now: to Friday the 13th at 24:00
    proposed(number, desk, content="完成勘测定界并提交报告。成果须经验收。")
    do(service.sign, desk.signatory, number=number)
    after = notice_of(notice)
    assert after.entry_close == china(3, 16, 17)  # not on Saturday the 14th
    assert after.draw_at == china(3, 16, 17, 30)
    dues = {
        due.kind: due.due_at
        for due in windows.of_subject(reading(CLOCK), notice)
        if due.closed_at is None
    }
    assert dues["entry.close"] == after.entry_close and dues["selection.draw"] == after.draw_at
    assert after.entries == len(made)  # who has entered need not enter again
    selection.drawn(notice)
    assert notice_of(notice).state == "announced"


def test_words_are_amended_after_the_office_moved_the_times(context):
    desk = complaints.desk()
    notice = selection.published_notice()
    number = complaints.accepted(complaints.filed(notice), desk)
    do(
        notice_service.amend,
        selection.publisher(),
        number=notice,
        entry_close=selection.at(8),
        draw_at=selection.at(8, 17, 30),
        reason="节假日顺延",
    )
    proposed(number, desk, scale="约 90 亩")
    do(service.sign, desk.signatory, number=number)
    assert len(log(notice, "notice.amended")) == 2
    assert notice_of(notice).entry_close == selection.at(8)


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ({"content": "仅限在瑞昌市注册的机构参加。"}, "notice.condition.region"),
        ({"requirement": "建筑工程施工总承包特级"}, "notice.beyond_catalogue"),
        ({"title": ""}, "notice.missing"),
        ({"scale": "约 120 亩 "}, "complaint.correction_missing"),  # nothing but a blank
        ({}, "complaint.correction_missing"),
    ],
)
def test_new_words_keep_the_rules_of_publication(context, texts, code):
    desk = complaints.desk()
    notice = selection.published_notice()
    number = complaints.accepted(complaints.filed(notice), desk)
    with pytest.raises(Invalid, match=code):
        proposed(number, desk, **texts)


def test_a_plea_of_the_publication_does_not_cover_new_words(context):
    desk = complaints.desk()
    notice_id = selection.submitted_notice(
        content="须熟悉瑞昌市本地注册的企业名录。", plea="是工作对象，不是对机构的要求。"
    )
    do(
        notice_service.approve,
        selection.reviewer(),
        notice_id=notice_id,
        override_reason="是工作对象，不构成限制。",
    )
    notice = do(notice_service.publish, selection.publisher(), notice_id=notice_id)
    number = complaints.accepted(complaints.filed(notice), desk)
    with pytest.raises(Invalid, match=r"notice\.condition"):
        proposed(number, desk, scale="仅限在瑞昌市注册的机构")
    proposed(number, desk, scale="约 100 亩")  # what was published with its plea stands
    do(service.sign, desk.signatory, number=number)
    assert notice_of(notice).scale == "约 100 亩"


def test_words_are_offered_only_together_with_the_order(context):
    desk = complaints.desk()
    notice = selection.published_notice()
    number = complaints.accepted(complaints.filed(notice), desk)
    with pytest.raises(Invalid, match="correction_not_ordered"):
        do(
            service.propose_decision,
            desk.officer,
            number=number,
            outcome=Outcome.UPHELD,
            remedies={Remedy.RECTIFY: ""},
            texts={"scale": "约 100 亩"},
            **GROUNDS,
        )


@pytest.mark.databases
def test_the_rules_are_asked_again_at_the_signature(context):
    desk = complaints.desk()
    notice = selection.published_notice()
    first, second = (complaints.accepted(complaints.filed(notice), desk) for _ in range(2))
    proposed(first, desk, scale="约 100 亩")
    proposed(second, desk, scale="约 90 亩")
    do(service.sign, desk.signatory, number=first)
    with pytest.raises(Refusal, match=r"notice\.words_moved"):
        do(service.sign, desk.signatory, number=second)
    assert (card(second).state, notice_of(notice).scale) == (State.ACCEPTED, "约 100 亩")
    do(service.return_proposal, desk.signatory, number=second, note="请对照现在的文字")
    proposed(second, desk, scale="约 90 亩")
    do(service.sign, desk.signatory, number=second)
    assert notice_of(notice).scale == "约 90 亩"


@pytest.mark.parametrize(
    ("offset", "is_open"), [(-SECOND, True), (dt.timedelta(), False), (SECOND, False)]
)
def test_after_the_close_words_no_longer_change_and_the_officer_chooses_again(
    context, clock, offset, is_open
):
    desk = complaints.desk()
    notice = selection.published_notice()
    number = complaints.accepted(complaints.filed(notice), desk)
    selection.entered(notice)
    proposed(number, desk, scale="约 100 亩")
    clock.instant = notice_of(notice).entry_close + offset
    if is_open:
        do(service.sign, desk.signatory, number=number)
        assert notice_of(notice).scale == "约 100 亩"
        return
    with pytest.raises(Invalid, match="remedy_impossible"):
        do(service.sign, desk.signatory, number=number)
    with pytest.raises(Refusal, match="amend_closed"):
        do(
            notice_service.correct,
            desk.signatory,
            number=notice,
            changes={"scale": ("约 120 亩", "x")},
            reason="x",
        )
    do(service.return_proposal, desk.signatory, number=number, note="已截止")
    complaints.decided(number, desk, Outcome.UPHELD, {Remedy.RELIST: ""})
    assert card(number).state is State.UPHELD
