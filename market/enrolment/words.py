"""Words of enrolment: refusals, facts on the log, states with their colours (docs/rules.md#states)."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from market.agencies import words as agency_words
from market.agencies.queries import QualificationCard
from market.agencies.rules import Fact
from market.agencies.words import LINE_STATES, STATES, TIERS, TYPES, line_tag
from market.enrolment.queries import CorrectionCard
from market.enrolment.rules import Outcome, Section
from market.web.shown import Part

__all__ = [
    "DUES",
    "EVENTS",
    "FIELDS",
    "INTENDED",
    "IN_PUBLICITY",
    "LINE_STATES",
    "OBJECTED",
    "OUTCOMES",
    "SECTIONS",
    "SHOWN",
    "STATES",
    "TIERS",
    "TIMELINE",
    "TYPES",
    "WORDS",
    "about",
    "line_tag",
]

FIELDS = {
    "name": _l("机构名称"),
    "type": _l("机构类型"),
    "region": _l("登记地区代码"),
    "legal_representative": _l("法定代表人（负责人）"),
    "representative_number": _l("法定代表人证件号码"),
    "capital_fen": _l("注册资本"),
    "established_on": _l("成立日期"),
    "address": _l("办公地址"),
    "contact_person": _l("联系人"),
    "contact_phone": _l("联系电话"),
    "contact_email": _l("电子邮箱"),
    "shows_contact": _l("在机构公开页面显示联系人、电话和邮箱"),
    "intro": _l("机构简介"),
}
"""The fields of the basics, in their order."""
WORDS = {
    "agency.representative_number": _l(
        "“法定代表人证件号码”不正确：居民身份证为 18 位，末位可能是 X，请逐位核对；没有居民身份证的，填护照或通行证号码。"
    ),
    "agency.no_enrolment": _l("没有这件入驻申请。"),
    "agency.no_objection": _l("没有这件异议。"),
    # filling in
    "agency.bad_uscc": _l("统一社会信用代码 %(uscc)s 校验不符，请对照营业执照逐位核对。"),
    "agency.already": _l(
        "统一社会信用代码 %(uscc)s 已有入驻记录，一家机构只入驻一次。如由贵机构人员办理，请用其账号登录继续，"
        "或请其在“成员”中添加您；如不是，请联系中介超市协管办。"
    ),
    "agency.not_editable": _l(
        "申请已提交，正在办理，现在不能修改。如需更正，请等核验意见或联系协管办。"
    ),
    "agency.no_name": _l("请填写机构名称。"),
    "agency.bad_email": _l("“电子邮箱”不是有效地址，例如 office@example.org"),
    "agency.bad_region": _l(
        "登记地区代码 %(region)s 不存在，请填 6 位行政区划代码，例如 360481（瑞昌市）。"
    ),
    "agency.founded_later": _l("成立日期不能晚于今天。"),
    "agency.negative_capital": _l("注册资本不能是负数。"),
    "agency.unknown_item": _l("服务事项目录里没有编号为 %(item)s 的事项，请重新选择。"),
    "agency.too_many_lines": _l("一次最多选择 %(most)s 个服务事项。"),
    "agency.too_many_qualifications": _l("最多填写 %(most)s 份资质或备案。"),
    # what is owed before submission
    "agency.incomplete_lines": _l("还没有选择服务事项。"),
    "agency.no_scan": _l("“%(name)s”还没有上传扫描件。"),
    "agency.uncovered": _l(
        "事项 %(item)s 需要“%(names)s”（专业和等级见办事指南），还没有填写对应且有效的资质或备案；"
        "不承接这一事项的，请在服务事项中取消。"
    ),
    "agency.incomplete_commitment": _l(
        "还没有签署告知承诺；所选事项或机构名称改动后需要重新签署。"
    ),
    "agency.not_mended": _l(
        "还有 %(count)s 条补正意见没有处理。请打开标有“待补正”的部分修改；没有修改的，请在下面说明理由。"
    ),
    "agency.checked_already": _l("已核验的资质不能改动或删去。换了新证的，请另外添加。"),
    # documents that may come later
    "agency.undocumented": _l("“%(name)s”还没有上传，也没有选择以后补交。"),
    "agency.promised_before": _l("“%(name)s”上次已容缺，没有按期补交，这次须先上传。"),
    "agency.complete_addition": _l("增加事项须一次交齐：请先上传“%(name)s”。"),
    "agency.no_document": _l("没有这份材料。"),
    "agency.document_accepted": _l("这份材料已核验或已容缺，不能在这里改。"),
    "agency.document_not_owed": _l("这份材料现在不用补交，可能已核验通过。请刷新页面查看。"),
    "agency.document_replaced": _l("机构刚刚换了一个文件。请回到机构页面，查看新的文件再核验。"),
    "agency.document_not_there": _l(
        "这份材料现在没有待核验的文件，可能已由他人办理。请刷新页面查看。"
    ),
    "agency.nothing_late": _l("没有逾期未补的材料。已补齐的，请终止程序、保留入驻。"),
    "agency.new_days": _l("新的期限为 1 到 %(most)s 个工作日，不超过原来的容缺时限。"),
    "agency.documents_missing": _l("还有逾期未补的材料。保留入驻须先由另一人提出新的期限。"),
    "agency.no_revocation_proposed": _l(
        "还没有人提出撤销的意见。撤销由两人决定：一人提出，另一人签发。"
    ),
    "agency.nothing_added": _l("请选择要增加的事项，或先添加要更新的资质。"),
    "agency.nothing_to_check": _l("这家机构没有待核验的增项申请，可能已由他人办理。"),
    "agency.representative_waits": _l("上一次填报的法定代表人正在核验，办结后才能再报。"),
    "agency.representative_same": _l("姓名和证件号码与已登记的相同，不用再报。"),
    "agency.no_representative": _l("这家机构没有待核验的法定代表人信息，可能已由他人办理。"),
    # the check
    "agency.no_proposal": _l("没有等待签发的意见，可能已由他人办理。请刷新页面查看。"),
    "agency.same_person": _l(
        "同一件事不能由同一个人办两次：填报、核验、复核、异议处理须由不同的人办理。"
    ),
    "agency.second_correction": _l(
        "补正意见只能一次性告知：第一次核验时就能看出的问题，不得再次要求补正。请通过，或提出不予入驻。"
    ),
    "agency.no_corrections": _l("请至少写明一条需要补正的内容。"),
    "agency.too_many_corrections": _l("补正意见最多 %(most)s 条，每条最多 4000 字。"),
    "agency.unreasoned": _l("理由、法律依据、救济途径都要写明，每项最多 4000 字。"),
    "agency.may_still_state": _l("机构的陈述申辩期到 %(due)s 24:00，在此之前不能签发决定。"),
    "agency.nothing_to_state": _l("现在没有等待陈述的拟办意见，或陈述期已过。"),
    "agency.statement_length": _l("请写明陈述内容，最多 %(most)s 字。"),
    # publicity
    "agency.not_in_publicity": _l("这家机构不在入驻公示期内。仍有问题要反映的，可以作为线索提交。"),
    "agency.objected_already": _l("您已对这家机构的入驻提出过异议，正在核实或已有答复。"),
    "agency.objection_decided": _l("这件异议已有处理结果。"),
    "agency.text_length": _l("请写 %(least)s 到 %(most)s 个字。"),
    # standing
    "agency.fact": _l(
        "请选择登记簿上的一项事实。对行为的暂停报名，须以一条已记入的履约记录为依据。"
    ),
    "agency.until_missing": _l("请填写暂停到哪一天。暂停报名须有期限，到期自动恢复。"),
    "agency.until_past": _l("暂停期的最后一天须在今天之后。"),
    "agency.until_too_long": _l("暂停期最长到 %(last)s。"),
    "agency.proposal_waits": _l("已有一份意见等待签发。请等签发人签发或不予签发。"),
    # leaving
    "agency.matter_pending": _l(
        "还有一件事正在办理（入驻异议、增项核验，或等待签发的意见），办结后才能办理退出或清退。"
    ),
    "agency.barred_until": _l("不再受理申请的最后一天须在今天之后，最长到条款允许的 %(last)s。"),
    "agency.barred": _l(
        "贵机构（或同一法定代表人的另一机构）已被清退，%(until)s 以后可以再申请入驻。填写的内容会保留。"
    ),
}
EVENTS = {
    "enrolment.submitted": _l("提交入驻申请"),
    "enrolment.returned": _l("一次性告知补正"),
    "enrolment.lapsed": _l("补正期满未提交，申请终止"),
    "enrolment.passed": _l("形式核验通过"),
    "enrolment.refusal_proposed": _l("拟不予入驻，机构可陈述"),
    "enrolment.refused": _l("不予入驻"),
    "agency.case_stated": _l("机构提交陈述"),
    "agency.activated": _l("入驻生效"),
    "agency.addition_requested": _l("申请增项或更新资质"),
    "agency.lines_opened": _l("增项核验通过"),
    "agency.addition_returned": _l("增项申请退回"),
    "agency.representative_told": _l("填报法定代表人"),
    "agency.representative_confirmed": _l("法定代表人核验通过"),
    "agency.representative_returned": _l("法定代表人信息退回"),
    "agency.objection_filed": _l("收到入驻异议"),
    "agency.objection_decided": _l("入驻异议核实完毕"),
    "agency.revoked": _l("入驻撤销"),
    "agency.kept": _l("撤销程序终止，保留入驻"),
    "agency.suspended": _l("暂停报名"),
    "agency.suspension_proposed": _l("拟暂停报名"),
    "agency.suspension_dropped": _l("不予暂停报名"),
    "agency.reinstated": _l("恢复报名"),
    "enrolment.documents_deferred": _l("容缺入驻"),
    "enrolment.document_submitted": _l("补交一份容缺材料"),
    "enrolment.document_returned": _l("退回一份容缺材料"),
    "enrolment.document_accepted": _l("一份容缺材料核验通过"),
    "enrolment.documents_completed": _l("容缺材料已补齐"),
    "agency.revocation_opened": _l("容缺材料逾期未补，暂停报名，启动撤销程序"),
    "agency.revocation_proposed": _l("撤销程序的拟办意见"),
    "agency.due_renewed": _l("容缺材料给新的期限"),
    "agency.exit_asked": _l("机构申请退出"),
    "agency.exit_withdrawn": _l("机构撤回退出申请"),
    "agency.exited": _l("机构退出"),
    "agency.removal_proposed": _l("拟清退，机构可陈述"),
    "agency.removal_dropped": _l("不予清退"),
    "agency.removed": _l("清退"),
}
TIMELINE = agency_words.EVENTS | EVENTS
"""What an agency's page tells of it."""
INTENDED = frozenset(
    {
        "agency.exit_asked",
        "agency.exit_withdrawn",
        "agency.removal_proposed",
        "agency.removal_dropped",
        "agency.revocation_proposed",
        "agency.representative_told",
        "agency.representative_returned",
    }
)
"""Facts that the public page leaves to the log: an intention is no decision (docs/rules.md#states).
"""
FACTS = {
    Fact.ABNORMAL: _l("列入经营异常名录"),
    Fact.DISHONEST: _l("列入严重违法失信主体名单，或为失信被执行人"),
    Fact.LICENCE: _l("营业执照被吊销或注销"),
    Fact.CERTIFICATE: _l("资质被发证机关暂扣、吊销或注销"),
}
"""What of itself stops new entries until it is cured."""
IN_PUBLICITY = (_l("入驻公示中"), "blue")
OBJECTED = (_l("异议核实中"), "yellow")
SECTIONS = {
    Section.BASICS: _l("基本信息"),
    Section.LINES: _l("服务事项"),
    Section.QUALIFICATIONS: _l("资质和备案"),
    Section.COMMITMENT: _l("告知承诺"),
}
SHOWN = {
    "agency.name": Part(_l("机构名称")),
    "agency.uscc": Part(_l("统一社会信用代码")),
    "agency.basics": Part(_l("基本信息"), is_said=False),
    "agency.items": Part(_l("服务事项"), is_said=False),
    "agency.qualifications": Part(_l("资质和备案"), is_said=False),
    "agency.documents": Part(_l("容缺材料"), is_said=False),
    "agency.commitment": Part(_l("告知承诺"), is_said=False),
    "representative.name": Part(_l("法定代表人（负责人）")),
    "agency.proposes_suspension": Part(_l("拟办"), is_said=False),
    "agency.proposed_fact": Part(
        _l("登记簿上的事实"), {fact.value: text for fact, text in FACTS.items()}
    ),
    "agency.proposed_reason": Part(_l("原因和依据")),
    "agency.proposed_until": Part(_l("暂停报名至")),
    "agency.proposed_statement": Part(_l("机构陈述")),
    "enrolment.reasons": Part(_l("理由")),
    "enrolment.basis": Part(_l("法律依据")),
    "enrolment.remedy": Part(_l("救济途径")),
    "enrolment.statement": Part(_l("机构陈述")),
    "enrolment.proposed_days": Part(_l("拟办"), is_said=False),
    "departure.reasons": Part(_l("理由")),
    "departure.basis": Part(_l("法律依据")),
    "departure.remedy": Part(_l("救济途径")),
    "departure.record": Part(_l("所依据的履约记录")),
    "departure.barred_until": Part(_l("不再受理申请至")),
    "departure.statement": Part(_l("机构陈述")),
    "document.file": Part(_l("文件"), is_said=False),
    "document.submitted_at": Part(_l("提交时间")),
    "objection.reason": Part(_l("异议内容")),
}
OUTCOMES = {Outcome.KEPT: _l("异议不成立，保留入驻"), Outcome.REVOCATION: _l("启动撤销程序")}
DUES = {
    "agencies.check": _l("核验期限"),
    "agencies.addition": _l("增项核验期限"),
    "agencies.representative": _l("法定代表人核验期限"),
    "agencies.correct": _l("补正期限"),
    "agencies.state_case": _l("陈述申辩期限"),
    "agencies.decide": _l("决定期限"),
    "agencies.exit": _l("退出确认期限"),
    "agencies.deferred": _l("补交期限"),
    "agencies.deferred_check": _l("容缺材料核验期限"),
}
PHRASES = {
    "basics": (
        _l("注册地址与营业执照不一致，请按营业执照填写。"),
        _l("法定代表人姓名与营业执照不一致，请核对。"),
        _l("联系电话无法接通，请提供能联系到经办人的电话。"),
    ),
    "lines": (_l("所选事项超出已填资质的专业范围，请减少事项或补充资质。"),),
    "qualifications": (
        _l("扫描件不清晰，看不清编号或有效期，请重新上传。"),
        _l("证书有效期已过，请上传有效的证书。"),
        _l("证书编号与扫描件不一致，请核对。"),
        _l("扫描件缺页，请上传完整的证书。"),
    ),
    "commitment": (_l("告知承诺书须由法定代表人或授权签署人签署。"),),
}
"""Ready phrases for the one correction list, by its field."""

WORDS |= {
    f"agency.owes_{name}": _l("请填写“%(label)s”", label=label) for name, label in FIELDS.items()
}


def about(opinion: CorrectionCard, held: Iterable[QualificationCard]) -> str:
    """What an opinion is about: the section, and of it the field or the certificate."""
    section = str(SECTIONS[opinion.section])
    names = {f"qualification:{of.id}": of.name for of in held}
    field = names.get(opinion.field or "") or FIELDS.get(opinion.field or "")
    return f"{section} · {field}" if field else section
