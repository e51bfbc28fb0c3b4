"""Facts about agencies that nobody decides."""

import dataclasses
import datetime as dt

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class LineLapsed(Event):
    """The last qualification for an item has expired."""

    kind = "agency.line_lapsed"
    item: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class QualificationExpiring(Event):
    """A certificate (`name`) ends on `until`, and so many `days` before are reached; said once each."""

    kind = "agency.qualification_expiring"
    name: str
    until: dt.date
    days: int
