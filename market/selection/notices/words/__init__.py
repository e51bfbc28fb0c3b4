"""Words of notices: refusals, facts on the log, states with their colours (docs/rules.md#states), codes as
people read them.
"""

import functools

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from market.selection.kinds import Failure, Fund
from market.selection.notices.queries import Tab
from market.selection.notices.rules.attachments import Side, Why
from market.selection.notices.rules.changes import ChangeState
from market.selection.notices.rules.conditions import Condition
from market.selection.notices.rules.states import NoticeState
from market.selection.notices.words.beside import BESIDE
from market.selection.notices.words.items import JOINED, MOST_ITEMS
from market.selection.notices.words.steps import STEPS
from market.selection.notices.words.ways import BY_PRICE, HOW, LOW, METHODS, STANDINGS
from market.web.shown import Part

PLEA = _l("如系误判，请写明理由，由审核员决定，理由随公告公开。")
"""What every possible condition that the scan of the text found ends with."""


def _pleading(finding: object) -> LazyString:
    """A finding and the plea behind it, joined as the reader's language joins sentences."""
    return _l("%(finding)s%(plea)s", finding=finding, plea=PLEA)


WORDS = BESIDE | {
    "notice.ceiling_promised": _l(
        "密封报价的公告不能调高最高限价：报价按公告发布时的限价开启和核对。需要调高的，请取消后重新发布。"
    ),
    "notice.keys_soon": _l(
        "这份公告的两把报价密钥还没有备好（密钥由平台后台进程和监管部门的见证程序各出一把），公告没有发布。"
        "请几分钟后再发布；仍不行的，请技术人员查看见证程序是否在线。"
    ),
    "notice.none": _l("没有这份选取公告。"),
    "notice.wrong_state": _l("这份公告现在的状态不能这样办理，可能刚由他人办理。请刷新页面查看。"),
    "notice.owner_not_approved": _l(
        "贵单位的项目业主登记尚未通过，暂不能发布公告。请先完成业主登记。"
    ),
    "notice.not_discardable": _l(
        "这份公告已经提交过，不能删除。不再需要的，请联系协管办，或者发布后取消。"
    ),
    "notice.not_editable": _l("公告已经提交，不能再修改。需要修改的，请联系审签人或协管办退回。"),
    "notice.same_person": _l(
        "行政事业单位的公告须由经办人以外的人审签。请由本单位其他审签人签发。"
    ),
    "notice.returned_once": _l(
        "这份公告已经退回过一次。需要修改的内容应一次性告知，现在只能发布，或说明应走的渠道后不予发布。"
        "只因时间已不足而不能发布的，可以再退回调整时间，不计入次数。"
    ),
    "notice.no_reasons": _l("请写明理由，一次性列出全部问题。"),
    "notice.no_channel": _l("不予发布的，请写明应走的渠道。"),
    "notice.no_proposal": _l("没有等待复核的不予发布意见。"),
    "notice.second_person": _l("不予发布须由两个人决定。这份意见由您提出，请由其他负责人复核。"),
    "notice.not_handed_in": _l(
        "这份公告不在等待审核。可能业主尚未签发，也可能已由他人办理。请刷新页面查看。"
    ),
    "notice.own_matter": _l(
        "这份公告由您经办、提交或签发，或者您是该项目业主的成员，不能由您审核或发布。请由协管办其他人员办理。"
    ),
    "notice.not_reviewed": _l("公告尚未通过合法性审核，不能发布。请公告审核员先审核。"),
    "notice.override_without_reason": _l(
        "文字扫描发现了可能的限制条件。审核认为不构成限制的，请写明理由，理由随公告公开。"
    ),
    "notice.amend_closed": _l("报名已经截止，公告不能再更正。"),
    "notice.words_moved": _l("公告在拟办之后又有更正。请退回承办人，对照现在的公告重新拟定。"),
    "notice.amend_earlier": _l("更正只能把报名截止和选取时间推后，不能提前。"),
    "notice.cancel_closed": _l("报名已经截止，名单即将或已经封存，公告不能再取消。"),
    "notice.not_relistable": _l("只有选取失败、已取消或结果被撤销的公告可以重新发布。"),
    "notice.missing": _l("这一项必须填写，公告发布后所有人都能看到。"),
    "notice.urgent_without_reason": _l("紧急项目缩短报名时间的，请写明理由，理由随公告公开。"),
    "notice.item_not_in_catalogue": _l(
        "这个事项不在中介服务事项清单内。清单之外的事项不能发布选取公告。"
    ),
    "notice.beyond_catalogue": _l(
        "资质要求“%(words)s”超出了事项清单的要求。清单只要求：%(allowed)s。请按清单填写。"
    ),
    "notice.no_ceiling": _l("请填写最高限价，按元填写，须大于 0。"),
    "notice.fiscal_percent": _l(
        "财政性资金占比应在 0 到 100 之间；资金来源为财政性资金的，占比须大于 0。"
    ),
    "notice.fiscal_direct": _l(
        "本项目含财政性资金（%(percent)s%%），不能直接选取，请改用其他选取方式。抢险救灾等紧急情形"
        "和涉密项目不在本平台选取；达到 %(limit)s采购限额的，请走政府采购。"
    ),
    "notice.way_never": _l("国有企业资金不能直接选取，只有社会资金可以。请改用其他选取方式。"),
    "notice.way_not_on": _l(
        "现行办法参数没有为这类资金开通这种选取方式。请改用表中列为“可用”的方式。"
    ),
    "notice.way_no_pool": _l(
        "财政资金和国有企业资金的评分，评审人员须从评审专家库随机抽取；本地没有评审专家库，不能用这种方式。请改用其他选取方式。"
    ),
    "notice.way_no_article": _l(
        "信用择优看机构在本地的履约情况，财政资金和国有企业资金只有省级规定明文要求时才能用；办法参数里没有写明条款。请改用其他选取方式。"
    ),
    "notice.way_no_marks": _l("本地没有启用履约记分，不能用信用择优。请改用其他选取方式。"),
    "notice.way_not_built": _l("这种选取方式尚在建设，暂不能用。请改用表中列为“可用”的方式。"),
    "notice.above_limit": _l(
        "本项目使用财政性资金，限价达到 %(limit)s采购限额，不能在本平台选取，请走政府采购。"
    ),
    "notice.split": _l(
        "本年度贵单位同一事项已用财政性资金发布 %(before)s，加上本项目达到 %(limit)s采购限额。"
        "不得拆分项目，请走政府采购。"
    ),
    "notice.condition.region": _l(
        "第 %(paragraph)s 段“%(words)s”是地域条件，任何项目都不能设置，公告暂不能提交。可改为“收到书面通知后 3 个工作日内完成现场踏勘”。"
        "如系误判，请写明理由，由审核员决定，理由随公告公开。"
    ),
    "notice.condition.performance": _pleading(
        _l(
            "第 %(paragraph)s 段“%(words)s”是业绩条件，任何项目都不能设置，公告暂不能提交。可改为“项目负责人具备清单要求的执业资格”。"
        )
    ),
    "notice.condition.capital": _pleading(
        _l(
            "第 %(paragraph)s 段“%(words)s”是注册资本、资产等规模条件，任何项目都不能设置，公告暂不能提交。可删去这一要求。"
        )
    ),
    "notice.condition.headcount": _pleading(
        _l(
            "第 %(paragraph)s 段“%(words)s”是人员数量条件，任何项目都不能设置，公告暂不能提交。可改为写明需要完成的工作和时间。"
        )
    ),
    "notice.condition.brand": _pleading(
        _l(
            "第 %(paragraph)s 段“%(words)s”是品牌条件，任何项目都不能设置，公告暂不能提交。可改为写明需要达到的技术指标。"
        )
    ),
    "notice.condition.age": _pleading(
        _l(
            "第 %(paragraph)s 段“%(words)s”是成立年限条件，任何项目都不能设置，公告暂不能提交。可改为“具备清单要求的资质”。"
        )
    ),
    "notice.condition.ownership": _pleading(
        _l(
            "第 %(paragraph)s 段“%(words)s”是企业所有制条件，任何项目都不能设置，公告暂不能提交。可删去这一要求。"
        )
    ),
    "notice.condition.standing": _pleading(
        _l(
            "第 %(paragraph)s 段“%(words)s”是驻场人员条件，任何项目都不能设置，公告暂不能提交。可改为写明需要在现场完成的工作和时间。"
        )
    ),
    "notice.exclusion_without_reason": _l("要求机构 %(uscc)s 回避的，请写明理由，理由随公告公开。"),
    "notice.exclusion_unknown": _l(
        "要求回避的 %(uscc)s 不是本平台的机构，请核对统一社会信用代码。"
    ),
    "notice.project_code": _l("项目代码只能用字母、数字、点、横线和下划线，最多 64 位。"),
    "notice.entry_period.working_day": _l(
        "报名时间不足 %(n)s 个工作日。按工作日历，报名截止最早为 %(earliest)s。"
    ),
    "notice.entry_period.calendar_day": _l("报名时间不足 %(n)s 日。报名截止最早为 %(earliest)s。"),
    "notice.entry_period.hour": _l("报名时间不足 %(n)s 小时。报名截止最早为 %(earliest)s。"),
    "notice.entry_period.minute": _l("报名时间不足 %(n)s 分钟。报名截止最早为 %(earliest)s。"),
    "notice.draw_before_close": _l("选取时间不能早于报名截止时间。"),
    "notice.draw_too_soon": _l(
        "选取时间须晚于报名截止至少 %(minutes)s 分钟：名单要先封存并经见证，才能公布见证值。"
    ),
    "notice.off_slot": _l(
        "见证值按固定时刻公布，选取时间须落在其中一个时刻。最近的时刻：%(next)s，其次 %(following)s。"
    ),
    "notice.beyond_chain": _l("选取时间超出了见证值链的范围，请改一个更近的时间。"),
    "notice.no_source": _l("平台尚未公布任何见证值链的起点，不能发布随机选取公告。请联系协管办。"),
    "notice.below_s1": _l(
        "财政性资金项目的随机选取须有两个相互独立的见证源，平台目前只有一个。请联系协管办。"
    ),
    "notice.no_bls": _l(
        "本平台没有安装核验 drand 签名的组件，不能把它作为见证源。请去掉公开信标，或请系统管理员安装后再试。"
    ),
}

EVENTS = {
    "notice.submitted": _l("公告送交审核"),
    "notice.returned": _l("公告退回修改"),
    "notice.refused": _l("公告不予发布"),
    "notice.published": _l("公告内容与见证源写入日志"),
    "notice.opened": _l("发布选取公告，开始报名"),
    "choice.opened": _l("发布选取公告，由业主选定"),
    "notice.amended": _l("更正公告（时间只推后）"),
    "notice.cancelled": _l("取消公告"),
    "notice.relisted": _l("重新发布"),
    "amendment.asked": _l("业主申请更正公告"),
    "amendment.refused": _l("更正申请没有通过"),
    "question.asked": _l("收到一条提问"),
    "question.answered": _l("公布提问和答复"),
    "screening.passed": _l("公开前保密审查通过"),
    "attachment.published": _l("公布附件，摘要写入日志"),
    "attachment.superseded": _l("附件由更正取代"),
    "attachment.accused": _l("提出撤下附件，待另一人决定"),
    "attachment.kept": _l("附件不撤下"),
    "attachment.withdrawn": _l("附件已撤下，摘要仍在日志"),
    "selection.failed": _l("选取失败"),
}

STATES = {
    NoticeState.DRAFT: (_l("草稿"), "grey"),
    NoticeState.AWAITING_SIGNATURE: (_l("待本单位审签"), "yellow"),
    NoticeState.SUBMITTED: (_l("待发布审核"), "blue"),
    NoticeState.RETURNED: (_l("退回修改"), "yellow"),
    NoticeState.REFUSED: (_l("不予发布"), "red"),
    NoticeState.ENTRY_OPEN: (_l("报名中"), "green"),
    NoticeState.PAUSED: (_l("已暂停"), "yellow"),
    NoticeState.SEALED: (_l("报名截止，名单已封存"), "blue"),
    NoticeState.WAITING_VALUE: (_l("等待见证值"), "yellow"),
    NoticeState.SCORING: (_l("评审中"), "blue"),
    NoticeState.AUCTION_READY: (_l("待竞价"), "blue"),
    NoticeState.AUCTION_RUNNING: (_l("竞价中"), "green"),
    NoticeState.AUCTION_FROZEN: (_l("系统故障，竞价暂停"), "yellow"),
    NoticeState.ANNOUNCED: (_l("中选公示中"), "blue"),
    NoticeState.HELD: (_l("投诉处理中，暂缓"), "yellow"),
    NoticeState.AWARDED: (_l("已中选"), "green"),
    NoticeState.CONTRACTED: (_l("已签合同"), "green"),
    NoticeState.IN_SERVICE: (_l("服务中"), "blue"),
    NoticeState.DELIVERED: (_l("待验收"), "blue"),
    NoticeState.CLOSED: (_l("已办结"), "grey"),
    NoticeState.FAILED: (_l("选取失败（流选）"), "red"),
    NoticeState.CANCELLED: (_l("已取消"), "grey"),
    NoticeState.ANNULLED: (_l("结果已撤销"), "red"),
    NoticeState.TERMINATED: (_l("合同终止"), "red"),
    NoticeState.RELISTED: (_l("已重新发布（二次）"), "grey"),
    NoticeState.CHOOSING: (_l("业主选定中"), "yellow"),
    NoticeState.SHORTLISTED: (_l("业主在小名单内选定中"), "yellow"),
    NoticeState.OFFERED: (_l("待机构接受"), "yellow"),
}
FAILURES = {
    Failure.NO_ENTRANT: _l("没有机构报名"),
    Failure.TOO_FEW: _l("报名家数不足"),
    Failure.ALL_INELIGIBLE: _l("报名机构均不符合资格"),
    Failure.ALL_BELOW_MARK: _l("方案得分均未达到合格分"),
    Failure.ALL_QUOTES_INVALID: _l("报价均无效"),
    Failure.NO_JURORS: _l("评审人员和备选人员均已回避或逾期"),
    Failure.OWNER_NO_CHOICE: _l("业主逾期未选定"),
    Failure.NONE_ACCEPTED: _l("名单上的机构均未接受"),
    Failure.SYSTEM_FAULT: _l("系统故障，名单封存前见证值已公布"),
    Failure.SOURCE_LOST: _l("约定的见证源在名单封存前已失效"),
    Failure.CANCELLED: _l("公告已取消"),
    Failure.ANNULLED_BY_DECISION: _l("结果经投诉处理决定撤销"),
    Failure.ORDER_EXHAUSTED: _l("候补机构均已退出"),
    Failure.NOT_SIGNED: _l("双方没有签订合同，经认定不再由中选机构承接"),
}
BY_DECISION = {"complaint_upheld": _l("投诉经调查成立，责令重新发布公告")}
"""The reason of a cancellation that a decision ordered, by its code; a person's reason stands as it was written."""
CORRECTED = {
    "complaint_upheld": _l("投诉经调查成立，责令更正公告"),
    "suspended": _l("主管部门责令暂停，报名截止和选取时间顺延"),
    "paused": _l("业主申请暂停，报名截止和选取时间顺延"),
}
"""The same of an amendment."""
FUNDS = {Fund.FISCAL: _l("财政性资金"), Fund.STATE: _l("国有企业资金"), Fund.SOCIAL: _l("社会资金")}
CHANGE_STATES = {
    ChangeState.PROPOSED: (_l("待本单位审签"), "yellow"),
    ChangeState.SIGNED: (_l("待协管办审核"), "blue"),
    ChangeState.MADE: (_l("已更正"), "green"),
    ChangeState.REFUSED: (_l("未通过"), "red"),
    ChangeState.DROPPED: (_l("已撤回"), "grey"),
}
WHY = {
    Why.CLASSIFIED: _l("涉及国家秘密或工作秘密"),
    Why.PERSONAL: _l("含有不应公开的个人信息"),
    Why.RIGHTS: _l("涉及他人的商业秘密或著作权"),
    Why.WRONG: _l("传错了文件"),
}
SIDES = {Side.OWNER: _l("业主"), Side.OFFICE: _l("协管办")}
REVIEWED = {
    "returned": _l("协管办退回意见"),
    "times": _l("请重新填写时间（不计入退回次数）"),
    "withheld": _l("保密审查未通过（不计入退回次数）"),
    "refused": _l("不予发布的理由"),
    "proposed": _l("拟不予发布的理由"),
}
"""What the office has said of a notice, as its owner reads it."""
AT_THE_DESK = {
    "returned": _l("已退回一次"),
    "times": _l("因时间退回，不计入退回次数"),
    "withheld": _l("因保密审查退回，不计入退回次数"),
    "refused": _l("不予发布"),
    "proposed": _l("拟不予发布，等待复核"),
}
"""The same, as the office reads it."""
CONDITIONS = {
    Condition.REGION: _l("地域条件"),
    Condition.PERFORMANCE: _l("业绩条件"),
    Condition.CAPITAL: _l("规模条件"),
    Condition.HEADCOUNT: _l("人员数量条件"),
    Condition.BRAND: _l("品牌条件"),
    Condition.AGE: _l("成立年限条件"),
    Condition.OWNERSHIP: _l("所有制条件"),
    Condition.STANDING: _l("驻场人员条件"),
}
TABS = {
    Tab.OPEN: _l("报名中"),
    Tab.TODAY: _l("今日截止"),
    Tab.SOON: _l("即将选取"),
    Tab.ANNOUNCED: _l("公示中"),
    Tab.AWARDED: _l("已中选"),
    Tab.FAILED: _l("选取失败"),
}
NOT_NAMED = _l("自然人")
"""Instead of the name of a natural person who buys."""
CARD = {
    "close": _l("报名截止"),
    "draw": _l("选取时间"),
    "closing": _l("报名已截止，等待封存"),
    "amended": _l("已更正"),
}
FIELDS = {
    "title": _l("公告标题"),
    "scale": _l("项目规模"),
    "price_note": _l("金额说明"),
    "content": _l("服务内容和要求"),
    "requirement": _l("资质要求"),
    "urgent_reason": _l("紧急理由"),
    "location": _l("项目地点"),
    "ceiling_fen": _l("最高限价"),
    "service_days": _l("服务期限"),
    "exclusions": _l("须回避的机构"),
    "attachments": _l("附件"),
}
SHOWN = {
    **{
        f"notice.{name}": Part(label, is_said=name != "exclusions")
        for name, label in FIELDS.items()
    },
    "notice.attachments": Part(_l("附件"), is_said=False),
    "change.files": Part(_l("附件的变动"), is_said=False),
    "notice.way": Part(_l("评分办法"), is_said=False),
    "change.id": Part(_l("更正申请"), is_said=False),
    "change.changes": Part(_l("更正的内容"), is_said=False),
    "change.reason": Part(_l("更正理由")),
    "change.entry_close": Part(_l("新的报名截止")),
    "question.id": Part(_l("答复"), is_said=False),
    "question.question": Part(_l("提问")),
    "question.answer": Part(_l("答复")),
    "attachment.id": Part(_l("附件"), is_said=False),
    "attachment.name": Part(_l("附件")),
    "attachment.why": Part(_l("撤下的原因"), WHY),
    "notice.id": Part(_l("公告状态"), is_said=False),
    "notice.item_code": Part(_l("服务事项")),
    "notice.further": Part(_l("合并选取的其他事项"), is_said=False),
    "notice.joined": Part(_l("机构须具备"), JOINED),
    "notice.item_version": Part(_l("服务事项")),
    "notice.fund": Part(_l("资金来源"), FUNDS),
    "notice.fiscal_percent": Part(_l("财政性资金占比")),
    "notice.method": Part(_l("选取方式"), METHODS),
    "notice.urgent": Part(_l("紧急项目，缩短报名时间")),
    "notice.entry_close": Part(_l("报名截止")),
    "notice.draw_at": Part(_l("选取时间")),
    "notice.beacon": Part(_l("另加公开信标 drand 作为第三个见证源")),
    "notice.contact_phone": Part(_l("咨询电话")),
    "notice.complaint_phone": Part(_l("投诉电话")),
    "notice.project_code": Part(_l("投资项目代码")),
    "notice.plea": Part(_l("误判说明")),
    "notice.override_reason": Part(_l("审核意见")),
    "notice.state": Part(_l("状态"), {code: label for code, (label, _colour) in STATES.items()}),
    "review.id": Part(_l("办理意见"), is_said=False),
    "review.reasons": Part(_l("理由")),
    "review.channel": Part(_l("应走的渠道")),
}


@functools.cache
def labels_in(language: str) -> dict[str, tuple[str, str]]:
    """State -> (words, colour) in the language of the request, translated once and not once a row."""
    return {state.value: (str(label), colour) for state, (label, colour) in STATES.items()}


PHRASES = (
    _l("服务内容写得不具体，请写明数量、范围和成果。"),
    _l("最高限价没有说明依据，请补充测算依据。"),
    _l("报名截止与选取时间之间不够封存名单和见证，请推后选取时间。"),
    _l("联系电话无法接通，请更正。"),
)
"""Ready phrases for the one return of a notice."""
