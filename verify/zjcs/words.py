"""What steps and faults say to people, English and Chinese. A code without words is shown as it is.

The page in the browser says the same: `python -m verify.zjcs.words zh >
static/verify/words.zh.json` (and `en`).
"""

from __future__ import annotations

import json
import sys

from .bid_words import BID_WORDS
from .credit_words import CREDIT_WORDS
from .draw_words import DRAW_WORDS
from .expert_words import EXPERT_WORDS
from .faults import Fault
from .log_words import LOG_WORDS
from .opening_words import OPENING_WORDS
from .quote_words import QUOTE_WORDS
from .rank_words import RANK_WORDS
from .sample_words import SAMPLE_WORDS
from .score_words import SCORE_WORDS
from .source_words import SOURCE_WORDS
from .step_words import STEPS

WORDS = {
    **LOG_WORDS,
    **DRAW_WORDS,
    **SOURCE_WORDS,
    **OPENING_WORDS,
    **SCORE_WORDS,
    **CREDIT_WORDS,
    **BID_WORDS,
    **EXPERT_WORDS,
}
"""What faults say that pages show as well: code -> (English, Chinese)."""
_SAID = {**WORDS, **QUOTE_WORDS, **RANK_WORDS, **SAMPLE_WORDS}


def sentence(fault: Fault, language: str = "en") -> str:
    """One sentence for people: what is wrong, where, by which rule."""
    pair = _SAID.get(fault.code)
    if pair is None:
        return str(fault)
    chinese = language == "zh"
    text = pair[chinese].format_map(_Facts(fault.facts))
    where = f"{fault.where}: " if fault.where else ""
    if fault.rule is None:
        return where + text
    return where + text + (f"（规则 {fault.rule}）" if chinese else f" (rule {fault.rule})")


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return f"<{key}>"


def for_pages(language: str) -> str:
    """All words of one language as JSON, for static/verify/page.js."""
    chinese = language == "zh"
    tables = {"steps": STEPS, "faults": WORDS}
    chosen = {
        name: {key: pair[chinese] for key, pair in table.items()} for name, table in tables.items()
    }
    rule = "（规则 {rule}）" if chinese else " (rule {rule})"
    return json.dumps({**chosen, "rule": rule}, ensure_ascii=False, indent=0, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(for_pages(sys.argv[1]))
