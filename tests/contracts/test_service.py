"""The award letter through the real services: the clock issues it, a complaint holds it, the winner
may give it up.
"""

import datetime as dt

import pytest

from market.complaints import service as complaints_service
from market.complaints.rules import About, Outcome, Remedy, Respondent
from market.contracts import jobs, queries, service
from market.contracts.rules import SIGN, Decline, State
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK, VISITOR, Actor
from market.kernel.errors import NotFound, NotPermitted, Refusal
from market.windows import jobs as window_jobs
from market.windows import queries as windows
from tests.contracts.asking import give_up, kinds, letters, now, sweep_at, winner_of
from tests.factories import accounts as people
from tests.factories import complaints, selection
from tests.windows.calendars import correct_2026

SECOND = dt.timedelta(seconds=1)


@pytest.mark.databases
def test_the_letter_follows_when_the_standstill_is_over_and_not_a_second_before(context, clock):
    notice, entrants = selection.announced_notice()
    due = now(notice).standstill_due
    sweep_at(clock, due - SECOND)
    assert letters(notice) == []
    sweep_at(clock, due)
    sweep_at(clock, due + SECOND)
    (letter,) = letters(notice)
    made = winner_of(notice, entrants)
    assert (letter.number, letter.document) == (f"TZ{notice[2:]}", "瑞中选〔2026〕1号")
    assert (letter.agency_name, letter.amount_fen, letter.rank) == (
        made.name,
        now(notice).winner.amount_fen,
        1,
    )
    assert now(notice).state == "awarded"
    assert kinds(notice).count("award.issued") == 1
    # Issued on Tuesday 17 March 00:00: ten working days later is Tuesday 31 March 24:00.
    assert letter.contract_due == dt.datetime(2026, 3, 31, 16, tzinfo=dt.UTC)
    assert (
        windows.live(reading(CLOCK), SIGN, letter.number).responsible_id
        == letter.owner_organisation_id
    )


@pytest.mark.databases
@pytest.mark.parametrize("about", [About.RESULT, About.NOTICE])
def test_an_open_complaint_holds_the_letter_and_its_end_releases_it(context, clock, about):
    """Also one that was filed before there was a result."""
    desk = complaints.desk()
    if about is About.RESULT:
        notice, _ = selection.announced_notice()
        number = complaints.filed(notice, about=about)
    else:
        notice = selection.published_notice()
        number = complaints.filed(notice)
        selection.entered(notice)
        selection.drawn(notice)
        assert now(notice).state == "announced"
    due = now(notice).standstill_due
    sweep_at(clock, due)
    assert letters(notice) == []
    assert now(notice).state == "held"
    complaints.accepted(number, desk)
    complaints.decided(number, desk)
    assert now(notice).state == "announced"
    sweep_at(clock, clock.instant)
    assert [letter.state for letter in letters(notice)] == [State.ISSUED]


def test_two_complaints_hold_it_until_the_last_has_ended(context, clock):
    notice, _ = selection.announced_notice()
    first = complaints.citizen()
    second = complaints.citizen()
    one = complaints.filed(notice, first, about=About.RESULT)
    other = complaints.filed(notice, second, about=About.RESULT)
    complaints.desk()
    sweep_at(clock, now(notice).standstill_due)
    in_one_transaction(complaints_service.withdraw, first, number=one, note="误会")
    sweep_at(clock, clock.instant)
    assert (letters(notice), now(notice).state) == ([], "held")
    in_one_transaction(complaints_service.withdraw, second, number=other, note="误会")
    sweep_at(clock, clock.instant)
    assert len(letters(notice)) == 1


def test_a_withdrawn_complaint_before_the_end_leaves_the_standstill_as_it_was(context, clock):
    notice, _ = selection.announced_notice()
    complaints.desk()
    who = complaints.citizen()
    due = now(notice).standstill_due
    number = complaints.filed(notice, who, about=About.RESULT)
    in_one_transaction(complaints_service.withdraw, who, number=number, note="误会")
    assert now(notice).state == "announced"
    sweep_at(clock, due - SECOND)
    assert letters(notice) == []
    sweep_at(clock, due)
    assert len(letters(notice)) == 1


@pytest.mark.databases
def test_who_gives_up_makes_way_for_the_next_rank_with_a_standstill_of_its_own(context, clock):
    notice, entrants = selection.announced_notice()
    sweep_at(clock, now(notice).standstill_due)
    first = winner_of(notice, entrants)
    (letter,) = letters(notice)
    other = next(made for made in entrants if made.ref != first.ref)
    given = {"number": letter.number, "reason": Decline.CAPACITY, "statement": "设备不能按期到位"}
    with pytest.raises(NotFound):
        in_one_transaction(service.decline, other.actor, **given)
    following = in_one_transaction(service.decline, first.actor, **given)
    assert (now(notice).winner.ref, now(notice).winner.rank, now(notice).state) == (
        following,
        2,
        "announced",
    )
    with pytest.raises(Refusal, match="wrong_state"):
        in_one_transaction(service.decline, first.actor, **given)
    jobs.follow()
    assert windows.live(reading(CLOCK), SIGN, letter.number) is None
    assert now(notice).standstill_due > clock.instant
    sweep_at(clock, now(notice).standstill_due)
    assert [(one.state, one.rank, one.document) for one in letters(notice)] == [
        (State.DECLINED, 1, "瑞中选〔2026〕1号"),
        (State.ISSUED, 2, "瑞中选〔2026〕2号"),
    ]
    assert queries.verified(reading(VISITOR), letter.number).rank == 2
    assert not queries.verified(reading(VISITOR), letter.document).is_valid


def test_when_nobody_is_left_the_selection_has_failed(context, clock):
    notice, entrants = selection.announced_notice()
    for _ in range(3):
        sweep_at(clock, now(notice).standstill_due)
        last = in_one_transaction(
            service.decline,
            winner_of(notice, entrants).actor,
            number=letters(notice)[-1].number,
            reason=Decline.OTHER,
            statement="不能承接",
        )
    assert last is None
    assert now(notice).state == "annulled"


@pytest.mark.databases
def test_a_contract_that_does_not_come_is_noted_once(context, clock):
    notice, _ = selection.announced_notice()
    sweep_at(clock, now(notice).standstill_due)
    (letter,) = letters(notice)
    sweep_at(clock, letter.contract_due - SECOND)
    assert letters(notice)[0].state is State.ISSUED
    for late in (dt.timedelta(), SECOND, dt.timedelta(days=6)):
        sweep_at(clock, letter.contract_due + late)
    assert letters(notice)[0].state is State.CONTRACT_OVERDUE
    assert kinds(notice).count("award.contract_overdue") == 1
    assert queries.verified(reading(VISITOR), "瑞中选（2026）1号").is_valid


def test_no_contract_is_registered_while_a_complaint_is_open(context, clock):
    buyer = selection.owner()
    notice, _ = selection.announced_notice(buyer=buyer)
    due = now(notice).standstill_due
    clock.instant = due - SECOND
    complaints.filed(notice)
    with pytest.raises(NotFound):
        queries.row(reading(buyer.signatory), "TZ" + notice[2:])


@pytest.mark.databases
def test_an_annulled_result_makes_its_letter_void(context, clock):
    """The cap lets the award go before the decision; the decision then finds for the complainant."""
    desk = complaints.desk()
    notice, entrants = selection.announced_notice()
    winner = winner_of(notice, entrants)
    number = complaints.accepted(
        complaints.filed(notice, about=About.RESULT, respondent=Respondent.AGENCY), desk
    )
    cap = next(
        due
        for due in windows.of_subject(reading(CLOCK), number)
        if due.kind == "complaint.hold_cap"
    )
    sweep_at(clock, cap.due_at)
    sweep_at(clock, cap.due_at)
    (letter,) = letters(notice)
    complaints.decided(number, desk, Outcome.UPHELD, {Remedy.ANNUL_TO_NEXT: ""})
    with pytest.raises(
        Refusal, match="wrong_state"
    ):  # nobody has followed the log yet; the award is the second's already
        give_up(winner, notice)
    jobs.follow()
    jobs.follow()
    assert letters(notice)[0].state is State.VOID
    assert not queries.verified(reading(VISITOR), letter.document).is_valid
    assert kinds(notice).count("award.void") == 1
    assert now(notice).winner.rank == 2


def test_a_complaint_that_crossed_with_the_letter_holds_it(context, clock):
    """Received in the last second, worked off after the sweep: the letter stands still until the
    complaint has ended.
    """
    notice, entrants = selection.announced_notice()
    desk = complaints.desk()
    who = complaints.citizen()
    draft = complaints.drafted(notice, who, about=About.RESULT)
    due = now(notice).standstill_due
    sweep_at(clock, due)
    clock.instant = due - SECOND  # the instant of receipt, before the sweep that was quicker
    number = in_one_transaction(complaints_service.file, who, draft_id=draft)
    with pytest.raises(
        Refusal, match="complaint_open"
    ):  # the rank does not move before the letter is seen to be held
        in_one_transaction(
            service.decline,
            winner_of(notice, entrants).actor,
            number=letters(notice)[0].number,
            reason=Decline.OTHER,
            statement="不接",
        )
    sweep_at(clock, due + SECOND)
    (letter,) = letters(notice)
    assert letter.state is State.HELD
    assert windows.live(reading(CLOCK), SIGN, letter.number) is None
    complaints.refused(number, desk)
    jobs.follow()
    (letter,) = letters(notice)
    assert letter.state is State.ISSUED
    assert windows.live(reading(CLOCK), SIGN, letter.number).due_at == letter.contract_due
    assert [kind for kind in kinds(notice) if kind.startswith("award.")] == [
        "award.issued",
        "award.held",
        "award.resumed",
    ]


def test_nobody_but_the_clock_issues_and_nobody_but_a_signatory_gives_up(context, clock):
    notice, entrants = selection.announced_notice()
    due = next(
        due for due in windows.of_subject(reading(CLOCK), notice) if due.kind == "result.standstill"
    )
    made = winner_of(notice, entrants)
    agent = people.member(made.organisation_id, "agency_agent")
    with pytest.raises(NotPermitted):
        in_one_transaction(service.standstill_over, made.actor, due)
    sweep_at(clock, due.due_at)
    with pytest.raises(NotPermitted):
        in_one_transaction(
            service.decline,
            agent,
            number=letters(notice)[0].number,
            reason=Decline.OTHER,
            statement="不",
        )


def test_the_letter_is_read_by_its_two_parties_and_the_overseers(context, clock):
    notice, entrants = selection.announced_notice()
    sweep_at(clock, now(notice).standstill_due)
    number = letters(notice)[0].number
    made = winner_of(notice, entrants)
    owner = people.member(now(notice).owner_organisation_id, "owner_drafter")
    for reader in (
        made.actor,
        owner,
        people.staff("office", "case_officer"),
        people.staff("inspection", "inspector"),
    ):
        assert queries.letter(reading(reader), number).number == number
    other = next(one for one in entrants if one.ref != made.ref)
    for reader in (other.actor, Actor(people.person(), named=True), VISITOR):
        with pytest.raises(NotFound):
            queries.letter(reading(reader), number)
    assert [one.number for one in queries.mine(reading(owner))] == [number]
    with pytest.raises(NotFound):
        queries.letter(reading(owner), "TZ-360481-2026-99999")
    with pytest.raises(NotFound):
        in_one_transaction(
            service.decline,
            made.actor,
            number="TZ-360481-2026-99999",
            reason=Decline.OTHER,
            statement="不",
        )


@pytest.mark.databases
def test_the_day_for_the_contract_moves_with_the_calendar_and_each_rank_keeps_its_own(
    context, clock
):
    clock.instant = dt.datetime(2026, 3, 18, 2, tzinfo=dt.UTC)
    notice, entrants = selection.announced_notice()  # on Wednesday the 25th
    sweep_at(clock, now(notice).standstill_due)
    (first,) = letters(notice)
    # Issued on Tuesday 31 March 00:00; Qingming is 4 to 6 April: ten working days end on Wednesday
    # 15 April.
    assert first.contract_due == dt.datetime(2026, 4, 15, 16, tzinfo=dt.UTC)
    window_jobs.follow_calendar()
    correct_2026(off=(("清明节", "2026-04-07"),))
    window_jobs.follow_calendar()
    (moved,) = letters(notice)
    assert moved.contract_due == dt.datetime(2026, 4, 16, 16, tzinfo=dt.UTC)
    assert queries.verified(reading(VISITOR), first.number).contract_due == moved.contract_due
    clock.advance(dt.timedelta(days=1))
    in_one_transaction(
        service.decline,
        winner_of(notice, entrants).actor,
        number=first.number,
        reason=Decline.CAPACITY,
        statement="人员不能按期到位",
    )
    sweep_at(clock, now(notice).standstill_due)
    declined, second = letters(notice)
    assert (declined.contract_due, second.rank) == (moved.contract_due, 2)
    assert (
        second.contract_due
        == windows.live(reading(CLOCK), SIGN, second.number).due_at
        > declined.contract_due
    )
