"""What is public of many selections at once, for whoever takes it away: no name before the seal."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable

from sqlalchemy import func, or_, select

from market.catalogue.rules import Items, Joined
from market.db import Work
from market.prepared import Many, Values
from market.selection.entries.models import Entry
from market.selection.entries.rules.states import EntryState
from market.selection.kinds import Failure, Fund, Method
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import OPENED, NoticeState
from market.selection.notices.rules.terms import items_of
from market.selection.results.models import Ranking
from market.selection.results.rules.states import RankState
from market.selection.sources.models import Draw
from market.selection.sources.rules.states import DrawState


@dataclasses.dataclass(frozen=True, slots=True)
class PublicNotice:
    """A published notice and what came of it. Money in fen; `entries` is a number only."""

    number: str
    title: str
    state: NoticeState
    listing: int
    predecessor: str | None
    owner_id: int
    item_code: str
    category: str
    regulator_id: int | None
    fund: Fund
    fiscal_percent: int
    method: Method
    ceiling_fen: int
    service_days: int | None
    is_urgent: bool
    rulebook: int
    published_at: dt.datetime
    entry_close: dt.datetime
    draw_at: dt.datetime
    amended_at: dt.datetime | None
    announced_at: dt.datetime | None
    failure: str | None
    entries: int
    draw: str | None
    draw_state: DrawState | None
    level: str | None
    document: str
    further: list[list[object]]
    joined: Joined | None

    @property
    def items(self) -> Items:
        """Everything that it buys."""
        return items_of(self.item_code, [str(code) for code, _ in self.further], self.joined)


@dataclasses.dataclass(frozen=True, slots=True)
class PublicEntrant:
    """One line of an opened list, and its place in the order once there is one. Money in fen."""

    notice: str
    no: int
    ref: str
    state: EntryState
    reason: str | None
    quote_fen: int | None
    received_at: dt.datetime
    receipt: str
    rank: int | None
    rank_state: RankState | None
    rank_reason: str | None
    ticket: str | None


NOTICES = Many(
    lambda asked: (
        select(
            Notice.number,
            Notice.title,
            Notice.state,
            Notice.listing,
            Notice.predecessor,
            Notice.owner_id,
            Notice.item_code,
            Notice.category,
            Notice.regulator_id,
            Notice.fund,
            Notice.fiscal_percent,
            Notice.method,
            Notice.ceiling_fen,
            Notice.service_days,
            Notice.urgent,
            Notice.rulebook,
            Notice.published_at,
            Notice.entry_close,
            Notice.draw_at,
            Notice.amended_at,
            Notice.announced_at,
            Notice.failure,
            Notice.entries_live,
            Draw.number,
            Draw.state,
            func.coalesce(Draw.reached, Draw.level),
            Notice.document,
            Notice.further,
            Notice.joined,
        )
        .select_from(Notice)
        .outerjoin(Draw, Draw.notice_id == Notice.id)
        .where(Notice.number.in_(asked), Notice.published_at.is_not(None))
    )
)


def public_notices(work: Work, numbers: Collection[str]) -> dict[str, PublicNotice]:
    """The published notices of these numbers, by number."""
    return {row[0]: PublicNotice(*row) for row in NOTICES.rows(work, numbers)}


def public_entrants(
    work: Work, numbers: Collection[str], *, unopened: bool = False
) -> list[PublicEntrant]:
    """The opened lists of these notices, by notice and number; of a sealed one nothing. `unopened`: also
    whose quote could not be opened.
    """
    shown = [EntryState.LISTED, EntryState.INELIGIBLE]
    if unopened:
        shown.append(EntryState.UNOPENED)
    asked = (
        select(
            Notice.number,
            Entry.no,
            Entry.ref,
            Entry.state,
            Entry.reason,
            Entry.quote_fen,
            Entry.received_at,
            Entry.receipt,
            Ranking.rank,
            Ranking.state,
            Ranking.reason,
            Ranking.ticket,
        )
        .join(Notice, Notice.id == Entry.notice_id)
        .outerjoin(Ranking, Ranking.entry_id == Entry.id)
        .where(
            Notice.number.in_(numbers),
            Notice.state.in_(OPENED),
            or_(Notice.failure.is_(None), Notice.failure != Failure.CANCELLED),
            Entry.state.in_(shown),
        )
        .order_by(Notice.id, Entry.no)
    )
    return [PublicEntrant(*_plain(row)) for row in work.session.execute(asked)]


def _plain(row: Iterable[object]) -> Values:
    """The values of a row, in the order in which they were asked for."""
    return tuple(row)
