"""After the draw: hold, release, the next rank, annulment, relisting, the award."""

import datetime as dt

import pytest

from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import NotFound, Refusal
from market.ledger import queries as ledger
from market.rulebook import service as rulebooks
from market.selection.kinds import Fund
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.results import queries as result_queries
from market.selection.results import service as result_service
from market.selection.results.rules import STANDSTILL
from market.selection.results.rules.states import RankState
from market.windows import queries as windows
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection.proof import check_draw

REMEDY = {"reason": "complaint.upheld", "by": "org-1"}


def refused(code, act, actor=CLOCK, **values):
    with pytest.raises(Refusal) as no:
        do(act, actor, **values)
    assert no.value.code == code


def run(act, **values):
    return do(act, CLOCK, **values)


def card_of(number):
    return result_queries.notice(reading(CLOCK), number)


def log_of(number, kind):
    return [each for each in ledger.of_subject(reading(CLOCK), number) if each.type == kind]


def ranks_of(number):
    return {
        row.rank: row.rank_state.value
        for row in result_queries.entry_list(reading(CLOCK), number)
        if row.rank
    }


def standstill(number):
    return windows.live(reading(CLOCK), STANDSTILL, number)


@pytest.mark.databases
def test_a_complaint_holds_the_award_and_the_standstill_ends_when_it_would_have(context):
    number, _made = f.announced_notice()
    due = standstill(number).due_at
    assert run(result_service.hold, number=number) is True
    assert run(result_service.hold, number=number) is False
    assert card_of(number).state == "held"
    assert run(result_service.release, number=number) is True
    assert run(result_service.release, number=number) is False
    assert (card_of(number).state, standstill(number).due_at) == ("announced", due)
    assert [len(log_of(number, kind)) for kind in ("result.held", "result.released")] == [1, 1]


def test_released_after_its_end_the_standstill_is_over_at_once(context, clock):
    number, _made = f.announced_notice()
    due = card_of(number).standstill_due
    run(result_service.hold, number=number)
    f.windows.sweep()
    clock.instant = due + dt.timedelta(days=2)
    f.windows.sweep()
    assert standstill(number) is None
    run(result_service.release, number=number)
    assert standstill(number).due_at == clock.instant
    assert card_of(number).standstill_due == due


def test_before_a_result_there_is_nothing_to_hold(context):
    number = f.published_notice()
    assert run(result_service.hold, number=number) is False
    refused("result.none", result_service.annul_to_next, number=number, **REMEDY)
    with pytest.raises(NotFound):
        result_queries.result(reading(CLOCK), number)


@pytest.mark.databases
def test_annulled_to_the_next_rank_whose_standstill_is_his_own(context, clock):
    number, _made = f.announced_notice()
    order = [row.ref for row in result_queries.entry_list(reading(CLOCK), number)]
    run(result_service.hold, number=number)
    clock.advance(dt.timedelta(days=5))
    assert run(result_service.annul_to_next, number=number, **REMEDY) == order[1]
    card = card_of(number)
    assert (card.state, card.winner.ref, card.winner.rank) == ("announced", order[1], 2)
    assert ranks_of(number) == {1: "disqualified", 2: "proposed", 3: "reserve"}
    assert card.standstill_due == dt.datetime(2026, 3, 19, 16, tzinfo=dt.UTC)
    assert [each.fields["rank"] for each in log_of(number, "result.published")] == [1, 2]
    (skip,) = log_of(number, "result.skip")
    assert (skip.fields["ref"], skip.fields["reason"], skip.fields["by"]) == (
        order[0],
        "complaint.upheld",
        "org-1",
    )
    f.tick()
    assert check_draw(number)["after"].startswith(order[1])


def test_when_the_order_is_exhausted_the_selection_has_failed_and_is_listed_again(context):
    number, _made = f.announced_notice()
    for _ in range(3):
        last = run(result_service.annul_to_next, number=number, **REMEDY)
    assert last is None
    assert (card_of(number).state, card_of(number).failure) == ("annulled", "ORDER_EXHAUSTED")
    assert log_of(number, "selection.failed")[0].fields["reason"] == "ORDER_EXHAUSTED"


def test_an_entrant_further_down_is_taken_out_without_touching_the_award(context):
    number, _made = f.announced_notice()
    order = [row.ref for row in result_queries.entry_list(reading(CLOCK), number)]
    run(result_service.disqualify, number=number, ref=order[2], **REMEDY)
    assert ranks_of(number) == {1: "proposed", 2: "reserve", 3: "disqualified"}
    assert log_of(number, "result.skip") == []  # its turn has not come
    run(result_service.disqualify, number=number, ref=order[0], **REMEDY)
    assert card_of(number).winner.ref == order[1]
    f.tick()
    assert check_draw(number)["after"].startswith(order[1])
    refused("result.wrong_state", result_service.disqualify, number=number, ref=order[0], **REMEDY)
    refused(
        "result.no_such_entrant", result_service.disqualify, number=number, ref="A999999", **REMEDY
    )


def test_one_taken_out_early_is_skipped_in_its_turn_and_nobody_follows_the_last_reserve(context):
    number, _made = f.announced_notice(5)
    order = [row.ref for row in result_queries.entry_list(reading(CLOCK), number)]
    run(result_service.disqualify, number=number, ref=order[2], **REMEDY)
    run(result_service.disqualify, number=number, ref=order[4], **REMEDY)
    assert run(result_service.annul_to_next, number=number, **REMEDY) == order[1]
    assert run(result_service.annul_to_next, number=number, **REMEDY) is None
    assert card_of(number).failure == "ORDER_EXHAUSTED"
    assert [each.fields["rank"] for each in log_of(number, "result.skip")] == [1, 2, 3]
    f.tick()
    assert check_draw(number)["after"].startswith(";")


def test_a_winner_who_declines_makes_room_for_the_next(context):
    number, _made = f.announced_notice()
    run(result_service.mark_awarded, number=number)
    run(
        result_service.annul_to_next,
        number=number,
        reason="winner.declined",
        by="winner",
        as_=RankState.DECLINED,
    )
    assert ranks_of(number) == {1: "declined", 2: "proposed", 3: "reserve"}


def test_the_award_stands_and_the_final_word_follows_with_the_contract(context):
    number, _made = f.announced_notice()
    refused("notice.wrong_state", result_service.mark_contracted, number=number)
    winner = run(result_service.mark_awarded, number=number)
    assert (card_of(number).state, card_of(number).winner.ref) == ("awarded", winner)
    assert log_of(number, "result.stood")[0].fields["winner"] == winner
    refused("notice.wrong_state", result_service.mark_awarded, number=number)
    run(result_service.mark_contracted, number=number)
    assert log_of(number, "result.final")[0].fields["winners"] == [winner]
    f.tick()
    assert check_draw(number)["after"].startswith(winner)


@pytest.mark.databases
def test_an_annulled_notice_is_listed_again_under_its_number_with_a_2(context):
    buyer = f.owner()
    number, _made = f.announced_notice(buyer=buyer)
    draft = run(result_service.relist, number=number, reason="complaint.upheld")
    assert run(result_service.relist, number=number, reason="complaint.upheld") == draft
    assert (card_of(number).state, card_of(number).failure) == ("annulled", "ANNULLED_BY_DECISION")
    assert standstill(number) is None
    own = notice_queries.own_draft(reading(buyer.drafter), draft)
    assert (own.card.predecessor, own.terms.title) == (number, card_of(number).title)
    assert own.problems == ()  # its times are proposed anew
    do(notice_service.save, buyer.drafter, notice_id=draft, terms=f.terms())
    do(notice_service.submit, buyer.drafter, notice_id=draft)
    do(notice_service.sign, buyer.signatory, notice_id=draft)
    again = do(
        notice_service.publish,
        people.staff("office", "notice_reviewer", "publisher"),
        notice_id=draft,
    )
    assert (again, card_of(again).draw_number, card_of(again).listing) == (
        f"{number}-2",
        "XQ-360481-2026-00001-2",
        2,
    )
    assert (card_of(number).state, card_of(number).successor) == ("relisted", again)
    (published,) = log_of(again, "notice.published")
    assert (published.fields["predecessor"], published.fields["project"]) == (
        "XQ-360481-2026-00001",
        number,
    )
    f.entered(again, 2)
    f.drawn(again)
    assert card_of(again).state == "announced"
    assert check_draw(again)["relisting"] == "XQ-360481-2026-00001"


def test_the_owner_lists_again_what_failed_and_nothing_else(context):
    buyer = f.owner()
    number = f.published_notice(buyer)
    refused("notice.not_relistable", notice_service.draft_again, buyer.drafter, number=number)
    f.sealed(number)
    draft = in_one_transaction(notice_service.draft_again, buyer.drafter, number=number)
    assert in_one_transaction(notice_service.draft_again, buyer.drafter, number=number) == draft
    with pytest.raises(NotFound):
        in_one_transaction(notice_service.draft_again, f.owner().drafter, number=number)


def test_a_demonstrations_notice_is_listed_again_under_its_own_rulebook(context, clock):
    buyer = f.owner("firm")
    demo = run(rulebooks.load_demo)
    soon = clock.instant + dt.timedelta(minutes=10)
    terms = f.terms(
        fund=Fund.SOCIAL,
        fiscal_percent=0,
        entry_close=soon,
        draw_at=soon + dt.timedelta(minutes=10),
    )
    notice_id = in_one_transaction(notice_service.draft, buyer.drafter, terms=terms, rulebook=demo)
    do(notice_service.submit, buyer.drafter, notice_id=notice_id)
    number = do(
        notice_service.publish,
        people.staff("office", "notice_reviewer", "publisher"),
        notice_id=notice_id,
    )
    f.move_to(soon + dt.timedelta(seconds=60))
    draft = in_one_transaction(notice_service.draft_again, buyer.drafter, number=number)
    again = do(
        notice_service.save,
        buyer.drafter,
        notice_id=draft,
        terms=f.terms(
            fund=Fund.SOCIAL,
            fiscal_percent=0,
            entry_close=soon + dt.timedelta(minutes=10),
            draw_at=soon + dt.timedelta(minutes=20),
        ),
    )
    assert again is None
    assert notice_queries.own_draft(reading(buyer.drafter), draft).problems == ()
