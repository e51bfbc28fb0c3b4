"""What letters say: what happened and what it means. The frame adds what to do (asks.py), why it was
sent (why.py) and where it stands on the log.
"""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from market.fabric import fabric
from market.ledger.queries import Entry
from market.letters.asks import NOTHING, ask_of
from market.letters.meanings import MEANING
from market.letters.rules import Matter, NewNotice, To, Told
from market.letters.why import WHY
from market.web.format import due, instant

WORDS = {"letter.none": _l("没有找到这封站内信。")}

TITLES = {
    "identity.asked": _l("实名身份 %(subject)s 待核验"),
    "identity.passed_on": _l("实名身份 %(subject)s 改由贵单位核验"),
    "identity.checked": _l("您的实名身份已核验通过"),
    "identity.refused": _l("您的实名身份核验没有通过"),
    "identity.overdue": _l("实名身份 %(subject)s 的核验已超期"),
    "complaint.hold_began": _l("投诉 %(subject)s 的公开暂缓已开始"),
    "enrolment.submitted": _l("有新的入驻申请待核验：%(subject)s"),
    "enrolment.returned": _l("入驻申请 %(subject)s 需要补正，一次性告知"),
    "enrolment.refusal_proposed": _l("入驻申请 %(subject)s 拟不予入驻，请陈述意见"),
    "enrolment.refused": _l("入驻申请 %(subject)s 不予入驻"),
    "enrolment.passed": _l("入驻申请 %(subject)s 已通过，可以报名了"),
    "agency.suspension_proposed": _l("拟暂停机构 %(subject)s 报名"),
    "agency.suspension_dropped": _l("对机构 %(subject)s 不予暂停报名"),
    "agency.suspended": _l("机构 %(subject)s 已暂停报名"),
    "agency.reinstated": _l("机构 %(subject)s 已恢复报名"),
    "agency.line_lapsed": _l("机构 %(subject)s 有一项资质到期"),
    "agency.exit_asked": _l("机构 %(subject)s 申请退出，请确认"),
    "agency.exited": _l("机构 %(subject)s 已退出"),
    "agency.removal_proposed": _l("拟清退机构 %(subject)s，机构可陈述意见"),
    "agency.removal_dropped": _l("对机构 %(subject)s 不予清退"),
    "agency.removed": _l("机构 %(subject)s 已清退"),
    "enrolment.documents_deferred": _l("机构 %(subject)s 容缺入驻，请按期补交材料"),
    "enrolment.document_submitted": _l("机构 %(subject)s 补交了一份容缺材料，请核验"),
    "enrolment.document_returned": _l("机构 %(subject)s 补交的材料已退回，请再补"),
    "enrolment.documents_completed": _l("机构 %(subject)s 的容缺材料已补齐"),
    "agency.revocation_opened": _l("机构 %(subject)s 的容缺材料逾期未补，暂停报名，启动撤销程序"),
    "agency.revocation_proposed": _l("机构 %(subject)s 的撤销程序有拟办意见，请签发"),
    "agency.due_renewed": _l("机构 %(subject)s 的容缺材料有了新的期限"),
    "agency.objection_filed": _l("对机构 %(subject)s 的入驻公示有异议"),
    "owner.registered": _l("有新的项目业主待审核：%(subject)s"),
    "owner.returned": _l("业主登记 %(subject)s 需要补正"),
    "owner.approved": _l("业主登记 %(subject)s 已通过，可以发布选取公告了"),
    "owner.refused": _l("业主登记 %(subject)s 未通过"),
    "notice.submitted": _l("有选取公告待审核（业主 %(subject)s）"),
    "notice.returned": _l("您的选取公告被退回，请按所列意见修改"),
    "notice.refused": _l("您的选取公告不予发布"),
    "notice.opened": _l("选取公告 %(subject)s 已发布，可以报名"),
    "choice.opened": _l("选取公告 %(subject)s 已发布，请选定机构"),
    "shortlist.drawn": _l("%(subject)s 的小名单已得出，由业主在其中选定"),
    "direct.offered": _l("%(subject)s 的业主选定了贵机构，请答复是否接受"),
    "direct.answered": _l("%(subject)s 选定的机构已答复，或到期未答复"),
    "letters.fixed": _l("%(subject)s 的方案等您评分"),
    "jurors.drawn": _l("%(subject)s 的评审专家已抽取"),
    "expert.applied": _l("有人申请加入评审专家库（%(subject)s），请审核"),
    "expert.proposed": _l("评审专家 %(subject)s 的审核意见待签发"),
    "expert.decided": _l("评审专家库 %(subject)s 的审核意见已签发"),
    "juror.replaced": _l("%(subject)s 的一名评审人员退出，备选人员递补"),
    "auction.opened": _l("%(subject)s 的竞价代号已公布"),
    "auction.frozen": _l("%(subject)s 的竞价因系统故障暂停"),
    "auction.resumed": _l("%(subject)s 的竞价将恢复"),
    "sheets.closed": _l("%(subject)s 的评分表已全部锁定，即将开启报价"),
    "notice.amended": _l("选取公告 %(subject)s 有更正"),
    "notice.cancelled": _l("选取公告 %(subject)s 已取消"),
    "pause.asked": _l("业主申请暂停选取公告 %(subject)s，请决定"),
    "pause.began": _l("选取公告 %(subject)s 已暂停"),
    "pause.refused": _l("选取公告 %(subject)s 的暂停申请没有通过"),
    "pause.ended": _l("选取公告 %(subject)s 的暂停已结束"),
    "amendment.asked": _l("业主申请更正选取公告 %(subject)s，请审核"),
    "amendment.refused": _l("选取公告 %(subject)s 的更正申请没有通过"),
    "oversight.reviewed": _l("监管部门审阅了 %(subject)s 的选取记录"),
    "oversight.asked": _l("监管部门就 %(subject)s 询问贵单位"),
    "oversight.answered": _l("%(subject)s 的询问已有答复"),
    "suspension.ordered": _l("主管部门责令暂停 %(subject)s"),
    "suspension.ended": _l("%(subject)s 的责令暂停已结束"),
    "question.asked": _l("对选取公告 %(subject)s 有新的提问，请答复"),
    "question.answered": _l("选取公告 %(subject)s 有新的答疑"),
    "attachment.accused": _l("有人提出撤下 %(subject)s 的一份附件，请另一人决定"),
    "attachment.kept": _l("%(subject)s 的一份附件经另一人决定不撤下"),
    "attachment.withdrawn": _l("%(subject)s 的一份附件已撤下"),
    "selection.failed": _l("%(subject)s 选取失败（流选）"),
    "draw.postponed": _l("%(subject)s 的选取时刻按规则顺延"),
    "result.published": _l("%(subject)s 中选公告已发布"),
    "result.held": _l("%(subject)s 有投诉正在处理，暂缓确定"),
    "result.released": _l("%(subject)s 的投诉已办结，恢复公示"),
    "result.annulled": _l("%(subject)s 的中选结果已撤销"),
    "award.offered": _l("%(subject)s 公示期满，请中选机构确认"),
    "award.lapsed": _l("%(subject)s 的中选机构逾期未确认，视为放弃中选"),
    "award.blocked": _l("%(subject)s 的中选通知书暂缓发出：容缺材料未齐"),
    "award.issued": _l("%(subject)s 中选通知书已发出"),
    "award.void": _l("%(subject)s 的中选通知书已失效"),
    "tip.added": _l("线索 %(subject)s 补充了材料"),
    "tip.to_hand_over": _l("线索 %(subject)s 待贵单位移交纪检监察机关"),
    "tip.ask_due": _l("移交的线索 %(subject)s 可以询问一次"),
    "tip.received": _l("线索 %(subject)s 待贵单位阅处"),
    "complaint.filed": _l("投诉 %(subject)s 已收到"),
    "complaint.transferred": _l("投诉 %(subject)s 已转交办理"),
    "complaint.reassigned": _l("投诉 %(subject)s 改由其他单位办理"),
    "complaint.completion_asked": _l("投诉 %(subject)s 请补充材料"),
    "complaint.completed": _l("投诉 %(subject)s 的材料已补充"),
    "complaint.accepted": _l("投诉 %(subject)s 已受理"),
    "complaint.not_accepted": _l("投诉 %(subject)s 不予受理，附理由和救济途径"),
    "complaint.withdrawn": _l("投诉 %(subject)s 已撤回"),
    "complaint.withdrawal_noted": _l("投诉 %(subject)s 的投诉人已撤回，办理继续"),
    "complaint.violation_found": _l("投诉 %(subject)s 查明严重违规，撤回不终止办理"),
    "complaint.answer_asked": _l("请对投诉 %(subject)s 作出答复"),
    "complaint.answered": _l("投诉 %(subject)s 的答复已收到"),
    "complaint.paused": _l("投诉 %(subject)s 正在鉴定，计时暂停"),
    "complaint.resumed": _l("投诉 %(subject)s 鉴定结束，继续计时"),
    "complaint.acceptance_overdue": _l("投诉 %(subject)s 受理已超期"),
    "complaint.decision_overdue": _l("投诉 %(subject)s 办理已超期"),
    "complaint.transfer_overdue": _l("投诉 %(subject)s 转交后逾期未接收"),
    "complaint.joined": _l("投诉 %(subject)s 由其他单位参与联合办理"),
    "complaint.opinion_given": _l("投诉 %(subject)s 收到一份联合办理意见"),
    "complaint.opinion_overdue": _l("投诉 %(subject)s 的联合办理意见已超期"),
    "complaint.escalated": _l("投诉 %(subject)s 已提级督办"),
    "complaint.decided": _l("投诉 %(subject)s 已作出处理决定"),
    "complaint.remedy_acted": _l("投诉 %(subject)s 的处理决定已执行：重新发布公告"),
    "complaint.fabrication_found": _l("提醒：投诉 %(subject)s 经查证捏造事实或提供虚假材料"),
    "complaint.closed": _l("投诉 %(subject)s 已销号"),
    "credit.proposed": _l("拟记入履约记录 %(subject)s，可陈述申辩"),
    "credit.stated": _l("履约记录 %(subject)s 的当事方已陈述"),
    "credit.decided": _l("履约记录 %(subject)s 已作出决定"),
    "credit.appealed": _l("履约记录 %(subject)s 有申诉待决定"),
    "credit.appeal_decided": _l("履约记录 %(subject)s 的申诉已有决定"),
    "credit.repair_asked": _l("履约记录 %(subject)s 申请修复"),
    "credit.repair_decided": _l("履约记录 %(subject)s 的修复已有决定"),
    "credit.expired": _l("履约记录 %(subject)s 已期满归档"),
    "credit.suspension_proposed": _l("根据履约记录 %(subject)s 拟暂停报名，可陈述申辩"),
    "credit.suspension_stated": _l("机构对拟暂停报名（%(subject)s）已陈述"),
    "credit.suspension_decided": _l("对拟暂停报名（%(subject)s）已作出决定"),
    "credit.suspension_ended": _l("暂停报名（%(subject)s）已结束"),
    "credit.talk_called": _l("就履约记录 %(subject)s 约谈贵机构"),
    "credit.talk_held": _l("履约记录 %(subject)s 的约谈记录待签字"),
    "credit.talk_ended": _l("履约记录 %(subject)s 的约谈已结束"),
    "credit.removal_ended": _l("清退（%(subject)s）已期满或终止"),
    "behaviour.basis_proposed": _l("行为清单 %(subject)s 的依据待批准"),
    "window.reminded": _l("快到期：%(window)s %(subject)s"),
    "window.overdue": _l("已超期：%(window)s %(subject)s"),
    "entry.received": _l("%(subject)s 报名已收到"),
    "entry.withdrawn": _l("%(subject)s 报名已撤回"),
    "result.skip": _l("%(subject)s 有机构退出选取顺序"),
    "agency.qualification_expiring": _l("机构 %(subject)s 有资质将在 %(days)s 天内到期"),
    "award.qualification_lapsed": _l("%(subject)s 的中选机构资质已到期"),
    "award.hearing_opened": _l("%(subject)s 逾期未签合同，请陈述原因"),
    "award.finding_due": _l("%(subject)s 逾期未签合同，请认定责任"),
    "award.fault_proposed": _l("%(subject)s 未签合同的责任认定待审签"),
    "award.fault_returned": _l("%(subject)s 的责任认定意见被退回"),
    "award.fault_found": _l("%(subject)s 未签合同的责任已认定"),
    "award.finding_escalated": _l("%(subject)s 的责任认定超期，改由上级认定"),
    "award.unsigned_ended": _l("%(subject)s 未签合同的责任认定已终止"),
    "contract.proposed": _l("%(subject)s 的合同已由一方登记，请另一方核对"),
    "contract.questioned": _l("%(subject)s 登记的合同与签订的不一致，请重新登记"),
    "contract.dropped": _l("%(subject)s 未经双方确认的合同登记已失效"),
    "contract.confirmed": _l("%(subject)s 的合同已经双方确认"),
    "contract.adopted": _l("%(subject)s 的合同已转入履约流程"),
    "contract.started": _l("%(subject)s 已开始服务"),
    "contract.progressed": _l("%(subject)s 有新的服务进展"),
    "contract.delivered": _l("%(subject)s 的成果已交付，请验收"),
    "contract.returned": _l("%(subject)s 的成果退回修改，一次性告知"),
    "contract.accepted": _l("%(subject)s 的成果验收通过"),
    "contract.change_asked": _l("%(subject)s 的合同有一项变更待答复"),
    "contract.cancel_asked": _l("%(subject)s 的合同，一方提出解除"),
    "contract.cancel_objected": _l("%(subject)s 的合同解除，另一方提出异议"),
    "contract.change_void": _l("%(subject)s 待答复的合同变更已失效"),
    "contract.terminated": _l("%(subject)s 的合同由投诉处理决定解除"),
    "contract.settlement_due": _l("%(subject)s 的合同已解除，请商定结算金额"),
    "contract.unsettled": _l("%(subject)s 的合同解除后没有商定结算金额"),
    "contract.change_agreed": _l("%(subject)s 的合同变更待业主会签"),
    "contract.changed": _l("%(subject)s 的合同变更已生效"),
    "contract.change_refused": _l("%(subject)s 的合同变更没有同意"),
    "contract.change_withdrawn": _l("%(subject)s 的合同变更已撤回"),
    "contract.paid": _l("%(subject)s 的业主登记了一笔付款，请核对"),
    "contract.received": _l("%(subject)s 的机构确认收到付款"),
    "contract.receipt_lapsed": _l("%(subject)s 的一笔付款到期无异议"),
    "contract.not_received": _l("%(subject)s 的机构表示没有收到付款"),
    "contract.pay_reminded": _l("%(subject)s 的付款已到期，请付款或登记"),
    "contract.claim_asked": _l("%(subject)s 的机构请贵单位确认应收账款"),
    "contract.claim_answered": _l("%(subject)s 的业主已答复应收账款确认"),
    "contract.demanded": _l("%(subject)s 的机构发来催款函"),
    "contract.pay_found": _l("%(subject)s 有财政付款记录，请登记"),
    "contract.disputed": _l("%(subject)s 的业主对一部分付款提出争议"),
    "contract.dispute_ended": _l("%(subject)s 的付款争议已结束"),
    "contract.closed": _l("%(subject)s 已办结"),
    "card.proposed": _l("拟发出效能提示 %(subject)s，可说明情况"),
    "card.stated": _l("效能提示 %(subject)s 的被提示单位已说明情况"),
    "card.decided": _l("效能提示 %(subject)s 已作出决定"),
    "card.planned": _l("效能提示 %(subject)s 的整改计划已提交"),
    "card.withdrawn": _l("更正：效能提示 %(subject)s 已撤回"),
    "case.opened": _l("收到诉求 %(subject)s"),
    "case.rectified": _l("诉求 %(subject)s 已整改，请回访"),
    "case.called_back": _l("诉求 %(subject)s 已回访"),
    "case.assigned": _l("诉求 %(subject)s 由您办理到底"),
    "case.supervised": _l("诉求 %(subject)s 被督办"),
    "case.reported": _l("督办的诉求 %(subject)s 已报告"),
    "pain.listed": _l("堵点问题 %(subject)s 由贵单位解决"),
    "evaluation.asked": _l("%(subject)s 已验收，请评价对方"),
    "evaluation.opened": _l("%(subject)s 的评价已公开"),
    "evaluation.replied": _l("%(subject)s 的评价有了回应"),
    "evaluation.followed": _l("%(subject)s 有追加评价"),
    "evaluation.appealed": _l("%(subject)s 的评价被申诉"),
    "evaluation.answered": _l("%(subject)s 的评价申诉已有说明"),
    "evaluation.appeal_decided": _l("%(subject)s 的评价申诉已有决定"),
    "window.moved": _l("期限因工作日历变动而改变：%(window)s %(subject)s"),
}

OF_WINDOW = {
    ("window.reminded", "agencies.deferred"): _l(
        "还差的容缺材料快到期了。到期未补，将暂停报名并启动撤销程序，已报名的项目不能确认中选。"
        "现在上传，约 2 分钟；遇到困难请联系协管办。"
    ),
}
"""What is said of a window of a certain kind instead."""

OF_READER = {
    ("result.published", To.WINNER): _l(
        "贵机构现为拟中选机构。公示期满没有未办结的投诉，中选通知书自动发出。"
    ),
    ("result.skip", To.SKIPPED): _l("贵机构不再列入这次选取的顺序。原因：%(reason)s。"),
    ("entry.received", To.ENTRANT): _l("报名已收到，报价已密封。回执编号和日志凭证在报名页上。"),
    ("entry.withdrawn", To.ENTRANT): _l("报名已撤回，不列入名单。"),
}
"""What a fact means to one kind of reader, where it is more than to the others."""
REASONS = {
    "complaint_upheld": _l("投诉经调查成立"),
    "declined": _l("放弃中选"),
    "lapsed": _l("逾期未确认，视为放弃中选"),
    "not_signed": _l("无正当理由不签合同"),
}
"""Reasons that the log has as codes."""


def title_of(entry: Entry, label: object, window: object = "") -> str:
    """A letter's title: its own words, else the fact's label and number. `window`: what the window of
    the entry is called.
    """
    own = TITLES.get(entry.type)
    if own is None:
        return gettext("%(fact)s:%(subject)s", fact=label, subject=entry.subject)
    days = entry.fields.get("days", "")
    return str(own) % {"subject": entry.subject, "window": window, "days": days}


def frame(told: Told, entry: Entry, matter: Matter) -> str:
    """The whole text of a letter, in the language that is set: the matter, the day, what it means, the
    one thing to do. The title is not said again.
    """
    lines = [
        gettext("事项：%(name)s（%(subject)s）", name=gettext(matter.name), subject=entry.subject)
        if matter.name
        else gettext("编号：%(subject)s", subject=entry.subject),
        gettext("时间：%(at)s", at=instant(entry.at)),
        str(_meaning(told, entry)),
        _asked(told, entry, matter),
        gettext(
            "为什么收到这封信：%(why)s。公开日志第 %(index)s 条。",
            why=WHY[told.to],
            index=entry.index,
        ),
    ]
    return "\n".join(line for line in lines if line)


def _meaning(told: Told, entry: Entry) -> object:
    own = OF_READER.get((entry.type, told.to))
    if own is not None:
        code = str(entry.fields.get("reason", ""))
        return str(own) % {"reason": REASONS.get(code) or fabric().words.get(code, code)}
    of_window = OF_WINDOW.get((entry.type, str(entry.fields.get("window", ""))))
    return of_window or MEANING.get(entry.type, "")


def _asked(told: Told, entry: Entry, matter: Matter) -> str:
    ask = ask_of(entry.type, told.to)
    if ask is NOTHING:
        return str(ask.what)
    until = gettext("截止：%(due)s。", due=due(matter.until)) if matter.until else ""
    return gettext("请您办：%(what)s%(until)s", what=str(ask.what), until=until)


def digest(news: Sequence[NewNotice]) -> tuple[str, str]:
    """Title and text of the day's letter about new notices, in the language that is set."""
    lines = [
        gettext(
            "%(title)s（%(number)s），报名截止 %(due)s",
            title=one.title,
            number=one.number,
            due=due(one.closes_at),
        )
        for one in news
    ]
    return (
        gettext("您可承接的事项有 %(count)s 件新公告", count=len(news)),
        "\n".join(
            [
                *lines,
                gettext("请您办：愿意承接的，在截止之前报名。"),
                gettext("为什么收到这封信：%(why)s。", why=WHY[To.QUALIFIED]),
            ]
        ),
    )
