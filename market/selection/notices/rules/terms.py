"""What a notice says: its kinds, and the fields that an owner fills. Pure: plain values, no form,
no table.
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence

from market.catalogue.rules import Items, Joined
from market.selection.kinds import Fund, Method


@dataclasses.dataclass(frozen=True)
class Exclusion:
    """One agency that must stay away (回避), with the reason that is published."""

    uscc: str
    reason: str


EXCLUSION = re.compile(r"([0-9A-Z]{18})\s+(\S.{0,200})")
SERVICE_DAYS = (1, 3650)
"""The shortest and the longest time of service, in calendar days."""


def exclusion(line: str) -> Exclusion | None:
    """What a line as an owner types it says: an agency's credit code, a blank, the reason; None
    when it says something else.
    """
    found = EXCLUSION.fullmatch(line)
    return Exclusion(*found.groups()) if found else None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Terms:
    """Everything of a notice that its owner writes. Every field is public.

    Money in fen, instants aware UTC, `fiscal_percent` 0-100 of the price, `service_days` calendar
    days. `further` are the codes of items bought together with the first, the lead item; `joined` says
    whether one agency must be fit for all of them or any, None where there is one item. `content` is
    in paragraphs (lines). `plea` is the owner's reason why words found by the
    scan are no condition.
    """

    item_code: str = ""
    further: tuple[str, ...] = ()
    joined: Joined | None = None
    title: str = ""
    fund: Fund = Fund.FISCAL
    fiscal_percent: int = 0
    method: Method = Method.RANDOM
    ceiling_fen: int | None = None
    price_note: str = ""
    scale: str = ""
    location: str = ""
    content: str = ""
    service_days: int | None = None
    requirement: str = ""
    exclusions: tuple[Exclusion, ...] = ()
    urgent: bool = False
    urgent_reason: str = ""
    entry_close: dt.datetime | None = None
    draw_at: dt.datetime | None = None
    beacon: bool = False
    contact_phone: str = ""
    complaint_phone: str = ""
    project_code: str = ""
    plea: str = ""

    @property
    def items(self) -> Items:
        """Everything that is bought."""
        return items_of(self.item_code, self.further, self.joined)

    @property
    def governing_fund(self) -> Fund:
        """Mixed funds that cannot be split count as fiscal."""
        return Fund.FISCAL if self.fiscal_percent > 0 else self.fund

    @property
    def has_fiscal_money(self) -> bool:
        return self.governing_fund is Fund.FISCAL


def items_of(lead: str, further: Sequence[str], joined: Joined | None) -> Items:
    """What a notice buys, by what it keeps of it."""
    return Items((lead, *further), joined or Joined.ALL_OF)


OTHERWISE = ("exclusions", "further")
TERMS = tuple(field.name for field in dataclasses.fields(Terms) if field.name not in OTHERWISE)
"""What a notice keeps as the owner wrote it; exclusions are pairs there, and what is bought further has
its version beside its code.
"""


def fixed(instant: dt.datetime | None) -> dt.datetime:
    """A time that a published notice or a sealed draw has. ValueError where it is still open: a
    fault of the caller.
    """
    if instant is None:
        raise ValueError("a published notice has its times")
    return instant


TIMES = ("entry_close", "draw_at")
"""Instants, which hold no secret; a notice without entries gets its own at publication."""
WORDED = ("title", "content", "requirement", "scale", "location", "price_note")
AMENDABLE = (*WORDED, "ceiling_fen", "service_days", "exclusions")
"""What a decision on a complaint may change in an open notice: its words, its ceiling price, the time of service, who must stay
away (ADR-0017). Items, method and funds would make it another purchase."""

FREE_TEXTS = ("title", "scale", "price_note", "content", "requirement", "urgent_reason")
"""The fields that are scanned for forbidden conditions. `location` names a place rightly; `plea` quotes what was found."""
