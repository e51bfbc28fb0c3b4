"""Public money that is scored in the demo town: its pool of experts, one selection whose result is out and of which
an expert declined, one whose experts are at work.
"""

import dataclasses
import datetime as dt
import functools
from collections.abc import Callable

from market.db import reading
from market.demo import notices, priced, scored
from market.demo.notices import Plan
from market.demo.people import actor_of
from market.demo.stage import at
from market.demo.town import Agenda, Town
from market.kernel.actor import CLOCK, Actor
from market.kernel.clock import local_date
from market.kernel.errors import Invalid
from market.rulebook import queries as rulebooks
from market.selection.jurors import queries as pool_queries
from market.selection.jurors import service as pool_service
from market.selection.jurors.rules import Step
from market.selection.kinds import Fund, Method
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices.rules.ways import Standing
from market.selection.quotes import queries as quote_queries
from market.selection.scored import queries as scored_queries
from market.selection.scored import service as scored_service

POOL_SINCE = 14  # working days ago
MEMBERS = 16
CEILING = (
    150_000_00  # fen: above what scoring of public money needs, below five jurors and procurement
)
TIMES = ((12, 7, 3), (6, 2, 1))
"""Published and closed so many working days ago, and so many of the three experts have handed in."""
LOT = dt.timedelta(minutes=40)
"""After the close the list is sealed, and the lot drawn at a slot at least the gap later."""
SAID = {
    "employer": "省测绘学会",
    "grounds": "高级工程师，从业十五年以上，主持过多项同类项目。",
}


def plan(town: Town, agenda: Agenda, days: list[dt.date]) -> None:
    """Where the place draws experts: the pool, then two notices of public bodies."""
    own = priced.own(town, "jurors")
    agenda.at(at(days[-POOL_SINCE], 10), functools.partial(_pool, own))
    for begun, over, judges in TIMES:
        times = notices.regular(days[-begun], days[-over])
        agenda.at(times[0], _publishing(own, agenda, times, judges))


def _is_open() -> bool:
    work = reading(CLOCK)
    _, standings = notice_queries.offered(rulebooks.in_force(work))
    is_on = standings[Method.WEIGHTED][Fund.FISCAL] is Standing.OPEN
    return is_on and quote_queries.is_sealing(work)


def _pool(town: Town) -> None:
    """People ask, one officer proposes, another signs."""
    if not _is_open():
        return
    officer = town.cast.staff["regulator"]
    signatory = town.cast.staff["regulator-head"]
    categories = pool_queries.categories(reading(CLOCK))
    logins = ("expert@demo.example", *(None for _ in range(MEMBERS - 1)))

    def asked(who: Actor) -> str:
        return town.stage.do(
            pool_service.apply,
            who,
            body_id=officer.organisation_id,
            categories=categories,
            codes=[],
            **SAID,
        )

    for login in logins:
        who = actor_of(town.casting.person(login, town.dice))
        number = asked(who)
        said = {"number": number, "step": Step.ADMIT, "reason": "专业和经历符合条件。"}
        town.stage.do(pool_service.propose_step, officer, **said)
        town.stage.do(pool_service.sign_step, signatory, number=number, followed=True)
    asked(actor_of(town.casting.person(None, town.dice)))  # who still waits for the regulator


def _publishing(
    town: Town,
    agenda: Agenda,
    times: tuple[dt.datetime, dt.datetime, dt.datetime],
    judges: int,
) -> Callable[[], None]:
    def publish() -> None:
        if not _is_open():
            return
        buyer = town.body()
        if not town.fresh(buyer):
            return  # a small town: whoever buys the same once more is splitting
        whole = Plan(*times, buyer, town.item(buyer), scored.ENTRANTS, method=Method.WEIGHTED)
        try:
            number = _published(town, whole)
        except Invalid as no:
            if no.code != "notice.split":
                raise
            return  # this owner has bought the same elsewhere in the year
        scored.entering(town, agenda, whole, number)
        agenda.at(whole.close + dt.timedelta(seconds=61))
        agenda.at(whole.close + LOT)
        _judging(town, agenda, whole, number, judges)

    return publish


def _published(town: Town, plan: Plan) -> str:
    terms = dataclasses.replace(town.trade.terms(plan), ceiling_fen=CEILING)
    notice_id = town.stage.do(notice_service.draft, plan.buyer.drafter, terms=terms)
    town.stage.do(
        scored_service.set_terms,
        plan.buyer.drafter,
        notice_id=notice_id,
        scoring=scored.SCORING,
        seated=[],
        reserves=[],
    )
    return town.trade.put_out(notice_id, plan.buyer)


def _judging(town: Town, agenda: Agenda, plan: Plan, number: str, judges: int) -> None:
    """One declines, the others judge on the next working day; where all have, the quotes open."""
    closed = local_date(plan.close)
    (day, *_) = notices.working_days(closed + dt.timedelta(days=1), closed + dt.timedelta(days=12))
    agenda.at(at(day, 8, 30), functools.partial(_decline, town, number))
    for place in range(judges):
        agenda.at(at(day, 9 + place), functools.partial(_judge, town, number, place))
    if judges == scored.SCORING.jurors:
        agenda.at(at(day, 9 + judges), scored.opened)
        agenda.at(at(closed + dt.timedelta(days=10), 0, 1))


def _seated(number: str) -> list[Actor]:
    seats = [
        each
        for each in scored_queries.course(reading(CLOCK), number).seats
        if each.seat and each.state not in ("gone", "reserve")
    ]
    return [actor_of(each.person_id) for each in sorted(seats, key=lambda one: one.seat or 0)]


def _decline(town: Town, number: str) -> None:
    seated = _seated(number)
    if seated:
        town.stage.do(scored_service.decline, seated[-1], number=number)


def _judge(town: Town, number: str, place: int) -> None:
    seated = _seated(number)
    if seated:
        scored.judge(town.stage, number, seated[place])
