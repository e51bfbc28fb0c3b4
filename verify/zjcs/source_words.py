"""What faults of random values and their sources say to people, English and Chinese; facts by name."""

SOURCE_WORDS: dict[str, tuple[str, str]] = {
    "failure.unsigned": (
        "that the round {round} never came is the operator's word alone: nobody else has signed it",
        "第 {round} 轮未到只是运营方自述，没有另一家机构签名",
    ),
    "lottery.issue": (
        "issue {issue} cannot be the first one drawn after {time}",
        "第 {issue} 期不可能是 {time} 之后最先开奖的一期",
    ),
    "value.silent": (
        "{source} has owed its value since {due}, for more than 24 h",
        "{source} 自 {due} 起未公布数值，已逾 24 小时",
    ),
    "anchor.late": (
        "the anchor stands after the notice (leaf {notice})",
        "随机链锚点记录在公告（第 {notice} 条）之后",
    ),
    "anchor.missing": ("the log names no anchor for {source}", "日志中没有 {source} 的锚点"),
    "anchor.twice": ("two anchors have the same {key}", "两个锚点的 {key} 相同"),
    "drand.chain": (
        "the drand chain is not the pinned one: {chain}",
        "不是约定的 drand 链：{chain}",
    ),
    "drand.no_library": (
        "undecided: there is no BLS library here for the drand signature of round {round} (Python with pyblst or py_ecc has"
        " one, and so have the pages of a market)",
        "未决：此处没有 BLS 库，未核对 drand 第 {round} 轮签名（装有 pyblst 或 py_ecc 的 Python、平台的页面可核对）",
    ),
    "drand.round": (
        "the drand round is {round}, but the time asks for {expected}",
        "drand 轮次为 {round}，按时间应为 {expected}",
    ),
    "drand.signature": (
        "the drand signature of round {round} is false",
        "drand 第 {round} 轮签名不成立",
    ),
    "drand.value": (
        "the drand value is not the hash of its signature",
        "drand 数值不是其签名的哈希",
    ),
    "failure.early": (
        "the source was given up at {at}, less than 24 h after it was due ({due})",
        "随机源于 {at} 被放弃，距应公布时刻 {due} 不足 24 小时",
    ),
    "failure.order": (
        "the failure is not logged between seal and result",
        "失败记录不在封存与结果之间",
    ),
    "failure.unseen": (
        "undecided: the lists show no witness who saw this failure before its fallback's value was public; ask the witness for"
        " /cosignatures?over={index}",
        "未决：清单里没有见证方在备用源公布之前见到这条失败记录，请向见证方取 /cosignatures?over={index}",
    ),
    "failure.round": (
        "the failure speaks of round {round}, not of {expected}",
        "失败记录的轮次为 {round}，应为 {expected}",
    ),
    "failure.slot": (
        "the loss speaks of slot {slot}, later than this draw's",
        "失效记录的时隙 {slot} 晚于本次抽取",
    ),
    "fallback.exhausted": (
        "no fallback is left after {source} failed",
        "{source} 失败后已无备用源",
    ),
    "fallback.kind": (
        "a fallback may be drand or a lottery, never {kind}",
        "备用源只能是 drand 或彩票，不能是 {kind}",
    ),
    "lost.final": (
        "{source} was declared lost before this value came",
        "{source} 已先被宣布失效，之后的数值无效",
    ),
    "lost.signers": (
        "the loss must be signed by the chain's owner and another body (signed: {signers})",
        "失效声明须由链的持有者和另一机构签名（现有：{signers}）",
    ),
    "lost.text": (
        "the signed text of the loss speaks of another source or slot",
        "失效声明的签名文本与来源或时隙不符",
    ),
    "lottery.compare": (
        "undecided: compare the numbers with the public result yourself, and see that this issue was the first one drawn after the"
        " draw's time (as a fallback: an hour after the failure's leaf); then give --lottery {value}",
        "未决：请自行与公开的开奖结果核对号码，并确认这一期是抽取时刻（作为备用源时为失败记录满一小时）之后"
        "最先开奖的一期，再加 --lottery {value}",
    ),
    "round.plan": (
        "the notice plans round {round}; its time asks for {expected}",
        "公告约定轮次 {round}，按时间应为 {expected}",
    ),
    "slot.boundary": (
        "draw_at {draw_at} is not on a slot of {source}",
        "抽取时刻 {draw_at} 不在 {source} 的时隙上",
    ),
    "slot.plan": (
        "the notice plans slot {slot} of {source}; its time asks for {expected}",
        "公告约定 {source} 的时隙 {slot}，按时间应为 {expected}",
    ),
    "slot.postponed": (
        "the draw's instant is {time} instead of {draw_at}, and the log does not say so alike",
        "抽取时刻应为 {time} 而非 {draw_at}，日志所记不符",
    ),
    "slot.range": ("slot {slot} lies outside the chain of {n}", "时隙 {slot} 超出长度 {n} 的链"),
    "slot.too_soon": (
        "the draw at {draw_at} comes too soon after the close {close}",
        "抽取 {draw_at} 距截止 {close} 过近",
    ),
    "slot.value": (
        "the value is of slot {slot}; the time asks for {expected}",
        "数值属于时隙 {slot}，按时间应为 {expected}",
    ),
    "source.twice": ("two sources have the same name", "两个随机源同名"),
    "value.anchor": (
        "the value of slot {slot} does not hash down to its anchor",
        "时隙 {slot} 的数值推不回锚点",
    ),
    "value.derived": (
        "a value is not logged, but follows from a later one of its chain: {slots}, due {due}; since leaf {index} anybody can"
        " compute this order",
        "有数值未公布，但可由同一条链之后的数值（{slots}，应公布于 {due}）推出；自第 {index} 条起，任何人都能算出这一顺序",
    ),
    "value.equal": ("two sources have the same value", "两个随机源数值相同"),
    "value.kind": ("the value of {source} is of another kind", "{source} 的数值种类不符"),
    "value.lottery": (
        "the lottery value of issue {issue} is misspelt",
        "第 {issue} 期彩票数值写法不合规",
    ),
    "value.missing": (
        "{source} has neither a value nor a failure",
        "{source} 既无数值也无失败记录",
    ),
    "value.twice": ("a second value of {source}", "{source} 出现第二个数值"),
}
