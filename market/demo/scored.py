"""Scored selections of the demo town: one whose result is out, one whose jurors are at work."""

import datetime as dt
import functools
from collections.abc import Callable

from market.accounts.rules import Duty
from market.db import reading
from market.demo import notices, priced
from market.demo.notices import Plan
from market.demo.people import Buyer, Firm
from market.demo.stage import Stage, at
from market.demo.town import Agenda, Town
from market.kernel.actor import CLOCK, Actor
from market.kernel.clock import local_date
from market.ledger import jobs as ledger_jobs
from market.rulebook import queries as rulebooks
from market.selection.credit import queries as credit_queries
from market.selection.entries import jobs as entry_jobs
from market.selection.entries import service as entry_service
from market.selection.kinds import Fund, Method
from market.selection.notices import queries as notice_queries
from market.selection.notices.rules.ways import Standing
from market.selection.quotes import queries as quote_queries
from market.selection.results import queries as result_queries
from market.selection.scored import jobs as scored_jobs
from market.selection.scored import queries as scored_queries
from market.selection.scored import service as scored_service
from market.selection.scored.rules import credit_max
from market.selection.scored.rules.criteria import Criterion, Level, Scored, Scoring
from verify.zjcs.scored import LOW_FIRST

LEVELS = (
    Level(100, "完整、具体，针对本项目，能直接实施"),
    Level(75, "较完整，主要内容针对本项目"),
    Level(50, "基本完整，多为通用内容"),
    Level(20, "不完整，或与本项目不符"),
)
SCORING = Scoring(
    (
        Scored(Criterion.METHOD, 40, LEVELS),
        Scored(Criterion.SCHEDULE, 15, LEVELS),
        Scored(Criterion.QUALITY, 15, LEVELS),
    ),
    LOW_FIRST,
    30,
    60,
    3,
)
WHOLE = SCORING._replace(
    criteria=(
        Scored(Criterion.METHOD, 30, LEVELS),
        Scored(Criterion.SCHEDULE, 10, LEVELS),
        Scored(Criterion.QUALITY, 10, LEVELS),
    ),
    credit_weight=15,
    response_weight=5,
    is_rate=True,
)
"""With all that a formula may score: where the place lets credit count."""
TEXTS = {
    Criterion.METHOD: (
        "先踏勘现场、核对控制点，再外业测量，最后内业处理；每一步留有记录，由另一人复核。",
        "收集既有资料，外业与内业分开进行，成果按规范检查。",
        "按规范开展工作，提交成果报告。",
    ),
    Criterion.SCHEDULE: (
        "第 3 个工作日完成踏勘，第 10 个工作日完成外业，第 15 个工作日提交初稿，预留 5 个工作日修改。",
        "半个月内完成外业，之后一周内提交成果。",
        "在服务期限内完成。",
    ),
    Criterion.QUALITY: (
        "两级检查：作业人自查全部成果，质检员抽查三成；问题逐条登记，改完再查。",
        "成果提交前由质检员检查一遍。",
        "保证成果质量合格。",
    ),
}
SAID = (
    "内容具体，能看出踏勘和复核怎么做。",
    "较完整，进度写得不够细。",
    "多为通用内容，没有针对本项目。",
)
ENTRANTS = 3
TIMES = ((12, 7, 3), (6, 2, 1))
"""Published and closed so many working days ago, and so many of the three jurors have handed in."""


def plan(town: Town, agenda: Agenda, days: list[dt.date]) -> None:
    """Both of the first firm that buys with its own money, where the place has opened the way."""
    own = priced.own(town, "scored")
    for begun, over, judges in TIMES:
        times = notices.regular(days[-begun], days[-over])
        agenda.at(times[0], _publishing(own, agenda, times, judges))


def _publishing(
    town: Town,
    agenda: Agenda,
    times: tuple[dt.datetime, dt.datetime, dt.datetime],
    judges: int,
) -> Callable[[], None]:
    def publish() -> None:
        if not is_open(Method.WEIGHTED):
            return
        buyer = next(one for one in town.cast.owners if one.kind == "firm")
        whole = Plan(*times, buyer, town.item(buyer), ENTRANTS, method=Method.WEIGHTED)
        seated = panel(town, buyer)
        number = published(town, whole, seated, of_today())
        _arranged(town, agenda, whole, number, seated[:judges])

    return publish


def of_today() -> Scoring:
    """Credit and promised days count where the rulebook lets them, and an agency has a history."""
    work = reading(CLOCK)
    most = credit_max(rulebooks.in_force(work), by_pool=False)
    has_credit = most >= WHOLE.credit_weight and credit_queries.used(work).mean is not None
    return WHOLE if has_credit else SCORING


def is_open(method: Method) -> bool:
    """Whether a way by jurors is open to social funds, and its quotes can be sealed."""
    work = reading(CLOCK)
    _, standings = notice_queries.offered(rulebooks.in_force(work))
    is_on = standings[method][Fund.SOCIAL] is Standing.OPEN
    return is_on and quote_queries.is_sealing(work)


def panel(town: Town, buyer: Buyer) -> list[Actor]:
    """Three reviewers from outside and a reserve; the same persons for every notice."""
    if not town.cast.jurors:
        body = buyer.drafter.organisation_id or 0
        logins = ("juror@demo.example", None, None, None)
        town.cast.jurors = [
            town.casting.member(body, Duty.JUROR, login=login, dice=town.dice) for login in logins
        ]
    return town.cast.jurors


def published(town: Town, plan: Plan, seated: list[Actor], scoring: Scoring) -> str:
    """A notice whose scoring and panel are written, open for entries; its number."""
    notice_id = town.trade.draft(plan)
    ids = [each.person_id or 0 for each in seated]
    town.stage.do(
        scored_service.set_terms,
        plan.buyer.drafter,
        notice_id=notice_id,
        scoring=scoring,
        seated=ids[:3],
        reserves=ids[3:],
    )
    return town.trade.put_out(notice_id, plan.buyer)


def _arranged(town: Town, agenda: Agenda, plan: Plan, number: str, judges: list[Actor]) -> None:
    """Proposals and quotes, the close, the sheets of those who judge, the opening where all have."""
    entering(town, agenda, plan, number)
    agenda.at(plan.close + dt.timedelta(seconds=61))
    judging(
        agenda, plan.close, [functools.partial(judge, town.stage, number, each) for each in judges]
    )


def judging(agenda: Agenda, close: dt.datetime, sheets: list[Callable[[], None]]) -> None:
    """On the first working day behind the close so many hand in a sheet; where all three have, the quotes
    open.
    """
    closed = local_date(close)
    (day, *_) = notices.working_days(closed + dt.timedelta(days=1), closed + dt.timedelta(days=12))
    for place, sheet in enumerate(sheets):
        agenda.at(at(day, 9 + place), sheet)
    if len(sheets) == SCORING.jurors:
        agenda.at(at(day, 9 + len(sheets)), opened)
        agenda.at(at(closed + dt.timedelta(days=10), 0, 1))


def entering(town: Town, agenda: Agenda, plan: Plan, number: str) -> None:
    """Let as many agencies as there are texts propose, and enter with a quote."""
    firms = town.dice.some(town.trade.candidates(plan.item.code), ENTRANTS)
    for place, firm in enumerate(firms):
        when = plan.published + dt.timedelta(hours=3 + place)
        agenda.at(when, functools.partial(_enter, town, number, firm, place))


def _enter(town: Town, number: str, firm: Firm, place: int) -> None:
    town.stage.do(
        entry_service.hand_in_proposal,
        firm.actor,
        number=number,
        texts={code.value: texts[place] for code, texts in TEXTS.items()},
        sealing_key=town.trade.sealing,
    )
    ceiling = result_queries.notice(reading(CLOCK), number).ceiling_fen
    town.trade.enter(number, firm, ceiling)


def judge(stage: Stage, number: str, juror: Actor) -> None:
    """By what each proposal says: the first text is the best."""
    stage.do(scored_service.declare, juror, number=number)
    for each in scored_queries.desk(reading(juror), number).proposals:
        place = TEXTS[Criterion.METHOD].index(each.texts[Criterion.METHOD.value])
        stage.do(
            scored_service.mark,
            juror,
            number=number,
            letter=each.letter,
            marks=dict.fromkeys(each.texts, LEVELS[place].points),
            comment=SAID[place],
        )
    stage.do(scored_service.hand_in, juror, number=number)


def opened() -> None:
    """The sheets are closed: a head over them, the keys, the quotes, the order."""
    ledger_jobs.witness_head()
    entry_jobs.bring_later_keys()
    scored_jobs.open_closed()
