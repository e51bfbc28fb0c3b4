"""Words of cards."""

from flask_babel import lazy_gettext as _l

from market.cards.rules import CardState, Colour
from market.web.shown import Part

WORDS = {
    "card.none": _l("没有找到这份效能提示。"),
    "card.off": _l("本地没有启用效能提示：须先在办法参数里写明所依据的文件。"),
    "card.not_due": _l("这一项没有达到发出效能提示的次数，或者已经提出过。请刷新页面查看。"),
    "card.wrong_state": _l("这份效能提示现在的状态不能这样办理。请刷新页面查看。"),
    "card.text": _l("请写明内容，最多 %(most)s 个字。"),
    "card.nothing_to_state": _l("说明情况的期限已过，或者已经说明过一次。"),
    "card.may_still_state": _l("被提示单位可在 %(due)s 24:00 前说明情况，在此之前不能发出。"),
    "card.same_person": _l("这是由您提出的，请由另一位同事决定。"),
    "card.fallen": _l("所依据的效能问题有一件已被撤销，不能发出。"),
}
EVENTS = {
    "card.proposed": _l("拟发出效能提示"),
    "card.stated": _l("被提示单位已说明情况"),
    "card.decided": _l("效能提示已作出决定"),
    "card.planned": _l("提交整改计划"),
    "card.talked": _l("已约谈"),
    "card.referred": _l("已移交"),
    "card.withdrawn": _l("更正：效能提示撤回"),
}
COLOURS = {Colour.YELLOW: (_l("黄牌"), "yellow"), Colour.RED: (_l("红牌"), "red")}
STATES = {
    CardState.PROPOSED: (_l("拟发出，可说明"), "yellow"),
    CardState.ISSUED: (_l("已发出，待整改计划"), "yellow"),
    CardState.PLANNED: (_l("已提交整改计划"), "blue"),
    CardState.DROPPED: (_l("不予发出"), "grey"),
    CardState.WITHDRAWN: (_l("已撤回更正"), "green"),
}
SHOWN = {
    "efficiency_card.number": Part(_l("编号")),
    "efficiency_card.colour": Part(
        _l("种类"), {of.value: label for of, (label, _colour) in COLOURS.items()}
    ),
    "efficiency_card.state": Part(
        _l("状态"), {of.value: label for of, (label, _colour) in STATES.items()}
    ),
    "efficiency_card.grounds": Part(_l("所依据的记录"), is_said=False),
    "efficiency_card.left": Part(_l("仍有效的次数")),
    "efficiency_card.statement": Part(_l("说明情况"), is_said=False),
}
