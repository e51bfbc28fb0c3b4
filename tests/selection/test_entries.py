"""Entering: who may, until when, sealed from everybody."""

import concurrent.futures
import dataclasses
import datetime as dt
import json

import pytest
from sqlalchemy import func, select, text

from market.adapters.keys import open_sealed
from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.entries.models import Entry
from market.selection.notices import service as notice_service
from market.selection.results import queries as result_queries
from tests.factories import agencies
from tests.factories import selection as f
from tests.factories.deeds import do
from tests.selection.deeds import check_refused, log_of
from tests.selection.entering import QUOTE, enter_at, suspension
from verify.zjcs import draw as protocol


@pytest.mark.databases
def test_an_entry_leaves_a_number_a_commitment_and_an_instant_on_the_log(context):
    number = f.published_notice()
    who = f.agency()
    receipt = f.enter(number, who, QUOTE)
    (received,) = log_of(number, "entry.received")
    assert received.fields == {
        "v": 1,
        "type": "entry.received",
        "draw": "XQ-360481-2026-00001",
        "no": 1,
        "commit": receipt.commit,
        "at": int(receipt.received_at.timestamp()),
    }
    own = result_queries.entry_of(reading(CLOCK), number, who.organisation_id)
    assert (own.receipt, own.state, own.quote_fen) == (receipt.receipt, "received", None)
    assert result_queries.by_receipt(reading(CLOCK), receipt.receipt, who.organisation_id) == own
    assert (
        result_queries.by_receipt(reading(CLOCK), receipt.receipt, who.organisation_id + 1) is None
    )
    assert entry_queries.log_entry(reading(CLOCK), own) == received.index
    assert result_queries.notice(reading(CLOCK), number).entries == 1


def test_before_the_seal_no_row_no_leaf_and_no_query_says_who_entered_or_what_was_quoted(context):
    number = f.published_notice()
    who = f.agency()
    f.enter(number, who, QUOTE)
    assert result_queries.entry_list(reading(CLOCK), number) == ()
    assert entry_queries.entrant_organisations(reading(CLOCK), number) == []
    tables = [
        name
        for (name,) in db.session.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'table'")
        )
    ]
    rows = [
        str(tuple(row))
        for name in tables
        for row in db.session.execute(text(f'SELECT * FROM "{name}"'))
    ]
    assert not [row for row in rows if str(QUOTE) in row]
    assert not [
        each
        for each in ledger.after(reading(CLOCK), 0)
        if each.type.startswith("entry") and who.ref in each.leaf.decode()
    ]


def test_the_commitment_can_be_recomputed_from_what_was_sealed(context):
    number = f.published_notice()
    who = f.agency()
    receipt = f.enter(number, who, QUOTE)
    box = db.session.scalar(select(Entry.sealed))
    opened = json.loads(open_sealed(f.keys().sealing_private(), box))
    salt = opened.pop("salt")
    assert protocol.commitment(salt, opened) == receipt.commit
    assert opened["quote_fen"] == QUOTE


def test_in_time_is_what_was_received_before_the_close_however_late_it_is_worked_on(context, clock):
    number = f.published_notice()
    who = f.agency()
    close = result_queries.notice(reading(CLOCK), number).entry_close
    clock.instant = close + dt.timedelta(seconds=30)
    assert enter_at(number, who, close - dt.timedelta(milliseconds=1)).no == 1
    with pytest.raises(Refusal, match=r"entry\.late"):
        enter_at(number, who, close)


def test_a_late_entry_is_refused_and_its_arrival_noted_once(context, clock):
    number = f.published_notice()
    who = f.agency()
    assert in_one_transaction(entry_service.note_late, who.actor, number=number) is False
    clock.instant = result_queries.notice(reading(CLOCK), number).entry_close + dt.timedelta(
        seconds=3
    )
    no = check_refused(
        "entry.late",
        entry_service.enter,
        who.actor,
        number=number,
        quote_fen=QUOTE,
        sealing_key=f.keys().sealing_public(),
    )
    assert no.facts == {"close": "2026-03-11 17:00:00", "received": "2026-03-11 17:00:03"}
    assert in_one_transaction(entry_service.note_late, who.actor, number=number) is True
    assert in_one_transaction(entry_service.note_late, who.actor, number=number) is False
    (late,) = log_of(number, "entry.late")
    assert late.fields["received"] == int(clock.instant.timestamp())
    assert entry_queries.late_of(reading(CLOCK), who.organisation_id) == [(number, clock.instant)]


def test_a_second_entry_of_the_same_agency_is_refused(context):
    number = f.published_notice()
    who = f.agency()
    f.enter(number, who)
    check_refused(
        "entry.twice",
        entry_service.enter,
        who.actor,
        number=number,
        quote_fen=QUOTE,
        sealing_key=f.keys().sealing_public(),
    )


def test_the_same_form_sent_twice_is_one_entry(context):
    number = f.published_notice()
    who = f.agency()
    values = {
        "number": number,
        "quote_fen": QUOTE,
        "sealing_key": f.keys().sealing_public(),
        "submission_key": "k",
    }
    first = in_one_transaction(entry_service.enter, who.actor, **values)
    assert in_one_transaction(entry_service.enter, who.actor, **values) == first
    again = {**values, "submission_key": "k2"}
    second = in_one_transaction(entry_service.enter_anew, who.actor, **again)
    assert in_one_transaction(entry_service.enter_anew, who.actor, **again) == second
    assert (first.no, second.no) == (1, 2)


@pytest.mark.databases
def test_an_entry_can_be_withdrawn_and_renewed_before_the_close_and_the_last_one_counts(context):
    number = f.published_notice()
    who = f.agency()
    f.enter(number, who, 100)
    in_one_transaction(
        entry_service.enter_anew,
        who.actor,
        number=number,
        quote_fen=200,
        sealing_key=f.keys().sealing_public(),
    )
    assert result_queries.notice(reading(CLOCK), number).entries == 1
    in_one_transaction(entry_service.withdraw, who.actor, number=number)
    assert result_queries.entry_of(reading(CLOCK), number, who.organisation_id).state == "withdrawn"
    assert result_queries.notice(reading(CLOCK), number).entries == 0
    check_refused("entry.none", entry_service.withdraw, who.actor, number=number)
    f.enter(number, who, 300)
    assert [each.fields["no"] for each in log_of(number, "entry.received")] == [1, 2, 3]
    assert [each.fields["no"] for each in log_of(number, "entry.withdrawn")] == [1, 2]
    assert [
        own.state for own in result_queries.entries_of(reading(CLOCK), who.organisation_id)
    ] == [
        "received",
        "withdrawn",
        "withdrawn",
    ]


def test_after_the_close_nothing_is_withdrawn(context, clock):
    number = f.published_notice()
    who = f.agency()
    f.enter(number, who)
    clock.instant = result_queries.notice(reading(CLOCK), number).entry_close
    check_refused("entry.closed", entry_service.withdraw, who.actor, number=number)


def test_the_unqualified_the_suspended_and_strangers_are_refused_with_the_reason(context):
    number = f.published_notice()
    key = f.keys().sealing_public()
    other_item = f.agency("302")
    values = {"number": number, "quote_fen": QUOTE, "sealing_key": key}
    assert (
        check_refused("agency.no_line", entry_service.enter, other_item.actor, **values).status
        == 409
    )
    suspended = f.agency()
    agencies.suspended(suspended.ref, **suspension())
    check_refused("agency.suspended", entry_service.enter, suspended.actor, **values)
    with pytest.raises(NotPermitted):
        in_one_transaction(entry_service.enter, f.owner().drafter, **values)
    stray = dataclasses.replace(suspended.actor, kind="owner")
    with pytest.raises(NotFound):
        in_one_transaction(entry_service.enter, stray, **values)
    with pytest.raises(NotFound):
        in_one_transaction(
            entry_service.enter, suspended.actor, **{**values, "number": "GG-360481-2026-99999"}
        )


@pytest.mark.databases
def test_nothing_is_told_before_the_close_of_who_else_has_entered(context):
    number = f.published_notice()
    first, second = (
        agencies.active_agency(
            [f.ITEM], legal_representative="赵六", representative_digest="a" * 64
        )
        for _ in range(2)
    )
    f.enter(number, first)
    assert f.enter(number, second).no == 2
    assert entry_queries.namesakes(reading(CLOCK), number) == []


def test_a_quote_above_the_ceiling_is_refused(context):
    number = f.published_notice(ceiling_fen=100)
    who = f.agency()
    no = check_refused(
        "entry.above_ceiling",
        entry_service.enter,
        who.actor,
        number=number,
        quote_fen=101,
        sealing_key=f.keys().sealing_public(),
    )
    assert no.facts["ceiling"] == "1.00"


def test_a_cancelled_notice_takes_no_entries(context):
    buyer = f.owner()
    number = f.published_notice(buyer)
    who = f.agency()
    do(notice_service.cancel, buyer.signatory, number=number, reason="停建")
    check_refused(
        "entry.notice_cancelled",
        entry_service.enter,
        who.actor,
        number=number,
        quote_fen=QUOTE,
        sealing_key=f.keys().sealing_public(),
    )


@pytest.mark.databases
def test_fifty_submissions_at_once_make_one_row_and_one_log_entry(app):
    with app.app_context():
        number = f.published_notice()
        who = f.agency()
        key = f.keys().sealing_public()

    def submit(_):
        with app.app_context():
            try:
                return in_one_transaction(
                    entry_service.enter,
                    who.actor,
                    number=number,
                    quote_fen=QUOTE,
                    sealing_key=key,
                    submission_key="the same form",
                ).receipt
            except Refusal as no:
                return no.code

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(submit, range(50)))
    with app.app_context():
        assert len(answers) == 1
        assert db.session.scalar(select(func.count()).select_from(Entry)) == 1
        assert len(log_of(number, "entry.received")) == 1


def submit_once(app, number, who, key):
    with app.app_context():
        return in_one_transaction(
            entry_service.enter,
            who.actor,
            number=number,
            quote_fen=QUOTE,
            sealing_key=key,
            submission_key="the same form",
        ).receipt


@pytest.mark.databases
def test_agencies_that_enter_at_once_get_numbers_without_a_gap(app):
    with app.app_context():
        number = f.published_notice()
        key = f.keys().sealing_public()
        actors = [f.agency().actor for _ in range(6)]

    def submit(actor):
        with app.app_context():
            return in_one_transaction(
                entry_service.enter, actor, number=number, quote_fen=QUOTE, sealing_key=key
            ).no

    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(submit, actors)) == [1, 2, 3, 4, 5, 6]
