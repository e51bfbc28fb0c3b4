"""A suspension of entries: only on an article, within its cap, heard, signed by another, and held at
the entry.
"""

import datetime as dt

import pytest

from market.agencies import queries as agency_queries
from market.agencies.models import Agency
from market.catalogue.rules import Items
from market.db import db, reading
from market.enrolment import service as enrolment
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.errors import Invalid, NotPermitted, Refusal
from market.ledger.queries.integrity import compare
from market.reputation import queries, rules, service
from market.reputation.integrity import HELD
from market.reputation.rules import CreditState, MeasureKind, MeasureState
from market.selection.entries import queries as entry_queries
from market.windows import jobs as windows_jobs
from tests.factories import accounts as people
from tests.factories import agencies, selection
from tests.factories import reputation as made
from tests.factories.deeds import do

GRAVE = "AG-E03"
ITEM = Items((selection.ITEM,))
CAP = 60
ASKED = {"days": 30, "reason": "虚假材料，拒不改正。"}


def refused(code, act, *args, **given):
    with pytest.raises(Refusal) as no:
        act(*args, **given)
    assert no.value.code == code, no.value.code
    return no.value


def later(**span):
    fabric().clock.advance(dt.timedelta(**span))
    windows_jobs.sweep()


def state(number):
    return queries.measure(reading(CLOCK), number).state


def recorded():
    """A grave record on a named article, of an agency that may enter."""
    made.named_basis(GRAVE, CAP)
    at = made.bench()
    who = agencies.active_agency([selection.ITEM])
    return at, who, made.recorded(GRAVE, who, at)


def suspended():
    """The same, suspended."""
    at, who, number = recorded()
    do(service.propose_suspension, at.officer, number=number, **ASKED)
    do(service.state_against_suspension, who.actor, number=number, statement="正在整改。")
    do(service.sign_suspension, at.signatory, number=number)
    return at, who, number


@pytest.mark.parametrize(
    "given, may",
    [
        ({}, True),
        ({"article": ""}, False),
        ({"cap_days": None}, False),
        ({"measure": "提醒"}, False),
        ({"measure": "暂停报名3个月"}, True),
        ({"state": CreditState.APPEALED}, False),
        ({"state": CreditState.EXPIRED}, False),
        ({"kind": MeasureKind.REMOVAL}, True),
        ({"kind": MeasureKind.REMOVAL, "measure": "暂停报名3个月"}, False),
        ({"kind": MeasureKind.REMOVAL, "article": ""}, False),
    ],
)
def test_a_suspension_needs_a_record_in_force_a_line_that_says_so_and_an_article(given, may):
    whole = {
        "kind": MeasureKind.SUSPENSION,
        "state": CreditState.IN_FORCE,
        "measure": "清退；移送",
        "article": "《某条例》第三条",
        "cap_days": CAP,
    }
    assert rules.may_follow(**{**whole, **given}) is may


@pytest.mark.parametrize(
    "days, may", [(None, False), (0, False), (1, True), (60, True), (61, False)]
)
def test_the_cap_is_that_of_the_article(days, may):
    if may:
        assert rules.check_days(days, CAP) == days
        return
    with pytest.raises(Invalid) as no:
        rules.check_days(days, CAP)
    assert no.value.field == "days"


@pytest.mark.databases
def test_it_is_heard_signed_by_another_and_bars_the_next_entry_alone(context):
    notice = selection.published_notice()
    at, who, number = recorded()
    assert entry_queries.barred_today(reading(who.actor), ITEM) is None
    with pytest.raises(NotPermitted):
        do(service.propose_suspension, who.actor, number=number, **ASKED)
    do(service.propose_suspension, at.officer, number=number, **ASKED)
    refused("credit.measure_waits", do, service.propose_suspension, at.officer, number=number,
            **ASKED)  # fmt: skip
    refused("credit.may_still_state", do, service.sign_suspension, at.signatory, number=number)
    assert entry_queries.barred_today(reading(who.actor), ITEM) is None
    do(service.state_against_suspension, who.actor, number=number, statement="正在整改。")
    do(service.sign_suspension, at.signatory, number=number)

    assert state(number) is MeasureState.IN_FORCE
    assert [each.number for each in queries.register(reading(CLOCK))] == [number]
    no = entry_queries.barred_today(reading(who.actor), ITEM)
    assert no.code == "credit.suspended"
    other = selection.published_notice()
    refused("credit.suspended", selection.enter, other, who)
    assert compare(reading(CLOCK), HELD).count == 0
    assert notice != other


def test_who_proposed_does_not_sign(context):
    at, who, number = recorded()
    do(service.propose_suspension, at.signatory, number=number, **ASKED)
    do(service.state_against_suspension, who.actor, number=number, statement="正在整改。")
    refused("credit.same_person", do, service.sign_suspension, at.signatory, number=number)
    do(service.drop_suspension, at.other, number=number)
    assert state(number) is MeasureState.DROPPED
    assert entry_queries.barred_today(reading(who.actor), ITEM) is None
    assert compare(reading(CLOCK), HELD).count == 0


def test_without_an_article_nobody_is_suspended(context):
    at = made.bench()
    who = made.agency()
    number = made.recorded(GRAVE, who, at)
    refused("credit.no_measure", do, service.propose_suspension, at.officer, number=number, **ASKED)


@pytest.mark.databases
def test_it_ends_with_its_last_day_once(context):
    _at, who, number = suspended()
    until = queries.measure(reading(CLOCK), number).until
    assert until == reading(CLOCK).today + dt.timedelta(days=30)
    fabric().clock.instant = dt.datetime.combine(
        until + dt.timedelta(days=1), dt.time(), dt.timezone(dt.timedelta(hours=8))
    )
    later(seconds=-1)
    assert state(number) is MeasureState.IN_FORCE
    assert queries.suspended(reading(CLOCK), {who.organisation_id: None}, until)
    later(seconds=1)
    windows_jobs.sweep()
    assert state(number) is MeasureState.ENDED
    assert entry_queries.barred_today(reading(who.actor), ITEM) is None
    assert compare(reading(CLOCK), HELD).count == 0


def test_a_record_that_falls_takes_its_suspension_with_it(context):
    at, who, number = suspended()
    do(service.appeal, who.actor, number=number, ground="材料由前任代理人伪造。")
    assert state(number) is MeasureState.IN_FORCE  # its effect is held while it is decided
    assert entry_queries.barred_today(reading(who.actor), ITEM) is None
    do(service.uphold, at.other, number=number, reason="经查属实。")
    assert state(number) is MeasureState.ENDED
    assert entry_queries.barred_today(reading(who.actor), ITEM) is None
    assert compare(reading(CLOCK), HELD).count == 0


def test_it_follows_the_legal_representative(context):
    same = {"representative_digest": "d" * 64}
    made.named_basis(GRAVE, CAP)
    at = made.bench()
    first = agencies.active_agency([selection.ITEM], **same)
    second = agencies.active_agency([selection.ITEM], **same)
    third = agencies.active_agency([selection.ITEM])
    number = made.recorded(GRAVE, first, at)
    do(service.propose_suspension, at.officer, number=number, **ASKED)
    do(service.state_against_suspension, first.actor, number=number, statement="正在整改。")
    do(service.sign_suspension, at.signatory, number=number)
    notice = selection.published_notice()
    refused("credit.suspended", selection.enter, notice, second)
    selection.enter(notice, third)


@pytest.mark.parametrize("told, follows", [("李四", True), (" 李\u3000四 ", True), ("赵六", False)])
def test_it_takes_up_the_representative_whose_number_becomes_known_later(context, told, follows):
    """Signed while only a name was known; another who leads the agency now was not meant."""
    digest = "e" * 64
    made.named_basis(GRAVE, CAP)
    at = made.bench()
    first = agencies.active_agency([selection.ITEM], legal_representative="李四")
    second = agencies.active_agency([selection.ITEM], representative_digest=digest)
    rows = db.session.query(Agency).filter_by(organisation_id=first.organisation_id)
    rows.update({"representative_digest": None})
    db.session.commit()
    number = made.recorded(GRAVE, first, at)
    do(service.propose_suspension, at.officer, number=number, **ASKED)
    do(service.state_against_suspension, first.actor, number=number, statement="正在整改。")
    do(service.sign_suspension, at.signatory, number=number)
    assert entry_queries.barred_today(reading(second.actor), ITEM) is None

    do(enrolment.tell_representative, first.actor, name=told, digest=digest)
    assert entry_queries.barred_today(reading(second.actor), ITEM) is None
    do(enrolment.confirm_representative, agencies.checker(), ref=first.ref)
    no = entry_queries.barred_today(reading(second.actor), ITEM)
    assert (no is not None and no.code == "credit.suspended") is follows
    assert compare(reading(CLOCK), HELD).count == 0


def test_neither_the_public_page_nor_its_own_says_that_it_may_enter(app, client):
    with app.app_context():
        _at, who, _number = suspended()
        uscc = agency_queries.by_ref(reading(CLOCK), who.ref).uscc
    shown = client.get(f"/agencies/{uscc}").text
    assert "可报名" not in shown and "暂停报名至" in shown
    with app.app_context():
        people.sign_in(client, who.actor)
    own = client.get("/enrolment").text
    assert "可以报名" not in own and "可报名" not in own and "暂停报名至" in own
