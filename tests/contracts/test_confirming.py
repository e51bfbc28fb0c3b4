"""Where the rulebook asks the winner: his word comes before the letter, his silence is a refusal."""

import datetime as dt
import threading

import pytest

from market.contracts import jobs, service
from market.contracts.rules import CONFIRM, SIGN, Decline, Offer, State
from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import NotFound, NotPermitted, Refusal
from market.letters import jobs as letter_jobs
from market.letters import queries as inbox
from market.windows import jobs as window_jobs
from market.windows import queries as windows
from tests.contracts.asking import (
    confirm,
    confirming,
    give_up,
    kinds,
    letters,
    now,
    offer_of,
    removed,
    sweep_at,
    winner_of,
)
from tests.factories import accounts as people
from tests.factories import agencies, selection
from tests.selection.proof import check_draw
from tests.windows.calendars import correct_2026

SECOND = dt.timedelta(seconds=1)
DRAIN = dt.timedelta(seconds=60)


def offered(clock, count: int = 3) -> tuple[str, agencies.Made]:
    """A notice of a place that asks its winners, at the end of its standstill; its number and the
    winner.
    """
    confirming()
    notice, entrants = selection.announced_notice(count)
    sweep_at(clock, now(notice).standstill_due)
    return notice, winner_of(notice, entrants)


@pytest.mark.databases
def test_the_winner_is_asked_when_the_standstill_is_over_and_his_word_brings_the_letter(
    context, clock
):
    notice, winner = offered(clock)
    assert (letters(notice), now(notice).state, offer_of(notice).state) == (
        [],
        "awarded",
        Offer.AWAITING,
    )
    # The standstill ended on Tuesday 17 March 24:00: Wednesday does not count, Friday 20 March is
    # the second day.
    due = windows.live(reading(CLOCK), CONFIRM, f"TZ{notice[2:]}")
    assert (due.due_at, due.responsible_id) == (
        dt.datetime(2026, 3, 20, 16, tzinfo=dt.UTC),
        winner.organisation_id,
    )
    assert offer_of(notice).due == due
    clock.instant = due.due_at - SECOND
    assert confirm(winner, notice) is Offer.ISSUED
    (letter,) = letters(notice)
    assert (letter.document, letter.rank, letter.winner) == ("瑞中选〔2026〕1号", 1, winner.ref)
    assert confirm(winner, notice) is Offer.ISSUED  # the button twice
    sweep_at(clock, due.due_at + DRAIN)
    assert kinds(notice)[-4:] == [
        "result.stood",
        "award.offered",
        "award.confirmed",
        "award.issued",
    ]
    assert (
        windows.live(reading(CLOCK), SIGN, letter.number).responsible_id
        == letter.owner_organisation_id
    )


@pytest.mark.parametrize("late", [dt.timedelta(), SECOND])
def test_what_is_received_at_the_due_or_after_it_is_late(context, clock, late):
    notice, winner = offered(clock)
    clock.instant = offer_of(notice).due.due_at + late
    with pytest.raises(Refusal) as no:
        confirm(winner, notice)
    assert no.value.code == "award.confirm_late"
    assert letters(notice) == []


@pytest.mark.databases
def test_silence_is_a_refusal_and_the_next_rank_has_a_publicity_and_days_of_its_own(context, clock):
    notice, winner = offered(clock)
    due = offer_of(notice).due.due_at
    for instant in (due - SECOND, due, due + DRAIN - SECOND):
        sweep_at(clock, instant)
        assert (offer_of(notice).state, now(notice).winner.ref) == (Offer.AWAITING, winner.ref)
    for _ in range(2):
        sweep_at(clock, due + DRAIN)
    lapsed = offer_of(notice)
    assert (lapsed.state, lapsed.lapsed_at) == (Offer.DECLINED, due + DRAIN)
    assert lapsed.declined_at is None
    assert (now(notice).state, now(notice).winner.rank) == ("announced", 2)
    assert now(notice).standstill_due > clock.instant
    assert [kind for kind in kinds(notice) if kind.startswith(("award.", "result."))] == [
        "result.published",
        "result.stood",
        "award.offered",
        "award.lapsed",
        "result.skip",
        "result.annulled",
        "result.published",
    ]
    with pytest.raises(Refusal, match="wrong_state"):
        confirm(winner, notice)
    selection.tick()
    assert check_draw(notice)["after"].startswith(now(notice).winner.ref)
    sweep_at(clock, now(notice).standstill_due)
    second = offer_of(notice)
    assert (second.state, second.rank) == (Offer.AWAITING, 2)
    signatory = people.member(second.agency_organisation_id, "agency_signatory")
    in_one_transaction(service.confirm, signatory, number=second.number)
    assert [(letter.document, letter.rank) for letter in letters(notice)] == [
        ("瑞中选〔2026〕1号", 2)
    ]
    assert [
        (offer_of(notice, rank).state, offer_of(notice, rank).due.due_at) for rank in (1, 2)
    ] == [(Offer.DECLINED, due), (Offer.ISSUED, second.due.due_at)]


def test_what_was_received_in_time_counts_though_the_clock_was_quicker(context, clock):
    notice, winner = offered(clock)
    due = offer_of(notice).due.due_at
    sweep_at(clock, due)
    clock.instant = (
        due - SECOND
    )  # the instant of receipt; the request is worked off after the sweep
    assert confirm(winner, notice) is Offer.ISSUED
    sweep_at(clock, due + DRAIN)
    assert [letter.state for letter in letters(notice)] == [State.ISSUED]
    assert "award.lapsed" not in kinds(notice)


@pytest.mark.databases
def test_three_clocks_at_once_hand_over_once(app, clock):
    with app.app_context():
        notice, _ = offered(clock)
        due = offer_of(notice).due.due_at
        sweep_at(clock, due)
        clock.instant = due + DRAIN

    def sweep() -> None:
        with app.app_context():
            window_jobs.sweep()
            jobs.follow()
            db.session.remove()

    clocks = [threading.Thread(target=sweep) for _ in range(3)]
    for each in clocks:
        each.start()
    for each in clocks:
        each.join()
    with app.app_context():
        sweep_at(clock, clock.instant)  # whatever a lost race left over
        assert [
            kinds(notice).count(kind)
            for kind in ("award.lapsed", "result.skip", "result.published")
        ] == [1, 1, 2]


def test_who_gives_up_without_a_letter_makes_way(context, clock):
    notice, winner = offered(clock)
    following = give_up(winner, notice)
    assert (now(notice).winner.ref, now(notice).state, letters(notice)) == (
        following,
        "announced",
        [],
    )
    given_up = offer_of(notice)
    assert (given_up.state, given_up.decline_reason, given_up.statement) == (
        Offer.DECLINED,
        Decline.CAPACITY,
        "设备不能按期到位",
    )
    assert windows.live(reading(CLOCK), CONFIRM, given_up.number) is None
    with pytest.raises(NotFound):  # there is no letter to give up
        give_up(winner, notice)
    selection.tick()
    assert check_draw(notice)["after"].startswith(following)


def test_when_all_are_silent_the_selection_has_failed(context, clock):
    notice, _ = offered(clock)
    for _ in range(3):
        sweep_at(clock, offer_of(notice).due.due_at)
        sweep_at(clock, clock.instant + DRAIN)
        if now(notice).state == "announced":
            sweep_at(clock, now(notice).standstill_due)
    assert (now(notice).state, now(notice).failure, letters(notice)) == (
        "annulled",
        "ORDER_EXHAUSTED",
        [],
    )


def test_a_provisional_due_ends_no_right(context, clock):
    confirming()
    notice, entrants = selection.announced_notice()
    # The clock was down until the last day of the year; nobody has published the holidays of 2027.
    sweep_at(clock, dt.datetime(2026, 12, 31, 2, tzinfo=dt.UTC))
    due = offer_of(notice).due
    assert due.is_provisional
    sweep_at(clock, due.due_at + DRAIN)
    assert offer_of(notice).state is Offer.AWAITING
    clock.advance(dt.timedelta(days=1))
    assert confirm(winner_of(notice, entrants), notice) is Offer.ISSUED


def test_a_new_calendar_lengthens_the_days_and_does_not_shorten_them(context, clock):
    clock.instant = dt.datetime(2026, 3, 18, 2, tzinfo=dt.UTC)
    notice, _ = offered(clock)
    assert offer_of(notice).due.last_day == dt.date(2026, 4, 3)  # the Friday before Qingming
    window_jobs.follow_calendar()
    correct_2026(off=(("清明节", "2026-04-03"),))
    window_jobs.follow_calendar()
    longer = offer_of(notice).due
    assert longer.last_day == dt.date(2026, 4, 7)
    correct_2026()
    window_jobs.follow_calendar()
    assert offer_of(notice).due.due_at == longer.due_at


def test_the_winner_is_reminded_and_both_parties_are_told(context, clock):
    notice, winner = offered(clock)
    due = offer_of(notice).due.due_at
    owner = people.member(now(notice).owner_organisation_id, "owner_drafter")
    for instant in (due - dt.timedelta(days=2), due - dt.timedelta(days=1), due, due + DRAIN):
        sweep_at(clock, instant)
        letter_jobs.write()
    told = {
        who: [letter.title for letter in inbox.inbox(reading(who))] for who in (winner.actor, owner)
    }
    assert [
        sum(words in title for title in told[winner.actor])
        for words in ("快到期", "请中选机构确认", "逾期未确认")
    ] == [2, 1, 1]
    assert [
        sum(words in title for title in told[owner])
        for words in ("快到期", "请中选机构确认", "逾期未确认")
    ] == [0, 1, 1]
    asked = next(
        letter for letter in inbox.inbox(reading(winner.actor)) if "请中选机构确认" in letter.title
    )
    assert "截止：2026-03-20 24:00。" in asked.body and asked.path == f"/awards/TZ{notice[2:]}"


def test_only_a_signatory_of_the_winner_confirms(context, clock):
    notice, winner = offered(clock)
    agent = people.member(winner.organisation_id, "agency_agent")
    with pytest.raises(NotPermitted):
        in_one_transaction(service.confirm, agent, number=f"TZ{notice[2:]}")
    for number in (f"TZ{notice[2:]}", "TZ-360481-2026-99999"):
        with pytest.raises(NotFound):
            in_one_transaction(service.confirm, selection.agency().actor, number=number)


def test_a_notice_keeps_the_rule_that_it_was_published_under(context, clock):
    notice = selection.published_notice()
    selection.entered(notice)
    confirming()
    selection.drawn(notice)
    sweep_at(clock, now(notice).standstill_due)
    assert (len(letters(notice)), offer_of(notice)) == (1, None)


def test_who_has_left_before_the_letter_is_not_asked(context, clock):
    """An entry is void when its agency is out between entry and award (docs/rules.md#void-entries)."""
    confirming()
    notice, entrants = selection.announced_notice()
    winner = winner_of(notice, entrants)
    removed(winner)
    sweep_at(clock, now(notice).standstill_due)
    assert (offer_of(notice), now(notice).winner.rank, now(notice).state) == (None, 2, "announced")
    assert "result.stood" not in kinds(notice)


def test_who_is_removed_while_he_is_asked_makes_way(context, clock):
    notice, winner = offered(clock)
    removed(winner)
    jobs.follow()
    assert (offer_of(notice).state, now(notice).winner.rank) == (Offer.VOID, 2)


def test_whose_certificate_runs_out_while_he_is_asked_makes_way_that_midnight(context, clock):
    confirming()
    notice = selection.published_notice()
    entrants = [
        agencies.active_agency(
            [selection.ITEM], valid_to=dt.date(2026, 3, 18), legal_representative=f"代表{each}"
        )
        for each in range(3)
    ]
    for each in entrants:
        selection.enter(notice, each)
    selection.drawn(notice)
    sweep_at(clock, now(notice).standstill_due)
    midnight = dt.datetime(2026, 3, 18, 16, tzinfo=dt.UTC)
    sweep_at(clock, midnight - SECOND)
    assert (offer_of(notice).state, now(notice).winner.rank) == (Offer.AWAITING, 1)
    sweep_at(clock, midnight)
    assert (offer_of(notice).state, now(notice).winner) == (
        Offer.VOID,
        None,
    )  # nor may the others: theirs ran out too
    assert "award.offer_void" in kinds(notice)


def test_days_that_fire_for_an_award_that_has_moved_on_do_nothing(context, clock):
    notice, winner = offered(clock)
    due = offer_of(notice).due
    confirm(winner, notice)
    for handler in (service.days_over, service.lapse):
        in_one_transaction(handler, CLOCK, due)
    assert offer_of(notice).state is Offer.ISSUED and kinds(notice)[-1] == "award.issued"
