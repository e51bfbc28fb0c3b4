"""The words about tips and where they go."""

from flask_babel import lazy_gettext as _l

from market.complaints.rules import TipStanding

WORDS = {
    "tip.is_closed": _l("这条线索已经办结。"),
    "tip.not_looked_at": _l("先由一人登记阅处，再由另一人办结。"),
    "tip.same_person": _l("登记阅处的人不能自己办结，请由本单位另一人办结。"),
    "tip.no_status": _l("编号或查询码不正确，请核对。"),
    "tip.hand_over_waits": _l("这条线索的签收回执还没有登记，登记后再办结。"),
    "tip.hand_over_twice": _l("这条线索已经移交，不能再次移交。"),
    "tip.no_receiver": _l("请选择线索没有反映的纪检监察机关。"),
    "tip.hand_over_unreasoned": _l("请写明移交理由。"),
    "tip.receipt_twice": _l("签收回执已经登记。"),
    "tip.receipt_day": _l("签收日期不能早于收到线索的日期，也不能晚于今天。"),
    "tip.ask_early": _l("签收后满规定的工作日才可以询问，届时会提醒您。"),
    "tip.asked_before": _l("已经询问过一次，不再询问。"),
    "tip.no_answer": _l("请写明怎样询问、有无答复。"),
    "tip.no_notice": _l("没有“相关选取公告编号”所写的公告，请核对；不知道编号的可以不填。"),
}
STANDINGS = {
    TipStanding.NEW: (_l("待阅处"), "yellow"),
    TipStanding.READ: (_l("待另一人办结"), "blue"),
    TipStanding.HANDED_ON: (_l("移交纪检监察机关"), "blue"),
    TipStanding.RECEIVED: (_l("其他单位移交"), "grey"),
    TipStanding.CLOSED: (_l("已办结"), "green"),
    TipStanding.ERASED: (_l("内容已删除"), "grey"),
}
PHRASES = (
    _l("已核对公告、报名和评审记录，未发现所反映的情形。"),
    _l("已向有关单位了解情况，书面说明存入案卷。"),
    _l("反映的情形属实，已责令改正，并按履约记录的程序处理。"),
    _l("反映的情形不属于本单位职责，已按规定转有权处理的单位。"),
    _l("内容过于笼统，没有可以核查的对象、时间或事项；提交人补充后继续核查。"),
)
"""Ready phrases for what came of a tip."""
EVENTS = {
    "tip.received": _l("收到举报线索"),
    "tip.added": _l("线索补充了材料"),
    "tip.looked_at": _l("线索已阅处"),
    "tip.closed": _l("线索已办结"),
    "tip.to_hand_over": _l("线索待移交纪检监察机关"),
    "tip.handed_over": _l("线索已移交，纪检监察机关已签收"),
    "tip.ask_due": _l("移交的线索可以询问一次"),
    "tip.asked_after": _l("移交的线索已询问"),
}
