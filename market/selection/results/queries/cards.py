"""What came of a notice: who stands first, and until when the result may be questioned."""

import dataclasses
import datetime as dt

from sqlalchemy import select

from market.accounts import queries as accounts
from market.db import Work
from market.selection.entries.models import Entry
from market.selection.notices import queries as notice_queries
from market.selection.notices.queries import NoticeCard
from market.selection.results.models import Ranking
from market.selection.results.rules import STANDSTILL
from market.selection.results.rules.states import RankState
from market.selection.sources.queries import rows as source_rows
from market.windows import queries as windows_queries
from market.windows.queries import Due

STANDING = (RankState.PROPOSED, RankState.WON)


@dataclasses.dataclass(frozen=True)
class Winner:
    """Who stands first in the order now: platform number, organisation, name, quote (fen), rank, and the days
    that it promised where they were scored.
    """

    ref: str
    organisation_id: int
    name: str
    amount_fen: int
    rank: int
    days: int | None = None


@dataclasses.dataclass(frozen=True)
class Selection(NoticeCard):
    """A notice with what came of it: the level of its draw ("" where nothing is drawn), who stands first, and until when the
    result may be questioned (`standstill_due`, exclusive).
    """

    level: str
    standstill_due: dt.datetime | None
    winner: Winner | None


def notice(work: Work, number: str) -> Selection:
    """A published notice with what came of it. Refuses `notice.none`."""
    card = notice_queries.notice(work, number)
    draw = source_rows.draw_of_or_none(work, card.id)
    due = standstill(work, number)
    known = {field.name: getattr(card, field.name) for field in dataclasses.fields(card)}
    return Selection(
        **known,
        level=draw.level if draw else "",
        standstill_due=due.due_at if due else None,
        winner=_winner(work, card.id),
    )


def standstill(work: Work, number: str) -> Due | None:
    """The last standstill of a result that was counted in days (a release only lets it go on), live
    or over.
    """
    counted = [
        due
        for due in windows_queries.of_subject(work, number)
        if due.kind == STANDSTILL.name and due.last_day is not None
    ]
    return max(counted, key=lambda due: due.id, default=None)


def _winner(work: Work, notice_id: int) -> Winner | None:
    row = work.session.execute(
        select(Ranking.ref, Ranking.rank, Entry.agency_id, Entry.quote_fen, Entry.response_days)
        .join(Entry, Entry.id == Ranking.entry_id)
        .where(Ranking.notice_id == notice_id, Ranking.state.in_(STANDING))
    ).first()
    if row is None:
        return None
    name = accounts.organisation(work, row.agency_id).name
    amount = row.quote_fen or 0
    return Winner(row.ref, row.agency_id, name, amount, row.rank, row.response_days)


def signs_for_owner(work: Work, number: str) -> bool:
    """Whether the actor signs for the owner of a notice."""
    owner = notice(work, number).owner_organisation_id
    return work.actor.organisation_id == owner and work.actor.has("owner_signatory")
