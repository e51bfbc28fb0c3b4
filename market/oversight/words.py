"""Words of oversight: checks, marks, outcomes, what the list is narrowed by, the columns of an export."""

from flask_babel import lazy_gettext as _l

from market.oversight.rules import Check, Mark, Outcome, Verdict
from market.oversight.rules.asking import Addressee
from market.oversight.rules.clues import ClueKind, ClueStanding
from market.oversight.rules.flags.table import FlagStanding, Level, Scope
from market.oversight.rules.sampling import Called, Label, SampleStanding
from market.selection.results.rules.suspending import Effect, SuspensionState

WORDS = {
    "oversight.unmarked": _l("请对这一项作出判断；不涉及的选“不涉及”。"),
    "oversight.no_remark": _l("请写明发现的问题和依据。"),
    "oversight.not_in_order": _l(
        "有检查项未通过或有意见，结论不能是“未发现问题”。请改选结论并写明情况。"
    ),
    "oversight.no_text": _l("请写明内容。"),
    "oversight.no_question": _l("没有找到这条询问。"),
    "oversight.answered": _l("这条询问已经答复，答复以后不再改动。"),
    "flag.none": _l("没有找到这条风险提示。"),
    "flag.closed": _l("这条提示已经处理，不再改动。"),
    "flag.waits": _l("这条提示已有处理意见，等另一人复核。"),
    "flag.no_note": _l("请写明理由。"),
    "flag.no_judgement": _l("请选择怎样处理。"),
    "flag.no_opinion": _l("这条提示没有等待复核的意见。"),
    "flag.same_person": _l("意见是您提出的，须由另一人复核。"),
    "flag.no_notice": _l("这条提示不涉及某一次选取，不能从这里询问。"),
    "suspension.too_late": _l("中选通知书已经或者可以发出，或者选取已经结束，不能再责令暂停。"),
    "suspension.live": _l("这次选取已有责令暂停的意见或决定。"),
    "suspension.none": _l("这次选取没有正在办理的责令暂停。"),
    "suspension.wrong_state": _l("责令暂停的情况已有变化，请刷新页面再看。"),
    "suspension.same_person": _l("意见是您提出的，须由另一人签发。"),
    "suspension.days": _l("日数须在 1 至 %(most)s 之间。"),
    "suspension.no_words": _l("请写明内容。"),
    "oversight.own_matter": _l(
        "您经办过这份公告，或本单位就是项目业主，不能由您审阅。请由其他人审阅。"
    ),
}
OF_SAMPLES = {
    "sample.none": _l("没有找到这次抽查。"),
    "sample.not_yet": _l("名单在公布抽查结果时全文公开，现在公开的是名单的摘要。"),
    "sample.no_chain": _l("还没有可用的随机数来源。"),
    "sample.no_words": _l("请写明当事人怎么说。"),
    "sample.called": _l("这一件已经回访过。"),
    "sample.handled_it": _l("这件事项是您办理的，请由另一人回访。"),
    "sample.not_drawn": _l("还没有抽取。"),
    "sample.published": _l("结果已经公布。"),
    "sample.unfinished": _l("还有 %(left)s 件没有办，办完才能公布结果。"),
}
OF_CLUES = {
    "clue.none": _l("没有找到这份移交单。"),
    "clue.no_words": _l("请写明内容。"),
    "clue.receipt_twice": _l("签收回执已经登记。"),
    "clue.receipt_day": _l("签收日期应在成文日期之后，且不晚于今天。"),
    "clue.ask_early": _l("还没有到可以询问的日子。对方没有期限，到时询问一次。"),
    "clue.asked_before": _l("已经询问过一次，不再询问。"),
}
WORDS |= OF_SAMPLES | OF_CLUES
EVENTS = {
    "sample.planned": _l("预告抽查"),
    "sample.listed": _l("抽查名单确定（摘要）"),
    "lot.fixed": _l("抽取的时刻和来源确定"),
    "lot.drawn": _l("抽取完成"),
    "oversight.sampled": _l("公布抽查结果"),
    "clue.made": _l("问题线索移交单成文（只有摘要）"),
    "clue.exported": _l("问题线索移交单导出（只有摘要）"),
    "clue.handed_over": _l("问题线索移交单已签收"),
    "clue.asked_after": _l("问题线索已询问一次"),
    "oversight.reviewed": _l("监管部门审阅了选取记录"),
    "oversight.kept": _l("监管部门留存了一项不公开的审阅"),
    "oversight.asked": _l("监管部门就选取记录询问经办单位"),
    "oversight.answered": _l("经办单位答复了监管部门的询问"),
}
CLUE_KINDS = {
    ClueKind.COLLUSION: _l("串通"),
    ClueKind.BRIBERY: _l("行贿受贿"),
    ClueKind.FALSE_DOCUMENT: _l("虚假材料"),
    ClueKind.INTERFERENCE: _l("违规干预"),
    ClueKind.SPLITTING: _l("化整为零"),
    ClueKind.OFF_PLATFORM: _l("体外循环"),
    ClueKind.RETALIATION: _l("打击报复"),
}
CLUE_STANDINGS = {
    ClueStanding.TO_HAND_OVER: (_l("待送达签收"), "yellow"),
    ClueStanding.HANDED_OVER: (_l("已签收"), "green"),
    ClueStanding.TO_ASK: (_l("可以询问一次"), "yellow"),
    ClueStanding.ASKED: (_l("已询问"), "grey"),
}
SAMPLES = {
    Label.REVIEW: _l("选取记录抽查"),
    Label.CALLBACK: _l("办结事项回访"),
}
SAMPLE_STATES = {
    SampleStanding.PLANNED: (_l("已预告"), "grey"),
    SampleStanding.EMPTY: (_l("没有可抽查的事项"), "grey"),
    SampleStanding.LISTED: (_l("名单已定，等待抽取"), "blue"),
    SampleStanding.DRAWN: (_l("已抽取，正在办理"), "yellow"),
    SampleStanding.PUBLISHED: (_l("已公布结果"), "green"),
}
CALLED = {
    Called.SATISFIED: _l("满意"),
    Called.UNSATISFIED: _l("不满意，转为诉求办理"),
    Called.UNREACHED: _l("不同时段三次联系不上"),
}
ADDRESSEES = {
    Addressee.OWNER: _l("项目业主"),
    Addressee.OFFICE: _l("中介超市运行机构"),
}

CHECKS = {
    Check.FROZEN: _l("公告文本与日志中的摘要一致"),
    Check.PERIOD: _l("报名时间不少于规定"),
    Check.REQUIREMENT: _l("资质要求未超出事项清单"),
    Check.CONDITIONS: _l("没有限制条件，或已说明理由"),
    Check.AMENDMENTS: _l("更正没有提前截止时间"),
    Check.NUMBERS: _l("每个报名编号都有且只有一个结局"),
    Check.EXCLUSIONS: _l("报名无效的都有理由"),
    Check.RECOMPUTED: _l("选取结果可以重算"),
    Check.ORDER: _l("日志先后有序，见证达到公告的等级"),
    Check.RIGHTLY_EXCLUDED: _l("报名无效的认定正确（抽查）"),
    Check.INTERESTS: _l("经办人与参选机构没有应回避的关系"),
    Check.REASONS: _l("取消、选择的理由成立"),
    Check.AGREEMENT: _l("结果、通知书、合同一致"),
    Check.COMPLAINTS: _l("投诉由应当办理的单位办理"),
}
MARKS = {
    Mark.GOOD: _l("没有问题"),
    Mark.REMARK: _l("有意见"),
    Mark.NOT_ASKED: _l("不涉及"),
}
OUTCOMES = {
    Outcome.IN_ORDER: (_l("未发现问题"), "green"),
    Outcome.REMARK: (_l("有意见"), "yellow"),
    Outcome.FAULT: (_l("发现问题"), "red"),
    Outcome.CLUE: (_l("问题线索"), "red"),
}
PHRASES = (
    _l("无效报名的理由写明了依据，与公告的条件一致。"),
    _l("公告的资格条件与服务事项的资质要求不一致，请说明。"),
    _l("合同的主要内容与中选结果不一致，请说明。"),
    _l("公示、合同登记或付款超过规定的期限，请督促办理。"),
    _l("投诉的处理没有写明理由和依据，请补正。"),
)
"""Ready phrases for the remark of a review."""
VERDICTS = {
    Verdict.HOLDS: (_l("已重算"), "green"),
    Verdict.BROKEN: (_l("重算不符"), "red"),
    Verdict.UNDECIDED: (_l("未能重算"), "yellow"),
}
SYSTEM = {
    True: (_l("通过"), "green"),
    False: (_l("未通过"), "red"),
    None: (_l("尚无结果"), "grey"),
}
STEPS = {
    "drafted": _l("起草"),
    "signed": _l("审签"),
    "submitted": _l("提交"),
    "reviewed": _l("审核"),
    "published": _l("发布"),
    "overridden": _l("认定不构成限制条件"),
    "amended": _l("更正"),
    "cancelled": _l("取消"),
}
COLUMNS = (
    _l("公告编号"),
    _l("公告标题"),
    _l("状态"),
    _l("项目业主"),
    _l("服务事项"),
    _l("选取方式"),
    _l("资金来源"),
    _l("最高限价（元）"),
    _l("第几次公告"),
    _l("发布时间"),
    _l("中选公告时间"),
    _l("报名"),
    _l("有效"),
    _l("无效"),
    _l("截止后提交"),
    _l("中选机构"),
    _l("中选金额（元）"),
    _l("失败原因"),
    _l("超期事项"),
    _l("重算"),
    _l("审阅次数"),
    _l("投诉"),
    _l("待核实的风险提示"),
)
"""The columns of an export, in its order (`export.cells`)."""

FLAG_STATES = {
    FlagStanding.OPEN: (_l("待核实"), "yellow"),
    FlagStanding.EXPLAINED: (_l("已说明"), "green"),
    FlagStanding.CASE: (_l("转为办理"), "red"),
    FlagStanding.FALSE_POSITIVE: (_l("误报"), "grey"),
}
LEVELS = {
    Level.LOW: (_l("低"), "grey"),
    Level.NORMAL: (_l("一般"), "blue"),
    Level.HIGH: (_l("高"), "red"),
}
JUDGEMENTS = {
    FlagStanding.EXPLAINED: _l("有合理说明"),
    FlagStanding.FALSE_POSITIVE: _l("误报：数字没有反映实际情况"),
    FlagStanding.CASE: _l("转为办理：需要进一步调查处理"),
}
FLAG_PHRASES = (
    _l("已询问经办单位，答复与记录一致，说明合理。"),
    _l("数字由特殊情形造成（同一项目分期、抢险、节假日），不反映实际问题。"),
    _l("样本过少，数字不足以说明问题。"),
    _l("答复不能解释这些数字，需要调阅材料进一步核查。"),
)
"""Ready phrases for what a finding is found to be."""
SCOPES = {
    Scope.NOTICE: _l("一次选取"),
    Scope.OWNER: _l("项目业主"),
    Scope.AGENCY: _l("机构"),
    Scope.OWNER_AGENCY: _l("业主和机构"),
    Scope.PAIR: _l("两家机构"),
    Scope.BODY: _l("办理单位"),
    Scope.SYSTEM: _l("系统"),
    Scope.PERSON: _l("个人"),
}
ROUTED = {"regulator": _l("行业主管部门、监察"), "inspector": _l("监察、管理机构")}
LIKENESS = {
    "phone": _l("联系电话"),
    "address": _l("地址"),
    "representative": _l("法定代表人"),
    "device": _l("设备"),
    "network": _l("网络"),
}
NUMBERS = {
    "valid": _l("有效报名"),
    "received": _l("收到报名"),
    "offering": _l("现有可承接机构"),
    "gap": _l("最低两个报价的差距"),
    "quotes": _l("报价数"),
    "same": _l("相同报价数"),
    "amount_fen": _l("金额"),
    "late": _l("超期或迟到"),
    "first_no": _l("最先的报名编号"),
    "ineligible": _l("报名无效"),
    "lowest_fen": _l("最低报价"),
    "no": _l("报名编号"),
    "reason": _l("理由"),
    "mean": _l("与平均报价之比"),
    "next": _l("与次低报价之比"),
    "ceiling": _l("与最高限价之比"),
    "minutes_after": _l("封存后（分钟）"),
    "requirements_added": _l("增加的要求"),
    "excluded_added": _l("增加的须回避机构"),
    "before": _l("上一次公告"),
    "steps": _l("报价差的最大偏离"),
    "ratios": _l("报价比的最大偏离"),
    "device": _l("同一设备的报名"),
    "network": _l("同一网络的报名"),
    "contract_fen": _l("合同金额"),
    "award_fen": _l("中选金额"),
    "words": _l("没有说明理由的用语"),
    "notices": _l("公告数"),
    "at_minimum": _l("报名时间最短的公告"),
    "invalid": _l("报名无效"),
    "awards": _l("中选数"),
    "of_one": _l("其中这家机构"),
    "expected": _l("按机会应有"),
    "sum_fen": _l("合计"),
    "limit_fen": _l("限额"),
    "last": _l("最近一次"),
    "of": _l("总数"),
    "bad": _l("其中"),
    "entries": _l("报名数"),
    "categories": _l("门类数"),
    "draws": _l("抽取数"),
    "first": _l("抽在第一的次数"),
    "z": _l("偏离（标准差倍数）"),
    "common": _l("共同报名"),
    "jaccard": _l("共同报名的比例"),
    "alike": _l("相同的信息"),
    "times": _l("次数"),
    "ended": _l("到期的期限"),
    "aborted": _l("中止的抽取"),
    "after_a_value": _l("出值后中止"),
    "agencies": _l("机构数"),
    "chance": _l("偶然出现的概率"),
    "stood": _l("进入入围名单的次数"),
    "picked": _l("被选中的次数"),
    "evaluations": _l("评价数"),
    "overall": _l("每次的总分"),
}
"""What the numbers of a finding are called; a name that ends in `_fen` is money."""

SUSPENSIONS = {
    SuspensionState.PROPOSED: (_l("待签发"), "yellow"),
    SuspensionState.IN_FORCE: (_l("暂停中"), "red"),
    SuspensionState.LIFTING: (_l("解除待签发"), "yellow"),
    SuspensionState.ENDED: (_l("已结束"), "grey"),
    SuspensionState.DROPPED: (_l("不予签发"), "grey"),
}
EFFECTS = {
    Effect.PAUSE: _l("报名截止和选取时间顺延（工作日）"),
    Effect.HOLD: _l("暂缓发出中选通知书（自然日）"),
}
SHOWN = {
    "sample.number": _l("抽查编号"),
    "sample.results": _l("各件的结果"),
    "suspension.state": _l("责令暂停的状态"),
    "suspension.days": _l("暂停日数"),
    "suspension.basis": _l("暂停依据"),
    "suspension.reason": _l("暂停理由"),
    "suspension.lift_reason": _l("解除理由"),
    "flag.numbers": _l("用到的数字"),
    "flag.state": _l("提示的状态"),
    "flag.opinion": _l("处理意见"),
    "flag.note": _l("处理理由"),
    "flag.answers": _l("对询问的答复"),
}

FIGURES = {
    "published": (_l("发布的选取公告"), _l("一年内发布的公告数，含再次公告。"), "/notices"),
    "failed": (
        _l("首次公告选取失败率"),
        _l("首次公告中选取失败的 ÷ 首次公告中已封存的；取消的不算，再次公告不算。"),
        "/notices?tab=failed",
    ),
    "entrants": (_l("平均有效报名"), _l("有效报名之和 ÷ 已封存的公告；直接选取不算。"), "/results"),
    "single": (_l("只有一家有效报名的"), _l("有效报名只有一家的 ÷ 已封存的公告。"), "/results"),
    "saving": (
        _l("节约率"),
        _l(
            "（最高限价 − 中选金额）之和 ÷ 最高限价之和；只算按报价选取的，随机选取不算，少于 5 件不显示。"
        ),
        "/results",
    ),
    "days": (_l("从公告到中选公告（日，中位数）"), _l("已有中选公告的选取，自然日。"), "/results"),
    "signed": (
        _l("按时签订合同"),
        _l("没有超期的 ÷ 一年内到期的签订期限；取消的不算。"),
        "/results",
    ),
    "delivered": (_l("按时交付"), _l("没有超期的 ÷ 一年内到期的交付期限。"), "/results"),
    "inspected": (_l("按时验收"), _l("没有超期的 ÷ 一年内到期的验收期限。"), "/results"),
    "paid": (_l("按时付款"), _l("没有超期的 ÷ 一年内到期的付款期限。"), "/results"),
    "decided": (_l("投诉按时作出决定"), _l("没有超期的 ÷ 一年内到期的决定期限。"), "/complaints"),
    "upheld": (
        _l("投诉成立的公告"),
        _l("有投诉成立（含部分成立）的公告 ÷ 有投诉作出决定的公告；不予受理和撤回的不算。"),
        "/complaints",
    ),
}
"""The twelve figures: what each is called, its definition with what is left out, and where its rows are."""
CHARTS = {
    "months": (_l("每月发布的公告"), _l("月份")),
    "failures": (_l("每月首次公告选取失败"), _l("月份")),
    "sizes": (_l("每次选取的有效报名"), _l("有效报名家数")),
    "categories": (_l("各门类的公告"), _l("门类")),
    "methods": (_l("各选取方式的公告"), _l("选取方式")),
}
SAMPLE_RESULTS = {
    **{each.value: state[0] for each, state in OUTCOMES.items()},
    **{each.value: label for each, label in CALLED.items()},
    "otherwise": _l("有意见、有问题或另行办理"),
}
"""What a matter of a sample was found to be, by the code that the log has."""
