"""Words of sources and draws: refusals, facts on the log, states with their colours (docs/rules.md#states)."""

from flask_babel import lazy_gettext as _l

from market.selection.sources.rules.states import DrawState
from market.web.shown import Part

WORDS = {
    "draw.none": _l("没有这次选取。"),
    "draw.no_source": _l("这次选取没有约定这个见证源。"),
    "draw.other_anchor": _l("见证源 %(source)s 的起点已经公布，不能更换。"),
    "draw.box_damaged": _l(
        "第 %(no)s 号报名保存的密封报价与公开日志所记的不符，名单没有封存。这是平台的责任，请立即报告监察机关。"
    ),
    "draw.seal_too_early": _l("报名截止后的等待时间未过，名单还不能封存。"),
    "draw.not_sealed": _l("名单尚未封存，现在不接收见证值。"),
    "draw.is_over": _l("这次选取已经结束，不再接收见证值。"),
    "draw.awaits_witness": _l("封存的名单尚未经见证，现在不接收见证值。"),
    "draw.value_not_due": _l("这个见证值约定于 %(due)s 公布，时间未到。"),
    "draw.value_malformed": _l("见证值应为 64 位小写十六进制数字。"),
    "draw.list_wrong": _l("这份联署清单不能自证，不予采用。"),
    "draw.value_wrong": _l("这个值与事先公布的起点不符，不能采用。"),
    "draw.round_wrong": _l("应为第 %(expected)s 轮的值。"),
    "draw.cannot_check_drand": _l("本平台现在不能核验这种签名，请改由其他见证源提交。"),
    "draw.source_lost": _l("这条见证值链已宣告失效，不再采用它的值，改用公告里约定的备用源。"),
    "draw.source_failed": _l("这一轮一天内没有公布，已有选取按公告约定改用备用源，现在不再采用。"),
    "draw.lottery_by_officers": _l(
        "快乐8 开奖号码由两名工作人员先后录入核对，不在这里提交；以公开的开奖结果为准，谁都可以对照。"
    ),
    "source.lost_already": _l("这条见证值链已经宣告失效，只能宣告一次。"),
    "source.not_waited": _l("目前没有选取在等这条链的值，不能宣告失效。"),
    "source.other_slot": _l("应从最早一个缺值的第 %(slot)s 格起宣告失效。"),
    "source.lost_early": _l(
        "值晚到不改变结果，先等待。最早可于 %(at)s 宣告失效（约定时刻之后 24 小时）。"
    ),
    "source.reason": _l("请选择失效的原因。"),
    "source.note_malformed": _l(
        "签名文本不完整，或者签名与内容不符。请从程序输出原样粘贴，不要改动空行。"
    ),
    "source.note_other": _l(
        "签名的不是这条链、这一格。请核对链名和格号，用页面给出的文字重新签名。"
    ),
    "source.note_signers": _l(
        "需要这条链的持有方（%(owner)s）和另一个机构共同签名，现在认出的签名：%(found)s。"
    ),
    "lottery.none": _l("没有这份录入。"),
    "lottery.confirmed": _l("这份录入已经核对过。"),
    "lottery.second_person": _l("这份录入由您提交，请由另一名工作人员对照公开的开奖结果核对。"),
    "lottery.not_waited": _l("目前没有选取在等这一天的开奖结果。"),
    "lottery.not_drawn": _l("这一天的快乐8还没有开奖（21:30 开奖）。"),
    "lottery.malformed": _l(
        "请按公开的开奖结果填写：期号 7 位数字，以开奖年份开头；号码 20 个，1 至 80，互不相同。"
    ),
    "draw.wrong_state": _l("这次选取现在的状态不能这样办理。"),
    "draw.no_scores": _l("这次选取不按报价排名次，没有评分文件；请看证据文件。"),
    "draw.no_result": _l("顺序还没有产生，证据文件在得出顺序后提供。"),
    "draw.evidence_soon": _l("顺序刚刚得出，正在等见证单位联署日志。请过几秒再试。"),
    "draw.value_shape": _l(
        "请提交 value（64 位小写十六进制数字），或者 round（整数）和 signature（96 位小写十六进制数字），"
        "用 JSON 或表单都可以。"
    ),
    "draw.too_many_values": _l("提交太频繁。请过 1 分钟再试。"),
    "draw.streams_full": _l("同时观看的人很多，本页改为每隔几秒自动刷新。"),
}

EVENTS = {
    "source.anchor": _l("公布见证值链的起点"),
    "draw.postponed": _l("见证晚到，选取按规则顺延"),
    "source.value": _l("公布见证值"),
    "source.lost": _l("见证值链宣告失效，改用备用源"),
    "source.failed": _l("公开信标一天未到，改用备用源"),
}
DRAW_STATES = {
    DrawState.SCHEDULED: (_l("待选取"), "grey"),
    DrawState.SEALING: (_l("封存名单"), "blue"),
    DrawState.WAITING_SLOT: (_l("等待约定时刻"), "blue"),
    DrawState.WAITING_VALUE: (_l("等待见证值"), "yellow"),
    DrawState.SOURCE_LOST: (_l("见证源失效，改用备用源"), "yellow"),
    DrawState.DRAWN: (_l("已得出顺序，可自行验算"), "green"),
    DrawState.TOO_FEW: (_l("报名不足，选取失败"), "red"),
    DrawState.ABORTED: (_l("系统故障，未采用任何值前中止"), "red"),
    DrawState.CANCELLED: (_l("公告已取消"), "grey"),
}
SOURCE_KINDS = {
    "chain": _l("见证值链"),
    "drand": _l("公开信标 drand"),
    "lottery": _l("快乐8 开奖号码"),
}
LOSS_REASONS = {
    "NO_ANSWER": _l("持有方一直没有给出值"),
    "SECRET_LOST": _l("链的秘密已经损毁或遗失"),
}
LEVELS = {
    "S0": _l("S0：只有运行机构一个见证源（演示用）"),
    "S1": _l("S1：运行机构和主管部门两个独立见证源"),
    "S2": _l("S2：两个独立见证源，另加公开信标"),
    "S3": _l("S3：两个独立见证源，另加公开信标，封存经两家见证"),
}
SHOWN = {
    "lottery.issue": Part(_l("期号")),
    "lottery.day": Part(_l("开奖日期"), is_said=False),
    "lottery.value": Part(_l("开奖号码"), is_said=False),
}
