"""Words of direct choice: refusals, facts on the log, what became of an offer."""

from flask_babel import lazy_gettext as _l

from market.selection.direct.rules import OfferState
from market.web.shown import Part

WORDS = {
    "direct.nobody": _l(
        "目前没有符合这个事项资质的机构可供选定。请改用其他选取方式，或等有机构入驻后再发布。"
    ),
    "direct.wrong_state": _l("这份公告现在不在选定阶段，可能刚由他人办理。请刷新页面查看。"),
    "direct.late": _l("办理期限已过，不能再办理。请看公告页上的办理过程。"),
    "direct.not_listed": _l("请从名单里选定一家机构。"),
    "direct.asked_before": _l("这家机构已经征询过，没有接受。请选定另一家。"),
    "direct.not_eligible": _l("这家机构现在不能承接这个事项（原因见名单）。请选定另一家。"),
    "direct.no_longer_eligible": _l(
        "贵机构现在不能承接这个事项，请先在入驻页处理，再在期限内接受；也可以不接受。"
    ),
    "direct.amount": _l("请填写双方商定的金额，按元填写，须大于 0，不高于最高限价。"),
}
EVENTS = {
    "direct.listed": _l("可选机构名单写入日志"),
    "direct.part": _l("可选机构名单写入日志（分表）"),
    "ranking.result": _l("选取结果写入日志"),
    "direct.offered": _l("业主选定机构，征询是否接受"),
    "direct.answered": _l("机构答复，或到期未答复"),
}
OFFERS = {
    OfferState.WAITING: (_l("待答复"), "yellow"),
    OfferState.ACCEPTED: (_l("已接受"), "green"),
    OfferState.REFUSED: (_l("未接受"), "grey"),
    OfferState.SILENT: (_l("到期未答复"), "grey"),
    OfferState.WITHDRAWN: (_l("公告已取消"), "grey"),
}
SHOWN = {
    "direct.places": Part(_l("可选机构名单"), is_said=False),
    "direct.offers": Part(_l("已征询的机构"), is_said=False),
    "direct.ceiling_fen": Part(_l("最高限价")),
    "direct.document": Part(_l("公告原文"), is_said=False),
    "direct.offer": Part(_l("征询"), is_said=False),
    "direct.amount_fen": Part(_l("金额")),
}
