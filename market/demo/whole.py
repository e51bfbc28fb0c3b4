"""What notices can be besides one text for one item: several items bought together, listed a third time,
paused by their owner, with a file that was withdrawn.
"""

import datetime as dt
import io
import itertools
from collections.abc import Callable

from flask import current_app
from werkzeug.datastructures import FileStorage

from market.adapters import blobs
from market.catalogue.queries import ItemCard
from market.db import reading
from market.demo import notices, papers
from market.demo.notices import Plan
from market.demo.stage import at
from market.demo.town import Agenda, Town
from market.files import service as files
from market.kernel.actor import CLOCK
from market.selection.kinds import Fund
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices.rules.attachments import Why
from market.selection.results import queries as result_queries
from market.selection.results import service as result_service
from market.selection.results.rules.pausing import PauseCode

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
    _third_time(town, agenda, days)
    paused = Plan(*notices.regular(days[-4], ahead[3]), town.body(), lead, 2)
    agenda.at(paused.published, lambda: _paused(town, agenda, paused))
    agenda.at(at(days[-1], 11), lambda: _withdrawn(town, ahead))


def _third_time(town: Town, agenda: Agenda, days: list[dt.date]) -> None:
    """A notice for which nobody entered, then one agency, then enough."""
    buyer = town.body()
    item = town.item(buyer)
    times = ((days[-24], days[-20], 0), (days[-18], days[-14], 1), (days[-12], days[-8], 4))
    first, second, third = (
        Plan(*notices.regular(begin, close), buyer, item, entrants)
        for begin, close, entrants in times
    )

    def again(plan: Plan, then: Callable[[str], None] | None) -> Callable[[str], None]:
        return lambda failed: agenda.at(
            plan.published, lambda: town.publish(agenda, plan, then, failed)
        )

    agenda.at(
        first.published,
        lambda: town.publish(agenda, first, again(second, again(third, None))),
    )


def _paused(town: Town, agenda: Agenda, plan: Plan) -> None:
    """A notice whose owner asked for a pause before anybody entered; the office agreed."""
    number = town.trade.publish(plan)
    town.stage.do(
        result_service.propose_pause,
        plan.buyer.drafter,
        number=number,
        days=4,
        why=PauseCode.QUESTIONS,
        reason="多家机构询问测量范围，统一答复后再报名。",
    )
    town.stage.do(result_service.sign_pause, plan.buyer.signatory, number=number)
    town.stage.do(result_service.agree_pause, town.cast.staff["head"], number=number)
    later = result_queries.notice(reading(CLOCK), number)
    agenda.at(later.entry_close + dt.timedelta(seconds=61))
    agenda.at(later.draw_at)


def _withdrawn(town: Town, ahead: list[dt.date]) -> None:
    """A notice with two files, of which two persons have withdrawn one."""
    buyer = town.body()
    plan = Plan(*notices.regular(ahead[0], ahead[6]), buyer, town.item(buyer), 0)
    notice_id = town.trade.draft(plan)
    for name in ("技术要求.pdf", "现状地形图.pdf"):
        upload = FileStorage(io.BytesIO(papers.pdf([name])), filename=name)
        received = files.receive(upload, current_app.instance_path, bare=True)
        town.stage.do(notice_service.attach, buyer.drafter, notice_id=notice_id, received=received)
    number = town.trade.put_out(notice_id, buyer)
    card = result_queries.notice(reading(CLOCK), number)
    wrong = notice_queries.attachments(reading(CLOCK), card.id)[-1]
    town.stage.do(notice_service.accuse, buyer.drafter, attachment_id=wrong.id, why=Why.CLASSIFIED)
    keys = town.stage.do(notice_service.withdraw, town.cast.staff["head"], attachment_id=wrong.id)
    for key in keys:
        blobs.of(current_app.instance_path).delete(key)


def _pair(town: Town) -> tuple[ItemCard, ItemCard]:
    """Two items of surveying under different regulators for which the most agencies are fit."""
    pairs = itertools.combinations(town.items["工程测量"], 2)
    return max(
        (pair for pair in pairs if pair[0].regulator_name != pair[1].regulator_name),
        key=lambda pair: len(town.trade.candidates(*(each.code for each in pair))),
    )
