"""Notices of the demo town on their way through the real services: drafted, published, entered, run
to a state.
"""

import dataclasses
import datetime as dt
import itertools
from collections.abc import Mapping

from market.adapters.keys import Keys
from market.catalogue.queries import ItemCard
from market.catalogue.rules import Joined
from market.db import reading
from market.demo import names
from market.demo.choices import Dice
from market.demo.people import Buyer, Cast, Firm
from market.demo.stage import Stage, at
from market.kernel.actor import CLOCK
from market.kernel.errors import Refusal
from market.selection.entries import jobs as entry_jobs
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.kinds import Fund, Method
from market.selection.notices import queries as notice_queries
from market.selection.notices import service as notice_service
from market.selection.notices.rules.terms import Terms
from market.selection.quotes import queries as quote_queries
from market.workdays import queries as workdays

CONTENT = "按国家和省现行规范开展{item}，提交成果报告及电子数据。\n配合主管部门审查，按审查意见修改完善。\n收到书面通知后 3 个工作日内完成现场踏勘。"


@dataclasses.dataclass(frozen=True)
class Plan:
    """One notice before it is posted: when it is published, closes and is drawn, by whom, for what."""

    published: dt.datetime
    close: dt.datetime
    draw: dt.datetime
    buyer: Buyer
    item: ItemCard
    entrants: int
    rulebook: int | None = None
    title: str = ""
    method: Method = Method.RANDOM
    fund: Fund | None = None  # whose money; None: by the kind of its owner
    urgent_reason: str = ""
    further: tuple[
        str, ...
    ] = ()  # codes of items bought together with the first, of one that is fit for all

    @property
    def codes(self) -> tuple[str, ...]:
        """Everything that is bought."""
        return (self.item.code, *self.further)


class Trade:
    """Posts and enters notices for a cast."""

    def __init__(self, stage: Stage, cast: Cast, dice: Dice, keys: Keys) -> None:
        self.stage = stage
        self.cast = cast
        self.dice = dice
        self.sealing = keys.sealing_public()
        self._projects = itertools.count(1)

    def terms(self, plan: Plan) -> Terms:
        """A lawful notice for the plan."""
        fund = plan.fund or (Fund.FISCAL if plan.buyer.kind == "public" else Fund.SOCIAL)
        place = self.dice.pick(names.TOWNS)
        return Terms(
            item_code=plan.item.code,
            further=plan.further,
            joined=Joined.ALL_OF if plan.further else None,
            title=plan.title
            or f"{place}{names.work_on(self.dice.pick(names.PROJECTS), plan.item.name)}",
            fund=fund,
            method=plan.method,
            fiscal_percent=100 if fund is Fund.FISCAL else 0,
            ceiling_fen=self.dice.between(30, 280) * 100_000,
            scale=f"约 {self.dice.between(2, 90) * 10} 亩",
            location=f"瑞昌市{place}",
            content=CONTENT.format(item=plan.item.name),
            service_days=plan.item.time_limit_days or 20,
            urgent=bool(plan.urgent_reason),
            urgent_reason=plan.urgent_reason,
            entry_close=plan.close,
            draw_at=plan.draw,
            contact_phone="0792-4221111",
            complaint_phone="0792-4212345",
            project_code=f"XM-360481-{next(self._projects):05d}",
        )

    def draft(self, plan: Plan) -> int:
        """A draft; returns its row's id."""
        return self.stage.do(
            notice_service.draft, plan.buyer.drafter, terms=self.terms(plan), rulebook=plan.rulebook
        )

    def submit(self, notice_id: int, buyer: Buyer) -> None:
        """Submitted, and signed by the body's other person."""
        self.stage.do(notice_service.submit, buyer.drafter, notice_id=notice_id)
        if buyer.drafter != buyer.signatory:
            self.stage.do(notice_service.sign, buyer.signatory, notice_id=notice_id)

    def draft_again(self, plan: Plan, number: str) -> int:
        """The draft of the next listing of a notice that failed: the same project with the plan's
        times.
        """
        notice_id = self.stage.do(notice_service.draft_again, plan.buyer.drafter, number=number)
        terms = notice_queries.own_draft(reading(plan.buyer.drafter), notice_id).terms
        self.stage.do(
            notice_service.save,
            plan.buyer.drafter,
            notice_id=notice_id,
            terms=dataclasses.replace(terms, entry_close=plan.close, draw_at=plan.draw),
        )
        return notice_id

    def publish(self, plan: Plan, predecessor: str | None = None) -> str:
        """Through the office to the public; returns the number."""
        notice_id = self.draft_again(plan, predecessor) if predecessor else self.draft(plan)
        return self.put_out(notice_id, plan.buyer)

    def put_out(self, notice_id: int, buyer: Buyer) -> str:
        """The same of a draft that is written. Where quotes are sealed to two keys, those of its number
        are ready.
        """

        def passed() -> None:
            self.submit(notice_id, buyer)
            self.stage.do(notice_service.approve, self.cast.staff["checker"], notice_id=notice_id)

        self.stage.at_once(passed)
        if quote_queries.is_sealing(reading(CLOCK)):
            entry_jobs.prepare_keys()
        return self.stage.do(notice_service.publish, self.cast.staff["head"], notice_id=notice_id)

    def candidates(self, *items: str) -> list[Firm]:
        """Agencies of the cast that may enter for an item, or for all of several."""
        return [firm for firm in self.cast.agencies if set(items) <= set(firm.items)]

    def enter(
        self,
        number: str,
        firm: Firm,
        ceiling_fen: int,
        per_mille: int | None = None,
        key: str | None = None,
        boxes: Mapping[str, str] | None = None,
    ) -> bool:
        """One sealed entry at 80-99 % of the ceiling, or at so many thousandths of it, under its form's
        key, with the sealed files that it names; as a rate, and with a promise of days, where the notice asks
        for them. False when the product refuses it.
        """
        share = per_mille or self.dice.between(800, 995)
        terms = entry_queries.terms(reading(CLOCK), number)
        most = terms.most_days
        try:
            self.stage.do(
                entry_service.enter,
                firm.actor,
                number=number,
                quote_fen=(1000 - share) * 10 if terms.is_rate else ceiling_fen * share // 1000,
                sealing_key=self.sealing,
                submission_key=key,
                boxes=boxes,
                days=most and max(1, most * self.dice.between(6, 10) // 10),
            )
        except Refusal:
            return False
        return True


def working_days(first: dt.date, last: dt.date) -> list[dt.date]:
    """Every working day from first to last."""
    calendar = workdays.calendar(reading(CLOCK))
    days = (first + dt.timedelta(days=offset) for offset in range((last - first).days + 1))
    return [day for day in days if calendar.is_working(day)]


def regular(
    published_on: dt.date, closes_on: dt.date
) -> tuple[dt.datetime, dt.datetime, dt.datetime]:
    """Published at 10:00, closed at 15:00, drawn at 15:30 of the last day."""
    return at(published_on, 10), at(closes_on, 15), at(closes_on, 15, 30)
