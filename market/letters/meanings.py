"""What a fact means for who reads its letter, where its title does not say it already."""

from flask_babel import lazy_gettext as _l

MEANING = {
    "identity.asked": _l(
        "核验期限是 1 个工作日。本人请在“实名身份”页提交证件，或带身份证到窗口；核验单位请按时核对，到期日写在办理页上。"
    ),
    "identity.passed_on": _l("原核验单位与本人的投诉有关。请按时核对，到期日写在办理页上。"),
    "identity.checked": _l("已提交的证件照片已经删除，不需要再做什么。"),
    "identity.refused": _l(
        "原因写在“实名身份”页上，可以重新提交证件。已提出的投诉仍在，中选通知书在投诉办结前不发出。"
    ),
    "identity.overdue": _l(
        "没有按时核验是核验单位的责任，已记入公开日志；本人投诉的公开暂缓自动开始，仍须尽快核验。"
    ),
    "complaint.hold_began": _l("不需要您做什么；期限照常计算。"),
    "enrolment.submitted": _l(
        "请按时核验：通过，或一次性列出全部需要补正的内容。到期日写在办理页上。"
    ),
    "enrolment.returned": _l("所有需要改的地方都已一次列出。改好后重新提交，已填写的内容都还在。"),
    "enrolment.refusal_proposed": _l(
        "这是拟办意见，不是决定。您可以在期限内陈述、申辩或补交证据。"
    ),
    "enrolment.refused": _l("理由、依据和救济途径写在申请页上。原因消除后可以重新申请。"),
    "enrolment.passed": _l("现在就可以报名。入驻信息同时公示，公示期内任何实名用户可以提出异议。"),
    "enrolment.documents_deferred": _l(
        "现在就可以报名；补齐前不能确认中选，到期未补的，暂停报名并启动撤销程序。"
        "每份材料的期限写在入驻页上。"
    ),
    "enrolment.document_submitted": _l(
        "请按时核验：通过，或写明原因退回。核验期间机构的期限不计时。到期日写在办理页上。"
    ),
    "enrolment.document_returned": _l(
        "原因写在入驻页上；期限从退回的次日起继续计算，至少还有一个工作日。"
    ),
    "enrolment.documents_completed": _l("现在可以确认中选。"),
    "agency.revocation_opened": _l(
        "这不是决定。机构可以在期限内补交材料、陈述理由；之后由两人决定撤销还是保留，已签的合同继续履行。"
    ),
    "agency.due_renewed": _l("新的期限写在入驻页上，期间可以报名，补齐前不能确认中选。"),
    "agency.suspension_proposed": _l(
        "这是拟办意见，不是决定。由投诉处理决定引起的，机构可以先陈述、申辩；由另一人决定是否签发。"
    ),
    "agency.suspended": _l("暂停期间不能报名；已签的合同继续履行。原因和期限写在机构页上。"),
    "agency.line_lapsed": _l("请更新资质后恢复报名。"),
    "agency.exit_asked": _l("请按时确认，到期日写在办理页上。"),
    "agency.exited": _l("可以随时重新申请入驻，已交过的材料不必再交。"),
    "agency.removal_proposed": _l(
        "这是拟办意见，不是决定。机构可以在期限内陈述、申辩；期满后由另一人决定是否签发。"
    ),
    "agency.removed": _l("理由、依据、救济途径和可以再申请的日期写在入驻页上。"),
    "owner.returned": _l("需要补正的内容已一次列出。"),
    "notice.returned": _l("改好后可以再提交一次。"),
    "notice.refused": _l("应走的渠道写在公告页上。"),
    "notice.opened": _l(
        "报名截止和选取时刻写在公告页上。截止前谁报了名、报价多少，页面上不向任何人显示。"
    ),
    "notice.amended": _l(
        "更正的内容写在公告页上，时间只会推后。已经报名的请对照：报价高于更正后的最高限价的，须在报名截止前修改报价，"
        "新列为须回避的可以撤回，否则封存时不列入名单；其他的不必重报。"
    ),
    "oversight.reviewed": _l("结论和意见写在“监管询问和意见”页上，姓名不公开。"),
    "suspension.ordered": _l(
        "依据、理由和期限写在公告页上；已收到的报名有效，封存和抽取照常进行。"
    ),
    "question.answered": _l("提问和答复写在公告页上，不公开谁提的问题；已经报名的也请看一看。"),
    "auction.opened": _l(
        "竞价开始的时间和各家的代号写在竞价页上。名单封存前，代号背后是谁不向任何人显示。"
    ),
    "auction.frozen": _l(
        "现有最低价不变，暂停期间的出价不作数；恢复时间至少提前 30 分钟公告，不重新开始。"
    ),
    "auction.resumed": _l("恢复的时间写在竞价页上，从那时起重新倒计时。"),
    "selection.failed": _l("原因已公布。业主可以重新发布（二次）。"),
    "draw.postponed": _l("名单封存的联署晚到，选取时刻按协议顺延到下一个约定时刻，谁也不能挑选。"),
    "shortlist.drawn": _l(
        "小名单由公告发布当日的履约记分和公开随机数得出，可在选取页上自行验算。业主在期限内从中选定，理由随结果公开。"
    ),
    "result.published": _l("顺序由公开的数值算出，可在选取页上自行验算。公示期内可以投诉。"),
    "result.held": _l("中选通知书暂缓发出。这不表示任何一方有过错。在此之前请勿签约、进场。"),
    "result.annulled": _l("按已公布的顺序递补，或者重新发布；不会再抽一次。"),
    "award.offered": _l(
        "中选机构在期限内确认后，中选通知书立即发出；到期不确认的，视为放弃，由候补递补并重新公示。"
    ),
    "award.lapsed": _l("由候补机构递补，并重新公示。"),
    "award.blocked": _l("材料补齐并经核验后自动继续，不必另行申请。"),
    "award.hearing_opened": _l("双方陈述期满后，由主管部门两人认定责任；沉默不等于承认。"),
    "award.fault_found": _l(
        "认定、理由和依据写在通知书页上。机构有责任的，由下一名递补；业主有责任的，名称公开，机构不承担责任。"
    ),
    "award.unsigned_ended": _l("合同已经签订、放弃，或者通知书已经失效。"),
    "award.issued": _l("请在期限内签订合同。通知书上的二维码可以核验真伪。"),
    "contract.proposed": _l(
        "金额、期限和双方名称已与公告、中选通知书核对一致；确认后合同生效，不再递补。"
    ),
    "contract.questioned": _l("哪里不一致写在合同页上；签订合同的期限继续计算。"),
    "contract.dropped": _l("中选通知书失效或者暂缓；恢复后需要重新登记。"),
    "contract.returned": _l("需要修改的内容已一次列全，写在合同页上。"),
    "contract.accepted": _l("付款期限从今天起算，到期日写在合同页上。"),
    "contract.change_asked": _l("没有答复的，不视为同意，合同照原样履行。"),
    "contract.cancel_asked": _l("另一方同意、提出异议或者期满没有答复，合同都解除；异议记录在案。"),
    "contract.cancel_objected": _l("合同已解除。认为解除不当的，可以依法申请仲裁或者提起诉讼。"),
    "contract.change_void": _l("合同已验收或者已解除，不必再答复。"),
    "contract.terminated": _l("业主可以重新发布公告；已完成的工作由双方商定结算。"),
    "contract.settlement_due": _l(
        "商定后按商定的金额付款；没有商定的，可以依法申请仲裁或者提起诉讼。"
    ),
    "contract.unsettled": _l(
        "平台不再等待。以后商定的，或者有生效裁判的，仍可在合同页登记结算金额。"
    ),
    "contract.changed": _l("变更的内容和新的期限写在合同页上。"),
    "contract.change_refused": _l("合同照原样履行。"),
    "contract.not_received": _l("付款期限继续计算。"),
    "contract.pay_found": _l("财政部门导入的付款数据里有这份合同的付款，平台上还没有登记。"),
    "contract.disputed": _l("没有争议的部分照期支付（《保障中小企业款项支付条例》第十五条）。"),
    "contract.dispute_ended": _l("结果和金额写在合同页上。"),
    "contract.claim_asked": _l("确认只说明欠款属实，不改变付款的金额和期限。"),
    "contract.demanded": _l("催款函由机构发出，写明未付金额、逾期天数和利息，在合同页可以打开。"),
    "contract.pay_reminded": _l("付款期限已过，平台没有收到付款登记。已经付款的，请登记凭证。"),
    "tip.to_hand_over": _l("请打印移交单，密封送达，由对方签收，扫描上传回执；对方没有期限。"),
    "tip.received": _l("请阅处线索；内容只在系统内查看，不要转给线索反映的单位。"),
    "complaint.filed": _l("决定是否受理的到期日写在投诉页上。"),
    "complaint.completion_asked": _l("只要求补充这一次，受理的计时在此期间停止。"),
    "complaint.accepted": _l("作出处理决定的到期日写在投诉页上。"),
    "complaint.not_accepted": _l("您反映的情况仍可作为线索提交。"),
    "complaint.withdrawal_noted": _l(
        "办理单位已查明严重违规情形，继续办到作出处理决定，暂缓不解除。投诉人不再需要做什么。"
    ),
    "complaint.violation_found": _l("认定由承办人作出，理由在办理卷宗里。"),
    "complaint.transfer_overdue": _l(
        "转交以后没有按时接收。超期已记入公开日志，受理的期限照常计算。"
    ),
    "complaint.joined": _l(
        "参与联合办理的单位在截止之前向牵头单位提交意见；处理决定由牵头单位作出，期限不因此顺延。"
    ),
    "complaint.opinion_overdue": _l("意见仍可提交；处理决定的期限照常计算，不必等意见。"),
    "complaint.answer_asked": _l("请在投诉页写明的期限内书面答复。"),
    "complaint.decided": _l("决定、理由、依据和救济途径都在投诉页上。"),
    "complaint.fabrication_found": _l(
        "请如实反映情况。这项记录供办理单位参考，不影响今后依法投诉。"
        "投诉人是机构的，另行提出暂停报名的意见，由两人决定，机构可先陈述。"
    ),
    "complaint.acceptance_overdue": _l("超期不等于有了结论，仍须尽快决定；超期已记入公开日志。"),
    "complaint.decision_overdue": _l("超期不等于有了结论，仍须尽快决定；超期已记入公开日志。"),
    "card.proposed": _l(
        "这是拟办意见，不是决定，在决定之前不产生任何影响。所依据的记录写在提示页上。"
    ),
    "card.decided": _l("决定和理由写在提示页上。"),
    "card.withdrawn": _l("所依据的效能问题有一件已被撤销，这份效能提示不再有效，已作更正。"),
    "credit.proposed": _l(
        "这是拟办意见，不是决定，在决定之前不产生任何影响。事实、证据和期限写在记录页上。"
    ),
    "credit.decided": _l("决定、理由、后果和有效期写在记录页上；改正后可以申请修复。"),
    "credit.suspension_proposed": _l(
        "这是拟办意见，不是决定，在签发之前可以照常报名。日数、依据和理由写在记录页上。"
    ),
    "credit.suspension_decided": _l(
        "结果写在记录页上。签发的，暂停期内不能报名新公告；已报名、已中选的和已签的合同不受影响，到期自动恢复。"
    ),
    "credit.suspension_ended": _l("现在可以报名了。"),
    "credit.talk_called": _l("日期、地点和事项写在记录页上。约谈不公开，不影响报名。"),
    "credit.removal_ended": _l("现在可以重新申请入驻了。"),
    "credit.repair_decided": _l("理由写在记录页上。同意修复的，不再显示，也不再计算。"),
    "credit.expired": _l("不再显示，也不再计算。"),
    "window.overdue": _l("超期已记入公开日志一次，事情仍须办结。"),
}
