"""Owners of the demo town that are neither bodies nor firms of Ruichang's count, registrations that wait, and
notices for money and haste that the finished year does not show; entries that were taken back.
"""

import copy
import dataclasses
import datetime as dt
import functools

from market.db import reading
from market.demo import names, notices, priced
from market.demo.choices import Dice
from market.demo.notices import Plan
from market.demo.people import Buyer, Casting, Firm
from market.demo.stage import at
from market.demo.town import Agenda, Town
from market.kernel.actor import CLOCK
from market.owners import service as owners
from market.owners.rules import Ground
from market.selection.entries import service as entry_service
from market.selection.entries.rules import boxing
from market.selection.kinds import Fund
from market.selection.results import queries as result_queries

URGENT = "连日强降雨后边坡出现裂缝，须在汛期前完成监测。"
CORRECTIONS = ["请上传加盖公章的授权书。", "投诉电话请填写本单位监督科室的号码。"]
REFUSED = "申请人不是所填单位的工作人员，也没有提供授权。"
REFUSING_AFTER = dt.timedelta(days=1)
APPLYING = (
    ("瑞昌市赤乌文化传播有限公司", 9, "refuse"),
    ("瑞昌市码头工业港务有限公司", 2, "give_back"),
    ("瑞昌市溢香农产品有限公司", 1, ""),
)
"""Registrations of the last days: working days before today, and what the office did."""


@dataclasses.dataclass(frozen=True)
class Bought:
    """A notice: published and closed so many working days before today (before: behind it), whose money,
    entrants, how many of them take their entry back, and how many of these come again.
    """

    of: str
    begun: int
    over: int
    fund: Fund | None = None
    urgent: str = ""
    entrants: int = 4
    withdrawn: int = 0
    again: int = 0


OF_STATE = "state"
BODY = "public"
BOUGHT = (
    Bought(OF_STATE, 45, 40, Fund.STATE),
    Bought(OF_STATE, 3, -3, Fund.STATE, withdrawn=2, again=1),
    Bought(BODY, 38, 36, urgent=URGENT),
    Bought(BODY, 1, -2, urgent=URGENT, withdrawn=1),
    Bought(names.ASSOCIATION, 34, 29),
    Bought(names.ASSOCIATION, 2, -4, withdrawn=1, again=1),
    Bought("person", 28, 23),
)


def plan(town: Town, agenda: Agenda, days: list[dt.date]) -> None:
    """The owners half a year ago, their notices after that, registrations in the last days."""
    mine = priced.own(town, "buyers", forgets=False)
    mine.casting = _casting(town)
    found: dict[str, Buyer] = {}
    agenda.at(at(days[-60], 11), functools.partial(_register, mine, found))
    ahead = notices.working_days(
        town.today + dt.timedelta(days=1), town.today + dt.timedelta(days=12)
    )
    for bought in BOUGHT:
        closes = days[-bought.over] if bought.over > 0 else ahead[-bought.over]
        times = notices.regular(days[-bought.begun], closes)
        agenda.at(times[0], functools.partial(_publish, mine, agenda, found, bought, times))
    for name, back, deed in APPLYING:
        agenda.at(
            at(days[-back], 9, 15),
            functools.partial(_apply, mine, agenda, name, deed),
        )


def _casting(town: Town) -> Casting:
    own = copy.copy(town.casting)
    own.dice = Dice("buyers")
    return own


def _register(town: Town, found: dict[str, Buyer]) -> None:
    """A social organisation and a natural person; those that the town has already beside them."""
    checker = town.cast.staff["checker"]
    for name, kind in ((names.ASSOCIATION, "firm"), ("", "person")):
        found[name or kind] = town.casting.owner(name, kind, checker)
    owners_of = {buyer.name: buyer for buyer in town.cast.owners}
    found[OF_STATE] = owners_of[names.FIRMS[1]]


def _publish(
    town: Town,
    agenda: Agenda,
    found: dict[str, Buyer],
    bought: Bought,
    times: tuple[dt.datetime, dt.datetime, dt.datetime],
) -> None:
    buyer = town.body() if bought.of == BODY else found[bought.of]
    item = town.item(buyer)
    whole = Plan(
        *times, buyer, item, bought.entrants, fund=bought.fund, urgent_reason=bought.urgent
    )
    town.publish(agenda, whole, None)
    number = town.last_number
    for place, firm in enumerate(town.trade.candidates(item.code)[-bought.withdrawn :]):
        if place < bought.withdrawn:
            when = times[0] + dt.timedelta(hours=2, minutes=20 * place)
            comes_again = place < bought.again
            agenda.at(when, functools.partial(_wavers, town, number, firm, comes_again))


def _wavers(town: Town, number: str, firm: Firm, comes_again: bool) -> None:
    """One who enters, takes the entry back, and comes again where he does; nothing where he is in."""
    ceiling = result_queries.notice(reading(CLOCK), number).ceiling_fen
    key = f"wavers-{number}-{firm.ref}"
    if not town.trade.enter(number, firm, ceiling, key=key):
        return
    token = boxing.token_of(key, number).hex()
    town.stage.do(entry_service.withdraw, firm.actor, number=number, token=token)
    if comes_again:
        town.trade.enter(number, firm, ceiling)


def _apply(town: Town, agenda: Agenda, name: str, deed: str) -> None:
    """A registration; what the office did with it."""
    _person, number = town.casting.applies(name, "firm")
    staff = town.cast.staff
    if deed == "give_back":
        town.stage.do(owners.return_once, staff["checker"], number=number, corrections=CORRECTIONS)
    if deed == "refuse":
        given = {"number": number, "ground": Ground.NOT_AUTHORISED, "reason": REFUSED}
        town.stage.do(owners.refuse, staff["checker"], **given)
        signing = functools.partial(
            town.stage.do, owners.sign_refusal, staff["head"], number=number
        )
        agenda.at(town.stage.now + REFUSING_AFTER, signing)
