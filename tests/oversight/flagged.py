"""Selections as plain facts, for the tables of flags."""

import datetime as dt

from market.catalogue.rules import Items
from market.oversight.rules.flags.facts import Facts, Matter
from market.selection.entries.rules.states import EntryState
from market.selection.kinds import Fund, Method
from market.selection.notices.rules.states import NoticeState
from market.selection.results.rules.flagged import Before, Entrant, Scanned
from market.selection.results.rules.states import RankState

PUBLISHED = dt.datetime(2026, 3, 4, 2, tzinfo=dt.UTC)  # a Wednesday, 10:00 in China
CLOSE = dt.datetime(2026, 3, 9, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
OUT = EntryState.INELIGIBLE
BEFORE = Before(number="GG-360481-2026-00001", requirement="测绘乙级", excluded=())
MATTER = Matter(amount_fen=100)


def entrant(no=1, ref=None, quote_fen=100, **said):
    """A listed entry; `ref` follows its number."""
    kept = {"state": EntryState.LISTED, "received_at": PUBLISHED + DAY, **said}
    return Entrant(no=no, ref=ref or f"A{no:06d}", quote_fen=quote_fen, **kept)


def entrants(*quotes, **said):
    """Listed entries with these quotes."""
    return tuple(entrant(no, quote_fen=quote, **said) for no, quote in enumerate(quotes, 1))


def won(first, *others, winner=0):
    """These platform numbers in the order of a result; `winner` is the place that has the award."""
    return tuple(
        entrant(
            place + 1,
            ref,
            rank=place + 1,
            rank_state=RankState.WON
            if place == winner
            else RankState.DECLINED
            if place < winner
            else RankState.RESERVE,
        )
        for place, ref in enumerate((first, *others))
    )


def selection(number="GG-360481-2026-00002", **said):
    """One sealed selection by draw; other facts by name, of `Scanned` or of `Facts`."""
    of_facts = {name: said.pop(name) for name in list(said) if name in FACTS}
    kept = {
        "owner_id": 7,
        "regulator_id": 3,
        "items": Items(("301",)),
        "category": "survey",
        "method": Method.RANDOM,
        "fund": Fund.FISCAL,
        "is_fiscal": True,
        "state": NoticeState.ANNOUNCED,
        "listing": 1,
        "ceiling_fen": 1000,
        "project": "",
        "urgent": False,
        "requirement": "测绘乙级",
        "excluded": (),
        "is_overridden": False,
        "published_at": PUBLISHED,
        "first_close": CLOSE,
        "close": CLOSE,
        "cancelled_at": None,
        "announced_at": None,
        "sealed_at": CLOSE,
        "drawn_at": CLOSE,
        **said,
    }
    return Facts(of=Scanned(number=number, **kept), **of_facts)


FACTS = {name for name in Facts.__dataclass_fields__ if name != "of"}
