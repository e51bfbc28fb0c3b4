"""`scores.json` beside an evidence file: it says the same as the leaves, or it is refused."""

from __future__ import annotations

from typing import Any

from . import evidence, ranked, shortlisted
from . import keys as verifier_keys
from .canonical import parse_file
from .case import Case
from .evidence import Step
from .faults import Fault


def step(scores: bytes | str, data: bytes | str) -> Step:
    """Hold scores to an evidence file that was checked. Raises Fault `scores.other` with the first key
    that differs, `scores.way` where the notice's way has none.
    """
    value = evidence.load(data)
    pairs = [(leaf["index"], leaf["utf8"].encode()) for leaf in value["leaves"]]
    found = evidence.read_leaves(pairs, value["draw"], value["protocol"])
    keys = verifier_keys.claimed(value["log"]["origin"], [value["log"]["vkey"]], ())
    case = Case(value["draw"], keys, found)
    computed = _computed(case, value["seed"])
    try:
        said = parse_file(scores)
    except Fault as fault:
        raise fault.at("scores.json") from None
    for key in sorted({*computed, *(said if isinstance(said, dict) else ())}):
        if not isinstance(said, dict) or said.get(key) != computed.get(key):
            raise Fault("scores.other", where="scores.json", key=key)
    return Step("scores", None, ",".join(computed["expected"]["order"][:3]))


def _computed(case: Case, seed: str) -> dict[str, Any]:
    rule = case.notice.value.get("rule")
    if rule == shortlisted.RULE:
        marks = shortlisted.marks_in(case)
        return shortlisted.scores_of(case.draw, case.notice.value, marks, seed)
    if rule not in ranked.ORDERS:
        raise Fault("scores.way", where="scores.json", way=rule)
    return ranked.scores_of(case.draw, rule, case.amounts, seed)
