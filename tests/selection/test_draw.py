"""The draw: witnessed before any value, one order for ever, the same for everybody who recomputes
it.
"""

import concurrent.futures
import datetime as dt
import sys
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from market.db import db, in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.clock import epoch
from market.kernel.errors import NotFound, NotPermitted
from market.ledger import queries as ledger
from market.selection.entries import jobs as entry_jobs
from market.selection.results import queries as result_queries
from market.selection.results.models import Ranking
from market.selection.sources import jobs as source_jobs
from market.selection.sources import service as source_service
from market.selection.sources.models import Draw, SourceValue
from market.selection.sources.queries import rows as source_rows
from market.selection.sources.service import submit_value
from tests.factories import agencies
from tests.factories import selection as f
from tests.selection.deeds import at_the_draw, check_refused, draw_of, log_of, ready, values_of
from tests.selection.proof import check_draw
from verify.zjcs import drand
from verify.zjcs import draw as protocol

MINUTE = dt.timedelta(minutes=1)


@pytest.mark.databases
def test_the_whole_draw_holds_before_an_outsiders_program_with_the_regulators_keys(context):
    number, made = f.announced_notice(5)
    seen = check_draw(number)
    assert seen["level"] == "S1"
    card = result_queries.result(reading(CLOCK), number)
    assert [row.rank for row in card.entries] == [1, 2, 3, 4, 5]
    assert [row.rank_state for row in card.entries] == [
        "proposed",
        "reserve",
        "reserve",
        "not_selected",
        "not_selected",
    ]
    assert card.notice.winner.ref == card.entries[0].ref
    assert {row.ref for row in card.entries} == {who.ref for who in made}
    assert card.number == "ZX-360481-2026-00001"


def test_the_result_stands_three_working_days(context):
    number, _made = f.announced_notice()
    card = result_queries.notice(reading(CLOCK), number)
    assert card.result_published_at == card.draw_at
    assert card.standstill_due == dt.datetime(
        2026, 3, 16, 16, tzinfo=dt.UTC
    )  # Wednesday + 3 working days, 24:00
    (published,) = log_of(number, "result.published")
    assert published.fields["winner"] == card.winner.ref
    assert published.fields["amount_fen"] == card.winner.amount_fen


def test_the_last_value_makes_the_order_whoever_hands_it_in(context):
    number = ready()
    at_the_draw(number)
    assert (result_queries.notice(reading(CLOCK), number).state, draw_of(number).state) == (
        "waiting_value",
        "waiting_value",
    )
    values = values_of(number)
    for source, value in values.items():
        state = in_one_transaction(
            submit_value,
            VISITOR,
            draw_no=draw_of(number).number,
            source=source,
            value=value,
        )
    assert state == "drawn"
    assert [source["value"] for source in draw_of(number).sources] == list(values.values())
    for source, value in values.items():
        assert (
            in_one_transaction(
                submit_value,
                VISITOR,
                draw_no=draw_of(number).number,
                source=source,
                value=value,
            )
            == "drawn"
        )
    assert len(log_of(number, "draw.result")) == 1
    check_refused(
        "draw.is_over",
        submit_value,
        draw_no=draw_of(number).number,
        source=f.OPERATOR_CHAIN,
        value="0" * 64,
    )


def test_a_value_is_taken_only_when_it_is_due_well_spelt_and_the_chains_own(context):
    number = ready()
    values = values_of(number)
    draw = draw_of(number).number
    given = {"draw_no": draw, "source": f.OPERATOR_CHAIN}
    no = check_refused("draw.value_not_due", submit_value, **given, value=values[f.OPERATOR_CHAIN])
    assert no.facts["due"] == "2026-03-11 17:30:00"
    at_the_draw(number)
    check_refused(
        "draw.value_malformed",
        submit_value,
        **given,
        value=values[f.OPERATOR_CHAIN].upper(),
    )
    assert (
        check_refused(
            "draw.value_wrong",
            submit_value,
            **given,
            value=values[f.REGULATOR_CHAIN],
        ).status
        == 422
    )
    check_refused("draw.no_source", submit_value, draw_no=draw, source="other", value="0" * 64)
    check_refused("draw.none", submit_value, draw_no="XQ-360481-2026-99999", source="other")
    in_one_transaction(submit_value, VISITOR, **given, value=values[f.OPERATOR_CHAIN])
    in_one_transaction(submit_value, VISITOR, **given, value=values[f.OPERATOR_CHAIN])
    check_refused("draw.value_wrong", submit_value, **given, value=values[f.REGULATOR_CHAIN])
    assert db.session.scalar(select(func.count()).select_from(SourceValue)) == 1


def test_before_the_seal_no_value_is_taken(context):
    number = f.published_notice()
    check_refused(
        "draw.not_sealed",
        submit_value,
        draw_no=draw_of(number).number,
        source=f.OPERATOR_CHAIN,
        value="0" * 64,
    )


@pytest.mark.databases
def test_two_clocks_and_fifty_hands_make_one_order(app):
    with app.app_context():
        number = ready()
        at_the_draw(number)
        values = values_of(number)
        draw = draw_of(number).number

    def hand_in(turn):
        with app.app_context():
            if turn % 5 == 0:
                source_jobs.bring_values()
                return None
            source = list(values)[turn % 2]
            return in_one_transaction(
                submit_value,
                VISITOR,
                draw_no=draw,
                source=source,
                value=values[source],
            )

    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        list(pool.map(hand_in, range(50)))
    with app.app_context():
        assert len(log_of(number, "draw.result")) == 1
        assert len(log_of(number, "result.published")) == 1
        assert db.session.scalar(select(func.count()).select_from(Ranking)) == 3
        assert len(ledger.latest(reading(CLOCK), type="source.value")) == 2


def test_a_second_draw_of_a_notice_is_refused_by_the_database(context):
    number, _made = f.announced_notice()
    row = source_rows.draw_by_number(reading(CLOCK), draw_of(number).number)
    twin = {
        column.name: getattr(row, column.name)
        for column in Draw.__table__.columns
        if column.name != "id"
    }
    db.session.add(Draw(**{**twin, "number": "XQ-360481-2026-00002"}))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_draws_of_one_slot_share_its_values_and_differ_in_their_order(context):
    first = f.published_notice()
    second = f.published_notice()
    made = f.entered(first, 6)
    for who in made:
        f.enter(second, who)
    f.drawn(first)
    source_jobs.bring_values()
    assert draw_of(second).state == "drawn"
    assert len(ledger.latest(reading(CLOCK), type="source.value")) == 2
    assert draw_of(first).seed != draw_of(second).seed
    assert check_draw(first)["level"] == check_draw(second)["level"] == "S1"


def test_a_later_slot_is_proved_from_the_nearest_value_known(context):
    f.announced_notice()
    number = f.published_notice(entry_close=f.at(8), draw_at=f.at(8, 17, 30), ceiling_fen=100)
    for _ in range(3):
        f.enter(number, f.agency(), 50)
    f.drawn(number)
    assert draw_of(number).state == "drawn"


# --- chains, drand, size ------------------------------------------------------------------


def test_a_chain_is_anchored_once_and_its_anchor_never_changes(context):
    f.town()
    facts = f._anchor(f.keys().chain().anchor_leaf())
    assert (
        in_one_transaction(source_service.anchor_chain, CLOCK, source=f.OPERATOR_CHAIN, **facts)
        is False
    )
    check_refused(
        "draw.other_anchor",
        source_service.anchor_chain,
        CLOCK,
        source=f.OPERATOR_CHAIN,
        **{**facts, "anchor": "0" * 64},
    )
    with pytest.raises(NotPermitted):
        in_one_transaction(source_service.anchor_chain, f.publisher(), source="x", **facts)
    assert len(ledger.latest(reading(CLOCK), type="source.anchor")) == 2


ROUND: dict[str, Any] = {  # of drand quicknet, published at 2023-09-15 19:00:03 in China
    "number": 657413,
    "signature": "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be"
    "41076862b98fad56e91a6b85b89cd97b",
}


@pytest.mark.skipif(
    drand.verify(ROUND["number"], ROUND["signature"]) is None,
    reason="no BLS library: pip install pyblst",
)
def test_with_a_real_beacon_round_a_draw_reaches_s2(context, clock, monkeypatch):
    clock.instant = dt.datetime(2023, 9, 8, 2, tzinfo=dt.UTC)
    monkeypatch.setattr(f, "GENESIS", epoch(dt.datetime(2023, 9, 1, tzinfo=dt.UTC)))
    number = ready(beacon=True, entry_close=f.at(7, 18, 30), draw_at=f.at(7, 19))
    draw = draw_of(number)
    assert (draw.level, draw.sources[2]["slot"]) == ("S2", ROUND["number"])
    given = {"draw_no": draw.number, "source": "drand-quicknet"}
    right = {**given, "round_": ROUND["number"], "signature": ROUND["signature"]}
    check_refused("draw.round_wrong", submit_value, **{**right, "round_": ROUND["number"] + 1})
    at_the_draw(number)
    check_refused("draw.value_not_due", submit_value, **right)
    clock.advance(dt.timedelta(seconds=3))
    check_refused("draw.value_wrong", submit_value, **{**right, "signature": "0" * 96})
    for _ in range(2):
        in_one_transaction(submit_value, VISITOR, **right)
    source_jobs.bring_values()
    in_one_transaction(submit_value, VISITOR, **right)
    assert draw_of(number).state == "drawn"
    f.tick()
    assert check_draw(number)["level"] == "S2"


def test_without_a_bls_library_a_round_is_not_taken_on_trust(context, clock, monkeypatch):
    clock.instant = dt.datetime(2023, 9, 8, 2, tzinfo=dt.UTC)
    monkeypatch.setattr(f, "GENESIS", epoch(dt.datetime(2023, 9, 1, tzinfo=dt.UTC)))
    number = ready(beacon=True, entry_close=f.at(7, 18, 30), draw_at=f.at(7, 19))
    for library in ("pyblst", "py_ecc", "py_ecc.optimized_bls12_381"):
        monkeypatch.setitem(sys.modules, library, None)
    at_the_draw(number)
    clock.advance(dt.timedelta(seconds=3))
    check_refused(
        "draw.cannot_check_drand",
        submit_value,
        draw_no=draw_of(number).number,
        source="drand-quicknet",
        round_=ROUND["number"],
        signature=ROUND["signature"],
    )


def test_a_list_above_256_entries_goes_into_parts(context, monkeypatch):
    """With parts of two rows instead of 256: the rule is the verifier's own constant."""
    monkeypatch.setattr(protocol, "PART_ROWS", 2)
    number = f.published_notice()
    late = agencies.active_agency(
        [f.ITEM], legal_representative="到期", valid_to=dt.date(2026, 3, 8)
    )
    f.enter(number, late)
    f.entered(number, 4)
    f.drawn(number)
    assert [each.fields["part"] for each in log_of(number, "entries.part")] == [1, 2, 3]
    (sealed,) = log_of(number, "entries.sealed")
    assert sealed.fields["count"] == 5
    (result,) = log_of(number, "draw.result")
    assert (len(result.fields["order"]), len(result.fields["order_sha256"])) == (2, 64)
    assert check_draw(number)["size"] == "5 rows"


def test_advancing_what_is_not_due_or_over_changes_nothing(context):
    number = ready()
    draw = draw_of(number).number
    assert in_one_transaction(source_service.advance, CLOCK, draw_no=draw) == "waiting_slot"
    f.drawn(number)
    assert in_one_transaction(source_service.advance, CLOCK, draw_no=draw) == "drawn"
    with pytest.raises(NotFound):
        in_one_transaction(source_service.advance, CLOCK, draw_no="XQ-360481-2026-99999")


def test_a_source_that_does_not_answer_is_asked_again(context):
    number = ready()
    witness = fabric().witness
    witness.answers = False
    at_the_draw(number)
    source_jobs.bring_values()
    assert [source["value"] is None for source in draw_of(number).sources] == [False, True]
    witness.answers = True
    entry_jobs.seal_due()
    source_jobs.bring_values()
    assert draw_of(number).state == "drawn"
