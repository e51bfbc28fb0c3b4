"""Words of entries: refusals, facts on the log, states with their colours (docs/rules.md#states)."""

from flask_babel import lazy_gettext as _l

from market.selection.entries.rules.states import EntryState

WORDS = {
    "entry.no_quote": _l("这份公告报名时不报价，报名截止后公开竞价。"),
    "entry.none": _l("没有这份报名。"),
    "entry.wrong_state": _l("这份报名现在的状态不能这样办理。"),
    "entry.late": _l(
        "报名已于 %(close)s 截止。您的提交于 %(received)s 到达，未能计入；填写的内容没有保存，报价没有打开。"
        "如认为是系统延误，可凭公开日志中的到达时间，在中选公告的公示期满前投诉。"
    ),
    "entry.not_open": _l("这份公告现在不接受报名。"),
    "entry.twice": _l(
        "贵机构已经报名这份公告。需要改价的，请使用“修改报价”；不再参加的，可在截止前撤回。"
    ),
    "entry.excluded": _l("业主要求贵机构回避本项目，理由：%(reason)s。如有异议，可以投诉。"),
    "entry.same_representative": _l(
        "与先报名的另一家机构是同一法定代表人；同一法定代表人的机构只有先报名的一家可以参加同一公告"
    ),
    "entry.quote_not_positive": _l("报价须大于 0 元。"),
    "entry.above_ceiling": _l("报价不能高于最高限价 %(ceiling)s 元。"),
    "entry.rate": _l("下浮率须为 0 到 99.99，最多两位小数。"),
    "entry.rate_nothing": _l("按这个下浮率，成交价不足 1 分。请填写低一些的下浮率。"),
    "entry.days": _l("请填写承诺几日内完成服务，1 到 %(most)s 日（公告的服务期限）。"),
    "entry.above_new_ceiling": _l("报价高于更正后的最高限价"),
    "entry.excluded_since": _l("公告更正后被要求回避"),
    "entry.ceiling_lowered": _l(
        "公告已更正，最高限价降为 %(ceiling)s 元。"
        "贵机构的报价高于它的，请在报名截止前修改报价，否则封存时不列入名单。"
    ),
    "entry.excluded_now": _l(
        "公告已更正，要求贵机构回避本项目，理由：%(reason)s。"
        "贵机构的报名在封存时不列入名单；可以现在撤回。如有异议，可以投诉。"
    ),
    "entry.sealed_unread": _l(
        "读不出这份密封报价。请上传（或整段粘贴）封装工具生成的“*.sealed.json”文件，不要改动其中的内容。"
    ),
    "entry.box_shape": _l("这份密封报价的格式与本公告的密钥不符。请按本公告重新封装。"),
    "entry.box_other": _l("这份密封报价不是贵机构为本公告封装的。请核对平台编号和公告后重新封装。"),
    "entry.token_used": _l("这份密封报价的撤回凭证已在本公告用过。请重新封装一次再提交。"),
    "entry.wrong_token": _l(
        "撤回凭证不对。请填报名时保存的凭证（64 位十六进制）；凭证丢失的，报名仍然有效，不能撤回或改价。"
    ),
    "entry.no_proposal": _l("请先填写并封存方案，再报价报名。"),
    "entry.proposal_in": _l(
        "方案已随报名提交，不能再改。要改的，请先撤回报名，再重新填写方案并报名。"
    ),
    "entry.proposal_empty": _l("请逐项填写，每一项都要评分；没有写的，评审人员无从评分。"),
    "entry.proposal_long": _l("每一项最多 %(most)s 字。"),
    "entry.no_box": _l("请先上传方案（甲部分），再报价报名。"),
    "entry.confirmed": _l("这一份已经确认过了。"),
    "entry.no_tool_here": _l(
        "离线工具封装的报价里没有方案文件的摘要和承诺的日数，本公告不能用。请在页面上填写报价，由浏览器封装。"
    ),
    "entry.box_unknown": _l(
        "没有收到这份密封文件，或它不是贵机构为本公告这一部分上传的。请重新上传。"
    ),
    "entry.box_not_open": _l("这份公告不收这一部分的文件。"),
    "entry.box_many": _l("每一部分最多上传 %(most)s 次。报名时用最后一次上传的。"),
    "entry.box_size": _l("密封文件太大：原文件不得超过 10 MB。"),
    "entry.box_document": _l("缺少原文件的摘要。请重新选择文件上传。"),
    "entry.box_pdf": _l("方案须为 PDF 文件。请另存为 PDF 后重新上传。"),
    "proposal_hash": _l("密封报价里写明的方案摘要，与评审所用的方案不是同一份"),
    "proposal.kind": _l("密封方案里的文件不是 PDF"),
    "proposal.box_shape": _l("密封方案的格式不符"),
    "proposal.box_other": _l("密封方案不是该机构为本次选取封装的"),
    "proposal.share_open": _l("密封方案中的一份密钥片段解不开"),
    "proposal.piece_commit": _l("密封方案中的密钥片段与封装时的承诺不符"),
    "proposal.payload_open": _l("密封方案的内容解不开"),
    "proposal.padding": _l("密封方案的内容长度不符"),
    "entry.not_sealed_here": _l("本公告的报价在页面上直接填写，不用密封报价文件。"),
    "below_pass_mark": _l("方案得分未达到合格分"),
    "below_floor": _l("报价低于公告的最低限价"),
    "above_ceiling": _l("报价高于公告的最高限价"),
    "box_shape": _l("密封报价的格式不符"),
    "box_other": _l("密封报价不是该机构为本次选取封装的"),
    "share_open": _l("密封报价中的一份密钥片段解不开"),
    "piece_commit": _l("密封报价中的密钥片段与封装时的承诺不符"),
    "payload_open": _l("密封报价的内容解不开"),
    "padding": _l("密封报价的内容长度不符"),
    "opening_shape": _l("密封报价内的内容不是规定的写法"),
    "opening_other": _l("密封报价内写的机构、选取或报价方式与报名不符"),
    "commit": _l("密封报价的内容与报名时的承诺值不符"),
    "entry.closed": _l("报名已于 %(close)s 截止，不能再报名、改价或撤回。"),
    "entry.notice_cancelled": _l("公告已取消，不再接受报名；收到的报名不再打开，您不需要做什么。"),
    "entry.notice_annulled": _l("结果已撤销，不再接受报名。"),
    "entry.notice_relisted": _l("公告已重新发布。请到新的公告报名；原来的报名不带入。"),
    "entry.notice_paused": _l("公告已暂停，暂不能报名、改价或撤回；恢复后另行通知。"),
}

EVENTS = {
    "proposal.unopened": _l("检查人员确认一份方案未列入的原因"),
    "entries.listed": _l("报名名单写入日志，报价仍未开启"),
    "entry.received": _l("收到一份报名"),
    "entry.withdrawn": _l("撤回一份报名"),
    "entry.late": _l("一份报名在截止后到达，未计入"),
    "entries.part": _l("封存名单（分段）"),
    "entries.sealed": _l("报名名单封存"),
    "entries.closed": _l("报名截止，份数记入日志，报价尚未开启"),
    "drain.cut": _l("等待在途报名的时间已到上限，仍有服务进程未处理完，名单照常封存"),
}
ENTRY_STATES = {
    EntryState.RECEIVED: (_l("已报名，报价已密封"), "green"),
    EntryState.WITHDRAWN: (_l("已撤回"), "grey"),
    EntryState.LISTED: (_l("已入名单"), "blue"),
    EntryState.INELIGIBLE: (_l("资格不符"), "red"),
    EntryState.UNOPENED: (_l("报价未能开启"), "red"),
}
MAKERS = {
    "browser": _l("由贵机构的浏览器封装，平台打不开"),
    "tool": _l("由离线工具封装，平台打不开"),
    "server": _l("由服务器代为封装，提交的一瞬间服务器可以看到"),
}
PARTS = {
    "proposal": (
        _l("甲部分：匿名方案"),
        _l("评审用。不写机构名称、人员姓名、电话和以往业绩，文件属性里的作者、单位也要清除"),
    ),
    "proposal_b": (
        _l("乙部分：署名材料（没有可以不交）"),
        _l("评分表全部锁定之后才开启，不评分；写谁来做、联系人、需要署名的说明"),
    ),
}
"""Parts of a proposal that is handed in as files, and what belongs there."""
LATE = (_l("未计入（已截止）"), "red")
NEVER_OPENED = (_l("公告已取消，报名不再打开"), "grey")
