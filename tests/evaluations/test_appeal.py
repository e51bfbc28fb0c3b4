"""Reply, appeal, the later word: what is said after the opening."""

import datetime as dt

import pytest

from market.db import in_one_transaction, reading
from market.evaluations import queries, service
from market.evaluations.rules import By, Standing
from market.evaluations.rules.appeal import AppealState, Effect, Ground
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import Changed, seen
from market.ledger.queries.integrity import compare
from tests.factories import accounts as people
from tests.factories import evaluations
from tests.factories.deeds import do
from tests.factories.evaluations import decider, moved

DAY = dt.timedelta(days=1)


def the_appeal(deal):
    return queries.both(reading(deal.winner.actor), deal.number).owner.appeal


def refused(code, act, who, **given):
    with pytest.raises(Refusal) as no:
        do(act, who, **given)
    assert no.value.code == code


def heard(deal):
    in_one_transaction(service.answer, deal.acceptor, number=deal.number, text="计算书在附件")


def test_a_reply_is_said_once_in_its_days_and_stands_beside(context, clock):
    deal = evaluations.opened()
    in_one_transaction(service.reply, deal.winner.actor, number=deal.number, text="已免费重做")
    assert queries.both(reading(VISITOR), deal.number).owner.reply == "已免费重做"
    refused(
        "evaluation.reply_over", service.reply, deal.winner.actor, number=deal.number, text="再"
    )
    moved(clock.instant + 30 * DAY)
    refused("evaluation.reply_over", service.reply, deal.acceptor, number=deal.number, text="迟")


@pytest.mark.parametrize(
    ("ground", "effect", "standing"),
    [
        (Ground.FALSE_FACT, Effect.STRUCK, Standing(0, None)),
        (Ground.INSULT, Effect.HIDDEN, Standing(1, 285)),
    ],
)
def test_an_appeal_that_holds_strikes_out_or_hides(context, ground, effect, standing):
    deal = evaluations.appealed(ground)
    heard(deal)
    do(service.uphold, decider(), appeal_id=the_appeal(deal).id, reason="复核单属实")
    card = queries.both(reading(VISITOR), deal.number).owner
    assert (card.effect, card.overall) == (effect, 285)
    assert ("CANARY" in card.text) is (effect is Effect.STRUCK)
    assert queries.standing(reading(CLOCK), deal.winner.organisation_id, By.OWNER) == standing
    assert compare(reading(CLOCK), fabric().held).count == 0


@pytest.mark.databases
def test_an_appeal_is_one_and_waits_until_the_other_was_heard(context, clock):
    deal = evaluations.appealed()
    again = {"number": deal.number, "ground": Ground.INSULT, "text": "再"}
    refused("evaluation.appeal_over", service.appeal, deal.winner.actor, **again)
    who = decider()
    decision = {"appeal_id": the_appeal(deal).id, "reason": "查无实据"}
    refused("evaluation.may_still_answer", service.reject, who, **decision)
    moved(clock.instant + 30 * DAY)
    refused("evaluation.answer_over", service.answer, deal.acceptor, number=deal.number, text="迟")
    do(service.reject, who, **decision)
    assert the_appeal(deal).state is AppealState.REJECTED
    refused("evaluation.appeal_decided", service.uphold, who, **decision)
    card = queries.both(reading(VISITOR), deal.number).owner
    assert (card.effect, card.is_counted) == (None, True)


def test_who_worked_on_the_matter_or_is_of_another_body_does_not_decide(context):
    deal = evaluations.appealed()
    heard(deal)
    decision = {"appeal_id": the_appeal(deal).id, "reason": "属实"}
    other = people.staff("authority", "authority_assigner")
    with pytest.raises(NotFound):
        do(service.uphold, other, **decision)
    who = decider()
    fabric().hands = {**fabric().hands, "test": lambda work, number: {who.person_id}}
    refused("evaluation.worked_on_it", service.uphold, who, **decision)


def test_the_rooms_above_say_who_worked_on_a_matter(context):
    deal = evaluations.opened()
    row = queries.pair(reading(CLOCK), deal.number)[0]
    worked = queries.hands(reading(CLOCK), row)
    buyer = deal.buyer
    assert {buyer.drafter.person_id, buyer.signatory.person_id, deal.acceptor.person_id} <= worked


def test_a_body_whose_people_all_worked_on_it_is_passed_over(context):
    deal = evaluations.opened()
    who = decider()
    other = people.staff("authority", "authority_assigner")
    fabric().hands = {**fabric().hands, "test": lambda work, number: {who.person_id}}
    given = {"number": deal.number, "ground": Ground.INSULT, "text": "辱骂"}
    in_one_transaction(service.appeal, deal.winner.actor, **given)
    assert the_appeal(deal).body_id == other.organisation_id


def test_what_has_changed_since_it_was_shown_is_not_decided(context):
    deal = evaluations.appealed()
    who = decider()
    appeal_id = the_appeal(deal).id
    old = seen(service.uphold, reading(who), appeal_id)
    heard(deal)
    with pytest.raises(Changed):
        in_one_transaction(service.uphold, who, appeal_id=appeal_id, reason="属实", shown=old)


def test_one_later_word_after_six_months(context, clock):
    deal = evaluations.opened()
    later = {"number": deal.number, "text": "半年后成果被审批退回"}
    refused("evaluation.follow_up_not_now", service.follow_up, deal.acceptor, **later)
    moved(clock.instant + 190 * DAY)
    in_one_transaction(service.follow_up, deal.acceptor, **later)
    assert queries.both(reading(VISITOR), deal.number).owner.follow_up == later["text"]
    refused("evaluation.follow_up_not_now", service.follow_up, deal.acceptor, **later)
