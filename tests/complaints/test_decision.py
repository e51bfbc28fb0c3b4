"""The decision and after: remedies, publication, call-back, withdrawal, evidence, tips."""

from functools import partial

import pytest
from sqlalchemy import func, select

from market.complaints import queries, service
from market.complaints.models import Complaint
from market.complaints.rules import About, CallbackResult, Outcome, Remedy, State
from market.db import reading
from market.files.service import Received
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from market.selection.notices import queries as notice_queries
from market.selection.results import queries as result_queries
from market.windows import queries as windows
from market.windows.rules import Nature
from tests.complaints.deeds import card, kinds
from tests.factories import accounts as people
from tests.factories import complaints, selection
from tests.factories.deeds import do

GROUNDS = complaints.GROUNDS


# --- the decision and after ---------------------------------------------------------------


@pytest.mark.databases
@pytest.mark.parametrize(
    ("outcome", "remedies", "state", "rank"),
    [
        (Outcome.DISMISSED, {}, "announced", 1),
        (Outcome.PARTLY, {Remedy.RECTIFY: ""}, "announced", 1),
        (Outcome.UPHELD, {Remedy.ANNUL_TO_NEXT: ""}, "announced", 2),
        (Outcome.UPHELD, {Remedy.DISQUALIFY: "first", Remedy.RECTIFY: ""}, "announced", 2),
        (Outcome.UPHELD, {Remedy.RELIST: ""}, "annulled", None),
    ],
)
def test_remedies_act_by_themselves_on_the_selection(context, outcome, remedies, state, rank):
    desk = complaints.desk()
    notice, _ = selection.announced_notice()
    first = result_queries.notice(reading(CLOCK), notice).winner.ref
    number = complaints.accepted(complaints.filed(notice, about=About.RESULT), desk)
    given = {remedy: first if ref == "first" else ref for remedy, ref in remedies.items()}
    complaints.decided(number, desk, outcome, given)
    now = result_queries.notice(reading(CLOCK), notice)
    assert now.state == state
    if rank is not None:
        assert now.winner.rank == rank
    leaf = next(
        entry
        for entry in ledger.of_subject(reading(CLOCK), number)
        if entry.type == "complaint.decided"
    ).fields
    assert (leaf["outcome"], leaf["remedies"]) == (outcome.value, sorted(remedies))


def test_relisting_an_open_notice_cancels_it_before_its_close_and_lays_the_next_draft(context):
    desk = complaints.desk()
    notice = selection.published_notice()
    number = complaints.accepted(complaints.filed(notice), desk)
    complaints.decided(number, desk, Outcome.UPHELD, {Remedy.RELIST: ""})
    now = result_queries.notice(reading(CLOCK), notice)
    assert (card(number).state, now.state, now.cancel_reason) == (
        State.UPHELD,
        "cancelled",
        "complaint_upheld",
    )
    (again,) = [
        each
        for each in notice_queries.of_owner(reading(CLOCK), now.owner_organisation_id)
        if each.predecessor == notice
    ]
    assert again.state == "draft"
    clocked = [
        due for due in windows.of_subject(reading(CLOCK), notice) if due.nature is Nature.ACT
    ]
    assert clocked and all(due.closed_at is not None for due in clocked)


def test_another_open_complaint_keeps_the_next_ranks_award_held(context):
    desk = complaints.desk()
    notice, _ = selection.announced_notice()
    first, second = (
        complaints.accepted(complaints.filed(notice, about=About.RESULT), desk) for _ in range(2)
    )
    complaints.decided(first, desk, Outcome.UPHELD, {Remedy.ANNUL_TO_NEXT: ""})
    assert result_queries.notice(reading(CLOCK), notice).state == "held"
    complaints.decided(second, desk)
    assert result_queries.notice(reading(CLOCK), notice).state == "announced"


@pytest.mark.databases
def test_the_loop_closes_by_publication_remedy_and_the_call_of_another_person(context):
    notice = selection.published_notice()
    desk = complaints.desk()
    who = complaints.citizen()
    caller = people.member(desk.organisation_id, "callback_officer", "complaint_officer")
    number = complaints.accepted(complaints.filed(notice, who), desk)
    publish = partial(do, service.publish_decision, desk.officer, number=number)
    with pytest.raises(Refusal, match="wrong_state"):
        publish(text="尚未决定，不能公开任何文本。")
    complaints.decided(number, desk, Outcome.PARTLY)
    with pytest.raises(Invalid, match="personal_data_left"):
        publish(text="投诉人王小民反映的情况部分属实。")
    assert card(number).state is State.PARTLY
    with pytest.raises(Refusal, match="wrong_state"):
        do(service.finish_remedy, desk.officer, number=number, report="已改")
    complaints.published(number, desk)
    assert card(number).state is State.REMEDYING
    call = partial(do, service.call_back, number=number)
    satisfied = {"result": CallbackResult.SATISFIED, "note": "满意"}
    with pytest.raises(Refusal, match="wrong_state"):
        call(caller, **satisfied)  # nothing is closed without a call, nor called back before
    do(service.finish_remedy, desk.officer, number=number, report="公告已更正")
    for handler in (desk.officer, desk.signatory):
        with pytest.raises(NotPermitted):
            call(with_duty(handler, "callback_officer"), **satisfied)
    unsatisfied = {"result": CallbackResult.UNSATISFIED, "note": "还没改"}
    assert call(caller, **unsatisfied) is State.REMEDYING
    do(service.finish_remedy, desk.officer, number=number, report="现已更正")
    assert call(caller, **satisfied) is State.CLOSED
    do(service.rate, who, number=number, level=5, text="很快")
    with pytest.raises(Refusal, match="rated_before"):
        do(service.rate, who, number=number, level=1)
    assert [each for each in kinds(number) if each.startswith("complaint.")][-4:] == [
        "complaint.remedied",
        "complaint.called_back",
        "complaint.closed",
        "complaint.rated",
    ]


def with_duty(actor, *duties):
    """The same person with more duties, as in a county where three people do everything."""
    return type(actor)(
        actor.person_id,
        actor.organisation_id,
        actor.kind,
        actor.duties | set(duties),
        actor.named,
    )


def test_a_dismissed_complaint_is_called_back_too_and_may_be_rated_badly(context):
    desk = complaints.desk()
    who = complaints.citizen()
    caller = people.staff("authority", "callback_officer")
    number = complaints.filed(selection.published_notice(), who)
    for level, code in ((0, "level"), (6, "level")):
        with pytest.raises(Invalid, match=code):
            do(service.rate, who, number=number, level=level)
    with pytest.raises(Refusal, match="not_ended"):
        do(service.rate, who, number=number, level=1)
    complaints.published(
        complaints.decided(complaints.accepted(number, desk), desk, is_fabricated=True), desk
    )
    assert card(number).state is State.CALLBACK
    assert queries.waiting_callbacks(reading(caller)).rows[0].number == number
    assert queries.view(reading(caller), number).relation == "caller"
    assert (
        do(service.call_back, caller, number=number, result=CallbackResult.UNSATISFIED, note="不服")
        is State.CLOSED
    )
    do(service.rate, who, number=number, level=1)
    assert card(number).rating == 1


# --- withdrawal ---------------------------------------------------------------------------


@pytest.mark.databases
def test_withdrawal_and_acceptance_exclude_each_other_whoever_is_first(context):
    notice = selection.published_notice()
    desk = complaints.desk()
    who = complaints.citizen()
    other = complaints.citizen()
    first = complaints.filed(notice, who)
    second = complaints.filed(notice, other)
    do(service.propose_acceptance, desk.officer, number=first)
    do(service.withdraw, who, number=first, note="误会")
    with pytest.raises(Refusal, match="no_proposal"):
        do(service.sign, desk.signatory, number=first)
    with pytest.raises(Refusal, match="wrong_state"):
        do(service.propose_acceptance, desk.officer, number=first)
    complaints.accepted(second, desk)
    do(service.withdraw, other, number=second, note="误会")  # until it is decided
    assert [card(number).state for number in (first, second)] == [State.WITHDRAWN, State.WITHDRAWN]
    assert not [due for due in windows.of_subject(reading(CLOCK), second) if due.closed_at is None]
    with pytest.raises(Refusal, match="wrong_state"):
        do(service.withdraw, who, number=first, note="误会")


def test_only_the_complainant_withdraws_and_only_before_the_decision(context):
    desk = complaints.desk()
    who = complaints.citizen()
    number = complaints.filed(selection.published_notice(), who)
    with pytest.raises(NotFound):
        do(service.withdraw, complaints.citizen(), number=number, note="误会")
    complaints.decided(complaints.accepted(number, desk), desk)
    with pytest.raises(Refusal, match="wrong_state"):
        do(service.withdraw, who, number=number, note="误会")


# --- evidence -----------------------------------------------------------------------------


def scan(name: str = "证据.pdf") -> Received:
    return Received(name, "application/pdf", 10, "0" * 64, f"key-{name}")


def test_ten_files_and_no_more_and_none_after_filing(context):
    notice = selection.published_notice()
    desk = complaints.desk()
    who = complaints.citizen()
    draft = complaints.drafted(notice, who)
    kept = [
        do(service.attach, who, scan=scan(f"{place}.pdf"), draft_id=draft) for place in range(10)
    ]
    with pytest.raises(Invalid, match="too_many_files"):
        do(service.attach, who, scan=scan("11.pdf"), draft_id=draft)
    do(service.detach, who, draft_id=draft, file_id=kept[0])
    with pytest.raises(NotFound):
        do(service.detach, who, draft_id=draft, file_id=kept[0])
    number = do(service.file, who, draft_id=draft)
    with pytest.raises(Refusal, match="filed_already"):
        do(service.attach, who, scan=scan("12.pdf"), draft_id=draft)
    with pytest.raises(Refusal, match="wrong_state"):  # not while nothing was asked for
        do(service.attach, who, scan=scan("13.pdf"), number=number)
    with pytest.raises(NotFound):
        do(service.attach, complaints.citizen(), scan=scan("14.pdf"), number=number)
    do(service.ask_completion, desk.officer, number=number, request="原件")
    do(service.attach, who, scan=scan("原件.pdf"), number=number)
    do(service.attach, desk.officer, scan=scan("勘验.pdf"), number=number)
    parts = [one.part for one in queries.view(reading(desk.officer), number).content.exhibits]
    assert parts == ["complaint"] * 9 + ["completion", "decision"]
    assert {one.part for one in queries.view(reading(who), number).content.exhibits} == {
        "complaint",
        "completion",
    }


# --- tips ---------------------------------------------------------------------------------


@pytest.mark.databases
def test_a_tip_is_nameless_and_has_no_clock(context):
    selection.town()
    who = complaints.citizen()
    officer = complaints.desk().officer
    number = do(service.tip, who, content="中介机构之间串通报价。", submission_key="t")
    assert do(service.tip, who, content="中介机构之间串通报价。", submission_key="t") == number
    assert number == "XS-360481-2026-00001"
    assert windows.of_subject(reading(CLOCK), number) == []
    assert kinds(number) == ["tip.received"]
    with pytest.raises(NotPermitted):
        do(service.look_at, who, number=number, note="我看看")
    with pytest.raises(NotFound):
        do(service.look_at, officer, number="XS-360481-2026-00009", note="无")
    do(service.look_at, officer, number=number, note="转公安")
    do(service.look_at, officer, number=number, note="转公安，已回函")
    assert kinds(number) == ["tip.received", "tip.looked_at"]
    assert queries.tips(reading(officer)).rows[0].note == "转公安，已回函"
    do(service.tip, who, content="另一条线索，没有键。")


def test_a_complaint_that_is_not_there(context):
    selection.town()
    desk = complaints.desk()
    for act, values in (
        (service.sign, {}),
        (service.take_up, {}),
        (service.withdraw, {"note": "误会"}),
    ):
        with pytest.raises(NotFound):
            do(
                act,
                with_duty(desk.officer, "complaint_signatory"),
                number="TS-360481-2026-99999",
                **values,
            )
    with pytest.raises(NotFound):
        queries.view(reading(CLOCK), "TS-360481-2026-99999")
    assert reading(CLOCK).session.scalar(select(func.count()).select_from(Complaint)) == 0
