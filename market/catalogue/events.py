"""What happens to the catalogue, as the log says it. The subject is <division>-<item code>."""

import dataclasses

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class ItemPublished(Event):
    """A service may be bought from now on, or is described anew: `version` 1 is the first."""

    kind = "catalogue.item_published"
    item: str
    version: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class ItemAbolished(Event):
    kind = "catalogue.item_abolished"
    item: str
    version: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class DeferrablePublished(Event):
    """Which documents may come later than an application for the item, in how many working days
    each; all of them.
    """

    kind = "catalogue.deferrable_published"
    item: str
    documents: list[str]
    days: list[int]


@dataclasses.dataclass(frozen=True, kw_only=True)
class ZonePublished(Event):
    """An evaluation of a whole zone may be used instead of buying the item; `no` is its row's id."""

    kind = "catalogue.zone_published"
    item: str
    no: int
    zone: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class ZoneWithdrawn(Event):
    """It may be used no more."""

    kind = "catalogue.zone_withdrawn"
    item: str
    no: int
