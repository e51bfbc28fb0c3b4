"""What notices can be besides one text for one item: several items bought together."""

import datetime as dt
import itertools

from market.catalogue.queries import ItemCard
from market.demo import notices
from market.demo.notices import Plan
from market.demo.town import Agenda, Town
from market.selection.kinds import Fund

TITLE = "建设项目竣工联合测绘（多测合一）"


def plan(town: Town, agenda: Agenda, days: list[dt.date]) -> None:
    """Notices of several items, one open and one with its result."""
    ahead = notices.working_days(
        town.today + dt.timedelta(days=1), town.today + dt.timedelta(days=14)
    )
    buyer = next(each for each in town.cast.owners if each.kind != "public")
    lead, other = _pair(town)
    for begin, close in ((days[-9], days[-4]), (days[-2], ahead[4])):
        together = Plan(
            *notices.regular(begin, close),
            buyer,
            lead,
            4,
            title=TITLE,
            fund=Fund.SOCIAL,
            further=(other.code,),
        )
        agenda.at(together.published, lambda of=together: town.publish(agenda, of, None))  # type: ignore[misc]


def _pair(town: Town) -> tuple[ItemCard, ItemCard]:
    """Two items of surveying under different regulators for which the most agencies are fit."""
    pairs = itertools.combinations(town.items["工程测量"], 2)
    return max(
        (pair for pair in pairs if pair[0].regulator_name != pair[1].regulator_name),
        key=lambda pair: len(town.trade.candidates(*(each.code for each in pair))),
    )
