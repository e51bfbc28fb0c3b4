"""Entering: who may, until when, sealed from everybody; and the seal."""

import concurrent.futures
import dataclasses
import datetime as dt
import itertools
import json

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from market.adapters.keys import open_sealed
from market.db import db, in_one_transaction, new_work, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import NotFound, NotPermitted, Refusal
from market.ledger import queries as ledger
from market.selection import jobs, queries, service
from market.selection.models import Entry, Notice
from market.selection.rules import entering, states
from market.selection.rules.terms import Fund
from market.windows import jobs as windows
from tests.factories import agencies
from tests.factories import selection as f
from verify.zjcs import draw as protocol

_count = itertools.count(1)
QUOTE = 9_876_543  # the canary: searched for in everything that anybody can see before the seal


def refused(code, act, actor, **values):
    with pytest.raises(Refusal) as no:
        in_one_transaction(act, actor, **values)
    assert no.value.code == code
    return no.value


def log_of(number, kind):
    return [each for each in ledger.of_subject(reading(CLOCK), number) if each.type == kind]


def enter_at(number, who, instant, quote_fen=QUOTE):
    """Enter with a request that began at that instant, whenever it is worked on."""
    work = new_work(who.actor, instant)
    receipt = service.enter(
        work, number=number, quote_fen=quote_fen, sealing_key=f.keys().sealing_public()
    )
    db.session.rollback()
    return receipt


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
    own = queries.entry_of(reading(CLOCK), number, who.organisation_id)
    assert (own.receipt, own.state, own.quote_fen) == (receipt.receipt, "received", None)
    assert queries.by_receipt(reading(CLOCK), receipt.receipt, who.organisation_id) == own
    assert queries.by_receipt(reading(CLOCK), receipt.receipt, who.organisation_id + 1) is None
    assert queries.log_entry(reading(CLOCK), own) == received.index
    assert queries.notice(reading(CLOCK), number).entries == 1


def test_before_the_seal_no_row_no_leaf_and_no_query_says_who_entered_or_what_was_quoted(context):
    number = f.published_notice()
    who = f.agency()
    f.enter(number, who, QUOTE)
    assert queries.entry_list(reading(CLOCK), number) == ()
    assert queries.entrant_organisations(reading(CLOCK), number) == []
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
    close = queries.notice(reading(CLOCK), number).entry_close
    clock.instant = close + dt.timedelta(seconds=30)
    assert enter_at(number, who, close - dt.timedelta(milliseconds=1)).no == 1
    with pytest.raises(Refusal, match=r"entry\.late"):
        enter_at(number, who, close)


def test_a_late_entry_is_refused_and_its_arrival_noted_once(context, clock):
    number = f.published_notice()
    who = f.agency()
    assert in_one_transaction(service.note_late, who.actor, number=number) is False
    clock.instant = queries.notice(reading(CLOCK), number).entry_close + dt.timedelta(seconds=3)
    no = refused(
        "entry.late",
        service.enter,
        who.actor,
        number=number,
        quote_fen=QUOTE,
        sealing_key=f.keys().sealing_public(),
    )
    assert no.facts == {"close": "2026-03-11 17:00:00", "received": "2026-03-11 17:00:03"}
    assert in_one_transaction(service.note_late, who.actor, number=number) is True
    assert in_one_transaction(service.note_late, who.actor, number=number) is False
    (late,) = log_of(number, "entry.late")
    assert late.fields["received"] == int(clock.instant.timestamp())
    assert queries.late_of(reading(CLOCK), who.organisation_id) == [(number, clock.instant)]


def test_a_second_entry_of_the_same_agency_is_refused(context):
    number = f.published_notice()
    who = f.agency()
    f.enter(number, who)
    refused(
        "entry.twice",
        service.enter,
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
    first = in_one_transaction(service.enter, who.actor, **values)
    assert in_one_transaction(service.enter, who.actor, **values) == first
    again = {**values, "submission_key": "k2"}
    second = in_one_transaction(service.enter_anew, who.actor, **again)
    assert in_one_transaction(service.enter_anew, who.actor, **again) == second
    assert (first.no, second.no) == (1, 2)


@pytest.mark.databases
def test_an_entry_can_be_withdrawn_and_renewed_before_the_close_and_the_last_one_counts(context):
    number = f.published_notice()
    who = f.agency()
    f.enter(number, who, 100)
    in_one_transaction(
        service.enter_anew,
        who.actor,
        number=number,
        quote_fen=200,
        sealing_key=f.keys().sealing_public(),
    )
    assert queries.notice(reading(CLOCK), number).entries == 1
    in_one_transaction(service.withdraw, who.actor, number=number)
    assert queries.entry_of(reading(CLOCK), number, who.organisation_id).state == "withdrawn"
    assert queries.notice(reading(CLOCK), number).entries == 0
    refused("entry.none", service.withdraw, who.actor, number=number)
    f.enter(number, who, 300)
    assert [each.fields["no"] for each in log_of(number, "entry.received")] == [1, 2, 3]
    assert [each.fields["no"] for each in log_of(number, "entry.withdrawn")] == [1, 2]
    assert [own.state for own in queries.entries_of(reading(CLOCK), who.organisation_id)] == [
        "received",
        "withdrawn",
        "withdrawn",
    ]


def test_after_the_close_nothing_is_withdrawn(context, clock):
    number = f.published_notice()
    who = f.agency()
    f.enter(number, who)
    clock.instant = queries.notice(reading(CLOCK), number).entry_close
    refused("entry.withdraw_late", service.withdraw, who.actor, number=number)


def test_the_unqualified_the_suspended_and_strangers_are_refused_with_the_reason(context):
    number = f.published_notice()
    key = f.keys().sealing_public()
    other_item = f.agency("302")
    values = {"number": number, "quote_fen": QUOTE, "sealing_key": key}
    assert refused("agency.no_line", service.enter, other_item.actor, **values).status == 409
    suspended = f.agency()
    agencies.suspended(suspended.ref, **suspension())
    refused("agency.suspended", service.enter, suspended.actor, **values)
    with pytest.raises(NotPermitted):
        in_one_transaction(service.enter, f.owner().drafter, **values)
    stray = dataclasses.replace(suspended.actor, kind="owner")
    with pytest.raises(NotFound):
        in_one_transaction(service.enter, stray, **values)
    with pytest.raises(NotFound):
        in_one_transaction(
            service.enter, suspended.actor, **{**values, "number": "GG-360481-2026-99999"}
        )


def expiring():
    """An agency whose qualification ends before the close."""
    return agencies.active_agency(
        [f.ITEM], legal_representative=f"到期{next(_count)}", valid_to=dt.date(2026, 3, 8)
    )


def suspension():
    return {"reason": "核查材料", "until": dt.date(2026, 3, 20)}


def test_one_legal_representative_stands_behind_one_entry(context):
    number = f.published_notice()
    first, second = (
        agencies.active_agency([f.ITEM], legal_representative="赵六") for _ in range(2)
    )
    f.enter(number, first)
    refused(
        "entry.same_representative",
        service.enter,
        second.actor,
        number=number,
        quote_fen=QUOTE,
        sealing_key=f.keys().sealing_public(),
    )
    in_one_transaction(service.withdraw, first.actor, number=number)
    assert f.enter(number, second).no == 2


def test_a_quote_above_the_ceiling_is_refused(context):
    number = f.published_notice(ceiling_fen=100)
    who = f.agency()
    no = refused(
        "entry.above_ceiling",
        service.enter,
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
    in_one_transaction(service.cancel, buyer.signatory, number=number, reason="停建")
    refused(
        "entry.not_open",
        service.enter,
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
                    service.enter,
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


@pytest.mark.databases
def test_a_form_that_is_overtaken_by_itself_gets_the_receipt_of_the_quicker(app, monkeypatch):
    """On PostgreSQL two transactions run side by side; on SQLite the second begins when the first
    has ended.
    """
    with app.app_context():
        number = f.published_notice()
        who = f.agency()
        key = f.keys().sealing_public()
        overtakes = [submit_once] if db.engine.dialect.name == "postgresql" else []
    judged = entering.check_in_time

    def judged_slowly(*instants):
        judged(*instants)
        if overtakes:
            with concurrent.futures.ThreadPoolExecutor(1) as pool:
                pool.submit(overtakes.pop(), app, number, who, key).result(30)

    monkeypatch.setattr(entering, "check_in_time", judged_slowly)
    assert submit_once(app, number, who, key) == submit_once(app, number, who, key)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Entry)) == 1


def submit_once(app, number, who, key):
    with app.app_context():
        return in_one_transaction(
            service.enter,
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
                service.enter, actor, number=number, quote_fen=QUOTE, sealing_key=key
            ).no

    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(submit, actors)) == [1, 2, 3, 4, 5, 6]


# --- the seal -----------------------------------------------------------------------------


@pytest.mark.databases
def test_after_the_drain_the_list_is_opened_with_every_number_once(context):
    number = f.published_notice()
    made = f.entered(number, 3)
    in_one_transaction(service.withdraw, made[0].actor, number=number)
    f.enter(number, made[0], 5_000_000)
    f.sealed(number)
    (sealed,) = log_of(number, "entries.sealed")
    assert [row["no"] for row in sealed.fields["entrants"]] == [2, 3, 4]
    assert [row.quote_fen for row in queries.entry_list(reading(CLOCK), number)] == [
        10_100_000,
        10_200_000,
        5_000_000,
    ]
    card = queries.notice(reading(CLOCK), number)
    assert (card.state, card.is_opened) == ("sealed", True)
    assert queries.draw(reading(CLOCK), card.draw_number).state == "waiting_slot"
    assert set(queries.entrant_organisations(reading(CLOCK), number)) == {
        who.organisation_id for who in made
    }


def test_the_seal_waits_for_the_drain_and_only_the_clock_seals(context, clock):
    number = f.published_notice()
    private = f.keys().sealing_private()
    clock.instant = queries.notice(reading(CLOCK), number).entry_close + dt.timedelta(seconds=59)
    refused("draw.seal_too_early", service.seal, CLOCK, number=number, private_key=private)
    with pytest.raises(NotPermitted):
        in_one_transaction(service.seal, f.publisher(), number=number, private_key=private)


@pytest.mark.databases
def test_two_clocks_seal_once(app, clock):
    with app.app_context():
        number = f.published_notice()
        f.entered(number, 3)
        clock.instant = queries.notice(reading(CLOCK), number).entry_close + dt.timedelta(
            seconds=60
        )

    def tick(_):
        with app.app_context():
            windows.sweep()
            jobs.seal_due()

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(tick, range(8)))
    with app.app_context():
        assert len(log_of(number, "entries.sealed")) == 1


def test_sealing_without_the_sweep_before_it_does_the_same(context, clock):
    number = f.published_notice()
    f.entered(number, 3)
    clock.instant = queries.notice(reading(CLOCK), number).entry_close + dt.timedelta(seconds=60)
    assert (
        in_one_transaction(
            service.seal, CLOCK, number=number, private_key=f.keys().sealing_private()
        )
        == "sealed"
    )
    assert in_one_transaction(service.seal, CLOCK, number=number, private_key=b"") == "sealed"


def test_an_entry_that_arrives_in_time_but_after_the_seal_is_not_taken(context, clock):
    number = f.published_notice()
    f.entered(number, 3)
    f.sealed(number)
    with pytest.raises(Refusal, match=r"entry\.not_open"):
        enter_at(
            number,
            f.agency(),
            queries.notice(reading(CLOCK), number).entry_close - dt.timedelta(seconds=1),
        )


def test_whoever_lost_his_standing_before_the_close_is_listed_as_ineligible_with_the_reason(
    context,
):
    number = f.published_notice()
    made = [f.agency(), expiring(), f.agency(), f.agency()]
    for who in made:
        f.enter(number, who)
    f.sealed(number)
    (sealed,) = log_of(number, "entries.sealed")
    (excluded,) = sealed.fields["excluded"]
    assert (excluded["ref"], excluded["reason"], excluded["by"]) == (
        made[1].ref,
        "agency.qualification_expired",
        "clock",
    )
    row = next(row for row in queries.entry_list(reading(CLOCK), number) if row.ref == made[1].ref)
    assert (row.state, row.reason) == ("ineligible", "agency.qualification_expired")


@pytest.mark.parametrize(
    ("fund", "count", "failure"),
    [
        (Fund.FISCAL, 0, "NO_ENTRANT"),
        (Fund.FISCAL, 2, "TOO_FEW"),
        (Fund.STATE, 2, "TOO_FEW"),
        (Fund.SOCIAL, 0, "NO_ENTRANT"),
    ],
)
def test_too_few_entrants_make_a_failed_selection_that_is_published(context, fund, count, failure):
    number = f.published_notice(fund=fund, fiscal_percent=100 if fund is Fund.FISCAL else 0)
    f.entered(number, count)
    f.sealed(number)
    card = queries.notice(reading(CLOCK), number)
    assert (card.state, card.failure) == ("failed", failure)
    (failed,) = log_of(number, "selection.failed")
    assert failed.fields["reason"] == failure
    assert [row.failure for row in queries.results(reading(CLOCK))] == [failure]
    f.move_to(card.draw_at)
    assert log_of(number, "draw.result") == []


def test_all_ineligible_is_a_reason_of_its_own(context):
    number = f.published_notice()
    for who in (expiring(), expiring(), expiring()):
        f.enter(number, who)
    f.sealed(number)
    assert queries.notice(reading(CLOCK), number).failure == "ALL_INELIGIBLE"


def test_a_suspension_stops_new_entries_and_not_one_that_was_received_before(context):
    number = f.published_notice()
    made = f.entered(number, 3)
    agencies.suspended(made[0].ref, **suspension())
    f.sealed(number)
    assert [row.state for row in queries.entry_list(reading(CLOCK), number)] == ["listed"] * 3


def test_one_entrant_is_enough_for_social_money(context):
    number = f.published_notice(fund=Fund.SOCIAL, fiscal_percent=0)
    f.entered(number, 1)
    f.drawn(number)
    assert queries.notice(reading(CLOCK), number).state == "announced"


def test_a_clock_that_was_down_across_the_close_seals_when_it_is_back(context):
    number = f.published_notice()
    f.entered(number, 3)
    f.move_to(queries.notice(reading(CLOCK), number).draw_at + dt.timedelta(hours=9))
    assert queries.notice(reading(CLOCK), number).state != states.Notice.ENTRY_OPEN
    assert len(log_of(number, "entries.sealed")) == 1


def test_what_the_database_itself_refuses(context):
    number = f.published_notice()
    made = f.entered(number, 1)
    row = db.session.scalar(select(Entry))
    twin = {
        column.name: getattr(row, column.name)
        for column in Entry.__table__.columns
        if column.name != "id"
    }
    db.session.rollback()
    for changed in ({"no": 2}, {"agency_id": made[0].organisation_id + 1}):
        db.session.add(
            Entry(**{**twin, "receipt": "BM-XXXX-XXXX", "submission_key": None, **changed})
        )
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()
    assert db.session.scalar(select(Notice.entries_given)) == 1
