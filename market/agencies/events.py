"""Facts about agencies that nobody decides."""

import dataclasses

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class LineLapsed(Event):
    """The last qualification for an item has expired."""

    kind = "agency.line_lapsed"
    item: str
