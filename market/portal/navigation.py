"""The menus that hang on who one is, and what every page shows of the installation."""

import dataclasses

from flask import Flask, current_app, g, request, url_for
from flask_babel import lazy_gettext as _l

from market.db import reading
from market.fabric import Memory, fabric
from market.kernel.actor import VISITOR, Actor
from market.letters import queries as letters
from market.operations import queries as operations
from market.operations.rules import Mode
from market.portal.installing import is_installable
from market.tasks import queries as tasks
from market.web.auth import allows, current_actor

ACCOUNT_LINKS = [("accounts.mine", _l("我的账户")), ("following.mine", _l("我的关注"))]
DESKS: list[tuple[str, object]] = [
    ("agencies.enrolment", _l("我的机构入驻")),
    ("selection.entries", _l("我的报名")),
    ("selection.judging", _l("我的评审")),
    ("selection.own_expert", _l("我的评审专家申请")),
    ("owners.mine", _l("我的业主登记")),
    ("selection.mine", _l("我的选取公告")),
    ("contracts.mine", _l("我的中选通知书")),
    ("reputation.mine", _l("我的履约记录")),
    ("cards.mine", _l("本单位的效能提示")),
    ("contracts.matters", _l("我的合同")),
    ("complaints.mine", _l("我的投诉")),
    ("agencies.desk", _l("入驻核验")),
    ("owners.desk", _l("业主审核")),
    ("selection.desk", _l("公告审核")),
    ("selection.pool_desk", _l("评审专家审核")),
    ("zones.desk", _l("区域评估成果登记")),
    ("oversight.selections", _l("选取记录")),
    ("oversight.flags", _l("风险提示")),
    ("oversight.clues", _l("问题线索移交单")),
    ("oversight.sample_desk", _l("随机抽查和回访")),
    ("oversight.received", _l("监管询问和意见")),
    ("selection.sources", _l("见证源")),
    ("complaints.desk", _l("投诉办理")),
    ("evaluations.desk", _l("评价申诉")),
    ("contracts.finance", _l("财政付款数据")),
    ("cases.desk", _l("诉求办理")),
    ("cases.answer_desk", _l("问答编写")),
    ("ratings.enter", _l("代录好差评")),
    ("reputation.desk", _l("履约记录办理")),
    ("cards.desk", _l("效能提示办理")),
    ("complaints.tips", _l("举报线索")),
    ("complaints.erasures", _l("删除个人信息")),
    ("windows.board", _l("全部期限")),
    ("windows.feed", _l("我的期限日历（ICS）")),
    ("workdays.desk", _l("工作日历导入")),
    ("rulebook.desk", _l("办法参数")),
    ("reputation.bases", _l("行为清单的依据")),
    ("programs.index", _l("程序接入")),
    ("operations.state", _l("运行状态")),
    ("accounts.people", _l("人员核验")),
    ("accounts.members", _l("本单位成员")),
    ("accounts.organisations", _l("单位和人员")),
]
"""The desks and their labels; who sees one is whoever may open its page."""
OF_PARTIES: dict[str, set[str | None]] = {
    "selection.judging": {None, "owner"},
    "selection.own_expert": {None},
    "cards.mine": {"office", "regulator"},  # an owner is told by letter
    "agencies.enrolment": {None, "agency"},
    "selection.entries": {None, "agency"},
    "owners.mine": {None, "owner"},
    "selection.mine": {None, "owner"},
    "contracts.mine": {None, "agency", "owner"},
    "reputation.mine": {"agency", "owner"},
    "contracts.matters": {None, "agency", "owner"},
}
"""Desks of parties: the kinds of organisation for which somebody acts who has such a desk (None: for
himself). Who works in the office is not asked to enrol it.
"""


def desks_of(actor: Actor) -> list[tuple[str, object]]:
    """The desks that this actor may open."""
    views = current_app.view_functions
    permissions = fabric().permissions
    return [
        (endpoint, label)
        for endpoint, label in DESKS
        if actor.kind in OF_PARTIES.get(endpoint, {actor.kind})
        and allows(permissions, vars(views[endpoint])["may"], actor)
    ]


@dataclasses.dataclass(frozen=True)
class Duty:
    """One line beside a desk: its page, what it is called, how much waits there (None: not
    counted), whether it is the one that is open.
    """

    href: str
    label: object
    count: int | None
    is_present: bool


def duties() -> list[Duty]:
    """What the reader of this page has to do here, desk by desk, with what waits in each."""
    work = reading(current_actor())
    waiting = tasks.tasks(work, fabric().permissions, fabric().window_kinds).mine
    found = [Duty("/todo", _l("我的待办"), len(waiting), False)]
    for endpoint, label in desks_of(work.actor):
        path = url_for(endpoint)
        places = COUNTED.get(endpoint)
        count = sum((each.path or "").startswith(places) for each in waiting) if places else None
        found.append(Duty(path, label, count, request.path.startswith(path)))
    return found


COUNTED = {
    "agencies.desk": ("/office/enrolments", "/office/agencies", "/office/objections"),
    "owners.desk": ("/office/owners",),
    "selection.desk": ("/office/notices",),
    "complaints.desk": ("/complaints/", "/office/complaints"),
    "complaints.tips": ("/office/tips",),
    "complaints.erasures": ("/office/erasures",),
    "oversight.selections": ("/office/selections",),
    "oversight.flags": ("/office/flags",),
    "oversight.clues": ("/office/clues",),
    "oversight.sample_desk": ("/office/samples",),
    "oversight.received": ("/oversight/questions",),
    "evaluations.desk": ("/office/evaluations",),
    "cards.desk": ("/cards/",),
    "contracts.finance": ("/office/finance",),
    "cases.desk": ("/office/cases",),
    "cases.answer_desk": ("/office/answers",),
    "reputation.desk": ("/credit/",),
    "reputation.bases": ("/office/behaviours",),
    "selection.sources": ("/office/sources",),
    "workdays.desk": ("/office/calendar",),
    "rulebook.desk": ("/office/rulebook",),
    "windows.board": ("/office/windows",),
    "accounts.people": ("/office/people",),
}
"""Where the things of a desk are done: what waits at such an address counts there."""


def unread_letters() -> int:
    """How many letters the reader of this page has not opened."""
    if "database_lost" in g:
        return 0
    if "unread" not in g:
        g.unread = letters.unread(reading(current_actor()))
    count: int = g.unread
    return count


MODE = Memory[Mode | None](lambda: None)
"""What this database is for, once it has said so."""


def is_demo() -> bool:
    """Whether this database is a demo one: said on every page."""
    if MODE.of() is None and "database_lost" not in g:
        MODE.keep(operations.mode(reading(VISITOR)))
    return MODE.of() is Mode.DEMO


def log_trouble() -> str | None:
    """Why the installation only reads, if it does (fork guard)."""
    if "database_lost" in g:
        return None
    return fabric().guard.trouble(reading(VISITOR))


def init_app(app: Flask) -> None:
    """Give the templates what hangs on the reader and the installation."""
    app.context_processor(lambda: {"demo": is_demo()})
    app.jinja_env.globals.update(
        duties=duties,
        unread_letters=unread_letters,
        account_links=ACCOUNT_LINKS,
        log_trouble=log_trouble,
        is_installable=is_installable,
    )


PUBLIC = (
    ("agencies.enrolment", _l("机构入驻")),
    ("owners.start", _l("业主登记")),
    ("catalogue.deferrable", _l("容缺材料清单")),
    ("zones.index", _l("区域评估成果")),
    ("complaints.timeliness", _l("各单位办理投诉的时效")),
    ("complaints.tip", _l("提交举报线索")),
    ("complaints.tip_status", _l("查询线索办理情况")),
    ("contracts.register_list", _l("合同公开")),
    ("contracts.unsigned", _l("逾期未签合同的认定")),
    ("ratings.figures", _l("好差评的公开统计")),
    ("cases.answers", _l("常见问题")),
    ("cases.pains", _l("堵点问题台账")),
    ("reputation.behaviours", _l("行为清单")),
    ("reputation.measures", _l("正在执行的措施")),
    ("cards.public", _l("效能提示")),
    ("selection.pool", _l("评审专家库")),
    ("rulebook.index", _l("现行办法参数")),
    ("oversight.statistics", _l("统计")),
    ("oversight.samples", _l("随机抽查")),
    ("opendata.index", _l("数据开放")),
    ("opendata.dictionary", _l("数据字典")),
    ("portal.checking", _l("自己核对")),
    ("portal.accessibility", _l("无障碍声明")),
)
"""Public pages that no menu leads to, for the map of the site."""
