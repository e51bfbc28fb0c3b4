"""What is said of experts who were not drawn as they should be (experts.py), in English and Chinese."""

from __future__ import annotations

EXPERT_WORDS: dict[str, tuple[str, str]] = {
    "experts.list": (
        "the list of the pool is not whole: a digest missing, twice, out of order, or out for no known reason",
        "评审专家名单不完整：有摘要缺失、重复、次序不对，或者排除的代码不明",
    ),
    "experts.lot": (
        "the lot of the experts is a second one, was fixed too late, or is not the promised one ({lot})",
        "评审专家的抽取不止一次、定得太晚，或者与公告承诺不符（{lot}）",
    ),
    "experts.many": (
        "{count} jurors were replaced, more than there are seats: somebody should say why",
        "递补 {count} 次，超过席位数：请有关单位说明",
    ),
    "experts.pool": (
        "the pool of experts is not the newest one of before the notice",
        "专家库不是公告发布之前公布的最后一版",
    ),
    "experts.seats": (
        "those who sit are not the first of the drawn order",
        "就座的不是抽取次序的前几名",
    ),
    "experts.seed": (
        "the seed of the experts' lot is not the computed one: {computed}",
        "评审专家抽取的种子与计算结果不符，应为 {computed}",
    ),
    "experts.turn": (
        "seat {seat} went to somebody who was not next, or for no known reason",
        "席位 {seat} 的递补不是次序里的下一名，或者原因不明",
    ),
    "experts.file": (
        "the list of jurors is not what stands on the log: {reason}",
        "评审专家名单与日志不符：{reason}",
    ),
}
