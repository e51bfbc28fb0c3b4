"""What the faults of `rank.py` say to people, English and Chinese; facts by name."""

RANK_WORDS: dict[str, tuple[str, str]] = {
    "rank.amount": ("{key} must be above zero", "{key} 必须大于零"),
    "rank.balls": ("this rule of weights is not known: {value}", "不认识的权重号规则：{value}"),
    "rank.changed_sheet": (
        "a sheet of {ref} that nobody declared void was changed",
        "{ref} 有未作废的评分表被改动",
    ),
    "rank.date": ("{key} is no date: {value}", "{key} 不是日期：{value}"),
    "rank.decimals": ("more than two decimals: {value}", "小数超过两位：{value}"),
    "rank.formula": ("this price formula is not known: {value}", "不认识的价格公式：{value}"),
    "rank.json": ("the file is no readable JSON: {reason}", "文件不是可读的 JSON：{reason}"),
    "rank.mark": ("{key}: a mark lies outside 0 to 100", "{key}：评分超出 0 至 100"),
    "rank.method": ("this method is not known: {value}", "不认识的选取方式：{value}"),
    "rank.missing": ("{key} is missing", "缺少 {key}"),
    "rank.number": ("this is no number: {value}", "不是数字：{value}"),
    "rank.rate": ("a rate lies outside 0.00 to 99.99: {rate}", "下浮率超出 0.00 至 99.99：{rate}"),
    "rank.rounds": (
        "{ref} has {found} quotes in {count} rounds",
        "{ref} 在 {count} 轮中有 {found} 次报价",
    ),
    "rank.seed": (
        "a seed is 64 lower-case hex signs: {value}",
        "种子应为 64 位小写十六进制：{value}",
    ),
    "rank.shape": ("{key} is missing or of another kind", "缺少 {key}，或其类型不对"),
    "rank.size": ("the file is larger than 64 MiB", "文件超过 64 MiB"),
    "rank.tie": (
        "{refs} are equal in everything; their order needs a seed",
        "{refs} 各项全同，排序需要种子",
    ),
    "rank.time": ("{key} is no time of day: {value}", "{key} 不是时刻：{value}"),
    "rank.void_sheet": (
        "the sheet of a recused juror still counts for {ref}",
        "{ref} 仍计入应回避评审的评分表",
    ),
    "rank.whole": (
        "{key} must be a whole number, and not zero where it divides",
        "{key} 必须是整数，作除数时不为零",
    ),
}
