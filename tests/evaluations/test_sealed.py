"""What was said stays sealed until both are fixed or the time is over; nobody's silence is a mark."""

import datetime as dt

import pytest
from sqlalchemy import text as sql

from market.db import in_one_transaction, reading
from market.evaluations import queries, service
from market.evaluations.rules import (
    By,
    EvaluationState,
    Standing,
    seal_digest,
    text_digest,
)
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.errors import NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from market.ledger.queries.integrity import compare
from market.letters import jobs as letters
from market.windows import jobs
from tests.factories import accounts as people
from tests.factories import contracts, evaluations
from tests.factories.evaluations import BAD, FACT, GOOD, OWNERS_TEXT, given, moved

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def state(deal, by):
    return queries.both(reading(CLOCK), deal.number).of_side(by).state


def kinds(deal):
    return [
        entry.type.removeprefix("evaluation.")
        for entry in ledger.of_subject(reading(CLOCK), deal.notice)
        if entry.type.startswith("evaluation.")
    ]


@pytest.mark.databases
def test_both_say_it_and_it_opens_for_both_at_once(context, clock):
    deal = contracts.accepted()
    given(deal, By.OWNER)
    clock.advance(3 * HOUR)
    given(deal, By.AGENCY, GOOD)
    moved(clock.instant + 22 * HOUR)  # the owner's is fixed, the agency may still correct
    assert state(deal, By.OWNER) is state(deal, By.AGENCY) is EvaluationState.SEALED
    moved(clock.instant + 2 * HOUR)
    pair = queries.both(reading(VISITOR), deal.number)
    assert (pair.owner.overall, pair.agency.overall) == (285, 460)
    assert pair.owner.text == OWNERS_TEXT
    assert kinds(deal) == ["asked", "sealed", "sealed", "opened", "opened"]
    moved(clock.instant + 30 * DAY)  # nothing happens twice
    assert kinds(deal) == ["asked", "sealed", "sealed", "opened", "opened"]
    agency = deal.winner
    assert queries.standings(reading(CLOCK), [agency.ref]) == {agency.ref: Standing(1, 285)}
    assert compare(reading(CLOCK), fabric().held).count == 0


def test_an_outsider_recomputes_the_seal_from_log_and_page(context):
    deal = evaluations.opened()
    card = queries.both(reading(VISITOR), deal.number).owner
    leaves = ledger.of_subject(reading(CLOCK), deal.notice)
    sealed = next(each for each in leaves if each.type == "evaluation.sealed")
    opened = next(
        each
        for each in leaves
        if each.type == "evaluation.opened" and each.fields["by"] == By.OWNER.value
    )
    words = text_digest(card.text_salt, card.text, card.fact)
    assert opened.fields["text_sha256"] == words
    salt = opened.fields["salt"]
    assert sealed.fields["digest"] == seal_digest(salt, deal.number, By.OWNER, BAD, words)


def test_silence_is_no_mark_and_what_the_other_said_opens(context, clock):
    deal = contracts.accepted()
    given(deal, By.OWNER)
    moved(evaluations.evaluate_due(deal) - dt.timedelta(milliseconds=1))
    assert state(deal, By.OWNER) is EvaluationState.SEALED
    moved(evaluations.evaluate_due(deal))
    assert state(deal, By.OWNER) is EvaluationState.OPEN
    assert state(deal, By.AGENCY) is EvaluationState.UNRATED
    owner = deal.buyer.organisation_id
    assert queries.standing(reading(CLOCK), owner, By.AGENCY) == Standing(0, None)
    assert kinds(deal) == ["asked", "sealed", "unrated", "opened"]
    with pytest.raises(Refusal) as no:
        given(deal, By.AGENCY)
    assert no.value.code == "evaluation.fixed"


def test_a_clock_that_stood_still_across_every_due_does_each_thing_once(context, clock):
    deal = contracts.accepted()
    given(deal, By.OWNER)
    moved(evaluations.evaluate_due(deal) + 60 * DAY)
    jobs.sweep()
    assert kinds(deal) == ["asked", "sealed", "unrated", "opened"]


def test_nobody_says_anything(context, clock):
    deal = contracts.accepted()
    moved(evaluations.evaluate_due(deal))
    assert kinds(deal) == ["asked", "unrated", "unrated"]


def test_it_is_corrected_within_a_day_and_then_no_more(context, clock):
    deal = contracts.accepted()
    given(deal, By.OWNER, GOOD)
    clock.advance(23 * HOUR)
    given(deal, By.OWNER)
    given(deal, By.OWNER)  # the same again changes nothing
    assert kinds(deal) == ["asked", "sealed", "corrected"]
    moved(clock.instant + 2 * HOUR)
    with pytest.raises(Refusal) as no:
        given(deal, By.OWNER, GOOD)
    assert no.value.code == "evaluation.fixed"
    assert compare(reading(CLOCK), fabric().held).count == 0


def test_who_is_no_party_or_has_not_the_duty_says_nothing(context):
    deal = contracts.accepted()
    outsider = deal.reserves[0].actor
    with pytest.raises(NotFound):
        in_one_transaction(service.give, outsider, number=deal.number, marks=GOOD)
    with pytest.raises(NotPermitted):
        in_one_transaction(service.give, deal.buyer.signatory, number=deal.number, marks=GOOD)


def test_what_is_sealed_leaks_in_no_page_log_entry_letter_export_or_answer(app, context, clock):
    deal = contracts.accepted()
    given(deal, By.OWNER)
    letters.write()
    work = reading(CLOCK)
    for entry in ledger.of_subject(work, deal.notice):
        assert "CANARY" not in str(entry.fields)
        assert "quality" not in entry.fields
    inspector = people.staff("inspection", "inspector")
    for who in (VISITOR, deal.winner.actor, deal.reserves[0].actor, inspector):
        pair = queries.both(reading(who), deal.number)
        assert "CANARY" not in repr(pair)
        assert pair.owner.marks is pair.owner.overall is None
    assert queries.both(reading(deal.acceptor), deal.number).owner.text == OWNERS_TEXT
    assert queries.of_organisation(work, deal.winner.organisation_id, By.OWNER) == []
    assert queries.standings(work, [deal.winner.ref]) == {}
    assert FACT not in str(work.session.execute(sql("select * from letter")).all())
