"""What faults of samples say to people: code -> (English, Chinese)."""

SAMPLE_WORDS: dict[str, tuple[str, str]] = {
    "sample.label": (
        "a sample of a kind that nobody knows: {label}",
        "未知种类的抽查：{label}",
    ),
    "sample.period": ("not a month, a quarter or a year: {period}", "不是月、季或年：{period}"),
    "sample.operator": (
        "undecided: only the operator's own chains gave values to sample {sample}",
        "未决：抽查 {sample} 的随机值全部出自运营方自己的链",
    ),
    "sample.too_soon": (
        "the lot of sample {sample} was fixed less than 60 seconds before its instant",
        "抽查 {sample} 的名单确定距抽取时刻不足 60 秒",
    ),
    "sample.value_place": (
        "the value of {source} for slot {slot} does not stand between the witnessed lot and its seed",
        "{source} 第 {slot} 格的随机值不在已见证的名单与种子之间",
    ),
    "sample.twice": (
        "a second {type} of the same sample; the first is entry {first}",
        "同一次抽查的第二条 {type}，第一条是第 {first} 条记录",
    ),
    "sample.unplanned": (
        "{type} of a sample that was never planned",
        "没有预告过的抽查出现 {type}",
    ),
    "sample.planned_late": (
        "sample {sample} was planned after its period had begun",
        "抽查 {sample} 在所抽期间开始之后才预告",
    ),
    "sample.unlisted": (
        "sample {sample} was planned, its period is over, and no list was fixed",
        "抽查 {sample} 已预告，期间已过，名单没有确定",
    ),
    "sample.listed_late": (
        "the list of sample {sample} was fixed more than three days after its period",
        "抽查 {sample} 的名单在期间结束三日之后才确定",
    ),
    "sample.undrawn": (
        "sample {sample} has its list and was not drawn",
        "抽查 {sample} 名单已定，没有抽取",
    ),
    "sample.missing": (
        "there is no sample {sample}, although there were some before",
        "缺少抽查 {sample}，而此前已有",
    ),
    "sample.early": (
        "the list of sample {sample} was fixed before its period was over",
        "抽查 {sample} 的名单在期间结束之前确定",
    ),
    "sample.list": (
        "the list is not what the log has closed in the period: {count} matters, said are {found}",
        "名单与日志在该期间办结的事项不符：应为 {count} 件，自称 {found} 件",
    ),
    "sample.seed": (
        "the seed is not the computed one: {computed}",
        "种子与计算不符：{computed}",
    ),
    "sample.slot": (
        "the slot of {source} does not follow from the time of the lot",
        "{source} 的时隙与抽取时刻不符",
    ),
    "sample.value": (
        "there is no value of {source} for slot {slot}, and yet a seed",
        "{source} 时隙 {slot} 没有数值，却有种子",
    ),
    "sample.no_seal": (
        "undecided: the log does not show when a witness saw the list of sample {sample}",
        "未决：日志没有给出见证方何时见到抽查 {sample} 的名单",
    ),
}
