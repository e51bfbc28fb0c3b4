"""Words of auctions: refusals, the names of facts, why one was frozen."""

from flask_babel import lazy_gettext as _l

WORDS = {
    "auction.not_auction": _l("这份公告不是竞价，没有竞价规则可填。"),
    "auction.no_terms": _l("还没有填写竞价规则：开始时间、最低限价和降价幅度。"),
    "auction.lead": _l("竞价至少在报名截止 %(least)s 分钟之后开始，最迟七天之内。"),
    "auction.floor": _l("最低限价须大于 0 元，低于最高限价。"),
    "auction.step_bounds": _l("每次降价幅度至少 1 元，不超过最高限价与最低限价之差。"),
    "auction.step_percent": _l("每轮降价幅度请填 1 到 50 的整数。"),
    "auction.ceiling_stays": _l("竞价公告的最高限价在发布时已写入日志，不能更正。"),
    "auction.draw_too_soon": _l("选取时间须在竞价最晚结束之后：最早 %(least)s。"),
    "auction.not_open": _l("竞价还没有开始：报名截止后先公布参加竞价的代号。"),
    "auction.not_admitted": _l("贵机构没有列入本次竞价，不能出价。"),
    "auction.early": _l("竞价还没有开始，这次出价不作数。请在开始之后再出价。"),
    "auction.late": _l("竞价已经结束，这次出价收到时已不在时限内，不作数。"),
    "auction.frozen": _l(
        "系统故障，竞价暂停，这次出价不作数。恢复时间会提前公告，恢复后可以再出价。"
    ),
    "auction.break": _l("两轮之间不接受出价，请在下一轮开始后再出价。"),
    "auction.once": _l("本轮贵机构已经出价，每轮只出一次；请等下一轮。"),
    "auction.step": _l("降价幅度不够，这次出价不作数。现在出价最高不超过 %(most)s。"),
    "auction.above_ceiling": _l("高于最高限价，这次出价不作数。最高不超过 %(most)s。"),
    "auction.below_floor": _l("低于最低限价 %(floor)s，这次出价不作数。"),
    "auction.not_running": _l("竞价没有在进行，不能暂停。"),
    "auction.not_frozen": _l("竞价没有暂停，不能恢复。"),
    "auction.too_soon": _l("恢复竞价须至少提前 30 分钟公告。"),
    "auction.too_far": _l("恢复竞价最迟在 15 天之内，请检查日期。"),
    "auction.waited": _l("这次出价在服务器上等得太久，不作数。竞价还在进行的，请再出一次。"),
    "auction.not_over": _l("竞价还没有结束。"),
    "auction.no_bid": _l("竞价中没有出价"),
}
EVENTS = {
    "auction.opened": _l("公布参加竞价的代号"),
    "auction.bid": _l("竞价出价"),
    "auction.frozen": _l("系统故障，竞价暂停"),
    "auction.resumed": _l("公告恢复竞价的时间"),
    "auction.closed": _l("竞价结束"),
}
FREEZES = {
    "system_fault": _l("协管办发现系统故障"),
    "no_process": _l("系统发现没有可以接收出价的程序在运行"),
    "opened_late": _l("参加竞价的代号公布时，已经过了开始时间"),
}
"""Why an auction was frozen."""
