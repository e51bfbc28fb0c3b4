"""The model contract of a category, filled in from notice and letter (合同示范文本). Pure.

Sources: docs/rules.md#model-contract; 《保障中小企业款项支付条例》（国令第802号）第九条、第十七条.
"""

import dataclasses
from collections.abc import Iterable

EVERY = "*"
"""The category of clauses that every contract has."""
UNITS = {
    "working_day": "个工作日",
    "calendar_day": "日",
    "month": "个月",
    "hour": "小时",
    "minute": "分钟",
}
NUMERALS = "一二三四五六七八九十"


@dataclasses.dataclass(frozen=True)
class Clause:
    """One clause as the table has it, with blanks such as {amount} in its text."""

    category: str
    heading: str
    text: str


@dataclasses.dataclass(frozen=True)
class Article:
    """One article of a contract: its numeral and heading, and its paragraphs."""

    numeral: str
    heading: str
    paragraphs: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Terms:
    """What is filled in, as it is read on paper. `days` calendar days, None where the notice left them
    to the contract; `most_pay_days` None where no regulation bounds the time for paying.
    """

    title: str
    item: str
    notice: str
    amount: str
    upper: str
    days: int | None
    inspection: str
    register: str
    pay: int
    most_pay_days: int | None


def articles(clauses: Iterable[Clause], category: str, terms: Terms) -> tuple[Article, ...]:
    """The articles of a category's model contract in the order of the table: under each heading what
    every contract has, and what this category adds.
    """
    filled = _blanks(terms)
    found: dict[str, list[str]] = {}
    for clause in clauses:
        if clause.category in (EVERY, category):
            found.setdefault(clause.heading, []).append(clause.text.format_map(filled))
    return tuple(
        Article(numeral(place), heading, tuple(texts))
        for place, (heading, texts) in enumerate(found.items(), start=1)
    )


def said(amount: int, unit: str) -> str:
    """A span as a contract says it: 10 个工作日, 30 日."""
    return f"{amount} {UNITS[unit]}"


def numeral(number: int) -> str:
    """A number from 1 to 19 as an article is counted: 一, 十, 十一."""
    tens, ones = divmod(number, len(NUMERALS))
    if tens == 0:
        return NUMERALS[ones - 1]
    return NUMERALS[-1] + (NUMERALS[ones - 1] if ones else "")


def _blanks(terms: Terms) -> dict[str, object]:
    period = "服务期限：______ 个自然日。"
    if terms.days is not None:
        period = f"服务期限为 {terms.days} 个自然日。"
    cap = ""
    if terms.most_pay_days is not None:
        cap = f"甲方为机关、事业单位的，付款期限最长不超过 {terms.most_pay_days} 日。"
    return {**dataclasses.asdict(terms), "period": period, "cap": cap}
