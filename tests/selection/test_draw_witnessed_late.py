"""Seals that were witnessed late, or not at all: the draw is postponed by rule or falls below S1."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from market.db import db, in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.clock import epoch
from market.ledger import jobs as ledger_jobs
from market.ledger import queries as ledger
from market.selection.entries import jobs as entry_jobs
from market.selection.kinds import Fund
from market.selection.results import queries as result_queries
from market.selection.sources import jobs as source_jobs
from market.selection.sources import service as source_service
from market.selection.sources.models import SourceValue
from market.windows import jobs as windows
from market.windows import queries as open_windows
from tests.factories import selection as f
from tests.selection.deeds import at_the_draw, check_refused, draw_of, log_of, values_of
from tests.selection.proof import check_draw
from verify.zjcs import draw as protocol

MINUTE = dt.timedelta(minutes=1)


# --- witnessed late, or not at all --------------------------------------------------------


def test_without_the_witness_over_the_seal_no_value_is_taken_and_the_draw_waits(context):
    number = f.published_notice()
    f.entered(number, 3)
    fabric().witness.answers = False
    f.drawn(number)
    assert draw_of(number).state == "waiting_value"
    check_refused(
        "draw.awaits_witness",
        source_service.submit_value,
        draw_no=draw_of(number).number,
        source=f.OPERATOR_CHAIN,
        value=values_of(number)[f.OPERATOR_CHAIN],
    )
    assert ledger.latest(reading(CLOCK), type="source.value") == []


@pytest.mark.databases
def test_a_seal_that_was_witnessed_late_postpones_by_rule_and_the_draw_still_holds(context, clock):
    number = f.published_notice()
    f.entered(number, 3)
    witness = fabric().witness
    witness.answers = False
    f.drawn(number)
    at = draw_of(number).draw_at
    witness.answers = True
    f.move_to(at + 5 * MINUTE)
    f.tick()
    draw = draw_of(number)
    assert (draw.draw_at, draw.state) == (at + 6 * MINUTE, "waiting_value")
    (postponed,) = log_of(number, "draw.postponed")
    assert postponed.fields["draw_at"] == epoch(at + 6 * MINUTE)
    assert [source["due"] for source in draw.sources] == [at + 10 * MINUTE] * 2
    f.move_to(at + 10 * MINUTE)
    assert draw_of(number).state == "drawn"
    assert "postponed" in check_draw(number)["slots"]
    assert any(
        due.matter.endswith(":postponed") for due in open_windows.of_subject(reading(CLOCK), number)
    )


def test_a_value_handed_in_at_the_late_cosignature_postpones_and_is_not_taken(context, clock):
    number = f.published_notice()
    f.entered(number, 3)
    witness = fabric().witness
    witness.answers = False
    f.sealed(number)
    at_the_draw(number)
    value = values_of(number)[f.OPERATOR_CHAIN]
    witness.answers = True
    ledger_jobs.witness_head()
    state = in_one_transaction(
        source_service.submit_value,
        VISITOR,
        draw_no=draw_of(number).number,
        source=f.OPERATOR_CHAIN,
        value=value,
    )
    assert state == "waiting_value"
    assert draw_of(number).draw_at == clock.instant + MINUTE
    assert db.session.scalar(select(func.count()).select_from(SourceValue)) == 0


def test_a_late_clock_seals_has_it_witnessed_and_draws_by_the_postponed_slot(context):
    number = f.published_notice()
    f.entered(number, 3)
    back = result_queries.notice(reading(CLOCK), number).draw_at + dt.timedelta(hours=30)
    f.move_to(back)
    f.tick()
    f.move_to(back + 11 * MINUTE)
    f.tick()
    assert draw_of(number).state == "drawn"
    assert check_draw(number)["slots"].endswith("postponed")


# --- below S1 -----------------------------------------------------------------------------


def alone(count=1):
    """A social notice in a place without a witness: level S0."""
    number = f.published_notice(f.owner(witnessed=False), fund=Fund.SOCIAL, fiscal_percent=0)
    f.entered(number, count)
    return number


def test_without_a_witness_social_money_is_drawn_at_level_s0(context):
    number = alone(3)
    f.drawn(number)
    draw = draw_of(number)
    assert (draw.level, draw.state, len(draw.sources)) == ("S0", "drawn", 1)


def test_at_level_s0_the_log_must_have_been_signed_over_the_seal(context, clock):
    number = alone()
    clock.instant = result_queries.notice(reading(CLOCK), number).entry_close + MINUTE
    windows.sweep()
    entry_jobs.seal_due()
    clock.instant = draw_of(number).draw_at
    windows.sweep()
    source_jobs.bring_values()
    assert draw_of(number).state == "waiting_value"
    ledger_jobs.sign_head()
    source_jobs.bring_values()
    assert draw_of(number).state == "drawn"


def test_a_list_sealed_after_its_value_was_known_is_not_drawn_but_listed_again(context, clock):
    first = alone()
    f.drawn(first)
    second = alone()
    assert draw_of(second).level == "S0"
    clock.instant = result_queries.notice(reading(CLOCK), second).draw_at
    value = protocol.value_at(f.keys().chain().secret, f.SLOTS, draw_of(second).sources[0]["slot"])
    db.session.add(
        SourceValue(
            source=f.OPERATOR_CHAIN,
            slot=draw_of(second).sources[0]["slot"],
            value=value,
            revealed_at=clock.instant,
        )
    )
    db.session.commit()
    f.move_to(clock.instant + MINUTE)
    card = result_queries.notice(reading(CLOCK), second)
    assert (card.state, card.failure, draw_of(second).state) == (
        "failed",
        "SYSTEM_FAULT",
        "aborted",
    )
