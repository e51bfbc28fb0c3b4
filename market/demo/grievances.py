"""Complaints of the demo town about a notice and about bodies, with evidence; tips, and what became of them.

cases.py has those about results.
"""

import dataclasses
import datetime as dt
import functools

from flask import current_app

from market.complaints import service as complaints
from market.complaints.rules import About, Door, Respondent, Statement
from market.demo import notices, priced
from market.demo.cases import Course, statement
from market.demo.notices import Plan
from market.demo.people import OFFICE, Scan
from market.demo.stage import at
from market.demo.town import Agenda, Town
from market.files import service as files
from market.kernel.actor import VISITOR
from market.kernel.clock import local_date

OF_NOTICE = statement(
    About.NOTICE,
    "公告要求的服务期限短于该事项的法定最短期限，实际无法完成，请核查。",
    "请重新确定服务期限并顺延报名。",
)
OF_AGENCY = statement(
    About.RESULT,
    "拟中选机构的项目负责人同期登记在另一家机构名下，附登记页面打印件。",
    respondent=Respondent.AGENCY,
)
OF_REGULATOR = statement(
    About.PROCESS,
    "就资质范围向行业主管部门咨询，前后两次答复不一致，附两次答复。",
    "请说明以哪一次答复为准。",
    respondent=Respondent.REGULATOR,
    door=Door.REGULATOR,
)
OF_OFFICE = statement(
    About.CONDUCT,
    "入驻核验两次退回，第二次提出的问题第一次没有告知，附两次退回通知。",
    "请核查是否一次性告知。",
    respondent=Respondent.OFFICE,
)


@dataclasses.dataclass(frozen=True)
class Grievance:
    """A complaint: about a notice that closes so many working days before today (before: behind it), what it
    says, with which files, and what is done on which working day before today.
    """

    over: int
    said: Statement
    scans: tuple[str, ...]
    deeds: tuple[tuple[int, str], ...]


GRIEVANCES = (
    Grievance(-4, OF_NOTICE, ("服务期限依据.pdf",), ((2, "file"), (1, "accept"))),
    Grievance(
        34,
        OF_NOTICE,
        ("服务期限依据.pdf",),
        ((37, "file"), (36, "accept"), (35, "dismiss"), (33, "publish"), (32, "call_back")),
    ),
    Grievance(
        21,
        OF_AGENCY,
        ("登记页面一.pdf", "登记页面二.pdf"),
        ((20, "file"), (18, "accept"), (9, "dismiss")),
    ),
    Grievance(19, OF_REGULATOR, ("两次答复.pdf",), ((18, "file"), (17, "accept"))),
)
OF_BODY: tuple[tuple[tuple[int, str], ...], ...] = (
    ((30, "file"), (29, "accept"), (22, "partly"), (21, "publish"), (18, "remedied")),
    ((2, "file"),),
)
"""Complaints about the office itself: its superior hears them."""


def plan(town: Town, agenda: Agenda, days: list[dt.date]) -> None:
    """Put complaints and tips on the agenda."""
    mine = priced.own(town, "grievances", forgets=False)
    ahead = notices.working_days(
        town.today + dt.timedelta(days=1), town.today + dt.timedelta(days=12)
    )
    for each in GRIEVANCES:
        closes = days[-each.over] if each.over > 0 else ahead[-each.over]
        begun = days[-each.over - 5] if each.over > 0 else days[-3]
        times = notices.regular(begun, closes)
        agenda.at(times[0], functools.partial(_publish, mine, agenda, days, each, times))
    for place, deeds in enumerate(OF_BODY):
        begun = days[-deeds[0][0]]
        agenda.at(at(begun, 8, 30), functools.partial(_of_office, mine, agenda, days, place, deeds))
    for tip in TIPS:
        agenda.at(at(days[-tip.back], 20, 15), functools.partial(_tip, mine, agenda, days, tip))


def _publish(
    town: Town,
    agenda: Agenda,
    days: list[dt.date],
    each: Grievance,
    times: tuple[dt.datetime, dt.datetime, dt.datetime],
) -> None:
    buyer = town.body()
    town.publish(agenda, Plan(*times, buyer, town.item(buyer), 4), None)
    course = Course(town, town.last_number, each.said, each.scans)
    _arrange(agenda, days, course, each.deeds)


def _of_office(
    town: Town,
    agenda: Agenda,
    days: list[dt.date],
    place: int,
    deeds: tuple[tuple[int, str], ...],
) -> None:
    before = local_date(town.stage.now) - dt.timedelta(days=1)
    said = dataclasses.replace(OF_OFFICE, act_on=before)
    course = Course(town, "入驻核验的退回", said, ("第一次退回.pdf", "第二次退回.pdf"))
    course.who = town.cast.citizens[place]
    staff = town.cast.staff
    above = {"officer": staff["authority-officer"], "signatory": staff["authority-head"]}
    course.staff = staff | above
    _arrange(agenda, days, course, deeds)


def _arrange(
    agenda: Agenda, days: list[dt.date], course: Course, deeds: tuple[tuple[int, str], ...]
) -> None:
    for back, name in deeds:
        agenda.at(at(days[-back], 9, 45), functools.partial(course.deed, name))


@dataclasses.dataclass(frozen=True)
class Told:
    """A tip: so many working days before today; what it says, its files, which bodies it concerns besides
    those that its text names; who looks at it and who closes it, by their logins.
    """

    back: int
    content: str
    scans: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    reader: str = ""
    closer: str = ""
    names_notice: bool = False


NOTED = "已核对公告文本和日志，所反映的情况已转业务审核人员留意。"
TIPS = (
    Told(
        24,
        "这份公告的服务内容像是照着一家机构的业绩写的，请留意。",
        reader="officer",
        closer="signatory",
        names_notice=True,
    ),
    Told(
        12,
        "有机构自称能“安排”中选，向同行收取介绍费，附聊天截图。",
        ("聊天截图.pdf",),
        reader="officer",
    ),
    Told(
        8,
        f"{OFFICE}的工作人员在报名期内打听哪些机构已经报名。",
        ("通话记录.pdf",),
        reader="authority-officer",
    ),
    Told(5, f"{OFFICE}和上级部门一起要求业主只用一家机构。", concerns=("authority",)),
    Told(2, "同一地址有三家机构同时报名，电话也是同一个。", names_notice=True),
)


def _tip(town: Town, agenda: Agenda, days: list[dt.date], told: Told) -> None:
    """Anonymous, from a page without an account; read and closed in the days after."""
    stage = town.stage
    number = stage.do(
        complaints.tip,
        VISITOR,
        content=told.content,
        notice_number=town.last_number if told.names_notice else None,
        concerns=[town.cast.bodies[name] for name in told.concerns],
    )
    for name in told.scans:
        scan = files.receive(Scan(name), current_app.instance_path)
        stage.do(complaints.add_to_tip, VISITOR, number=number, scan=scan)
    staff = town.cast.staff
    if told.reader:
        reading = functools.partial(
            stage.do, complaints.look_at, staff[told.reader], number=number, note=NOTED
        )
        agenda.at(at(days[1 - told.back], 10, 10), reading)
    if told.closer:
        closing = functools.partial(
            stage.do, complaints.close_tip, staff[told.closer], number=number
        )
        agenda.at(at(days[2 - told.back], 10, 10), closing)
