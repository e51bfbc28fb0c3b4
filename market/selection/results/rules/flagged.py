"""What rows say of one selection for the flags of oversight: plain facts. Pure."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from market.catalogue.rules import Items
from market.selection.entries.rules.states import EntryState
from market.selection.kinds import Fund, Method
from market.selection.notices.rules.states import RELISTABLE, NoticeState
from market.selection.results.rules.states import RankState


@dataclasses.dataclass(frozen=True, kw_only=True)
class Entrant:
    """One entry after the seal. `quote_fen` in fen; `rank` from 1; the last five are keyed digests,
    None where a fact is not known or erased.
    """

    no: int
    ref: str
    state: EntryState
    received_at: dt.datetime
    reason: str | None = None
    quote_fen: int | None = None
    rank: int | None = None
    rank_state: RankState | None = None
    representative: str | None = None
    phone: str | None = None
    address: str | None = None
    device: str | None = None
    network: str | None = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Before:
    """The listing that this one follows: what it required, and who was to stay away (codes)."""

    number: str
    requirement: str
    excluded: Sequence[str]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Scanned:
    """One published selection. Money in fen. `first_close` is the close of the publication, None
    where nobody enters; `close` the one in force. `is_fiscal`: public money decides. `entrants` are
    empty before the seal; withdrawn entries are never among them.
    """

    number: str
    owner_id: int
    regulator_id: int | None
    items: Items
    category: str
    method: Method
    fund: Fund
    is_fiscal: bool
    state: NoticeState
    listing: int
    ceiling_fen: int | None
    project: str
    urgent: bool
    requirement: str
    excluded: Sequence[str]
    is_overridden: bool
    published_at: dt.datetime
    first_close: dt.datetime | None
    close: dt.datetime | None
    cancelled_at: dt.datetime | None
    announced_at: dt.datetime | None
    sealed_at: dt.datetime | None
    is_aborted: bool = False
    had_a_value: bool = False
    failure: str | None = None
    drawn_at: dt.datetime | None = None
    rulebook: int = 1
    before: Before | None = None
    entrants: Sequence[Entrant] = ()

    @property
    def item_code(self) -> str:
        """Of several items that are bought together the first."""
        return self.items.codes[0]

    @property
    def failed(self) -> bool:
        """Whether nothing was bought: failed, cancelled, annulled or listed again."""
        return self.state in RELISTABLE or self.state is NoticeState.RELISTED
