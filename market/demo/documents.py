"""Agencies of the town that were enrolled with documents still to come, as of today."""

import copy
import datetime as dt
import functools

from flask import current_app

from market.catalogue import service as catalogue_service
from market.catalogue.rules import Zone
from market.db import reading
from market.demo import names
from market.demo.choices import Dice
from market.demo.people import Draft, Scan, items_of
from market.demo.stage import at
from market.demo.town import Agenda, Town
from market.enrolment import queries as enrolments
from market.enrolment import service as enrolment
from market.files import service as files
from market.kernel.actor import CLOCK

LISTED = (
    ("301", "授权代表社会保险缴纳记录（演示）", 10),
    ("302", "授权代表社会保险缴纳记录（演示）", 10),
    ("302", "办公场所使用证明（演示）", 10),
    ("303", "办公场所使用证明（演示）", 15),
)
"""Item, document, working days: invented for the demo; which documents may come later is the jurisdiction's to publish."""
ZONES = {
    item: Zone(
        zone="瑞昌经济开发区（演示）",
        title=title,
        document_number=f"示范资规〔2026〕{number}号",
        issued_on=dt.date(2026, 1, 9),
        valid_until=None,
        contact="开发区管委会规划窗口（演示），0792-4220000",
    )
    for item, title, number in (
        ("114", "区域地质灾害危险性评估报告（演示）", 3),
        ("108", "区域洪水影响评价报告（演示）", 4),
    )
}
"""What was evaluated once for a whole zone: invented for the demo."""
PEOPLE: tuple[tuple[int, str | None, int], ...] = (
    (14, None, 0),  # nothing came: the clock has opened the procedure
    (8, "deferred@demo.example", 0),  # two documents still to come, soon due
    (5, None, 1),  # one lies with the office
)
"""Working days ago, login, how many documents were handed in the day after."""


def plan(town: Town, agenda: Agenda, days: list[dt.date]) -> None:
    """Publish the list, enrol them, let what is due fall due."""
    agenda.at(at(days[-20], 9), functools.partial(_publish, town))
    for number, (back, login, handed_in) in enumerate(PEOPLE):
        agenda.at(
            at(days[-back], 10),
            functools.partial(
                _enrol, town, agenda, days[1 - back], names.CITY[number], login, handed_in
            ),
        )
    for day in days[-6:]:
        agenda.at(at(day, 0, 1))


def _publish(town: Town) -> None:
    rows = [{"item": item, "name": name, "days": str(n)} for item, name, n in LISTED]
    town.stage.do(catalogue_service.load_deferrable, CLOCK, rows=rows)
    reviewer = town.cast.staff["checker"]
    for item, zone in ZONES.items():
        town.stage.do(catalogue_service.publish_zone, reviewer, item_code=item, details=zone)


def _enrol(
    town: Town,
    agenda: Agenda,
    next_day: dt.date,
    place: tuple[str, str],
    login: str | None,
    handed_in: int,
) -> None:
    casting = copy.copy(town.casting)
    casting.dice = Dice(
        f"documents {next_day}"
    )  # its own: the rest of the town stays as it is thrown
    draft = casting.firm(place, "工程测量", items_of("工程测量")[:2], login)
    town.stage.do(enrolment.approve, town.cast.staff["checker"], number=draft.number)
    if handed_in:
        agenda.at(at(next_day, 11), functools.partial(_hand_in, town, draft, handed_in))


def _hand_in(town: Town, draft: Draft, count: int) -> None:
    for document in enrolments.outstanding_documents(
        reading(CLOCK), draft.actor.organisation_id or 0
    )[:count]:
        received = files.receive(Scan("演示材料.pdf"), current_app.instance_path)
        town.stage.do(enrolment.hand_in, draft.actor, document_id=document.id, received=received)
