"""A winner is asked while a complaint is open or his result is annulled."""

import datetime as dt

import pytest

from market.complaints import service as complaints_service
from market.complaints.rules import About, Outcome, Remedy, Respondent
from market.contracts import jobs
from market.contracts.rules import CONFIRM, Offer
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal
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
    sweep_at,
    winner_of,
)
from tests.contracts.test_confirming import DRAIN, SECOND
from tests.factories import complaints, selection


@pytest.mark.databases
def test_a_complaint_that_crossed_holds_and_when_it_ends_the_days_begin_again(context, clock):
    confirming()
    notice, entrants = selection.announced_notice()
    desk = complaints.desk()
    who = complaints.citizen()
    draft = complaints.drafted(notice, who, about=About.RESULT)
    end = now(notice).standstill_due
    sweep_at(clock, end)
    first = offer_of(notice).due
    # Received in the last second of the standstill, worked off after the sweep.
    clock.instant = end - SECOND
    number = in_one_transaction(complaints_service.file, who, draft_id=draft)
    winner = winner_of(notice, entrants)
    clock.instant = end + SECOND
    for act in (confirm, give_up):  # also before `follow` has seen the complaint
        with pytest.raises(Refusal) as no:
            act(winner, notice)
        assert no.value.code == "award.complaint_open"
    sweep_at(clock, clock.instant)
    assert (offer_of(notice).state, windows.live(reading(CLOCK), CONFIRM, f"TZ{notice[2:]}")) == (
        Offer.HELD,
        None,
    )
    clock.advance(dt.timedelta(days=1))
    complaints.refused(number, desk)
    sweep_at(clock, clock.instant)
    again = offer_of(notice)
    assert (
        again.state is Offer.AWAITING
        and again.due.due_at > first.due_at
        and again.due.id > first.id
    )
    assert confirm(winner, notice) is Offer.ISSUED
    assert [kind for kind in kinds(notice) if kind.startswith("award.")] == [
        "award.offered",
        "award.held",
        "award.offered",
        "award.confirmed",
        "award.issued",
    ]


@pytest.mark.parametrize("is_asked", [True, False])
def test_what_waits_for_a_complaint_goes_on_when_the_hold_has_lapsed(context, clock, is_asked):
    """No complaint holds an award for more than 30 days without a signed continuation (decision
    17), also after the standstill.
    """
    if is_asked:
        confirming()
    notice, _ = selection.announced_notice()
    desk = complaints.desk()
    who = complaints.citizen()
    draft = complaints.drafted(notice, who, about=About.RESULT)
    end = now(notice).standstill_due
    sweep_at(clock, end)
    # Received in the last second of the standstill, worked off after the sweep.
    clock.instant = end - SECOND
    number = in_one_transaction(complaints_service.file, who, draft_id=draft)
    sweep_at(clock, end + SECOND)
    complaints.accepted(number, desk)

    def standing():
        return offer_of(notice).state if is_asked else letters(notice)[0].state

    cap = next(
        due
        for due in windows.of_subject(reading(CLOCK), number)
        if due.kind == "complaint.hold_cap"
    )
    sweep_at(clock, cap.due_at - SECOND)
    assert standing() == "held"
    for _ in range(2):
        sweep_at(clock, cap.due_at)
    assert standing() == ("awaiting_confirmation" if is_asked else "issued")


def test_silence_while_a_complaint_is_open_decides_nothing(context, clock):
    """The complaint crossed and nobody has followed the log until the days were over."""
    confirming()
    notice, _ = selection.announced_notice()
    complaints.desk()
    who = complaints.citizen()
    draft = complaints.drafted(notice, who, about=About.RESULT)
    end = now(notice).standstill_due
    clock.instant = end
    window_jobs.sweep()
    clock.instant = end - SECOND
    number = in_one_transaction(complaints_service.file, who, draft_id=draft)
    for wait in (dt.timedelta(), DRAIN):
        clock.instant = offer_of(notice).due.due_at + wait
        window_jobs.sweep()
    assert offer_of(notice).state is Offer.HELD
    in_one_transaction(complaints_service.withdraw, who, number=number, note="误会")
    jobs.follow()
    assert offer_of(notice).state is Offer.AWAITING and offer_of(notice).due.due_at > clock.instant


def test_an_annulled_result_ends_what_was_asked(context, clock):
    confirming()
    desk = complaints.desk()
    notice, entrants = selection.announced_notice()
    number = complaints.accepted(
        complaints.filed(notice, about=About.RESULT, respondent=Respondent.AGENCY), desk
    )
    cap = next(
        due
        for due in windows.of_subject(reading(CLOCK), number)
        if due.kind == "complaint.hold_cap"
    )
    for _ in range(2):
        sweep_at(clock, cap.due_at)
    asked = offer_of(notice)
    winner = winner_of(notice, entrants)
    assert asked.state is Offer.AWAITING
    above = complaints.desk("authority")  # it has taken the complaint over meanwhile
    complaints.decided(number, above, Outcome.UPHELD, {Remedy.ANNUL_TO_NEXT: ""})
    for act in (
        confirm,
        give_up,
    ):  # nobody has followed the log yet; the award is the second's already
        with pytest.raises(Refusal, match="wrong_state"):
            act(winner, notice)
    for _ in range(2):
        jobs.follow()
    assert (offer_of(notice).state, now(notice).winner.rank) == (Offer.VOID, 2)
    assert kinds(notice).count("award.offer_void") == 1
    sweep_at(clock, asked.due.due_at + DRAIN)
    assert "award.lapsed" not in kinds(notice)
