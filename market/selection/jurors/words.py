"""Words of the pool."""

from flask_babel import lazy_gettext as _l

from market.selection.jurors.rules import MemberState, Step, Why
from market.web.shown import Part

WORDS = {
    "pool.none": _l("没有找到这位评审专家。"),
    "pool.no_body": _l("请选择受理的行业主管部门。"),
    "pool.no_category": _l("请至少选择一个服务类型。"),
    "pool.text": _l("请写明内容，最多 %(most)s 个字。"),
    "pool.code": _l("“%(typed)s”不是有效的统一社会信用代码；每行写一个，最多 30 个。"),
    "pool.wrong_state": _l("现在的状态不能这样办理。请刷新页面查看。"),
    "pool.proposed": _l("主管部门已提出意见，待另一人签发；签发后再修改。"),
    "pool.not_proposed": _l("还没有提出意见，或者已经签发过。请刷新页面查看。"),
    "pool.same_person": _l("提出意见的人和专家本人不能签发，请由另一位同事办理。"),
    "pool.own": _l("对自己的申请和在库状态，不能自己提出意见，请由同事提出。"),
    "pool.other_body": _l("您以前的申请由%(body)s办理，请仍选这个主管部门；它知道当时的理由。"),
    "pool.full": _l("专家库最多 %(most)s 人，不能再增加。"),
}
EVENTS = {
    "expert.applied": _l("申请加入评审专家库"),
    "expert.proposed": _l("主管部门提出审核意见"),
    "expert.decided": _l("主管部门已签发"),
    "expert.left": _l("退出评审专家库"),
    "jurors.pool": _l("评审专家库人数和摘要已公布"),
    "jurors.listed": _l("评审专家候选名单已写入日志（加盐摘要）"),
}
STATES = {
    MemberState.APPLIED: (_l("待审核"), "yellow"),
    MemberState.ADMITTED: (_l("在库"), "green"),
    MemberState.SUSPENDED: (_l("暂停评审"), "yellow"),
    MemberState.REFUSED: (_l("未入库"), "grey"),
    MemberState.LEFT: (_l("已退出"), "grey"),
}
STEPS = {
    Step.ADMIT: _l("同意入库"),
    Step.REFUSE: _l("不予入库"),
    Step.RENEW: _l("续期一年"),
    Step.SUSPEND: _l("暂停评审"),
    Step.RESTORE: _l("恢复评审"),
}
SOURCES = {
    "none": _l("没有启用"),
    "own": _l("本地评审专家库"),
    "city": _l("本地评审专家库"),  # as versions from before say it: there is one pool
    "province": _l("本地评审专家库"),
}
WHY = {
    Why.CATEGORY: _l("不评这一类服务"),
    Why.EMPLOYER: _l("在业主或报名机构任职"),
    Why.INTEREST: _l("申报过与业主或报名机构有关"),
    Why.LAPSED: _l("入库期限已过"),
    Why.LEFT: _l("已退出专家库"),
    Why.ROTATION: _l("连续评审过该业主的前两次选取，本次轮换"),
    Why.SEATED: _l("已作为业主代表参加"),
    Why.SUSPENDED: _l("暂停评审"),
}
SHOWN = {
    "pool_member.number": Part(_l("编号")),
    "pool_member.state": Part(
        _l("状态"), {of.value: label for of, (label, _colour) in STATES.items()}
    ),
    "pool_member.step": Part(_l("拟办意见"), {of.value: label for of, label in STEPS.items()}),
    "pool_member.reason": Part(_l("理由"), is_said=False),
    "pool_member.categories": Part(_l("服务类型"), is_said=False),
    "pool_member.employer": Part(_l("工作单位"), is_said=False),
    "pool_member.codes": Part(_l("须回避的单位"), is_said=False),
    "pool_member.grounds": Part(_l("专业经历"), is_said=False),
}
