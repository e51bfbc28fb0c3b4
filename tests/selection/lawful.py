"""A lawful notice as plain values, and what is said of it when something is changed."""

import dataclasses
import datetime as dt

from market.selection.kinds import Fund, Method
from market.selection.lots.rules import assurance
from market.selection.notices.rules import publication
from market.selection.notices.rules.terms import Terms
from market.selection.sources.rules.plan import Chain

NOW = dt.datetime(2026, 3, 4, 2, tzinfo=dt.UTC)


CLOSE = dt.datetime(2026, 3, 11, 9, tzinfo=dt.UTC)


GENESIS = int(dt.datetime(2026, 3, 1, tzinfo=dt.UTC).timestamp())


CHAINS = (
    Chain("op", "00" * 32, GENESIS, 600, 8000, 1),
    Chain("reg", "11" * 32, GENESIS, 600, 8000, 2),
)


def terms(**changes):
    lawful = Terms(
        item_code="301",
        title="土地勘测",
        fund=Fund.FISCAL,
        fiscal_percent=100,
        ceiling_fen=12_000_000,
        content="完成测量。",
        service_days=30,
        entry_close=CLOSE,
        draw_at=CLOSE + dt.timedelta(minutes=30),
        contact_phone="1",
        complaint_phone="2",
    )
    return dataclasses.replace(lawful, **changes)


def case(of=None, **changes):
    whole = publication.Case(
        terms=of or terms(),
        now=NOW,
        item_found=True,
        item_qualification="测绘资质（工程测量）；乙级及以上",
        earliest_close=dt.datetime(2026, 3, 9, 16, tzinfo=dt.UTC),
        least_period=(3, "working_day"),
        drain=dt.timedelta(seconds=60),
        gap=dt.timedelta(minutes=10),
        fiscal_limit_fen=30_000_000,
        year_total_fen=0,
        known_agencies={},
        switched_on={fund: frozenset(Method) for fund in Fund},
        built=frozenset({Method.RANDOM, Method.DIRECT}),
    )
    return dataclasses.replace(whole, **changes)


def promise(of=None, **changes):
    """The draw that a lawful notice promises."""
    said = of or terms()
    whole = assurance.Promise(
        draw_at=said.draw_at,
        has_fiscal_money=said.has_fiscal_money,
        beacon=said.beacon,
        chains=CHAINS,
        owner_ids=frozenset(),
    )
    return dataclasses.replace(whole, **changes)


def against_draw(of):
    """Code -> facts of what stands against a promise."""
    return {refusal.code: refusal.facts for refusal in assurance.problems(of)}


def codes(of):
    return [refusal.code for refusal in publication.problems(of)]


def facts(of, code):
    return next(refusal.facts for refusal in publication.problems(of) if refusal.code == code)
