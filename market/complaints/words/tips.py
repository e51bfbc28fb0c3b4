"""The words about tips and where they go."""

from flask_babel import lazy_gettext as _l

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
