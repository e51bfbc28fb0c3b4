"""A winner whose deferred documents are not complete has no letter yet (容缺材料未齐，暂缓发出;
docs/rules.md#deferred-documents).
"""

import datetime as dt

import pytest

from market.complaints import service as complaints_service
from market.complaints.rules import About
from market.contracts import jobs
from market.contracts.rules import CONFIRM, Offer
from market.db import in_one_transaction, reading
from market.enrolment import queries as enrolments
from market.enrolment import service as enrolment
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal
from market.windows import queries as windows
from tests.contracts.asking import (
    complete,
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
from tests.factories import agencies, complaints, selection
from tests.factories.deeds import do
from tests.selection.proof import check_draw

SECOND = dt.timedelta(seconds=1)


def blocked(clock, days: int = 40) -> tuple[str, agencies.Made]:
    """A notice whose entrants all promised a document, at the end of its standstill; its number and
    the winner.
    """
    agencies.deferrable((selection.ITEM, "授权代表社会保险缴纳记录", days))
    notice, entrants = selection.announced_notice()
    sweep_at(clock, now(notice).standstill_due)
    return notice, winner_of(notice, entrants)


def revoked(clock, made: agencies.Made) -> None:
    """The document did not come: heard, proposed, signed."""
    (document,) = enrolments.outstanding_documents(reading(CLOCK), made.organisation_id)
    assert document.due is not None
    sweep_at(clock, document.due.due_at)
    in_one_transaction(enrolment.state_case, made.actor, statement="办不下来")
    do(
        enrolment.propose_revocation,
        agencies.checker(),
        ref=made.ref,
        reasons="逾期未补",
        basis="《行政许可法》第六十九条",
        remedy="60 日内申请行政复议",
    )
    do(enrolment.revoke, agencies.head(), ref=made.ref)


@pytest.mark.databases
def test_the_letter_waits_and_leaves_by_itself_when_the_documents_are_complete(context, clock):
    notice, winner = blocked(clock)
    assert (letters(notice), offer_of(notice).state, now(notice).state) == (
        [],
        Offer.BLOCKED,
        "awarded",
    )
    assert offer_of(notice).due is None
    sweep_at(clock, clock.instant + SECOND)
    complete(winner)
    for _ in range(2):
        jobs.follow()
    assert [(letter.rank, letter.document) for letter in letters(notice)] == [
        (1, "瑞中选〔2026〕1号")
    ]
    assert [kind for kind in kinds(notice) if kind.startswith("award.")] == [
        "award.blocked",
        "award.issued",
    ]


def test_where_winners_are_asked_this_one_is_asked_when_he_is_complete(context, clock):
    confirming()
    notice, winner = blocked(clock)
    with pytest.raises(Refusal, match="wrong_state"):
        confirm(winner, notice)
    clock.advance(dt.timedelta(days=5))
    complete(winner)
    jobs.follow()
    asked = offer_of(notice)
    assert (asked.state, asked.due.trigger_at) == (
        Offer.AWAITING,
        clock.instant,
    )  # his days begin now
    assert confirm(winner, notice) is Offer.ISSUED
    assert [kind for kind in kinds(notice) if kind.startswith("award.")] == [
        "award.blocked",
        "award.offered",
        "award.confirmed",
        "award.issued",
    ]


@pytest.mark.databases
def test_a_revoked_winner_makes_way_for_the_next_rank(context, clock):
    notice, winner = blocked(clock, days=12)
    revoked(clock, winner)
    for _ in range(2):
        jobs.follow()
    assert (offer_of(notice).state, now(notice).winner.rank, now(notice).state) == (
        Offer.VOID,
        2,
        "announced",
    )
    assert kinds(notice).count("award.offer_void") == kinds(notice).count("result.skip") == 1
    assert letters(notice) == []
    selection.tick()
    assert check_draw(notice)["after"].startswith(now(notice).winner.ref)


def test_who_was_revoked_in_the_standstill_has_no_letter(context, clock):
    agencies.deferrable((selection.ITEM, "授权代表社会保险缴纳记录", 7))
    notice, entrants = selection.announced_notice()
    revoked(clock, winner_of(notice, entrants))
    sweep_at(clock, now(notice).standstill_due)
    assert (letters(notice), offer_of(notice), now(notice).winner.rank) == ([], None, 2)


def test_who_waits_may_still_give_up(context, clock):
    notice, winner = blocked(clock)
    assert give_up(winner, notice) == now(notice).winner.ref
    complete(winner)
    jobs.follow()
    assert (letters(notice), offer_of(notice).state) == ([], Offer.DECLINED)


def test_a_complaint_in_between_holds_and_the_documents_come_meanwhile(context, clock):
    confirming()
    agencies.deferrable((selection.ITEM, "授权代表社会保险缴纳记录", 40))
    notice, entrants = selection.announced_notice()
    desk = complaints.desk()
    who = complaints.citizen()
    draft = complaints.drafted(notice, who, about=About.RESULT)
    end = now(notice).standstill_due
    sweep_at(clock, end)
    clock.instant = end - SECOND
    number = in_one_transaction(complaints_service.file, who, draft_id=draft)
    sweep_at(clock, end + SECOND)
    assert offer_of(notice).state is Offer.HELD
    winner = winner_of(notice, entrants)
    complete(winner)
    jobs.follow()
    assert offer_of(notice).state is Offer.HELD
    complaints.refused(number, desk)
    jobs.follow()
    assert offer_of(notice).state is Offer.AWAITING
    assert (
        windows.live(reading(CLOCK), CONFIRM, f"TZ{notice[2:]}").responsible_id
        == winner.organisation_id
    )
    assert confirm(winner, notice) is Offer.ISSUED
    assert [kind for kind in kinds(notice) if kind.startswith("award.")] == [
        "award.blocked",
        "award.held",
        "award.offered",
        "award.confirmed",
        "award.issued",
    ]
