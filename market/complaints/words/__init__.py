"""Words of complaints: refusals, facts on the log, states with their colours
(docs/rules.md#states), codes as people read them.
"""

from flask_babel import lazy_gettext as _l

from market.complaints.rules import (
    About,
    CallbackResult,
    Channel,
    Complainant,
    Door,
    ErasureGround,
    Known,
    Level,
    Outcome,
    ProposalKind,
    ProposalState,
    Reason,
    Remedy,
    Respondent,
    State,
    Violation,
)
from market.complaints.words import tips
from market.web.shown import Part

WORDS = {
    "complaint.none": _l("没有这件投诉。"),
    "complaint.wrong_state": _l(
        "这件投诉现在的状态不能这样办理，可能刚由他人办理或已撤回。请刷新页面查看。"
    ),
    # filing
    "complaint.notice_not_public": _l("选取公告尚未发布，不能投诉。"),
    "complaint.too_late": _l(
        "提出投诉的期限已于 %(closed)s 届满。您的投诉于 %(received)s 收到，未能登记；填写的内容仍在草稿箱。"
        "您反映的情况仍可作为线索提交。"
    ),
    "complaint.no_result_yet": _l(
        "中选公告尚未发布，还不能对选取结果投诉；可以对公告或选取过程投诉。"
    ),
    "complaint.no_agency_yet": _l("还没有中选机构，请选择其他被投诉人。"),
    "complaint.no_body": _l("不能选择这个单位办理这件投诉，请重新选择。"),
    "complaint.not_of_organisation": _l(
        "您当前的身份不代表中介服务机构或项目业主。请切换到单位身份，或以个人名义投诉。"
    ),
    "complaint.act_day_missing": _l("请填写所投诉的决定或服务发生的日期，不能晚于今天。"),
    "complaint.conduct_of_office": _l("对入驻决定或窗口服务投诉的，被投诉人应选择中介超市协管办。"),
    "complaint.act_after_receipt": _l("发生日期不能晚于收到的日期；邮寄的，不能晚于邮戳日期。"),
    "complaint.act_too_late": _l(
        "对这一天发生的决定或服务，提出投诉的期限已于 %(closed)s 届满。请核对发生日期；"
        "您反映的情况仍可作为线索提交。"
    ),
    "complaint.received_before_notice": _l(
        "收到时间早于选取公告的发布时间（%(published)s），请核对收到时间和公告编号。"
    ),
    "complaint.posted_before_notice": _l(
        "邮戳日期早于选取公告的发布时间（%(published)s），请核对邮戳日期和公告编号。"
    ),
    "complaint.received_in_future": _l("收到时间不能晚于现在。"),
    "complaint.posted_after_receipt": _l("邮戳日期不能晚于收到日期。"),
    "complaint.online_by_hand": _l("代为登记的投诉，请选择来信、来访、来电等实际渠道。"),
    "complaint.own_number": _l("12345 工单请填写原工单号。"),
    "complaint.own_number_known": _l("“原工单号”已经登记过，见投诉 %(number)s。"),
    "complaint.own_number_in_draft": _l(
        "“原工单号”已经写在一份还没有提交的登记里，请先提交或删除那一份。"
    ),
    "complaint.same_facts": _l(
        "您已就同一事实提出过投诉（%(earlier)s），不再重复受理。有新证据的，请勾选“有新证据”并上传后再提交。"
    ),
    "complaint.same_facts_entered": _l(
        "这位投诉人已就同一事实提出过投诉（%(earlier)s），由先收到的单位办理，不再重复登记。"
        "有新证据的，请勾选“有新证据”并上传后再提交。"
    ),
    "complaint.nothing_new": _l(
        "同一事实已经投诉过（%(earlier)s）。勾选“有新证据”的，请至少上传一份那次没有交过的材料再提交；"
        "内容相同的文件不算新证据。"
    ),
    "complaint.filed_already": _l("这件投诉已经提交，编号 %(number)s，不能再修改。"),
    "complaint.too_many_files": _l("每次最多上传 %(most)s 份材料。请合并后上传，或删去一份。"),
    # who keeps out
    "complaint.recused_complainant": _l("这件投诉由您本人提出，您应当回避，不能办理。"),
    "complaint.recused_reviewer": _l("您审核或发布过这份公告，应当回避，不能办理对它的投诉。"),
    "complaint.recused_member": _l("您是投诉人、被投诉人或项目业主的成员，应当回避，不能办理。"),
    "complaint.recused_interest": _l("您已申请回避这件投诉，不能再办理。"),
    "complaint.handled_it": _l(
        "回访须由办理人以外的人进行。您经办过这件投诉，请由其他回访员回访。"
    ),
    "complaint.body_concerned": _l("这个单位是项目业主或被投诉人，不能办理这件投诉。"),
    "complaint.no_officer": _l("请选择本单位的投诉承办人。"),
    "complaint.ground_not_late": _l("这份投诉在投诉期限内收到，不能以“超过投诉期限”不予受理。"),
    "complaint.ground_not_asked": _l(
        "还没有一次性告知投诉人补充材料，不能以“逾期未补充必要材料”不予受理。"
    ),
    "complaint.ground_completed": _l("投诉人已经补充材料，不能以“逾期未补充必要材料”不予受理。"),
    "complaint.ground_not_checked": _l(
        "投诉人的身份还没有核验，不能以“投诉人身份无法核实”不予受理。请先核验；没有按时核验是办理单位的责任。"
    ),
    "complaint.identity_refused": _l(
        "投诉人的实名身份核验未通过，不能受理。投诉人可以重新提交证件，核验通过后再办理；"
        "仍不能核实的，以“投诉人身份无法核实”提出不予受理。"
    ),
    "complaint.ground_verified": _l("投诉人的身份已经核实，不能以“投诉人身份无法核实”不予受理。"),
    "complaint.ground_without_earlier": _l(
        "请在理由中写明已有处理结果的那份投诉的编号（TS-…），它须与本投诉针对同一事项。"
    ),
    # two persons
    "complaint.proposal_waits": _l("已有一份拟办意见等待审签。请等审签人签发或退回。"),
    "complaint.proposal_done": _l("这份拟办意见已由他人处理。请刷新页面查看。"),
    "complaint.no_proposal": _l("现在没有等待审签的拟办意见。"),
    "complaint.same_person": _l("拟办和审签须由两个人完成。这份意见由您拟办，请由其他审签人签发。"),
    "complaint.withdrawn_online": _l("这件投诉由投诉人在网上提出，只能由投诉人自己撤回。"),
    "complaint.withdrawn_before": _l("投诉人已经撤回这件投诉。"),
    "complaint.no_withdrawal_reason": _l("请写明撤回的原因。"),
    # on the way
    "complaint.found_before": _l("这件投诉已经记录过严重违规认定。"),
    "complaint.completed_online": _l("这件投诉由投诉人在网上提出，只能由投诉人自己补充材料。"),
    "complaint.completion_asked_before": _l(
        "补充材料只能要求一次，且应一次性告知。这件投诉已经要求过。"
    ),
    "complaint.late_already": _l("法定期限已过，不能再停止计时。请尽快作出决定。"),
    "complaint.answer_asked_before": _l("已经通知被投诉人答复。"),
    "complaint.no_respondent": _l("被投诉人不是本平台的单位，不能在线通知答复。"),
    "complaint.answered_before": _l("贵单位已经答复过。需要补充的，请联系承办单位。"),
    "complaint.stop_not_allowed": _l("本地规则不允许因鉴定停止计时。"),
    "complaint.joined_already": _l("这个单位已在联合办理。"),
    "complaint.no_free_officer": _l("这个单位没有可以办理这件投诉的承办人，请另选单位。"),
    "complaint.opinion_day_over": _l("这一天已经过去，请填今天或以后的日期。"),
    "complaint.opinion_day_late": _l(
        "不能晚于作出处理决定的最后一天（%(latest)s），请填更早的日期。"
    ),
    "complaint.opinion_given": _l("贵单位已经提交过联合办理意见。需要补充的，请联系牵头单位。"),
    "complaint.not_yours": _l(
        "这一步现在不由您办理，没有保存；填写的内容仍在下面，需要的请先复制。"
    ),
    "complaint.hold_not_capped": _l("现在没有正在计算的暂缓期限，不需要延长。"),
    "complaint.ended": _l("这件投诉已经作出决定或办结，不能再改派或更换承办人。"),
    # the decision
    "complaint.remedy_missing": _l("投诉成立或部分成立的，请至少选择一项纠正措施。"),
    "complaint.remedy_without_fault": _l("投诉不成立的，不能同时决定纠正措施。"),
    "complaint.remedies_exclude": _l(
        "更正公告、取消资格、由候补递补、重新发布只能选一项；责令改正可以同时选。"
    ),
    "complaint.remedy_needs_agency": _l("取消报名资格的，请填写机构的平台编号，例如 A000017。"),
    "complaint.remedy_waits": _l(
        "报名已经截止，名单已封存，正在选取。由候补递补和取消资格须等选取结果公布后再决定；"
        "可以现在决定重新发布，结果公布后自动执行。期间不会发出中选通知书。"
    ),
    "complaint.remedy_impossible": _l(
        "公告现在的状态不能采取这项纠正措施：更正公告只在报名截止前，"
        "撤销结果和取消资格只在结果公布后、合同签订前。"
        "请改选其他措施，例如责令改正。"
    ),
    "complaint.remedy_pending": _l(
        "已决定的重新发布要等选取结果公布后自动执行，执行后才能报告已纠正。"
    ),
    "complaint.correction_missing": _l("选择“更正公告”的，请在下面写出更正后的内容。"),
    "complaint.correction_not_ordered": _l(
        "您修改了公告的内容，但没有选择“更正公告”。请选择这项措施，或者把内容改回原样。"
    ),
    "complaint.remedy_no_entrant": _l("机构 %(ref)s 不在这次选取公布的排序中。请核对平台编号。"),
    "complaint.fabrication_upheld": _l("只有投诉不成立时，才能认定捏造事实。"),
    "complaint.personal_data_left": _l(
        "公开文本中还有“%(found)s”。请遮盖投诉人的姓名、电话和证件号码后再公开。"
    ),
    "complaint.nobody_to_call": _l(
        "投诉人已经撤回投诉，不再回访。请核对处理决定和纠正情况，写明后直接销号。"
    ),
    "complaint.no_callback_result": _l("请选择回访结果。"),
    "complaint.level": _l("请在五个等级中选择一个。"),
    "complaint.rated_before": _l("一件投诉只能评价一次，您已经评价过。"),
    "complaint.not_ended": _l("投诉办结后才能评价。"),
    **tips.WORDS,
    # deleting what was written
    "erasure.still_open": _l("这件投诉还没有办结，不能删除。"),
    "erasure.kept": _l("这件投诉依法保存至 %(until)s，期满后才能删除。"),
    "erasure.waits": _l("已有人提出删除，正在等待审签。"),
    "erasure.done": _l("内容已经删除。"),
    "erasure.same_person": _l(
        "提出和审签须由两个人完成。这次删除由您提出，请由本单位其他审签人签发。"
    ),
}
EVENTS = {
    **tips.EVENTS,
    "complaint.filed": _l("提出投诉"),
    "complaint.hold_began": _l("投诉人身份已核验（或到期未核验、或已受理），开始暂缓"),
    "complaint.open_on_notice": _l("有投诉正在处理"),
    "complaint.ended_on_notice": _l("一件投诉已处理完毕"),
    "complaint.reassigned": _l("改由其他单位办理"),
    "complaint.transferred": _l("转交有权处理的单位"),
    "complaint.taken_in": _l("接收转交的投诉"),
    "complaint.joined": _l("其他单位参与联合办理"),
    "complaint.opinion_given": _l("提交了联合办理意见"),
    "complaint.opinion_overdue": _l("联合办理意见超期"),
    "complaint.completion_asked": _l("一次性告知补充材料"),
    "complaint.completed": _l("补充了材料"),
    "complaint.completion_lapsed": _l("补充期满未补充"),
    "complaint.accepted": _l("决定受理投诉"),
    "complaint.not_accepted": _l("决定不予受理"),
    "complaint.withdrawn": _l("撤回投诉"),
    "complaint.violation_found": _l("查明须继续处理的情形，撤回不终止办理"),
    "complaint.withdrawal_noted": _l("投诉人撤回，办理继续"),
    "complaint.answer_asked": _l("通知被投诉人答复"),
    "complaint.answered": _l("被投诉人已答复"),
    "complaint.paused": _l("开始鉴定，计时暂停"),
    "complaint.resumed": _l("鉴定结束，恢复计时"),
    "complaint.acceptance_overdue": _l("受理决定超期"),
    "complaint.decision_overdue": _l("处理决定超期"),
    "complaint.transfer_overdue": _l("接收转交超期"),
    "complaint.escalated": _l("提级督办"),
    "complaint.hold_continued": _l("决定继续暂缓"),
    "complaint.hold_lapsed": _l("暂缓期满"),
    "complaint.decided": _l("作出处理决定"),
    "complaint.remedy_acted": _l("结果公布，已按处理决定重新发布"),
    "complaint.fabrication_found": _l("认定捏造事实，依规跟进"),
    "complaint.decision_published": _l("公开处理决定"),
    "complaint.remedied": _l("已纠正"),
    "complaint.called_back": _l("已回访"),
    "complaint.closed": _l("投诉销号"),
    "complaint.rated": _l("投诉人评价办理"),
    "payload.erased": _l("按规定删除了内容"),
}
STATES = {
    State.DRAFT: (_l("填写中"), "grey"),
    State.FILED: (_l("已收到，待受理决定"), "blue"),
    State.COMPLETING: (_l("待补充材料"), "yellow"),
    State.TRANSFERRED: (_l("已转交，待接收"), "blue"),
    State.ACCEPTED: (_l("已受理，办理中"), "blue"),
    State.PAUSED: (_l("鉴定中，计时暂停"), "yellow"),
    State.ESCALATED: (_l("已提级督办"), "yellow"),
    State.NOT_ACCEPTED: (_l("不予受理"), "grey"),
    State.WITHDRAWN: (_l("已撤回"), "grey"),
    State.UPHELD: (_l("投诉成立"), "green"),
    State.PARTLY: (_l("部分成立"), "yellow"),
    State.DISMISSED: (_l("投诉不成立"), "grey"),
    State.REMEDYING: (_l("纠正中"), "blue"),
    State.CALLBACK: (_l("待回访"), "blue"),
    State.CLOSED: (_l("已销号"), "grey"),
}
LATE = (_l("已超期"), "red")
TAKEN_BACK = (_l("投诉人已撤回"), "grey")
JOINT = (_l("联合办理"), "blue")
ABOUT = {
    About.NOTICE: _l("选取公告本身"),
    About.PROCESS: _l("选取过程"),
    About.RESULT: _l("选取结果"),
    About.CONDUCT: _l("入驻决定或窗口服务"),
}
RESPONDENTS = {
    Respondent.OWNER: _l("项目业主"),
    Respondent.AGENCY: _l("中选机构"),
    Respondent.OFFICE: _l("中介超市协管办"),
    Respondent.REGULATOR: _l("行业主管部门"),
}
DOORS = {Door.REGULATOR: _l("行业主管部门"), Door.OFFICE: _l("中介超市协管办")}
COMPLAINANTS = {Complainant.PERSON: _l("个人"), Complainant.ORGANISATION: _l("单位")}
CHANNELS = {
    Channel.ONLINE: _l("网上"),
    Channel.PAPER: _l("书面送交"),
    Channel.COUNTER: _l("窗口口述"),
    Channel.PHONE: _l("电话"),
    Channel.HOTLINE: _l("12345 热线工单"),
    Channel.POST: _l("邮寄"),
}
REASONS = {
    Reason.LATE: _l("超过投诉期限"),
    Reason.NOT_SUBJECT: _l("不属于投诉受理范围"),
    Reason.NO_FACTS: _l("没有明确的请求和事实依据"),
    Reason.NOT_COMPLETED: _l("逾期未补充必要材料"),
    Reason.NOT_VERIFIED: _l("投诉人身份无法核实"),
    Reason.SAME_FACTS: _l("同一事实已有处理结果"),
    Reason.OTHER_PROCEDURE: _l("已进入复议、诉讼或仲裁程序"),
}
OUTCOMES = {
    Outcome.UPHELD: (_l("投诉成立"), "green"),
    Outcome.PARTLY: (_l("部分成立"), "yellow"),
    Outcome.DISMISSED: (_l("投诉不成立"), "grey"),
}
REMEDIES = {
    Remedy.DISQUALIFY: _l("取消一家机构的资格"),
    Remedy.ANNUL_TO_NEXT: _l("撤销结果，由候补递补"),
    Remedy.RELIST: _l("撤销结果（已签合同的，解除合同），重新发布公告"),
    Remedy.AMEND: _l("更正公告"),
    Remedy.TERMINATE: _l("解除已签订的合同（业主可以重新发布）"),
    Remedy.RECTIFY: _l("责令被投诉人改正"),
}
VIOLATIONS = {
    Violation.COLLUSION: _l("报名机构之间恶意串通"),
    Violation.FORGERY: _l("提供虚假材料、弄虚作假"),
    Violation.BRIBERY: _l("行贿、索贿或者收受好处"),
    Violation.INTERFERENCE: _l("违规干预选取"),
    Violation.OTHER: _l("其他严重违法违规情形"),
}
PROPOSALS = {
    ProposalKind.ACCEPT: _l("受理"),
    ProposalKind.NOT_ACCEPT: _l("不予受理"),
    ProposalKind.DECIDE: _l("处理决定"),
    ProposalKind.WITHDRAW: _l("撤回投诉"),
}
PROPOSAL_STATES = {
    ProposalState.PROPOSED: (_l("待审签"), "yellow"),
    ProposalState.SIGNED: (_l("已签发"), "green"),
    ProposalState.RETURNED: (_l("已退回"), "grey"),
    ProposalState.VOID: (_l("已失效"), "grey"),
}
ERASURE_GROUNDS = {
    ErasureGround.CONSENT_WITHDRAWN: _l("本人撤回同意，要求删除"),
    ErasureGround.PURPOSE_DONE: _l("处理目的已实现或者不再必要"),
    ErasureGround.PERIOD_OVER: _l("保存期限已满"),
    ErasureGround.UNLAWFUL: _l("违反法律、行政法规或者违反约定处理"),
}
SHOWN = {
    "case.state": Part(_l("办理状态"), {code: label for code, (label, _colour) in STATES.items()}),
    "case.body": Part(_l("办理单位"), is_said=False),
    "case.handler": Part(_l("承办人"), is_said=False),
    "case.completion": Part(_l("补充材料")),
    "case.answer": Part(_l("被投诉人的答复")),
    "case.evidence": Part(_l("证据材料"), is_said=False),
    "case.opinions": Part(_l("联合办理意见"), is_said=False),
    "case.withdrawn_at": Part(_l("投诉人撤回")),
    "proposal.kind": Part(_l("拟办事项"), PROPOSALS),
    "proposal.reason": Part(_l("不予受理的情形"), REASONS),
    "proposal.outcome": Part(
        _l("处理结论"), {code: label for code, (label, _colour) in OUTCOMES.items()}
    ),
    "proposal.remedies": Part(_l("纠正措施"), REMEDIES),
    "proposal.agency_ref": Part(_l("取消资格的机构平台编号")),
    "proposal.corrections": Part(_l("更正公告的内容")),
    "proposal.is_fabricated": Part(_l("事实认定")),
    "proposal.reasons": Part(_l("理由")),
    "proposal.legal_basis": Part(_l("依据")),
    "proposal.remedy_note": Part(_l("救济途径和期限")),
    "proposal.finding": Part(_l("查明的情形"), VIOLATIONS),
    "erasure.ground": Part(_l("删除理由"), ERASURE_GROUNDS),
    "erasure.basis": Part(_l("要求的来由")),
    "tip.number": Part(_l("线索编号"), is_said=False),
    "tip.looked_by": Part(_l("登记阅处的人"), is_said=False),
    "tip.note": Part(_l("阅处情况")),
}
CALLBACKS = {
    CallbackResult.SATISFIED: _l("满意"),
    CallbackResult.UNSATISFIED: _l("不满意"),
    CallbackResult.UNREACHABLE: _l("三次联系不上"),
}
LEVELS = {
    Level.VERY_GOOD: _l("非常满意"),
    Level.GOOD: _l("满意"),
    Level.FAIR: _l("基本满意"),
    Level.BAD: _l("不满意"),
    Level.VERY_BAD: _l("非常不满意"),
}
WINDOW_LABELS = {
    "complaint.filing": _l("提出投诉截止"),
    "complaint.accept": _l("决定是否受理"),
    "complaint.tip": _l("阅处举报线索"),
    "complaint.hand_over": _l("移交问题线索"),
    "complaint.hand_over_ask": _l("询问移交线索的办理情况"),
    "complaint.complete": _l("补充材料截止"),
    "complaint.answer": _l("被投诉人答复"),
    "complaint.decide": _l("作出处理决定"),
    "complaint.takeover": _l("由上级接办"),
    "complaint.transfer": _l("接收转交"),
    "complaint.hold_cap": _l("暂缓期满"),
    "complaint.publish": _l("公开处理决定"),
    "complaint.remedy": _l("报告已纠正"),
    "complaint.call_back": _l("回访投诉人"),
    "complaint.opinion": _l("联合办理意见"),
}
WORDING = {
    "title": _l("公告标题"),
    "content": _l("服务内容和要求"),
    "requirement": _l("资质要求"),
    "scale": _l("项目规模"),
    "location": _l("项目地点"),
    "price_note": _l("金额说明"),
    "ceiling_fen": _l("最高限价"),
    "service_days": _l("服务期限"),
    "exclusions": _l("须回避的机构"),
}
PARTS = {
    "complaint": _l("投诉材料"),
    "completion": _l("补充材料"),
    "answer": _l("答复材料"),
    "decision": _l("办理材料"),
}
RECUSED = {
    "complainant": WORDS["complaint.recused_complainant"],
    "reviewer": WORDS["complaint.recused_reviewer"],
    "member": WORDS["complaint.recused_member"],
    "interest": WORDS["complaint.recused_interest"],
}
REMEDY_NOTE = _l("对本决定不服的，可在收到之日起 60 日内向本级人民政府申请行政复议。")

KNOWN = {
    Known.BY_STAFF: (_l("由工作人员登记"), "grey"),
    Known.BY_ORGANISATION: (_l("由已入驻的单位提出"), "green"),
    Known.CHECKED: (_l("已核验"), "green"),
    Known.CLAIMED: (_l("待核验"), "yellow"),
    Known.REFUSED: (_l("核验未通过"), "red"),
}
