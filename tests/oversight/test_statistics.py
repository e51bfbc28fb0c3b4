"""The public figures: by their definitions over plain facts, and equal to plain SQL over rows."""

import pytest
from sqlalchemy import text

from market.catalogue import queries as catalogue_queries
from market.catalogue import service as catalogue
from market.db import db, in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.oversight import jobs, queries
from market.oversight.rules.statistics import (
    CHARTS,
    MEASURES,
    Measure,
    Unit,
    charts,
    counted,
    measures,
    price_references,
)
from market.oversight.views.statistics import bars, printed
from market.oversight.words import CHARTS as CHART_WORDS
from market.oversight.words import FIGURES
from market.selection.kinds import Fund, Method
from market.selection.results.rules.states import RankState
from tests.factories import selection as made
from tests.factories.catalogue import shipped_catalogue
from tests.oversight.flagged import CLOSE, OUT, entrant, entrants, selection, won

SAVED = {"method": Method.LOWEST, "ceiling_fen": 200, "entrants": won("A000001", "A000002")}


def figures(*facts, ended=None):
    return measures(counted(facts), ended or {})


def test_every_figure_and_chart_has_its_words():
    assert list(MEASURES) == list(FIGURES) and list(CHARTS) == list(CHART_WORDS)
    assert len(MEASURES) == 12 and len(CHARTS) == 5


def test_an_empty_denominator_says_nothing():
    nothing = figures()
    assert all(each.share is None for code, each in nothing.items() if code != "published")
    assert (
        printed(Unit.SHARE, Measure(0, 0)) == "–" and printed(Unit.SHARE, Measure(0, 4)) == "0.0%"
    )


@pytest.mark.parametrize(
    ("code", "facts", "said"),
    [
        ("failed", [selection(failure="TOO_FEW"), selection(entrants=won("A000001"))], (1, 2)),
        ("failed", [selection(failure="TOO_FEW", listing=2)], (0, 0)),
        ("failed", [selection(failure="CANCELLED", sealed_at=None)], (0, 0)),
        ("entrants", [selection(entrants=entrants(1, 2)), selection(entrants=entrants(1))], (3, 2)),
        ("entrants", [selection(method=Method.DIRECT, entrants=entrants(1))], (0, 0)),
        ("single", [selection(entrants=(entrant(), entrant(2, state=OUT))), selection()], (1, 2)),
        ("saving", [selection(**SAVED)] * 4, (400, 0)),
        ("saving", [selection(**SAVED)] * 5, (500, 1000)),
        ("saving", [selection(**{**SAVED, "method": Method.RANDOM})] * 9, (0, 0)),
        ("upheld", [selection(is_upheld=True), selection(is_upheld=False), selection()], (1, 2)),
        ("days", [selection(announced_at=CLOSE)] * 3, (5.29, 3)),
    ],
)
def test_by_their_definitions(code, facts, said):
    found = figures(*facts)[code]
    assert (round(found.value, 2), found.of) == said


def test_duties_in_time_come_from_their_windows():
    found = figures(ended={"contracts.pay": (4, 1), "complaint.decide": (2, 2)})
    assert (found["paid"].share, found["decided"].share, found["signed"].share) == (0.75, 0, None)


def test_charts_are_bars_with_the_same_numbers_beside():
    found = charts(counted([selection(entrants=entrants(*range(1, 8))), selection()]))
    assert found["sizes"] == [("0", 1), ("5+", 1)] and found["months"] == [("2026-03", 2)]
    drawn = bars([("random", 4), ("direct", 1)])
    assert [(each.many, each.length) for each in drawn] == [(4, 320), (1, 80)]
    assert bars([]) == []


@pytest.mark.parametrize(
    ("quotes", "said"),
    [
        ([100, 200, 300, 400], None),
        ([500, 100, 300, 200, 400], (5, 200, 300, 400)),
        ([1, 2, 3, 4, 5, 6], (6, 2, 4, 5)),
        ([7] * 9, (9, 7, 7, 7)),
        ([10**15, 1, 10**15, 1, 10**15 + 1], (5, 1, 10**15, 10**15)),
    ],
)
def test_an_item_has_a_price_reference_from_five_public_awards_on(quotes, said):
    priced = [
        selection(entrants=(entrant(quote_fen=quote, rank=1, rank_state=RankState.WON),))
        for quote in quotes
    ]
    firms = [selection(fund=Fund.SOCIAL, entrants=won("A000001")) for _ in range(9)]
    failed = [selection(entrants=entrants(1, 2)) for _ in quotes]
    found = price_references(counted([*priced, *firms, *failed]))
    assert found.get("301") == said


def test_prices_of_the_night_replace_those_of_the_last(app, client):
    with app.app_context():
        shipped_catalogue()
        since = made.dt.date(2025, 11, 30)
        keep = catalogue.keep_prices
        in_one_transaction(keep, CLOCK, since=since, prices={"301": (5, 100, 20000, 30000)})
        assert "成交 5 次" in client.get("/catalogue/301").text
        in_one_transaction(keep, CLOCK, since=since, prices={"302": (6, 1, 2, 3)})
        assert "成交" not in client.get("/catalogue/301").text
        assert catalogue_queries.prices(reading(CLOCK), "302").awards == 6


def test_kept_once_a_day_equal_to_plain_sql_and_shown(app, client, clock):
    assert "还没有统计" in client.get("/statistics").text
    with app.app_context():
        made.announced_notice(3)
        made.announced_notice(1)
        made.published_notice()
        clock.advance(made.dt.timedelta(days=1))
        assert jobs.daily_figures() is True and jobs.daily_figures() is False
        found = queries.last_figures(reading(CLOCK)).measures
        asked = {
            "published": "SELECT count(*) FROM notice WHERE published_at IS NOT NULL",
            "entrants": "SELECT count(*) FROM entry WHERE state = 'listed'",
            "failed": "SELECT count(*) FROM notice WHERE failure IS NOT NULL AND listing = 1",
        }
        for code, sql in asked.items():
            assert found[code].value == db.session.scalar(text(sql)), code
        sealed = db.session.scalar(text("SELECT count(*) FROM draw WHERE sealed_at IS NOT NULL"))
        assert found["entrants"].of == sealed
    page = client.get("/statistics").text
    assert page.count('<svg class="mk-chart"') >= 4 and "÷" in page and "–" in page
    assert "÷ 0" not in page
    assert all(f">{label}</th>" in page for label in ("月份", "有效报名家数", "门类", "选取方式"))
