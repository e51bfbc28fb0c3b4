"""Words of 信用择优: refusals and facts on the log."""

from flask_babel import lazy_gettext as _l

from market.selection.kinds import FIXED
from market.selection.shortlist.rules import SEALED
from market.web.shown import Part

WORDS = {
    "credit.no_history": _l(
        "本平台还没有任何机构有履约记录，按记分分不出先后，不能用信用择优。请改用其他选取方式。"
    ),
    "shortlist.no_lists": _l("还没有写大名单和小名单取几家。请在“大名单和小名单”里填写。"),
    "shortlist.not_credit": _l("这份公告不是信用择优。请先把选取方式改为信用择优并保存。"),
    "shortlist.longlist": _l("大名单取 %(least)s 到 %(most)s 家。"),
    "shortlist.shortlist": _l("小名单取 %(least)s 到 %(most)s 家。"),
    "shortlist.not_shorter": _l("小名单须少于大名单。"),
    "shortlist.price_stays": _l("固定价格发布后不能更正。确需改变的，请取消后重新发布。"),
    "shortlist.wrong_state": _l("这份公告现在不在选定阶段，可能刚由他人办理。请刷新页面查看。"),
    "shortlist.late": _l("选定期限已过，不能再选定。请看公告页上的办理过程。"),
    "shortlist.not_listed": _l("请从小名单里选定一家机构。"),
    "shortlist.reason": _l("请写明选定的理由，%(least)s 到 %(most)s 字；理由随结果公开。"),
}
PRICES = {
    SEALED: _l("机构密封报价，不高于最高限价，截止后开启"),
    FIXED: _l("价格固定为最高限价，机构不报价"),
}
EVENTS = {
    "shortlist.drawn": _l("按履约记分和公开随机数得出小名单，业主选定"),
    "owner.chose": _l("业主在小名单内选定"),
}
SHOWN = {
    "shortlist.places": Part(_l("小名单"), is_said=False),
    "shortlist.quotes": Part(_l("小名单机构的报价"), is_said=False),
}
