"""Selections of the demo town whose price decides: finished, failed and running; and the two keys to which
quotes are sealed from its last weeks on.
"""

import copy
import datetime as dt

from market.db import Work, reading
from market.demo import notices
from market.demo.choices import Dice
from market.demo.notices import Plan
from market.demo.stage import at
from market.demo.town import Agenda, Town
from market.kernel.actor import CLOCK
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.entries import jobs as entry_jobs
from market.selection.kinds import Fund, Method
from market.selection.notices import queries as notice_queries
from market.selection.notices.rules.ways import Standing
from market.selection.quotes import queries as quote_queries

BY_PRICE = (Method.LOWEST, Method.AVERAGE)
FINISHED = ((13, 8, 5), (12, 6, 6), (11, 5, 2))
"""Published and closed so many working days ago, with so many entrants: two are too few for a mean."""
KEYS_SINCE = 14  # working days ago


def ways(work: Work, book: Rulebook) -> list[Method]:
    """The ways by price that a rulebook opens for social money, where quotes are sealed to two keys."""
    _, standings = notice_queries.offered(book)
    on = [method for method in BY_PRICE if standings[method][Fund.SOCIAL] is Standing.OPEN]
    return on if quote_queries.is_sealing(work) else []


def plan(town: Town, agenda: Agenda, days: list[dt.date]) -> None:
    """From the keys on: one of each way finished, one failed where the mean is open, one of each running."""
    agenda.at(at(days[-KEYS_SINCE], 9, 30), _keys)
    mine = own(town, "priced")
    ahead = notices.working_days(
        town.today + dt.timedelta(days=1), town.today + dt.timedelta(days=12)
    )
    for place, (begun, over, entrants) in enumerate(FINISHED):
        method = BY_PRICE[min(place, 1)]
        _post(mine, agenda, notices.regular(days[-begun], days[-over]), method, entrants)
    for back, method in enumerate(BY_PRICE, 2):
        _post(mine, agenda, notices.regular(days[-back], ahead[3]), method, 4)


def own(town: Town, seed: str, *, forgets: bool = True) -> Town:
    """The same town with dice of its own: what is decided here by lot moves nothing elsewhere. Unless it
    `forgets` what was bought, nobody buys an item twice because of it.
    """
    same = copy.copy(town)
    same.dice = Dice(seed)
    same.trade = copy.copy(town.trade)
    same.trade.dice = same.dice
    if forgets:
        same.forget_what_was_bought()
    return same


def _keys() -> None:
    entry_jobs.prepare_keys()


def _post(
    town: Town,
    agenda: Agenda,
    times: tuple[dt.datetime, dt.datetime, dt.datetime],
    method: Method,
    entrants: int,
) -> None:
    """A firm's notice, where the place has opened the way."""

    def publish() -> None:
        work = reading(CLOCK)
        if method not in ways(work, rulebooks.in_force(work)):
            return
        buyer = next(one for one in town.cast.owners if one.kind == "firm")
        town.publish(agenda, Plan(*times, buyer, town.item(buyer), entrants, method=method), None)

    agenda.at(times[0], publish)
