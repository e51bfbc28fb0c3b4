"""What stands behind the selections in open data, and what of it stays out."""

import datetime as dt
import itertools

import pytest

from market.cards import jobs as card_jobs
from market.complaints.rules import Outcome
from market.contracts import service as contracts_service
from market.contracts.rules.change import REASONS, Asked, Change
from market.db import reading
from market.kernel.actor import VISITOR
from market.kernel.ids import Prefix, sibling
from market.ledger import queries as ledger
from market.opendata import queries
from market.oversight import jobs as oversight_jobs
from market.oversight import queries as oversight
from market.oversight.rules.statistics import last_months
from market.reputation import service as reputation
from market.selection.scored import queries as scored
from tests.cards import test_service as cards
from tests.factories import complaints, contracts, selection
from tests.factories import reputation as made
from tests.factories.deeds import do
from tests.opendata.test_matters import rows
from tests.selection import scoring

WORDS = "业主提供的地形资料晚了两周，双方已有记录。"


@pytest.mark.databases
def test_a_scored_selection_has_its_scores(opened):
    number = scoring.finished()
    found = {each["no"]: each for each in rows("scores")}
    result = scored.result(reading(VISITOR), number)
    assert {no: (each["total"], each["rank"]) for no, each in found.items()} == {
        line.no: (line.total, line.rank) for line in result.lines
    }
    (row,) = rows("selections")
    assert (row["notice"], row["method"], row["entries"]) == (number, "weighted", 3)
    assert row["number"] == sibling(number, Prefix.DRAW)
    assert {each["no"]: each["quote_fen"] for each in rows("entries")} == {
        no: each["quote_fen"] for no, each in found.items()
    }


def test_while_it_is_judged_who_entered_is_there_and_no_quote(opened):
    number, _, panel = scoring.published()
    scoring.entered(number, [10_000_000, 9_876_543, 8_000_000])
    assert rows("entries") == []
    selection.sealed(number)
    scoring.judged(number, panel[0])
    assert [each["quote_fen"] for each in rows("entries")] == [None] * 3
    assert rows("scores") == []


def test_a_drawn_selection_has_no_scores(opened):
    number = selection.announced_notice()[0]
    assert rows("scores") == []
    (row,) = rows("selections")
    assert (row["notice"], row["state"], row["entries"]) == (number, "drawn", 3)
    assert row["number"] == rows("notices")[0]["draw"]


@pytest.mark.databases
def test_a_change_that_both_agreed_to_is_there_and_counted_of_the_owner(opened):
    deal = contracts.started()
    asked = Asked(
        change=Change.EXTEND, reason=sorted(REASONS[Change.EXTEND])[0], statement=WORDS, days=14
    )
    do(contracts_service.ask_change, deal.winner.actor, number=deal.number, asked=asked)
    assert rows("contract_changes") == []
    do(contracts_service.agree_change, deal.buyer.signatory, number=deal.number)
    (change,) = rows("contract_changes")
    assert (change["contract"], change["no"], change["days"]) == (deal.number, 1, 14)
    assert (change["by"], change["amount_fen"]) == ("agency", None)
    assert WORDS not in str(change)
    (facts,) = [each for each in rows("owner_facts") if each["contracts"]]
    assert facts["owner"] == rows("contracts")[0]["owner"]
    assert (facts["changed"], facts["accepted"], facts["overall"]) == (1, 0, None)


@pytest.mark.databases
def test_a_grave_record_is_there_until_it_is_repaired_and_a_minor_one_never(opened, clock):
    at = made.bench()
    agency = made.agency()
    made.named_basis("AG-E07")
    grave = made.recorded("AG-E07", agency, at)
    minor = made.recorded("AG-P01", agency, at)
    dropped = made.proposed("AG-E03", at.officer, agency.uscc)
    (found,) = rows("credit_events_in_force")
    assert (found["number"], found["agency"]) == (grave, agency.ref)
    assert found["article"] and found["behaviour"] == "AG-E07"
    assert {minor, dropped} & set(str(found)) == set()

    do(reputation.appeal, agency.actor, number=grave, ground="事实不符。")
    do(reputation.uphold, at.other, number=grave, reason="属实。")
    assert rows("credit_events_in_force") == []
    work = reading(VISITOR)
    gone = [
        each for each in queries.changes(work, 0, ledger.size(work), 500) if each.subject == grave
    ]
    assert gone and all(each.gone for each in gone)


def test_every_version_of_an_item_is_there(opened):
    selection.town()
    versions = rows("item_versions")
    items = {each["code"]: each for each in rows("items")}
    assert {each["item"] for each in versions} == set(items)
    assert all(each["state"] == "published" and each["version"] == 1 for each in versions)


@pytest.mark.databases
def test_a_decision_is_there_with_the_digest_of_what_was_published(opened):
    desk = complaints.desk()
    number = selection.announced_notice()[0]
    complaint = complaints.accepted(complaints.filed(number), desk)
    assert rows("decisions") == []
    complaints.decided(complaint, desk, Outcome.DISMISSED)
    (before,) = rows("decisions")
    assert (before["complaint"], before["outcome"]) == (complaint, "dismissed")
    assert before["published_at"] is before["digest"] is None
    complaints.published(complaint, desk)
    (after,) = rows("decisions")
    assert after["published_at"] and len(after["digest"]) == 64


def test_cards_are_there_where_the_place_makes_them_public(opened):
    at = cards.place(is_public=True)
    numbers = cards.faults(at)
    cards.proposed(at, numbers[-1])
    assert rows("faults_and_cards") == []


def test_a_public_card_stays_as_withdrawn_and_names_no_fault(context):
    at = cards.place(is_public=True)
    numbers = cards.faults(at)
    number = cards.issued(at, numbers[-1])
    (card,) = rows("faults_and_cards")
    assert (card["number"], card["colour"], card["faults"]) == (number, "yellow", 2)
    assert card["body_kind"] == "office" and not any(each in str(card) for each in numbers)
    do(reputation.appeal, at.head, number=numbers[0], ground="补正单系当事人要求。")
    do(reputation.uphold, at.third, number=numbers[0], reason="属实。")
    card_jobs.correct()
    assert [each["state"] for each in rows("faults_and_cards")] == ["withdrawn"]


def test_without_the_place_s_word_no_card_is_there(context):
    at = cards.place()
    cards.issued(at, cards.faults(at)[-1])
    assert rows("faults_and_cards") == []


@pytest.mark.databases
def test_statistics_of_a_month_are_those_that_the_page_adds_up(opened, clock):
    assert rows("statistics_by_month") == []
    selection.announced_notice()
    selection.published_notice()
    clock.advance(dt.timedelta(days=2))
    oversight_jobs.daily_figures()
    work = reading(VISITOR)
    kept = oversight.last_figures(work)
    found = rows("statistics_by_month")
    assert len({each["month"] for each in found}) == 12
    for code in ("published", "entrants", "single", "failed"):
        of = [each for each in found if each["measure"] == code]
        assert sum(each["numerator"] for each in of) == kept.measures[code].value
    (days,) = [each for each in found if each["measure"] == "days" and each["denominator"]]
    assert days["numerator"] == round(100 * kept.measures["days"].value)


def test_the_twelve_months_end_with_the_day_s_own():
    months = last_months(dt.date(2026, 3, 5))
    assert (months[0][0], months[-1][0], len(months)) == ("2025-04", "2026-03", 12)
    assert months[-1][1].isoformat() == "2026-03-01T00:00:00+08:00"
    assert all(one[2] == other[1] for one, other in itertools.pairwise(months))


def test_the_table_of_behaviours_says_what_is_in_effect(opened):
    made.named_basis("AG-E07")
    found = {each["code"]: each for each in rows("behaviours")}
    assert found["AG-E07"]["article"] and found["AG-E07"]["in_force_from"]
    assert found["AG-E03"]["article"] is None
    assert found["AG-E03"]["effect_points"] == "0"
    assert {each["behaviour"] for each in rows("credit_events_in_force")} <= set(found)
