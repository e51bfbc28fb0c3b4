"""Words of cases."""

from flask_babel import lazy_gettext as _l

from market.cases.rules import CaseState, Result
from market.web.shown import Part

WORDS = {
    "case.none": _l("没有找到这件办理事项。"),
    "case.wrong_state": _l("这件事项现在的状态不能这样办理。请刷新页面查看。"),
    "case.text_missing": _l("请填写内容"),
    "case.text_long": _l("最多 %(most)s 个字"),
    "case.extended": _l("已经按复杂情况延长过一次。"),
    "case.handled_it": _l("办理过这件事项的人不能回访，请由另一人回访。"),
}
EVENTS = {
    "case.opened": _l("不满意评价转为办理"),
    "case.contacted": _l("已联系评价人"),
    "case.extended": _l("情况复杂，延长整改"),
    "case.rectified": _l("已整改并答复"),
    "case.called_back": _l("已回访"),
}
STATES = {
    CaseState.OPEN: (_l("待联系"), "yellow"),
    CaseState.CONTACTED: (_l("整改中"), "blue"),
    CaseState.RECTIFIED: (_l("待回访"), "blue"),
    CaseState.CLOSED: (_l("已销号"), "grey"),
}
RESULTS = {
    Result.SOLVED: _l("已解决"),
    Result.UNSOLVED: _l("没有解决，继续整改"),
    Result.UNREACHED: _l("不同时段三次联系不上"),
}
SHOWN = {
    "service_case.number": Part(_l("编号")),
    "service_case.state": Part(_l("办理状态"), is_said=False),
    "service_case.contact": Part(_l("联系情况"), is_said=False),
    "service_case.answer": Part(_l("整改和答复"), is_said=False),
    "service_case.again": Part(_l("再次整改"), is_said=False),
}
