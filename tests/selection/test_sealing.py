"""The seal: the list is opened after the drain, once, with every number once."""

import concurrent.futures
import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.errors import NotPermitted, Refusal
from market.selection.entries import jobs as entry_jobs
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.entries.models import Entry
from market.selection.kinds import Fund
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState
from market.selection.results import queries as result_queries
from market.selection.sources import queries as source_queries
from market.windows import jobs as windows
from tests.factories import agencies
from tests.factories import selection as f
from tests.selection.deeds import check_refused, log_of
from tests.selection.entering import enter_at, expiring, suspension


@pytest.mark.databases
def test_after_the_drain_the_list_is_opened_with_every_number_once(context):
    number = f.published_notice()
    made = f.entered(number, 3)
    in_one_transaction(entry_service.withdraw, made[0].actor, number=number)
    f.enter(number, made[0], 5_000_000)
    f.sealed(number)
    (sealed,) = log_of(number, "entries.sealed")
    assert [row["no"] for row in sealed.fields["entrants"]] == [2, 3, 4]
    assert [row.quote_fen for row in result_queries.entry_list(reading(CLOCK), number)] == [
        10_100_000,
        10_200_000,
        5_000_000,
    ]
    card = result_queries.notice(reading(CLOCK), number)
    assert (card.state, card.is_opened) == ("sealed", True)
    assert source_queries.draw(reading(CLOCK), card.draw_number).state == "waiting_slot"
    assert set(entry_queries.entrant_organisations(reading(CLOCK), number)) == {
        who.organisation_id for who in made
    }


def test_the_seal_waits_for_the_drain_and_only_the_clock_seals(context, clock):
    number = f.published_notice()
    private = f.keys().sealing_private()
    clock.instant = result_queries.notice(reading(CLOCK), number).entry_close + dt.timedelta(
        seconds=59
    )
    check_refused(
        "draw.seal_too_early", entry_service.seal, CLOCK, number=number, private_key=private
    )
    with pytest.raises(NotPermitted):
        in_one_transaction(entry_service.seal, f.publisher(), number=number, private_key=private)


@pytest.mark.databases
def test_two_clocks_seal_once(app, clock):
    with app.app_context():
        number = f.published_notice()
        f.entered(number, 3)
        clock.instant = result_queries.notice(reading(CLOCK), number).entry_close + dt.timedelta(
            seconds=60
        )

    def tick(_):
        with app.app_context():
            windows.sweep()
            entry_jobs.seal_due()

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(tick, range(8)))
    with app.app_context():
        assert len(log_of(number, "entries.sealed")) == 1


def test_sealing_without_the_sweep_before_it_does_the_same(context, clock):
    number = f.published_notice()
    f.entered(number, 3)
    clock.instant = result_queries.notice(reading(CLOCK), number).entry_close + dt.timedelta(
        seconds=60
    )
    assert (
        in_one_transaction(
            entry_service.seal, CLOCK, number=number, private_key=f.keys().sealing_private()
        )
        == "sealed"
    )
    assert in_one_transaction(entry_service.seal, CLOCK, number=number, private_key=b"") == "sealed"


def test_an_entry_that_arrives_in_time_but_after_the_seal_is_not_taken(context, clock):
    number = f.published_notice()
    f.entered(number, 3)
    f.sealed(number)
    with pytest.raises(Refusal, match=r"entry\.not_open"):
        enter_at(
            number,
            f.agency(),
            result_queries.notice(reading(CLOCK), number).entry_close - dt.timedelta(seconds=1),
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
    row = next(
        row for row in result_queries.entry_list(reading(CLOCK), number) if row.ref == made[1].ref
    )
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
    card = result_queries.notice(reading(CLOCK), number)
    assert (card.state, card.failure) == ("failed", failure)
    (failed,) = log_of(number, "selection.failed")
    assert failed.fields["reason"] == failure
    assert [row.failure for row in result_queries.results(reading(CLOCK))] == [failure]
    f.move_to(card.draw_at)
    assert log_of(number, "draw.result") == []


def test_all_ineligible_is_a_reason_of_its_own(context):
    number = f.published_notice()
    for who in (expiring(), expiring(), expiring()):
        f.enter(number, who)
    f.sealed(number)
    assert result_queries.notice(reading(CLOCK), number).failure == "ALL_INELIGIBLE"


def test_a_suspension_stops_new_entries_and_not_one_that_was_received_before(context):
    number = f.published_notice()
    made = f.entered(number, 3)
    agencies.suspended(made[0].ref, **suspension())
    f.sealed(number)
    assert [row.state for row in result_queries.entry_list(reading(CLOCK), number)] == [
        "listed"
    ] * 3


def test_one_entrant_is_enough_for_social_money(context):
    number = f.published_notice(fund=Fund.SOCIAL, fiscal_percent=0)
    f.entered(number, 1)
    f.drawn(number)
    assert result_queries.notice(reading(CLOCK), number).state == "announced"


def test_a_clock_that_was_down_across_the_close_seals_when_it_is_back(context):
    number = f.published_notice()
    f.entered(number, 3)
    f.move_to(result_queries.notice(reading(CLOCK), number).draw_at + dt.timedelta(hours=9))
    assert result_queries.notice(reading(CLOCK), number).state != NoticeState.ENTRY_OPEN
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
