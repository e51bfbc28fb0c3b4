"""The words of followings: refusals, the form, letters."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from market.following.queries import Followed
from market.following.rules import LISTED, Pace, Seen, Wanted, What

WORDS = {
    "following.none": _l("没有这项关注，也许已经停止。"),
    "following.text": _l("最多 %(most)s 个字"),
    "following.not_of_list": _l("这份列表没有这样的筛选条件，请从列表页重新进入。"),
    "following.most": _l("最多关注 %(most)s 项，请先停止不再需要的。"),
    "following.too_often": _l("%(minutes)s 分钟内最多 %(most)s 次，请过 %(seconds)s 秒再试。"),
}
WHATS = {
    What.NOTICES: _l("选取公告"),
    What.RESULTS: _l("中选结果"),
    What.COMPLAINTS: _l("投诉"),
}
TOLD = {
    What.NOTICES: _l("发布、更正或取消公告时告诉您。"),
    What.RESULTS: _l("中选公告发布或选取失败时告诉您。"),
    What.COMPLAINTS: _l("收到、受理或不予受理、作出和公开决定时告诉您；投诉人是谁不公开。"),
}
PACES = {
    Pace.AT_ONCE: _l("一有就告诉我"),
    Pace.DAILY: _l("每天早上八点，合成一封"),
}
WHOLE = _l("全部")
FUNDS = {"fiscal": _l("财政性资金"), "state": _l("国有企业资金"), "social": _l("社会资金")}
ABOUT = {
    "notice": _l("选取公告本身"),
    "process": _l("选取过程"),
    "result": _l("选取结果"),
    "conduct": _l("入驻决定或窗口服务"),
}
STATES: dict[What, dict[str, object]] = {
    What.NOTICES: {
        "open": _l("报名中"),
        "today": _l("今日截止"),
        "soon": _l("即将选取"),
        "announced": _l("公示中"),
        "awarded": _l("已中选"),
        "failed": _l("选取失败"),
    },
    What.RESULTS: {},
    What.COMPLAINTS: {
        "filed": _l("已收到，待受理决定"),
        "completing": _l("待补充材料"),
        "transferred": _l("已转交，待接收"),
        "accepted": _l("已受理，办理中"),
        "paused": _l("鉴定中，计时暂停"),
        "escalated": _l("已提级督办"),
        "not_accepted": _l("不予受理"),
        "withdrawn": _l("已撤回"),
        "upheld": _l("投诉成立"),
        "partly": _l("部分成立"),
        "dismissed": _l("投诉不成立"),
        "remedying": _l("纠正中"),
        "callback": _l("待回访"),
        "closed": _l("已销号"),
    },
}
"""What lists are narrowed by, in the words of their own pages."""


def said(what: What, wanted: Wanted, owner: str = "", body: str = "") -> str:
    """A search in words: the list, and what it is narrowed to."""
    parts = [
        f"“{wanted.text}”" if wanted.text else "",
        wanted.category,
        str(FUNDS[wanted.fund]) if wanted.fund else "",
        str(ABOUT[wanted.about]) if wanted.about else "",
        str(STATES[what][wanted.state]) if wanted.state else "",
        owner,
        body,
    ]
    narrowed = _("，").join(part for part in parts if part) or str(WHOLE)
    return _("%(what)s：%(narrowed)s", what=WHATS[what], narrowed=narrowed)


def named(one: Followed) -> str:
    """A following in words."""
    return said(one.what, one.wanted, one.owner, one.body)


def letter(names: Sequence[str], steps: Sequence[tuple[str, Seen]]) -> tuple[str, str]:
    """Title and text of a letter about some steps, each (what happened, of what)."""
    event, seen = steps[-1]
    about = seen.title or seen.number
    if len(steps) == 1:
        title = _("您关注的：%(event)s，%(about)s", event=event, about=about)
    else:
        title = _("您关注的有 %(count)s 件新情况", count=len(steps))
    lines = [f"{event}：{one.number} {one.title}".rstrip() for event, one in steps[:LISTED]]
    if len(steps) > LISTED:
        lines.append(_("另有 %(count)s 件，见列表。", count=len(steps) - LISTED))
    why = _("因为您关注：%(names)s", names=_("；").join(names))
    return title, "\n".join([*lines, "", why])


def mail(body: str, links: Sequence[tuple[str, str]], pages: Sequence[str]) -> str:
    """The same as a mail: the pages, and the links that end the followings, (name, address) each."""
    ends = [_("不再关注“%(name)s”（不用登录）：%(link)s", name=name, link=at) for name, at in links]
    return "\n".join([body, "", *pages, "", *ends, ""])
