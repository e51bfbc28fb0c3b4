"""The ways of selecting that a rulebook can switch on, for each kind of funds. Pure.

A value is their codes in the order of `WAYS`, with blanks between them. Source: domain rules,
docs/rules.md#methods; what no rulebook may switch on is `NEVER`.
"""

from collections.abc import Iterable


def N_(text: str) -> str:  # noqa: N802 - the customary name of the marker that extraction looks for
    """Mark a text for translation where it is a constant."""
    return text


WAYS: dict[str, str] = {
    "random": N_("随机选取"),
    "weighted": N_("综合评分"),
    "proposal": N_("方案比选"),
    "credit_shortlist": N_("信用择优"),
    "lowest": N_("比价"),
    "average": N_("均价"),
    "auction_rounds": N_("分轮竞价"),
    "auction_live": N_("实时竞价"),
    "direct": N_("直接选取"),
}
CHOICES: dict[str, dict[str, str]] = {
    "juror_source": {
        "none": N_("没有启用"),
        "own": N_("本地评审专家库"),
    }
}
"""Parameter -> what it can be, by code."""
ONCE: dict[str, dict[str, str]] = {"juror_source": {"city": "own", "province": "own"}}
"""Parameter -> what older versions can hold, and what is meant by it: there is one pool, this place's."""
NEVER: dict[str, frozenset[str]] = {
    "ways_fiscal": frozenset({"direct"}),
    "ways_state": frozenset({"direct"}),
}
"""Parameter -> what it can never hold: public money is not selected directly, whatever a document says."""


def chosen(text: str) -> tuple[str, ...]:
    """The codes of a value."""
    return tuple(text.split())


def written(codes: Iterable[str]) -> str:
    """Codes as a value: each once, in the order of the table; codes that are none come last."""
    given = dict.fromkeys(codes)
    known = [code for code in WAYS if code in given]
    return " ".join([*known, *(code for code in given if code not in WAYS)])


def problem(name: str, text: str) -> str | None:
    """What stands against a value of the parameter `name`, as the code of a refusal, or None."""
    codes = chosen(text)
    if not codes or set(codes) - set(WAYS) or text != written(codes):
        return "rulebook.unknown_way"
    if set(codes) & NEVER.get(name, frozenset()):
        return "rulebook.way_never"
    return None
