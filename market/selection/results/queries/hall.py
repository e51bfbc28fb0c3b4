"""The hall of draws: what is under way, what comes, what was drawn; all of it public."""

import dataclasses
import datetime as dt

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from market.agencies import queries as agencies
from market.db import Work
from market.kernel.clock import CHINA
from market.selection.notices.models import Notice
from market.selection.results.models import Ranking
from market.selection.results.queries.cards import STANDING
from market.selection.sources.models import Draw
from market.selection.sources.rules.states import DrawState
from market.web.paging import Page, keyset

PAGE = 20
LIVE = (
    DrawState.SEALING,
    DrawState.WAITING_SLOT,
    DrawState.WAITING_VALUE,
    DrawState.SOURCE_LOST,
)
AHEAD = (DrawState.SCHEDULED, *LIVE)
NEWEST_FIRST = (Draw.draw_at.desc(), Draw.id.desc())


@dataclasses.dataclass(frozen=True, slots=True)
class DrawListed:
    """One row: `entries` handed in (a number), `entrants` in the sealed list, `winner` who stands
    first now (name).
    """

    number: str
    notice_number: str
    title: str
    state: DrawState
    level: str
    entry_close: dt.datetime
    draw_at: dt.datetime
    entries: int
    entrants: int | None
    winner_ref: str | None
    winner: str | None


def _asked(*conditions: ColumnElement[bool]) -> Select[*tuple[object, ...]]:
    return (
        select(
            Draw.number,
            Notice.number.label("notice_number"),
            Notice.title,
            Draw.state,
            func.coalesce(Draw.reached, Draw.level).label("level"),
            Notice.entry_close,
            Draw.draw_at,
            Notice.entries_live,
            Draw.entrants,
            Ranking.ref,
        )
        .join(Notice, Notice.id == Draw.notice_id)
        .outerjoin(Ranking, and_(Ranking.notice_id == Notice.id, Ranking.state.in_(STANDING)))
        .where(*conditions)
    )


def _listed(work: Work, rows: list[Row[*tuple[object, ...]]]) -> list[DrawListed]:
    known = agencies.by_refs(work, [row.ref for row in rows if row.ref])
    return [
        DrawListed(
            row.number,
            row.notice_number,
            row.title,
            row.state,
            row.level,
            row.entry_close,
            row.draw_at,
            row.entries_live,
            row.entrants,
            row.ref,
            known[row.ref].name if row.ref in known else None,
        )
        for row in rows
    ]


def under_way(work: Work, limit: int = 50) -> list[DrawListed]:
    """Draws between their close and their order, and those whose close has come: soonest first."""
    closed = or_(Draw.state != DrawState.SCHEDULED, Notice.entry_close <= work.now)
    asked = _asked(Draw.state.in_(AHEAD), closed).order_by(Draw.draw_at, Draw.id).limit(limit)
    return _listed(work, list(work.session.execute(asked)))


def coming(work: Work, limit: int = PAGE) -> list[DrawListed]:
    """Draws whose notices are open, soonest first."""
    asked = _asked(Draw.state == DrawState.SCHEDULED, Notice.entry_close > work.now).order_by(
        Draw.draw_at, Draw.id
    )
    return _listed(work, list(work.session.execute(asked.limit(limit))))


def drawn_today(work: Work, limit: int = 50) -> list[DrawListed]:
    """Draws of this day in China whose order is out, newest first."""
    midnight = dt.datetime.combine(work.today, dt.time(), CHINA)
    asked = (
        _asked(Draw.state == DrawState.DRAWN, Draw.draw_at >= midnight)
        .order_by(*NEWEST_FIRST)
        .limit(limit)
    )
    return _listed(work, list(work.session.execute(asked)))


def archive(work: Work, after: str | None = None, limit: int = PAGE) -> Page[DrawListed]:
    """One page of draws that are over, newest first, the failed ones among them. Refuses
    `web.cursor`.
    """
    return _page(
        work, _asked(Draw.state.not_in(AHEAD)), after, limit
    )  # "not in": read in the order of the list's index


def every_draw(work: Work, after: str | None = None, limit: int = 100) -> Page[DrawListed]:
    """One page of all draws, newest first, for programs. Refuses `web.cursor`."""
    return _page(work, _asked(), after, limit)


def _page(
    work: Work, asked: Select[*tuple[object, ...]], after: str | None, limit: int
) -> Page[DrawListed]:
    page = keyset(work.session, asked, NEWEST_FIRST, after, limit)
    return Page(_listed(work, list(page.rows)), page.next, page.previous)
