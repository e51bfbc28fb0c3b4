"""方案比选 in the demo town: one whose result is out, one whose jurors are at work, one that failed because no
proposal reached the mark.
"""

import datetime as dt
import functools
import hashlib
from collections.abc import Callable, Mapping

from flask import current_app

from market.db import reading
from market.demo import notices, papers, priced, scored
from market.demo.notices import Plan
from market.demo.people import Firm
from market.demo.stage import Stage
from market.demo.town import Agenda, Town
from market.files import service as files
from market.kernel.actor import CLOCK, Actor
from market.selection.entries import queries as entry_queries
from market.selection.entries import service as entry_service
from market.selection.entries.rules import boxing
from market.selection.entries.service import SealedFile
from market.selection.kinds import Method
from market.selection.results import queries as result_queries
from market.selection.scored import queries as scored_queries
from market.selection.scored import service as scored_service
from market.selection.scored.rules.criteria import Criterion, Scored, Scoring
from verify.zjcs import boxes

SCORING = Scoring(
    (
        Scored(Criterion.METHOD, 50, scored.LEVELS),
        Scored(Criterion.SCHEDULE, 25, scored.LEVELS),
        Scored(Criterion.QUALITY, 25, scored.LEVELS),
    ),
    None,
    0,
    60,
    3,
)
NAMED = "署名材料：项目负责人和联系人见报名信息（演示）。"
TIMES = ((13, 8, 3, 0), (7, 3, 1, 0), (14, 9, 3, 2))
"""Published and closed so many working days ago, so many of the three jurors have handed in, and from
which of the proposals on they are (the later, the poorer).
"""


def document(place: int) -> bytes:
    """A proposal in so many words as those of 综合评分: the first is the best."""
    paragraphs = [
        f"{said}：{scored.TEXTS[code][min(place, 2)]}"
        for code, said in zip(scored.TEXTS, ("技术路线", "进度安排", "质量保证"), strict=True)
    ]
    return papers.pdf(paragraphs)


def deliver(stage: Stage, number: str, firm: Firm, place: int) -> Mapping[str, str]:
    """Upload both parts as a browser does, sealed; the hashes that the entry names."""
    parts = {"proposal": document(place), "proposal_b": papers.pdf([NAMED])}
    return {kind: _uploaded(stage, number, firm, kind, content) for kind, content in parts.items()}


def _uploaded(stage: Stage, number: str, firm: Firm, kind: str, content: bytes) -> str:
    found = entry_queries.stage_of_kind(reading(CLOCK), number, kind)
    if found is None:
        raise ValueError("the keys of a published notice are there")
    purpose = boxes.Purpose(found.draw, firm.ref, kind, found.keys.t)
    box = boxes.seal(content, purpose, found.keys.trustees)
    sealed = SealedFile(box, hashlib.sha256(content).hexdigest(), boxing.BROWSER)
    return stage.do(
        entry_service.upload,
        firm.actor,
        number=number,
        kind=kind,
        sealed=sealed,
        received=files.keep_sealed(box, current_app.instance_path),
    )


def plan(town: Town, agenda: Agenda, days: list[dt.date]) -> None:
    """All of the first firm that buys with its own money, where the place has opened the way."""
    own = priced.own(town, "proposals")
    for begun, over, judges, first in TIMES:
        times = notices.regular(days[-begun], days[-over])
        agenda.at(times[0], _publishing(own, agenda, times, judges, first))


def _publishing(
    town: Town,
    agenda: Agenda,
    times: tuple[dt.datetime, dt.datetime, dt.datetime],
    judges: int,
    first: int,
) -> Callable[[], None]:
    def publish() -> None:
        if not scored.is_open(Method.PROPOSAL):
            return
        buyer = next(one for one in town.cast.owners if one.kind == "firm")
        whole = Plan(*times, buyer, town.item(buyer), scored.ENTRANTS, method=Method.PROPOSAL)
        panel = scored.panel(town, buyer)
        number = scored.published(town, whole, panel, SCORING)
        _arranged(town, agenda, whole, number, panel[:judges], first)

    return publish


def _arranged(
    town: Town, agenda: Agenda, plan: Plan, number: str, judges: list[Actor], first: int
) -> None:
    """Files and quotes, the close, the sheets of those who judge, the opening where all have."""
    firms = town.dice.some(town.trade.candidates(plan.item.code), scored.ENTRANTS)
    for place, firm in enumerate(firms):
        entering = plan.published + dt.timedelta(hours=3 + place)
        agenda.at(entering, functools.partial(_enter, town, number, firm, max(place, first)))
    agenda.at(plan.close + dt.timedelta(seconds=61))
    scored.judging(
        agenda, plan.close, [functools.partial(judge, town.stage, number, each) for each in judges]
    )


def _enter(town: Town, number: str, firm: Firm, place: int) -> None:
    named = deliver(town.stage, number, firm, place)
    ceiling = result_queries.notice(reading(CLOCK), number).ceiling_fen
    town.trade.enter(number, firm, ceiling, boxes=named)


def judge(stage: Stage, number: str, juror: Actor) -> None:
    """By what each file says."""
    places = {hashlib.sha256(document(place)).hexdigest(): place for place in range(3)}
    stage.do(scored_service.declare, juror, number=number)
    for each in scored_queries.desk(reading(juror), number).proposals:
        place = places[str(each.sha256)]
        stage.do(
            scored_service.mark,
            juror,
            number=number,
            letter=each.letter,
            marks={one.code.value: scored.LEVELS[place].points for one in SCORING.criteria},
            comment=scored.SAID[place],
        )
    stage.do(scored_service.hand_in, juror, number=number)
