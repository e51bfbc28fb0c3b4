"""Words of scoring: refusals, facts on the log, criteria, states, why a juror is out."""

from flask_babel import lazy_gettext as _l

from market.selection.kinds import FIXED
from market.selection.scored.rules import Channel, Criterion, Gone, JurorState
from market.selection.scored.rules.criteria import SEALED
from verify.zjcs.scored import CREDIT, LOW_FIRST, NEAR_MEAN, PRICE, PROPOSAL, RESPONSE

WORDS = {
    "scored.office_replaces": _l("抽取的评审专家由协管办递补。"),
    "scored.two_ways": _l("请填写两种不同的通知方式：只有用两种方式通知过，才能按不答复处理。"),
    "scored.told_at": _l("通知的时间须在抽中之后、现在之前。"),
    "scored.too_small": _l(
        "财政性、国有企业资金的综合评分，最高限价不低于 %(least)s 元；请改用随机选取。"
    ),
    "scored.five": _l("最高限价达到 %(least)s 元的，评审人员不少于五名。"),
    "scored.pool_small": _l(
        "专家库里能评“%(category)s”的有 %(free)s 人，至少要 %(least)s 人才能抽取；请联系行业主管部门补充专家，或者改用随机选取。"
    ),
    "scored.no_criteria": _l("还没有写评分办法。请在“评分办法和评审人员”里选定评分项和权重。"),
    "scored.not_weighted": _l("评分办法与选取方式不符。请先保存选取方式，再打开这一页填写。"),
    "scored.sum": _l("报价和各评分项的权重合计须为 100，现在是 %(sum)s；每项至少 1 分。"),
    "scored.sum_of_proposals": _l("各评分项的权重合计须为 100，现在是 %(sum)s；每项至少 1 分。"),
    "scored.price_weight": _l("报价的权重须在 %(least)s 到 %(most)s 之间（办法参数）。"),
    "scored.credit_weight": _l(
        "履约记分的权重不能超过 %(most)s（办法参数；0 表示本地还不能计入）。"
    ),
    "scored.response_weight": _l("服务期限的权重不能超过 %(most)s。"),
    "scored.no_days": _l("服务期限计分的，请先在公告里写明服务期限（日）。"),
    "scored.days_stay": _l("服务期限计分的公告，服务期限发布后不能更正。"),
    "scored.fee": _l("评审费合计不能超过最高限价的 %(percent)s%%：每人最多 %(each)s 元。"),
    "scored.pass_mark": _l("合格分须为 0 到 100 的整数。"),
    "scored.levels": _l(
        "每个评分项写 3 到 5 个等次，每行一个：分值 空格 文字；从 100 分开始由高到低，分值不重复，每条不超过 120 字。"
    ),
    "scored.condition": _l(
        "评分等次里有限制性的内容：“%(words)s”。评分不得看地域、业绩、注册资本、人员数量、品牌、成立年限、所有制、驻场人员，请改写。"
    ),
    "scored.seats": _l("评审人员须为 %(seats)s 人，请选足，不要多选。"),
    "scored.reserves": _l("请至少指定 1 名备选人员，评审人员回避时递补。"),
    "scored.twice": _l("同一个人不能既是评审人员又是备选人员。"),
    "scored.barred": _l(
        "起草、提交、审签这份公告的人和履约验收人不能评审，也不能备选；评审人员须有“评审人员”职责。"
    ),
    "scored.too_many_own": _l(
        "业主代表（在本单位还有其他职责的人）不得超过评审人员的三分之一，也不作备选。"
    ),
    "scored.not_a_member": _l("评审人员须是本单位成员，请先在“本单位成员”里邀请。"),
    "scored.no_witness": _l(
        "综合评分、方案比选的报价须密封到评分结束，由平台和监管部门两把密钥共同开启；监管部门的见证程序还没有给出密钥，不能发布。"
    ),
    "scored.ceiling_stays": _l(
        "综合评分、方案比选的最高限价发布后不能更正。确需改变的，请取消后重新发布。"
    ),
    "scored.amend_soon": _l(
        "离报名截止不足 %(minutes)s 分钟，综合评分、方案比选的公告不能再更正、延期："
        "更正须在原定截止之前由监管部门的见证程序看到，否则结果通不过验证。"
        "确有错误的，请取消后重新发布；要暂停的，在截止之后暂缓结果。"
    ),
    "scored.rate_ceiling": _l(
        "报下浮率的，最高限价不低于 %(least)s 元，否则下浮率高的报价不足 1 分；请改为报金额。"
    ),
    "scored.wrong_state": _l("现在不在评分阶段，或这一步已经办过。请刷新页面查看。"),
    "scored.own_interest": _l(
        "您在业主或一家报名机构任职，或者入库时申报过与它有关，不能评审。请点“有利害关系，须回避”。"
    ),
    "scored.no_longer": _l(
        "您已暂停评审、已退出专家库或者入库期限已过，不能评这个项目，由下一名递补。"
    ),
    "scored.no_letter": _l("没有这份方案。"),
    "scored.no_level": _l("请选一个等次。"),
    "scored.no_comment": _l(
        "请写评语，不超过 %(most)s 字；结果公布后，该机构能看到对自己方案的评语。"
    ),
    "scored.incomplete": _l("还有 %(count)s 份方案没有评。全部评完才能提交评分表。"),
    "scored.not_overdue": _l("这位评审人员还在评分期限内，或已提交评分表，不能更换。"),
    "scored.not_open": _l("评分还没有结束，报价没有开启。"),
}
EVENTS = {
    "jurors.named": _l("评审人员名单以摘要写入日志"),
    "juror.replaced": _l("一名评审人员退出，备选人员递补"),
    "jurors.drawn": _l("抽中的评审专家以摘要写入日志"),
    "letters.fixed": _l("方案代号写入日志，评分开始"),
    "letters.opened": _l("公开方案代号"),
    "sheet.sealed": _l("一份评分表提交并锁定"),
    "sheet.opened": _l("公开一份评分表"),
    "sheets.closed": _l("评分结束，可以开启报价"),
    "quotes.opened": _l("报价开启"),
    "quotes.part": _l("报价开启（分表）"),
}
CRITERIA = {
    Criterion.UNDERSTANDING: _l("对项目的理解"),
    Criterion.METHOD: _l("技术路线和方法"),
    Criterion.SCHEDULE: _l("进度安排"),
    Criterion.QUALITY: _l("质量保证"),
    Criterion.CONFIDENTIALITY: _l("保密措施"),
    Criterion.TEAM: _l("本项目的人员分工"),
}
WRITES = {
    Criterion.UNDERSTANDING: _l("项目的目的、难点和要注意的事"),
    Criterion.METHOD: _l("怎么做、分几步、用什么方法"),
    Criterion.SCHEDULE: _l("每一步什么时候完成"),
    Criterion.QUALITY: _l("怎么检查、怎么纠正"),
    Criterion.CONFIDENTIALITY: _l("资料和成果怎么保管"),
    Criterion.TEAM: _l("谁做什么；不写人数多少，不写以往业绩"),
}
SHIPPED_LEVELS = (
    (100, _l("完整、具体，针对本项目，能直接实施")),
    (75, _l("较完整，主要内容针对本项目")),
    (50, _l("基本完整，多为通用内容")),
    (20, _l("不完整，或与本项目不符")),
)
"""What the page proposes for each criterion; the owner changes it as the project asks."""
FORMULAS = {
    LOW_FIRST: _l("低价优先法：最低有效报价 ÷ 报价 × 100"),
    NEAR_MEAN: _l("平均价法：每高于均价 1% 减 1 分，每低于 1% 减 0.5 分"),
}
AMOUNT = "amount"
RATE = "rate"
QUOTES = {
    AMOUNT: _l("报金额（元）"),
    RATE: _l("报下浮率（%）：成交价 = 最高限价 × (1 − 下浮率)，四舍五入到分"),
}
TEXTS = "texts"
FILES = "files"
PROPOSALS = {
    TEXTS: _l("在页面上按评分项填写文字"),
    FILES: _l("密封上传 PDF：甲部分匿名评审，乙部分署名"),
}
COLUMNS = {
    PRICE: _l("报价"),
    PROPOSAL: _l("方案"),
    CREDIT: _l("履约记分"),
    RESPONSE: _l("服务期限"),
}
"""What the parts of a total are called."""
PRICES = {
    SEALED: _l("机构密封报价，不高于最高限价；报价不计分"),
    FIXED: _l("价格固定为最高限价，机构不报价"),
}
"""What becomes of the price where proposals alone rank."""
JURORS = {
    JurorState.RESERVE: (_l("备选"), "grey"),
    JurorState.SEATED: (_l("待声明利害关系"), "yellow"),
    JurorState.JUDGING: (_l("评分中"), "blue"),
    JurorState.HANDED_IN: (_l("已提交评分表"), "green"),
    JurorState.GONE: (_l("已退出"), "grey"),
}
GONE = {
    Gone.BARRED: _l("抽取之后不再符合评审条件"),
    Gone.DECLINED: _l("答复不能参加"),
    Gone.INTEREST: _l("声明有利害关系"),
    Gone.RECUSED: _l("评分后回避，评分表作废"),
    Gone.SILENT: _l("逾期没有答复或者没有提交评分表"),
}
CHANNELS = {
    Channel.SITE: _l("站内消息"),
    Channel.SMS: _l("短信"),
    Channel.CALL: _l("电话"),
    Channel.MAIL: _l("电子邮件"),
    Channel.PAPER: _l("书面送达"),
}
