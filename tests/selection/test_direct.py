"""直接选取: who may choose whom, by when, and what follows from an answer; on both databases."""

import datetime as dt

import pytest

from market.db import reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.clock import FixedClock
from market.kernel.errors import Refusal
from market.ledger.queries.integrity import compare
from market.selection.direct import service as direct_service
from market.selection.direct.rules import ANSWER, CHOOSE
from market.selection.notices import service as notice_service
from market.selection.results import queries as result_queries
from market.windows import jobs as windows
from market.windows import queries as windows_queries
from tests.factories import accounts as people
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection.choosing import PRICE, answered, choice, offered, published, refs
from tests.selection.deeds import check_refused, log_of

pytestmark = pytest.mark.databases


def state_of(number: str) -> str:
    return result_queries.notice(reading(CLOCK), number).state.value


def past(kind, number: str) -> None:
    """The end of the days has come."""
    due = windows_queries.live(reading(CLOCK), kind, number)
    clock = fabric().clock
    assert due is not None and isinstance(clock, FixedClock)
    clock.instant = due.due_at
    windows.sweep()


def test_it_begins_with_the_owners_choice_and_its_list_is_on_the_log(context):
    number, _, signs = published(7)
    (listed,) = log_of(number, "direct.listed")
    rows = listed.fields["rows"]
    assert state_of(number) == "choosing"
    assert {row["ref"] for row in rows} == set(signs) == set(refs(number))
    assert [row["place"] for row in rows] == list(range(1, 8))
    assert log_of(number, "notice.opened") == [] and len(log_of(number, "choice.opened")) == 1
    assert not windows_queries.live(reading(CLOCK), CHOOSE, number).is_provisional


def test_an_acceptance_is_the_result_and_the_rest_goes_as_after_a_draw(context):
    number, buyer, signs = published()
    ref = refs(number)[1]
    offered(number, buyer, ref)
    assert state_of(number) == "offered"
    answered(number, signs[ref], accepts=True)

    card = result_queries.notice(reading(CLOCK), number)
    assert card.state == "announced"
    assert (card.winner.ref, card.winner.amount_fen, card.winner.rank) == (ref, PRICE, 1)
    assert log_of(number, "ranking.result")[0].fields["order"] == [ref]
    f.move_to(card.standstill_due)
    assert state_of(number) == "awarded"
    assert len(log_of(number, "award.issued")) == 1
    assert compare(reading(CLOCK), fabric().held).first == ()


def test_who_refuses_or_keeps_silent_makes_way_for_another(context):
    number, buyer, signs = published()
    first, second, third = refs(number)
    offered(number, buyer, first)
    answered(number, signs[first], accepts=False, reason="人手已满")
    assert state_of(number) == "choosing"
    check_refused(
        "direct.asked_before",
        direct_service.offer,
        buyer.signatory,
        number=number,
        ref=first,
        amount_fen=PRICE,
    )
    offered(number, buyer, second)
    past(ANSWER, number)
    assert state_of(number) == "choosing"
    offered(number, buyer, third)
    answered(number, signs[third], accepts=True)

    assert [each.state.value for each in choice(number).offers] == ["refused", "silent", "accepted"]
    said = [each.fields for each in log_of(number, "direct.answered")]
    assert [each.get("reason") for each in said] == ["refused", "silent", None]
    assert "人手已满" not in str(said)


def test_an_owner_that_does_not_choose_has_failed_and_lists_again_with_another_way(context):
    number, buyer, _ = published()
    past(CHOOSE, number)
    card = result_queries.notice(reading(CLOCK), number)
    assert (card.state, card.failure) == ("failed", "OWNER_NO_CHOICE")
    again = do(notice_service.draft_again, buyer.drafter, number=number)
    assert again > card.id


def test_when_all_have_refused_the_selection_has_failed(context):
    number, buyer, signs = published(1)
    (ref,) = refs(number)
    offered(number, buyer, ref)
    answered(number, signs[ref], accepts=False)
    card = result_queries.notice(reading(CLOCK), number)
    assert (card.state, card.failure) == ("failed", "NONE_ACCEPTED")


@pytest.mark.parametrize("asks_first", [False, True])
def test_it_can_be_cancelled_until_somebody_has_accepted(context, asks_first):
    number, buyer, signs = published()
    ref = refs(number)[0]
    if asks_first:
        offered(number, buyer, ref)
    do(notice_service.cancel, buyer.signatory, number=number, reason="项目不再实施")
    assert state_of(number) == "cancelled"
    check_refused(
        "notice.none",
        direct_service.answer,
        signs[ref],
        number=number,
        accepts=True,
    )
    f.move_to(fabric().clock.now() + dt.timedelta(days=30))
    assert state_of(number) == "cancelled"


def test_without_an_agency_there_is_nothing_to_choose(context):
    with pytest.raises(Refusal, match=r"direct\.nobody"):
        published(0)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"ref": "A999999"}, "direct.not_listed"),
        ({"amount_fen": 0}, "direct.amount"),
        ({"amount_fen": 12_000_001}, "direct.amount"),
    ],
)
def test_an_offer_goes_to_the_list_within_the_ceiling(context, change, code):
    number, buyer, _ = published()
    said = {"number": number, "ref": refs(number)[0], "amount_fen": PRICE} | change
    check_refused(code, direct_service.offer, buyer.signatory, **said)


def test_only_the_owner_offers_and_only_who_was_asked_answers(context):
    number, buyer, signs = published()
    first, second, _ = refs(number)
    said = {"number": number, "ref": first, "amount_fen": PRICE}
    drafter = people.member(buyer.organisation_id, "owner_drafter")
    check_refused("not_permitted", direct_service.offer, drafter, **said)
    other = f.owner()
    check_refused("notice.none", direct_service.offer, other.signatory, **said)
    offered(number, buyer, first)
    check_refused("direct.wrong_state", direct_service.offer, buyer.signatory, **said)
    check_refused("notice.none", direct_service.answer, signs[second], number=number, accepts=True)
    agent = people.member(signs[first].organisation_id, "agency_agent")
    check_refused("not_permitted", direct_service.answer, agent, number=number, accepts=True)


def test_what_comes_after_its_days_is_too_late_before_any_sweep(context):
    number, buyer, signs = published()
    ref = refs(number)[0]
    fabric().clock.instant = windows_queries.live(reading(CLOCK), CHOOSE, number).due_at
    check_refused(
        "direct.late",
        direct_service.offer,
        buyer.signatory,
        number=number,
        ref=ref,
        amount_fen=PRICE,
    )
    assert signs
