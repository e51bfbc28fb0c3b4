"""Words of reputation."""

from flask_babel import lazy_gettext as _l

from market.reputation.rules import (
    Act,
    Band,
    BasisState,
    CreditState,
    Grade,
    MeasureKind,
    MeasureState,
    Party,
    Source,
    TalkState,
)
from market.web.shown import Part

WORDS = {
    "credit.none": _l("没有找到这条履约记录。"),
    "credit.no_behaviour": _l("行为清单里没有这一项。"),
    "credit.no_basis": _l("没有找到这条依据。"),
    "credit.wrong_state": _l(
        "这条履约记录现在的状态不能这样办理，可能已有同事处理。请刷新页面查看。"
    ),
    "credit.no_party": _l(
        "平台上没有这个“统一社会信用代码”的单位，或它不属于这一项行为所指的一方。"
    ),
    "credit.public_bodies_only": _l("这一项只适用于机关、事业单位、人民团体，不适用于这个业主。"),
    "credit.own_party": _l("对本单位的行为，请由其他单位提出。"),
    "credit.points": _l("请按处罚决定选择记分：%(points)s。"),
    "credit.fact": _l("请用一句话写明“事实”，最多 %(most)s 个字。"),
    "credit.evidence": _l("请写明“证据”，最多 %(most)s 个字。"),
    "credit.future": _l("“发生日期”不能晚于今天。"),
    "credit.no_matter": _l("公开日志里没有这个编号，请核对“所涉事项的编号”，没有的可以不填。"),
    "credit.body": _l("所选的单位不能决定这一项，请改选。"),
    "credit.no_body": _l("平台上还没有能够决定这一项的单位和人员，请联系系统管理员。"),
    "credit.twice": _l("同一行为已经提出过（%(number)s），一事只记一次。"),
    "credit.text": _l("请写明理由或说明，最多 %(most)s 个字。"),
    "credit.nothing_to_state": _l("陈述申辩的期限已过，或者已经陈述过一次。"),
    "credit.may_still_state": _l("当事方可在 %(due)s 24:00 前陈述申辩，在此之前不能认定。"),
    "credit.same_person": _l("这是由您提出的，请由另一位同事决定。"),
    "credit.had_a_hand": _l("您经办过这条记录，申诉请由没有经手的人决定。"),
    "credit.appeal_over": _l("申诉的期限已过，或者已经申诉过一次。"),
    "credit.not_repairable": _l("这一条不需要、也不能申请修复。"),
    "credit.repair_early": _l("从 %(first)s 起可以申请修复。"),
    "credit.repair_again": _l("记入之后又有同一等级的记录，暂不能修复。"),
    "credit.no_commitment": _l("请勾选公开承诺。"),
    "credit.no_measure": _l(
        "这条记录不能引起该措施：须已记入、清单写明该措施，并有写明上限的条款作依据。"
    ),
    "credit.days": _l("“暂停的日数”为 1 到 %(most)s 日，上限由条款规定。"),
    "credit.measure_waits": _l("这条记录已经提出过暂停报名，请刷新页面查看。"),
    "credit.measure_state": _l(
        "暂停报名现在的状态不能这样办理，可能已有同事处理。请刷新页面查看。"
    ),
    "credit.suspended": _l(
        "贵机构（或同一法定代表人的另一机构）被暂停报名或清退，到 %(until)s 24:00 为止，"
        "不能报名新公告。依据见“正在执行的措施”。"
    ),
    "credit.no_talk": _l("只有对机构已记入的记录才能约谈。"),
    "credit.talk_waits": _l("这条记录已经约定了一次约谈，请刷新页面查看。"),
    "credit.talk_day": _l("“约谈日期”须在今天之后。"),
    "credit.talk_early": _l("约谈定在 %(on)s，之后才能写记录。"),
    "credit.talk_state": _l("约谈现在的状态不能这样办理。请刷新页面查看。"),
    "credit.basis_done": _l("这条依据已经处理过，请刷新页面查看。"),
    "credit.basis_not_agency": _l("只有对中介服务机构的行为才需要填写依据。"),
    "credit.basis_article": _l("请写明文件名称和条款，最多 %(most)s 个字。"),
    "credit.basis_cap": _l("“暂停报名、清退的上限”为 1 到 %(most)s 日；取消依据时不填。"),
    "credit.basis_future": _l("“生效日期”须晚于今天。"),
}

EVENTS = {
    "credit.proposed": _l("提出履约记录"),
    "credit.stated": _l("当事方已陈述申辩"),
    "credit.decided": _l("履约记录已作出决定"),
    "credit.appealed": _l("当事方提出申诉"),
    "credit.appeal_decided": _l("申诉已作出决定"),
    "credit.repair_asked": _l("申请修复"),
    "credit.repair_decided": _l("修复已作出决定"),
    "credit.expired": _l("履约记录期满归档"),
    "credit.suspension_proposed": _l("拟暂停报名"),
    "credit.suspension_stated": _l("机构已对拟暂停报名陈述申辩"),
    "credit.suspension_decided": _l("暂停报名已作出决定"),
    "credit.suspension_ended": _l("暂停报名结束"),
    "credit.removal_in_force": _l("清退生效"),
    "credit.removal_ended": _l("清退期满或终止"),
    "credit.talk_called": _l("约谈机构"),
    "credit.talk_held": _l("约谈记录已写，待机构签字"),
    "credit.talk_ended": _l("约谈结束"),
    "behaviour.basis_proposed": _l("提出行为清单的依据"),
    "behaviour.basis_decided": _l("行为清单的依据已作出决定"),
}

STATES = {
    CreditState.PROPOSED: (_l("拟记入，可陈述"), "yellow"),
    CreditState.IN_FORCE: (_l("已记入"), "blue"),
    CreditState.DROPPED: (_l("不予记入"), "grey"),
    CreditState.APPEALED: (_l("申诉中"), "yellow"),
    CreditState.VOID: (_l("申诉成立，已撤销"), "green"),
    CreditState.REPAIRING: (_l("申请修复中"), "yellow"),
    CreditState.REPAIRED: (_l("已修复"), "green"),
    CreditState.EXPIRED: (_l("已期满"), "grey"),
}
ACTS = {
    Act.PROPOSED: _l("提出"),
    Act.STATED: _l("陈述申辩"),
    Act.CONFIRMED: _l("决定记入"),
    Act.DROPPED: _l("决定不予记入"),
    Act.APPEALED: _l("申诉"),
    Act.UPHELD: _l("申诉成立，撤销记录"),
    Act.REJECTED: _l("申诉不成立，维持记录"),
    Act.REPAIR_ASKED: _l("申请修复，并公开承诺"),
    Act.REPAIRED: _l("同意修复"),
    Act.REPAIR_REFUSED: _l("不予修复"),
    Act.EXPIRED: _l("期满归档"),
}
GRADES = {
    Grade.MINOR: (_l("一般"), "grey"),
    Grade.SERIOUS: (_l("较重"), "yellow"),
    Grade.GRAVE: (_l("严重"), "red"),
    Grade.MERIT: (_l("守信"), "green"),
    Grade.FAULT: (_l("效能问题"), "blue"),
}
PARTIES = {
    Party.AGENCY: _l("中介服务机构"),
    Party.OWNER: _l("项目业主"),
    Party.OFFICE: _l("中介超市协管办"),
    Party.REGULATOR: _l("行业主管部门"),
    Party.JUROR: _l("评审专家"),
    Party.WITNESS: _l("见证单位"),
}
DUTIES = {
    "clock": _l("系统"),
    "enrolment_checker": _l("入驻核验员"),
    "office_head": _l("协管办负责人"),
    "case_officer": _l("服务专员"),
    "callback_officer": _l("回访员"),
    "complaint_officer": _l("投诉承办人"),
    "complaint_signatory": _l("投诉审签人"),
    "regulator_officer": _l("行业监管员"),
    "regulator_signatory": _l("行业主管部门审签人"),
    "finance_supervisor": _l("财政监督员"),
    "authority_assigner": _l("管理机构指派人"),
    "inspector": _l("监察员"),
}
SOURCES = {
    Source.LAW: _l("法律"),
    Source.REGULATION: _l("行政法规、地方性法规"),
    Source.STATE_COUNCIL: _l("国务院文件"),
    Source.PROVINCIAL: _l("省级办法"),
    Source.NONE: _l("取消原有依据"),
}
BASIS_STATES = {
    BasisState.PROPOSED: (_l("待批准"), "yellow"),
    BasisState.APPROVED: (_l("已批准"), "green"),
    BasisState.REJECTED: (_l("未批准"), "grey"),
}
MEASURES = {
    MeasureState.PROPOSED: (_l("拟暂停报名，可陈述"), "yellow"),
    MeasureState.IN_FORCE: (_l("暂停报名"), "red"),
    MeasureState.DROPPED: (_l("不予暂停报名"), "grey"),
    MeasureState.ENDED: (_l("已恢复报名"), "green"),
}
REMOVALS = {
    MeasureState.IN_FORCE: (_l("清退"), "red"),
    MeasureState.ENDED: (_l("清退期满或终止"), "grey"),
}
MEASURES_OF = {MeasureKind.SUSPENSION: MEASURES, MeasureKind.REMOVAL: REMOVALS}
MEASURE_KINDS = {MeasureKind.SUSPENSION: _l("暂停报名"), MeasureKind.REMOVAL: _l("清退")}
TALKS = {
    TalkState.CALLED: (_l("已约定"), "yellow"),
    TalkState.HELD: (_l("待机构签字"), "yellow"),
    TalkState.SIGNED: (_l("双方已签字"), "green"),
    TalkState.UNSIGNED: (_l("机构未签字"), "grey"),
    TalkState.CANCELLED: (_l("已取消"), "grey"),
}
BANDS = {
    Band.A: _l("A（良好）"),
    Band.B: _l("B（正常）"),
    Band.C: _l("C（需关注）"),
    Band.D: _l("D（重点监管）"),
    Band.NEW: _l("新入驻"),
}
REASONS = {
    "suspended": _l("申诉期间暂不计算"),
    "expired": _l("已期满，不再计算"),
}
SHOWN = {
    "credit.behaviour": Part(_l("行为")),
    "credit.fact": Part(_l("事实")),
    "credit.points": Part(_l("记分")),
    "credit.state": Part(
        _l("状态"), {state.value: label for state, (label, _colour) in STATES.items()}
    ),
    "credit.steps": Part(_l("办理经过"), is_said=False),
    "credit.talk": Part(_l("约谈"), is_said=False),
    "credit.minutes": Part(_l("约谈记录"), is_said=False),
    "credit.measure": Part(_l("暂停报名"), is_said=False),
    "credit.measure_state": Part(
        _l("状态"), {state.value: label for state, (label, _colour) in MEASURES.items()}
    ),
    "credit.measure_days": Part(_l("暂停的日数")),
    "credit.measure_reason": Part(_l("理由"), is_said=False),
    "credit.measure_statement": Part(_l("陈述申辩"), is_said=False),
    "basis.code": Part(_l("行为")),
    "basis.source": Part(_l("依据的种类"), {of.value: label for of, label in SOURCES.items()}),
    "basis.article": Part(_l("文件名称和条款")),
    "basis.cap_days": Part(_l("暂停报名、清退的上限（日）")),
    "basis.in_force_from": Part(_l("生效日期")),
}
