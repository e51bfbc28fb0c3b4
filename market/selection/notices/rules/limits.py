"""Which services are bought here at all, and up to which amount: what the rulebook's lines about items
say. Pure.

Sources: 《必须招标的工程项目规定》(发展改革委令第16号) 2 and 5 (survey, design and supervision of works paid with
public money from 1,000,000 yuan on are tendered); 《中华人民共和国政府采购法》 7 and 18 (what stands in the
central catalogue is bought through the central agency, whatever it costs).
"""

import re
from collections.abc import Collection

from market.kernel.money import typed

BREAK = re.compile(r"[\s,，、;；]+")
PAIR = re.compile(r"(\S+?)[:：=](\S+)")


def codes(text: str) -> tuple[str, ...]:
    """The items' codes of a line, each once: "501 502、503" -> ("501", "502", "503")."""
    return tuple(dict.fromkeys(part for part in BREAK.split(text) if part))


def amounts(text: str) -> dict[str, int]:
    """The limits of a line in fen, by item: "301:20万 506:30万". Raises ValueError where a part is no
    item with an amount above nothing, or an item stands there twice.
    """
    found: dict[str, int] = {}
    for part in codes(text):
        pair = PAIR.fullmatch(part)
        if pair is None:
            raise ValueError(part)
        code, amount = pair.groups()
        fen = typed(amount)
        if code in found or fen <= 0:
            raise ValueError(part)
        found[code] = fen
    return found


def least_of(items: Collection[str], text: str, general: int) -> int:
    """The limit of items that are bought together in fen: the lowest of theirs, each its own of a line
    that was approved, else that of all items.
    """
    own = amounts(text)
    return min(own.get(item, general) for item in items)
