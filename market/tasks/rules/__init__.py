"""Where each thing that waits is done, and who may do it. For every state of every object states.py says
who waits for whom. Tables alone.
"""

import dataclasses

from market.kernel.permits import SIGNED_IN


def N_(text: str) -> str:  # noqa: N802  (the mark that the message catalogue looks for)
    """A text that is shown through the catalogue."""
    return text


@dataclasses.dataclass(frozen=True)
class Desk:
    """The page where something is done ({subject} a public number, {row} the id behind the matter's
    colon), the permission that it needs, and what it is called; None: as its window is.
    """

    page: str
    may: str
    title: str | None = None


OF_WINDOWS: dict[str, Desk] = {
    "accounts.identity": Desk("/office/people/{row}", "person.verify"),
    "agencies.check": Desk("/office/enrolments/{subject}", "enrolment.check"),
    "agencies.decide": Desk("/office/enrolments", "enrolment.sign"),
    "agencies.objection": Desk("/office/enrolments", "agency.decide_objection"),
    "agencies.addition": Desk("/office/agencies/{subject}", "enrolment.check"),
    "agencies.representative": Desk("/office/agencies/{subject}", "enrolment.check"),
    "agencies.exit": Desk("/office/agencies/{subject}", "exit.confirm"),
    "agencies.deferred": Desk("/enrolment/outstanding/{row}", "enrolment.fill"),
    "agencies.deferred_check": Desk("/office/agencies/{subject}", "agency.check_document"),
    "agencies.correct": Desk("/enrolment", "enrolment.submit"),
    "agencies.state_case": Desk("/enrolment", "enrolment.submit"),
    "agencies.suspension_case": Desk("/enrolment/suspension", "enrolment.submit"),
    "owners.check": Desk("/office/owners/{subject}", "owner.check"),
    "notice.review": Desk("/office/notices/{row}", "notice.review"),
    "notice.change": Desk("/notices/changes/{row}", "notice.amend"),
    "result.pause_asked": Desk("/notices/{subject}/pause", "pause.decide"),
    "notice.question": Desk("/notices/questions/{row}", "question.answer"),
    "complaint.accept": Desk("/complaints/{subject}", "complaint.handle"),
    "complaint.decide": Desk("/complaints/{subject}", "complaint.handle"),
    "complaint.transfer": Desk("/complaints/{subject}", "complaint.handle"),
    "complaint.opinion": Desk("/complaints/{subject}", "complaint.handle"),
    "complaint.publish": Desk("/complaints/{subject}/publish", "complaint.handle"),
    "complaint.remedy": Desk("/complaints/{subject}/remedied", "complaint.handle"),
    "complaint.call_back": Desk("/complaints/{subject}/call-back", "complaint.call_back"),
    "complaint.tip": Desk("/office/tips/{subject}", "tip.read"),
    "complaint.hand_over": Desk("/office/tips/{subject}/hand-over", "tip.read"),
    "complaint.hand_over_ask": Desk("/office/tips/{subject}/hand-over", "tip.read"),
    "complaint.answer": Desk("/complaints/{subject}", "complaint.answer"),
    "complaint.complete": Desk("/complaints/{subject}", SIGNED_IN),
    "jurors.admit": Desk("/office/jurors/{subject}", "pool.desk"),
    "scored.accept": Desk("/judging/{subject}", "scored.judge"),
    "scored.sheets": Desk("/judging/{subject}", "scored.judge"),
    "shortlist.choose": Desk("/notices/{subject}/shortlist", "shortlist.choose"),
    "direct.choose": Desk("/notices/{subject}/agencies", "direct.choose"),
    "direct.answer": Desk("/notices/{subject}/offer", "direct.answer"),
    "contracts.confirm": Desk("/awards/{subject}", "award.confirm"),
    "contracts.sign": Desk("/awards/{subject}", "award.contract"),
    "credit.statement": Desk("/credit/{subject}", "credit.state"),
    "credit.measure_statement": Desk("/credit/{subject}", "credit.state"),
    "credit.appeal_decision": Desk("/credit/{subject}", "credit.appeal_decide"),
    "credit.repair_decision": Desk("/credit/{subject}", "credit.repair_decide"),
    "contracts.hearing": Desk("/awards/{subject}/statement", "award.state"),
    "contracts.find": Desk("/awards/{subject}/fault", "award.find"),
    "contracts.check": Desk("/contracts/{subject}/check", "contract.confirm"),
    "contracts.start": Desk("/contracts/{subject}/start", "contract.work"),
    "contracts.progress": Desk("/contracts/{subject}/report", "contract.work"),
    "contracts.deliver": Desk("/contracts/{subject}/deliver", "contract.work"),
    "contracts.rework": Desk("/contracts/{subject}/deliver", "contract.work"),
    "contracts.change": Desk("/contracts/{subject}/answer", "contract.change"),
    "contracts.object": Desk("/contracts/{subject}/speak", "contract.change"),
    "contracts.settle": Desk("/contracts/{subject}", "contract.change"),
    "contracts.stopped": Desk("/contracts/{subject}", "contract.change"),
    "contracts.inspect": Desk("/contracts/{subject}/inspect", "contract.accept"),
    "contracts.claim": Desk("/contracts/{subject}/acknowledge", "contract.claim_answer"),
    "contracts.pay": Desk("/contracts/{subject}/pay", "contract.pay"),
    "contracts.receipt": Desk("/contracts/{subject}/receipt/{row}", "contract.receive"),
    "oversight.answer": Desk("/oversight/questions/{row}", "oversight.answer"),
    "oversight.hand_over": Desk("/office/clues/{subject}", "clue.read"),
    "oversight.hand_over_ask": Desk("/office/clues/{subject}", "clue.read"),
    "oversight.sample": Desk("/office/samples/{subject}", "sample.read"),
    "cards.statement": Desk("/cards/{subject}", "card.state"),
    "cards.plan": Desk("/cards/{subject}", "card.state"),
    "cases.contact": Desk("/office/cases/{subject}", "case.handle"),
    "cases.rectify": Desk("/office/cases/{subject}", "case.handle"),
    "cases.call_back": Desk("/office/cases/{subject}", "case.call_back"),
    "cases.transferred": Desk("/office/cases/{subject}", "case.handle"),
    "cases.supervised": Desk("/office/cases/{subject}", "case.handle"),
    "cases.pain": Desk("/pain-points/{subject}", "pain.work"),
    "evaluations.evaluate": Desk("/contracts/{subject}/evaluation/give", "evaluation.give"),
    "evaluations.answer": Desk("/contracts/{subject}/evaluation/answer", "evaluation.speak"),
    "evaluations.appeal_decision": Desk("/office/evaluations", "evaluation.decide"),
}
"""Kind of window -> where it is met while nothing else is said of the matter."""
NO_TASK = {
    "agencies.publicity": "others may object; the agency has nothing to do",
    "credit.appeal": "the party may appeal; it has nothing to do",
    "evaluations.reply": "who was evaluated may reply; it has nothing to do",
    "evaluations.appeal": "who was evaluated may appeal; it has nothing to do",
    "complaint.filing": "anybody may complain; nobody has to",
}
"""Kinds of windows of people's time that nobody has to meet, and why."""
STAGES: dict[str, Desk] = {
    "notice.publish": Desk("/office/notices/{row}", "notice.publish", N_("公告待发布")),
    "question.publish": Desk(
        "/notices/questions/{row}", "question.publish", N_("对提问的答复待审核公布")
    ),
    "notice.refuse": Desk("/office/notices/{row}", "notice.refuse", N_("不予发布的意见待复核")),
    "complaint.sign": Desk(
        "/complaints/{subject}/sign", "complaint.sign", N_("投诉拟办意见待审签")
    ),
    "unsigned.sign": Desk(
        "/awards/{subject}/fault/sign", "award.find_sign", N_("未签合同的责任认定待审签")
    ),
    "owner.second": Desk(
        "/office/owners/{subject}", "owner.second", N_("业主登记不予通过的意见待复核")
    ),
}
"""Who has a matter while its window runs on: the second person, or whoever comes next."""
WITHOUT_CLOCK: dict[str, Desk] = {
    "notice.sign": Desk("/notices/{row}/check", "notice.sign", N_("公告待审签")),
    "change.sign": Desk("/notices/changes/{row}", "notice.sign", N_("公告更正待审签")),
    "pause.sign": Desk("/notices/{subject}/pause", "pause.sign", N_("暂停公告待审签")),
    "notice.mend": Desk("/notices/{row}/edit", "notice.draft", N_("公告被退回，待修改后再提交")),
    "attachment.decide": Desk(
        "/notices/attachments/{row}", "attachment.withdraw", N_("附件待另一人决定是否撤下")
    ),
    "owner.mend": Desk("/owners/mine", "owner.mend", N_("业主登记待补正")),
    "representative.tell": Desk(
        "/enrolment/representative", "enrolment.fill", N_("法定代表人证件号码待补报")
    ),
    "proposal.sign": Desk("/complaints/{subject}/sign", "complaint.sign", N_("投诉意见待审签")),
    "answer.publish": Desk("/office/answers/{subject}", "answer.publish", N_("问答待审核公布")),
    "decision.publish": Desk(
        "/complaints/{subject}/publish", "complaint.handle", N_("处理决定待公开")
    ),
    "decision.remedy": Desk(
        "/complaints/{subject}/remedied", "complaint.handle", N_("待报告已纠正")
    ),
    "decision.call_back": Desk(
        "/complaints/{subject}/call-back", "complaint.call_back", N_("待回访")
    ),
    "tip.read": Desk("/office/tips/{subject}", "tip.read", N_("举报线索待阅处")),
    "tip.close": Desk("/office/tips/{subject}", "tip.read", N_("举报线索待另一人办结")),
    "standing.sign": Desk(
        "/office/agencies/{subject}", "agency.sign_standing", N_("暂停报名或恢复报名待签发")
    ),
    "revocation.propose": Desk(
        "/office/agencies/{subject}",
        "agency.propose_revocation",
        N_("容缺材料逾期，撤销程序待提出意见"),
    ),
    "erasure.sign": Desk("/office/erasures", "erasure.sign", N_("删除个人信息待审签")),
    "source.lose": Desk("/office/sources", "source.lose", N_("见证值逾时未到，待认定失效")),
    "lottery.report": Desk("/office/sources", "lottery.report", N_("选取等候彩票开奖号码，待录入")),
    "calendar.approve": Desk("/office/calendar", "calendar.approve", N_("工作日历待批准")),
    "rulebook.approve": Desk("/office/rulebook", "rulebook.approve", N_("办法参数待批准")),
    "credit.decide": Desk("/credit/{subject}", "credit.decide", N_("履约记录待决定")),
    "suspension.sign": Desk("/credit/{subject}", "credit.sign_suspension", N_("拟暂停报名待签发")),
    "card.propose": Desk("/office/cards", "card.propose", N_("效能问题已达到次数，待提出效能提示")),
    "card.issue": Desk("/cards/{subject}", "card.issue", N_("效能提示待另一人决定")),
    "talk.hold": Desk("/credit/{subject}", "credit.talk", N_("约谈记录待写")),
    "talk.sign": Desk("/credit/{subject}", "credit.sign_talk", N_("约谈记录待签字")),
    "auction.resume": Desk(
        "/notices/{subject}/auction", "auction.freeze", N_("竞价因故障暂停，待公告恢复的时间")
    ),
    "order.sign": Desk(
        "/office/selections/{subject}/suspension",
        "suspension.sign",
        N_("责令暂停（或解除）待签发"),
    ),
    "flag.second": Desk("/office/flags/{row}", "flag.judge", N_("风险提示待另一人复核")),
    "basis.decide": Desk("/office/behaviours", "basis.decide", N_("行为清单的依据待批准")),
    "windows.settle": Desk(
        "/office/windows", "windows.settle", N_("工作日历变动前已结束的期限待核对")
    ),
}
"""What waits though no clock runs on it."""


def desk(name: str) -> Desk:
    """Where what is called so is done. KeyError: it stands in no table."""
    return next(table[name] for table in (STAGES, OF_WINDOWS, WITHOUT_CLOCK) if name in table)
