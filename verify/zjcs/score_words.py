"""What is said of a scored selection that does not hold (scoring.py), in English and Chinese."""

from __future__ import annotations

SCORE_WORDS: dict[str, tuple[str, str]] = {
    "proposal.key_early": (
        "a key of the proposals came before the entries were closed (leaf {closed}) and seen by a witness",
        "方案密钥在报名截止并经见证（第 {closed} 条）之前就已公布",
    ),
    "proposal.other": (
        "the jurors were shown another document than the one entry {no} had named in its sealed quote",
        "评审人员看到的方案，不是第 {no} 号在密封报价里写明摘要的那一份",
    ),
    "proposal.unconfirmed": (
        "entry {no} was left out for its proposal ({reason}), which outsiders cannot check and no inspector has confirmed",
        "第 {no} 号因方案（{reason}）未列入，外人无法核对，检查人员也没有确认",
    ),
    "scored.jurors": (
        "the jurors are not those that were named: seats, order of reserves or time",
        "评审人员与名单不符：席位、备选次序或写入时间不对",
    ),
    "scored.key_early": (
        "a key of the quotes came before the sheets were closed (leaf {closed}) and seen by a witness",
        "报价密钥在评分结束并经见证（第 {closed} 条）之前就已公布",
    ),
    "scored.late": (
        "a sheet or a replacement behind the closed sheets (leaf {closed})",
        "评分结束（第 {closed} 条）之后又有评分表或递补",
    ),
    "scored.letters": (
        "a letter does not open what was fixed before the scoring (entry {no})",
        "方案代号与评分前写入的摘要不符（编号 {no}）",
    ),
    "scored.mark": (
        "seat {seat} gave proposal {letter} points that are no level of the notice",
        "席位 {seat} 给方案 {letter} 的分值不是公告的等次",
    ),
    "scored.quotes": (
        "the opened quotes are not those of the list ({no})",
        "开启的报价与名单不符（{no} 份）",
    ),
    "scored.row": (
        "the opened row of {no} does not have exactly what the notice asks for",
        "{no} 号开启后的内容与公告要求的项目不符",
    ),
    "scored.result": (
        "the order is not the computed one: {computed}",
        "名次与计算结果不符，应为 {computed}",
    ),
    "scored.sheet": (
        "the sheet of seat {seat} is not the one that was handed in; computed {computed}",
        "席位 {seat} 的评分表与提交时的摘要不符，计算得 {computed}",
    ),
    "scored.sheet_twice": (
        "two sheets of seat {seat}",
        "席位 {seat} 有两份评分表",
    ),
    "scored.sheets": (
        "{count} sheets for {seats} seats",
        "评分表 {count} 份，席位 {seats} 个",
    ),
}
