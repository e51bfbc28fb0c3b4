"""Words of cases."""

from flask_babel import lazy_gettext as _l

from market.cases.rules import Asked, CaseState, Order, Result, Source
from market.cases.rules.answers import AnswerState, Topic
from market.cases.rules.pains import PainState, Progress
from market.cases.rules.steering import Back, Elsewhere
from market.web.shown import Part

WORDS = {
    "case.none": _l("没有找到这件办理事项。"),
    "case.wrong_state": _l("这件事项现在的状态不能这样办理。请刷新页面查看。"),
    "case.text_missing": _l("请填写内容"),
    "case.text_long": _l("最多 %(most)s 个字"),
    "case.extended": _l("已经按复杂情况延长过一次。"),
    "case.handled_it": _l("办理过这件事项的人不能回访，请由另一人回访。"),
    "case.report_first": _l("管理机构或者负责人督办的，要先报告，才能办结。"),
    "case.ask_once": _l("投诉、举报类工单要先问来电人一次：是否按投诉办理。"),
    "case.is_complaint": _l(
        "来电人要求按投诉办理的，请到“投诉办理”登记投诉，收到时间填来电时间，适用投诉的期限。"
    ),
    "case.order_known": _l("这张工单已经录入，编号 %(number)s。"),
    "case.order_number": _l("请填写它在来源处的编号。"),
    "case.party_missing": _l("请填写反映人"),
    "case.phone_missing": _l("请填写联系电话"),
    "case.no_tip": _l("没有找到本单位可以办理的这条举报线索，请核对编号。"),
    "case.has_caller": _l("这件事项有人可以回访，请回访后填写结果。"),
    "case.is_closed": _l("这件事项已经销号。"),
    "case.no_handler": _l("请选择本单位办理诉求的人员"),
    "case.days": _l("请填 1 至 %(most)s 个工作日"),
    "case.ordered": _l("这件事项已有督办，报告之后才能再次督办。"),
    "case.not_ordered": _l("这件事项没有等待报告的督办。"),
    "case.meeting_ahead": _l("会议日期不能晚于今天"),
    "answer.none": _l("没有找到这条问答。"),
    "answer.wrong_state": _l("这条问答已经停用，不能再改。"),
    "answer.missing": _l("请填写内容"),
    "answer.long": _l("最多 %(most)s 个字"),
    "answer.half": _l("英文的问题和答复要么都填，要么都不填"),
    "answer.no_case": _l("没有找到本单位可以查看的这件诉求，请核对编号。"),
    "answer.nothing_waits": _l("没有等待审核的内容。"),
    "answer.same_person": _l("内容是您写的，须由另一人审核公布。"),
    "pain.none": _l("没有找到这个堵点问题。"),
    "pain.wrong_state": _l("这个堵点问题现在的状态不能这样办理。"),
    "pain.batch": _l("请填年份和批次，例如 2026-1"),
    "pain.missing": _l("请填写内容"),
    "pain.long": _l("最多 %(most)s 个字"),
    "pain.due": _l("请填今天以后的日期"),
    "pain.body": _l("请选择负责解决的单位"),
    "pain.no_case": _l("没有找到诉求 %(number)s，请核对编号。"),
    "pain.not_yours": _l("这个堵点问题由别的单位负责解决。"),
    "pain.told": _l("这条进展已经公布。"),
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
    "case.assigned": _l("确定专人办理"),
    "case.supervised": _l("督办"),
    "case.reported": _l("已报告督办结果"),
    "case.met": _l("召开联席会议"),
    "case.transferred": _l("转外单位办理"),
    "case.back": _l("外单位已办结或退回"),
    "answer.published": _l("问答已公布"),
    "answer.withdrawn": _l("问答已停用"),
    "pain.listed": _l("堵点问题已列入台账"),
    "pain.moved": _l("堵点问题有进展"),
}
STATES = {
    CaseState.OPEN: (_l("待联系"), "yellow"),
    CaseState.CONTACTED: (_l("整改中"), "blue"),
    CaseState.TRANSFERRED: (_l("已转外单位"), "blue"),
    CaseState.RECTIFIED: (_l("待回访"), "blue"),
    CaseState.CLOSED: (_l("已销号"), "grey"),
}
RESULTS = {
    Result.SOLVED: _l("已解决"),
    Result.UNSOLVED: _l("没有解决，继续整改"),
    Result.UNREACHED: _l("不同时段三次联系不上"),
    Result.VERIFIED: _l("没有人可以回访，已由另一人核实"),
}
SHOWN = {
    "service_case.number": Part(_l("编号")),
    "service_case.state": Part(_l("办理状态"), is_said=False),
    "service_case.contact": Part(_l("联系情况"), is_said=False),
    "service_case.answer": Part(_l("整改和答复"), is_said=False),
    "service_case.again": Part(_l("再次整改"), is_said=False),
    "answer.number": Part(_l("编号")),
    "answer.pending": Part(_l("等待审核的内容"), is_said=False),
    "answer.state": Part(_l("状态"), is_said=False),
}
SOURCES = {
    Source.RATING: _l("不满意评价"),
    Source.STUCK: _l("办不成事反映"),
    Source.HOTLINE: _l("热线工单"),
    Source.CALLBACK: _l("抽样回访"),
    Source.VISIT: _l("走访"),
    Source.SURVEY: _l("问卷测评"),
    Source.MEDIA: _l("媒体反映"),
    Source.POLICE: _l("110 转来"),
    Source.TIP: _l("举报线索"),
    Source.OVERSIGHT: _l("监督核查"),
    Source.MONITOR: _l("营商环境监测"),
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
ELSEWHERE = {
    Elsewhere.HOTLINE: _l("12345 热线"),
    Elsewhere.POLICE: _l("110"),
    Elsewhere.OTHER: _l("其他单位"),
}
BACK = {
    Back.ANSWERED: _l("已经办结"),
    Back.RETURNED: _l("退回，由本单位继续办理"),
}
AGED = (
    _l("5 个工作日以内"),
    _l("6 至 15 个工作日"),
    _l("16 至 30 个工作日"),
    _l("超过 30 个工作日"),
)
TOPICS = {
    Topic.ENROLMENT: _l("机构入驻"),
    Topic.NOTICE: _l("业主和公告"),
    Topic.ENTRY: _l("报名和报价"),
    Topic.RESULT: _l("选取和结果"),
    Topic.CONTRACT: _l("合同和付款"),
    Topic.COMPLAINT: _l("投诉和评价"),
    Topic.PLATFORM: _l("平台使用"),
}
ANSWER_STATES = {
    AnswerState.DRAFT: (_l("待审核"), "yellow"),
    AnswerState.PUBLISHED: (_l("已公布"), "green"),
    AnswerState.WITHDRAWN: (_l("已停用"), "grey"),
}
PAIN_STATES = {
    PainState.WORKING: (_l("解决中"), "blue"),
    PainState.SOLVED: (_l("已解决"), "green"),
    PainState.DROPPED: (_l("不能在本地解决"), "grey"),
}
PROGRESS = {
    Progress.WORKED: _l("进展"),
    Progress.SOLVED: _l("已经解决"),
    Progress.DROPPED: _l("不能在本地解决（写明原因）"),
    Progress.REOPENED: _l("没有真正解决，重新办理"),
}
