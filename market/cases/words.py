"""Words of cases."""

from flask_babel import lazy_gettext as _l

from market.cases.rules import Asked, CaseState, Order, Result, Source
from market.web.shown import Part

WORDS = {
    "case.none": _l("没有找到这件办理事项。"),
    "case.wrong_state": _l("这件事项现在的状态不能这样办理。请刷新页面查看。"),
    "case.text_missing": _l("请填写内容"),
    "case.text_long": _l("最多 %(most)s 个字"),
    "case.extended": _l("已经按复杂情况延长过一次。"),
    "case.handled_it": _l("办理过这件事项的人不能回访，请由另一人回访。"),
    "case.ask_once": _l("投诉、举报类工单要先问来电人一次：是否按投诉办理。"),
    "case.is_complaint": _l(
        "来电人要求按投诉办理的，请到“投诉办理”登记投诉，收到时间填来电时间，适用投诉的期限。"
    ),
    "case.order_known": _l("这张工单已经录入，编号 %(number)s。"),
    "case.order_number": _l("请填写工单编号。"),
    "case.source": _l("请选择来源。"),
    "case.csv_unreadable": _l("这个文件读不出来，请另存为 CSV（UTF-8）再上传。"),
    "case.csv_columns": _l("工单表缺少这些列：%(columns)s。"),
    "case.csv_long": _l("一次最多 %(most)s 张工单，请分次上传。"),
    "case.csv_empty": _l("工单表里没有工单。"),
    "case.csv_wrong": _l("有几行没有填对，一张也没有录入。请改正后重新上传。"),
}
EVENTS = {
    "case.opened": _l("诉求转为办理"),
    "case.praised": _l("收到表扬"),
    "case.contacted": _l("已联系当事人"),
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
SOURCES = {
    Source.RATING: _l("不满意评价"),
    Source.STUCK: _l("办不成事反映"),
    Source.HOTLINE: _l("热线工单"),
    Source.CALLBACK: _l("抽样回访"),
    Source.VISIT: _l("走访"),
    Source.SURVEY: _l("问卷测评"),
    Source.MEDIA: _l("媒体反映"),
}
ORDERS = {
    Order.CONSULT: _l("咨询"),
    Order.HELP: _l("求助"),
    Order.COMPLAINT: _l("投诉"),
    Order.REPORT: _l("举报"),
    Order.SUGGEST: _l("建议"),
    Order.PRAISE: _l("表扬"),
}
ASKED = {
    Asked.NOT_NEEDED: _l("不涉及投诉，不用问"),
    Asked.NO: _l("已问来电人：不按投诉办理"),
    Asked.YES: _l("已问来电人：按投诉办理"),
}
