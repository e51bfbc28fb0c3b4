"""The law of 信用择优: how long the lists are, what the owner writes, what his silence does. Pure.

Sources: docs/rules.md#methods; the four steps are Guangdong's, the numbers ours.
"""

import dataclasses
from collections.abc import Mapping

from market.kernel.errors import Invalid, Refusal
from market.kernel.visible import trimmed
from market.selection.kinds import FIXED, Fund
from market.windows.rules import Kind, Nature
from verify.zjcs.shortlisted import FAILS, FIRST

CHOOSE = Kind("shortlist.choose", Nature.RIGHT, "在小名单内选定", remind_before=(1, 0))
WINDOW_KINDS = {CHOOSE.name: CHOOSE}
LEAST = 2
"""With fewer on the list nobody is chosen among anybody, relisted or not."""
LONGEST = (4, 20)
SHORTEST = (2, 5)
PROPOSED = (10, 3)
"""What a draft begins with."""
SEALED = "sealed"
REASON = (30, 500)
"""How many characters the public reason of a choice has."""


@dataclasses.dataclass(frozen=True)
class Lists:
    """How many the longlist and the shortlist take, and whether the ceiling is the price for everybody."""

    longlist: int
    shortlist: int
    is_fixed: bool = False

    @property
    def promised(self) -> dict[str, object]:
        """As the leaf of the notice says them."""
        return {"longlist": self.longlist, "shortlist": self.shortlist}

    @property
    def kept(self) -> dict[str, object]:
        """As the notice keeps them."""
        return {**self.promised, "price": FIXED if self.is_fixed else SEALED}


def read(way: Mapping[str, object]) -> Lists | None:
    """What a notice keeps of its lists; None where nothing was written."""
    longest = way.get("longlist")
    shortest = way.get("shortlist")
    if not isinstance(longest, int) or not isinstance(shortest, int):
        return None
    return Lists(longest, shortest, way.get("price") == FIXED)


def problems(lists: Lists | None) -> list[Refusal]:
    """What stands against these lists, each by its field."""
    if lists is None:
        return [Invalid("shortlist.no_lists", field="method")]
    found: list[Refusal] = []
    if not LONGEST[0] <= lists.longlist <= LONGEST[1]:
        found.append(
            Invalid("shortlist.longlist", field="longlist", least=LONGEST[0], most=LONGEST[1])
        )
    if not SHORTEST[0] <= lists.shortlist <= SHORTEST[1]:
        found.append(
            Invalid("shortlist.shortlist", field="shortlist", least=SHORTEST[0], most=SHORTEST[1])
        )
    if not found and lists.shortlist >= lists.longlist:
        found.append(Invalid("shortlist.not_shorter", field="shortlist"))
    return found


def silence(fund: Fund) -> str:
    """What the owner's silence does: of public money place 1 stands, of social money the selection
    fails.
    """
    return FAILS if fund is Fund.SOCIAL else FIRST


def check_reason(reason: str) -> str:
    """The reason as it is published. Refuses `shortlist.reason`."""
    said = trimmed(reason)
    if not REASON[0] <= len(said) <= REASON[1]:
        raise Invalid("shortlist.reason", field="reason", least=REASON[0], most=REASON[1])
    return said
