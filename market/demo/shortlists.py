"""Credit shortlists of the demo town: one whose owner has chosen, one whose owner was silent, one whose
owner is choosing.
"""

import datetime as dt
import functools
from collections.abc import Callable

from market.db import reading
from market.demo import notices, priced
from market.demo.notices import Plan
from market.demo.people import Buyer, Firm
from market.demo.stage import Stage, at
from market.demo.town import Agenda, Town
from market.kernel.actor import CLOCK
from market.kernel.clock import local_date
from market.rulebook import queries as rulebooks
from market.selection.kinds import Fund, Method
from market.selection.notices import queries as notice_queries
from market.selection.notices.rules.ways import Standing
from market.selection.quotes import queries as quote_queries
from market.selection.results import queries as result_queries
from market.selection.shortlist import queries as shortlist_queries
from market.selection.shortlist import service as shortlist_service
from market.selection.shortlist.rules import Lists

LISTS = Lists(4, 2)
REASON = (
    "该机构报价低于限价一成，进度安排能满足汛前完成的要求，经公司办公会研究选定，会议记录第 7 号。"
)
ENTRANTS = 5
TIMES = ((13, 9, True), (11, 7, False), (6, 2, False))
"""Published and closed so many working days ago, and whether the owner chose."""


def plan(town: Town, agenda: Agenda, days: list[dt.date]) -> None:
    """All three of the first firm that buys with its own money, where the place has opened the way."""
    own = priced.own(town, "shortlists")
    for begun, over, chooses in TIMES:
        times = notices.regular(days[-begun], days[-over])
        agenda.at(times[0], _publishing(own, agenda, times, chooses=chooses))


def _publishing(
    town: Town,
    agenda: Agenda,
    times: tuple[dt.datetime, dt.datetime, dt.datetime],
    *,
    chooses: bool,
) -> Callable[[], None]:
    def publish() -> None:
        if not _is_open():
            return
        buyer = next(one for one in town.cast.owners if one.kind == "firm")
        whole = Plan(*times, buyer, town.item(buyer), ENTRANTS, method=Method.CREDIT_SHORTLIST)
        number = _published(town, whole)
        _arranged(town, agenda, whole, number)
        if chooses:
            (following, *_) = notices.working_days(
                local_date(whole.draw) + dt.timedelta(days=1), town.today
            )
            agenda.at(at(following, 10), functools.partial(choose, town.stage, number, buyer))

    return publish


def _is_open() -> bool:
    work = reading(CLOCK)
    _, standings = notice_queries.offered(rulebooks.in_force(work))
    is_on = standings[Method.CREDIT_SHORTLIST][Fund.SOCIAL] is Standing.OPEN
    return is_on and quote_queries.is_sealing(work)


def _published(town: Town, plan: Plan) -> str:
    notice_id = town.trade.draft(plan)
    drafter = plan.buyer.drafter
    town.stage.do(shortlist_service.set_lists, drafter, notice_id=notice_id, lists=LISTS)
    return town.trade.put_out(notice_id, plan.buyer)


def _arranged(town: Town, agenda: Agenda, plan: Plan, number: str) -> None:
    """Entries, the close, the lottery, and the ends of the owner's days and of the publicity."""
    ceiling = result_queries.notice(reading(CLOCK), number).ceiling_fen
    firms = town.dice.some(town.trade.candidates(plan.item.code), ENTRANTS)
    for place, firm in enumerate(firms):
        entering = plan.published + dt.timedelta(hours=2 + place)
        agenda.at(entering, functools.partial(_enter, town, number, firm, ceiling))
    agenda.at(plan.close + dt.timedelta(seconds=61))
    agenda.at(plan.draw)
    for later in range(4, 14):
        agenda.at(at(local_date(plan.draw) + dt.timedelta(days=later), 0, 1))


def _enter(town: Town, number: str, firm: Firm, ceiling_fen: int) -> None:
    town.trade.enter(number, firm, ceiling_fen)


def choose(stage: Stage, number: str, buyer: Buyer) -> None:
    """The owner takes the cheaper one of its shortlist, and says why."""
    short = shortlist_queries.course(reading(CLOCK), number).short
    ref = min(short, key=lambda each: each.quote_fen).ref
    stage.do(shortlist_service.choose, buyer.signatory, number=number, ref=ref, reason=REASON)
