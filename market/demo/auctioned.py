"""Auctions of the demo town: one of each kind finished, one that failed, one that runs as one looks."""

import datetime as dt
import functools

from market.db import reading
from market.demo import notices, priced
from market.demo.notices import Plan
from market.demo.people import Firm
from market.demo.stage import Stage, at
from market.demo.town import Agenda, Town
from market.kernel.actor import CLOCK
from market.kernel.clock import local_date
from market.kernel.errors import Refusal
from market.rulebook import queries as rulebooks
from market.selection.auction import queries as auction_queries
from market.selection.auction import service as auction_service
from market.selection.auction.rules import Asked
from market.selection.entries import service as entry_service
from market.selection.kinds import Fund, Method
from market.selection.notices import queries as notice_queries
from market.selection.notices.rules.ways import Standing
from market.selection.results import queries as result_queries

LEAD = 30  # minutes from the close to the start
MINUTE = dt.timedelta(minutes=1)
FINISHED = (
    (Method.AUCTION_LIVE, 14, 9, 4),
    (Method.AUCTION_ROUNDS, 13, 8, 3),
    (Method.AUCTION_LIVE, 12, 7, 1),
)
"""Published and closed so many working days ago, with so many entrants: one has nobody to bid against."""


def plan(town: Town, agenda: Agenda, days: list[dt.date]) -> None:
    """Two finished, one failed, one running now, and one that is open for entries."""
    mine = priced.own(town, "auctioned")
    for method, begun, over, entrants in FINISHED:
        times = notices.regular(days[-begun], days[-over])
        _post(mine, agenda, times[:2], method, entrants)
    _post(mine, agenda, (at(days[-7], 11), town.now - (LEAD + 5) * MINUTE), Method.AUCTION_LIVE, 4)
    ahead = notices.working_days(
        town.today + dt.timedelta(days=1), town.today + dt.timedelta(days=12)
    )
    _post(mine, agenda, notices.regular(days[-2], ahead[3])[:2], Method.AUCTION_ROUNDS, 3)


def _post(
    town: Town,
    agenda: Agenda,
    times: tuple[dt.datetime, dt.datetime],
    method: Method,
    entrants: int,
) -> None:
    agenda.at(times[0], functools.partial(_publish, town, agenda, times, method, entrants))


def _publish(
    town: Town,
    agenda: Agenda,
    times: tuple[dt.datetime, dt.datetime],
    method: Method,
    entrants: int,
) -> None:
    """A firm's notice, where the place has opened the way, and what becomes of it."""
    _, standings = notice_queries.offered(rulebooks.in_force(reading(CLOCK)))
    if standings[method][Fund.SOCIAL] is not Standing.OPEN:
        return
    buyer = next(one for one in town.cast.owners if one.kind == "firm")
    whole = Plan(*times, times[1], buyer, town.item(buyer), entrants, method=method)
    notice_id = town.trade.draft(whole)
    ceiling = notice_queries.own_draft(reading(buyer.drafter), notice_id).terms.ceiling_fen or 0
    town.stage.do(
        auction_service.set_terms,
        buyer.drafter,
        notice_id=notice_id,
        asked=Asked(after=LEAD, floor_fen=ceiling * 7 // 1000 * 100, step=None),
    )
    number = town.trade.put_out(notice_id, buyer)
    firms = town.dice.some(town.trade.candidates(whole.item.code), entrants)
    for place, firm in enumerate(firms):
        entering = functools.partial(_enter, town, number, firm)
        agenda.at(whole.published + dt.timedelta(hours=2 + place), entering)
    agenda.at(whole.close + dt.timedelta(seconds=61))
    if entrants > 1:
        _held(town, agenda, number, firms, whole.close + LEAD * MINUTE)


def _held(town: Town, agenda: Agenda, number: str, firms: list[Firm], start: dt.datetime) -> None:
    """Bids, the end, the draw of equals, the days after it."""
    in_rounds = auction_queries.course(reading(CLOCK), number).is_rounds
    bidding = [(turn, firm) for turn in range(3) for firm in firms]
    for place, (turn, firm) in enumerate(bidding):
        when = start + (turn * 5 * MINUTE if in_rounds else place * MINUTE)
        when += dt.timedelta(seconds=20 + 5 * (place % len(firms)))
        agenda.at(when, functools.partial(_bid, town, number, firm))
    end = 13 * MINUTE if in_rounds else (max(15, len(bidding) + 5)) * MINUTE
    agenda.at(start + end + dt.timedelta(seconds=5))
    draw = result_queries.notice(reading(CLOCK), number).draw_at
    agenda.at(draw)
    agenda.at(at(local_date(draw) + dt.timedelta(days=10), 0, 1))


def _enter(town: Town, number: str, firm: Firm) -> None:
    enter(town.stage, number, firm, town.trade.sealing)


def _bid(town: Town, number: str, firm: Firm) -> None:
    bid(town.stage, number, firm)


def enter(
    stage: Stage, number: str, firm: Firm, sealing_key: bytes, key: str | None = None
) -> None:
    """Enter without a quote."""
    stage.do(
        entry_service.enter,
        firm.actor,
        number=number,
        quote_fen=0,
        sealing_key=sealing_key,
        submission_key=key,
    )


def bid(stage: Stage, number: str, firm: Firm, amount_fen: int | None = None) -> int:
    """Bid an amount, else a little below the most that counts now; returns what was bid, 0 where it was
    refused.
    """
    course = auction_queries.course(reading(firm.actor), number)
    most = course.most_fen or course.ceiling_fen
    amount = amount_fen or max(most * 97 // 10_000 * 100, course.floor_fen)
    try:
        stage.do(auction_service.bid, firm.actor, number=number, amount_fen=min(amount, most))
    except Refusal:
        return 0
    return min(amount, most)
