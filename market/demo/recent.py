"""The last days of the demo town: notices that are open, amended, cancelled, sealed or not public yet."""

import datetime as dt
from collections.abc import Callable

from market.demo import names, notices
from market.demo.notices import Plan
from market.demo.people import items_of
from market.demo.stage import at
from market.demo.town import Agenda, Town
from market.enrolment import service as enrolment
from market.enrolment.rules import Section
from market.kernel.clock import CHINA
from market.selection.notices import service as notice_service


def plan(town: Town, agenda: Agenda, days: list[dt.date]) -> None:
    """Open, amended, cancelled, sealed and just announced notices, and those that are not public
    yet.
    """
    ahead = notices.working_days(
        town.today + dt.timedelta(days=1), town.today + dt.timedelta(days=25)
    )
    for place, (back, entrants) in enumerate(((1, 4), (2, 6), (3, 3), (2, 8), (1, 2), (3, 5))):
        town.plan(agenda, days[-back], ahead[max(4 - back, 0) + place], entrants)
    for back in (1, 2, 2):
        town.plan(agenda, days[-1 - back - 5], days[-1 - back], 6)
    soon = (
        (town.now + dt.timedelta(minutes=50))
        .astimezone(CHINA)
        .replace(second=0, microsecond=0)
        .astimezone(dt.UTC)
    )
    _post(town, agenda, at(days[-7], 10), close=town.now - dt.timedelta(minutes=25), draw=soon)
    _amended(town, agenda, days, ahead)
    _cancelled(town, agenda, days)
    _listed_again(town, agenda, days)
    agenda.at(at(days[-1], 9, 5), lambda: _unpublished(town, ahead))
    agenda.at(at(days[-1], 9, 20), lambda: _waiting_enrolments(town))


def _amended(town: Town, agenda: Agenda, days: list[dt.date], ahead: list[dt.date]) -> None:
    """A notice whose entries and draw were put off."""
    amended = at(days[-4], 11)
    _post(
        town,
        agenda,
        amended,
        close=at(ahead[1], 15),
        draw=at(ahead[1], 15, 30),
        then=lambda number: agenda.at(
            amended + dt.timedelta(hours=3),
            lambda: town.stage.do(
                notice_service.amend,
                town.cast.staff["head"],
                number=number,
                entry_close=at(ahead[3], 15),
                draw_at=at(ahead[3], 15, 30),
                reason="应多家机构要求，延长报名时间。",
            ),
        ),
    )


def _cancelled(town: Town, agenda: Agenda, days: list[dt.date]) -> None:
    """A notice that its owner took back before the close."""
    cancelled = at(days[-6], 11)
    _post(
        town,
        agenda,
        cancelled,
        close=at(days[-1], 15),
        draw=at(days[-1], 15, 30),
        then=lambda number: agenda.at(
            cancelled + dt.timedelta(hours=20),
            lambda: town.stage.do(
                notice_service.cancel,
                town.cast.owners[0].signatory,
                number=number,
                reason="项目立项调整，暂不实施。",
            ),
        ),
    )


def _listed_again(town: Town, agenda: Agenda, days: list[dt.date]) -> None:
    """A notice for which nobody entered, and its second listing."""
    buyer = town.cast.owners[0]
    first = Plan(*notices.regular(days[-13], days[-8]), buyer, town.item(buyer), 0)
    second = Plan(*notices.regular(days[-6], days[-2]), buyer, first.item, 4)
    agenda.at(
        first.published,
        lambda: town.publish(
            agenda,
            first,
            lambda failed: agenda.at(
                second.published, lambda: town.publish(agenda, second, None, failed)
            ),
        ),
    )


def _post(
    town: Town,
    agenda: Agenda,
    begin: dt.datetime,
    *,
    close: dt.datetime,
    draw: dt.datetime,
    then: Callable[[str], None] | None = None,
) -> None:
    whole = Plan(begin, close, draw, town.cast.owners[0], town.item(town.cast.owners[0]), 5)

    def publish() -> None:
        town.publish(agenda, whole, None)
        if then:
            then(town.last_number)

    agenda.at(begin, publish)


def _unpublished(town: Town, ahead: list[dt.date]) -> None:
    """One notice each: draft, waiting for its body's signature, submitted, returned, refused."""
    buyer = town.cast.owners[0]
    staff = town.cast.staff
    ids = []
    for _ in range(5):
        begin, close, draw = notices.regular(ahead[0], ahead[5])
        ids.append(town.trade.draft(Plan(begin, close, draw, buyer, town.item(buyer), 0)))
    town.stage.do(notice_service.submit, buyer.drafter, notice_id=ids[1])
    for notice_id in ids[2:]:
        town.trade.submit(notice_id, buyer)
    town.stage.do(
        notice_service.give_back,
        staff["checker"],
        notice_id=ids[3],
        reasons=["请写明项目规模的计量依据。", "投诉电话请填写监督科室。"],
    )
    town.stage.do(
        notice_service.propose_refusal,
        staff["checker"],
        notice_id=ids[4],
        reasons=["达到政府采购限额标准。"],
        channel="政府采购",
    )
    town.stage.do(notice_service.confirm_refusal, staff["head"], notice_id=ids[4])


def _waiting_enrolments(town: Town) -> None:
    """Enrolments that wait for the office, one of them returned, so that the desks are not empty."""
    for number in range(3):
        draft = town.casting.firm(names.CITY[number], "工程测量", items_of("工程测量")[:2])
    returned = [(Section.QUALIFICATIONS, "扫描件看不清发证机关，请重新上传。")]
    checker = town.cast.staff["checker"]
    town.stage.do(enrolment.send_back, checker, number=draft.number, corrections=returned)
