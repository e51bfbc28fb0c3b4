"""Selections as plain facts for the flags of oversight, a page at a time: likeness facts come with the
sealed list and never before.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from market.db import Work
from market.selection.entries.models import Entry, EntryLikeness
from market.selection.entries.rules.states import OPENED
from market.selection.kinds import Fund
from market.selection.notices.models import Notice, NoticeAmendment
from market.selection.notices.queries import case
from market.selection.notices.rules import publication
from market.selection.notices.rules.terms import fixed
from market.selection.results.models import Ranking
from market.selection.results.rules.flagged import Before, Entrant, Scanned
from market.selection.sources.models import Draw, DrawSource, SourceValue
from market.selection.sources.rules.states import DrawState
from market.selection.way import way_of

M = TypeVar("M")
PAGE = 500
SAME = (
    "owner_id",
    "regulator_id",
    "items",
    "category",
    "method",
    "fund",
    "state",
    "listing",
    "ceiling_fen",
    "urgent",
    "requirement",
    "cancelled_at",
    "announced_at",
    "rulebook",
    "failure",
)


def scanned(work: Work, since: dt.datetime) -> Iterator[Scanned]:
    """Every selection published since an instant, owner by owner, oldest first; a page of rows is all
    that is in memory.
    """
    where: ColumnElement[bool] = Notice.published_at >= since
    last: tuple[int, int] | None = None
    while True:
        asked = select(Notice).where(where, *_behind(last))
        rows = work.session.scalars(asked.order_by(Notice.owner_id, Notice.id).limit(PAGE)).all()
        yield from _scan(work, rows)
        if len(rows) < PAGE:
            return
        last = (rows[-1].owner_id, rows[-1].id)
        for row in rows:
            work.session.expunge(row)


def _behind(last: tuple[int, int] | None) -> tuple[ColumnElement[bool], ...]:
    if last is None:
        return ()
    owner, row = last
    return (or_(Notice.owner_id > owner, and_(Notice.owner_id == owner, Notice.id > row)),)


def scanned_ones(work: Work, numbers: Collection[str]) -> list[Scanned]:
    """These selections."""
    rows = work.session.scalars(select(Notice).where(Notice.number.in_(numbers))).all()
    return list(_scan(work, rows))


def moved_since(work: Work, since: dt.datetime) -> list[str]:
    """The numbers of selections of which something became public since an instant."""
    moved = [
        column >= since
        for column in (
            Notice.published_at,
            Notice.amended_at,
            Notice.cancelled_at,
            Notice.announced_at,
        )
    ]
    asked = select(Notice.number).where(Notice.number.is_not(None), or_(*moved))
    return [str(number) for number in work.session.scalars(asked.order_by(Notice.id))]


def uncleared(work: Work, number: str) -> int:
    """How many words the scan finds in a published text that nobody has cleared with a reason."""
    row = work.session.scalar(select(Notice).where(Notice.number == number))
    if row is None or row.overridden_at is not None:
        return 0
    return len(publication.findings(case.terms_of(row), case.places(work)))


def _scan(work: Work, rows: Sequence[Notice]) -> Iterator[Scanned]:
    ids = [row.id for row in rows]
    entrants = _entrants(work, ids)
    draws = {row.notice_id: row for row in _of(work, Draw, Draw.notice_id, ids)}
    valued = _valued(work, [row.id for row in draws.values()])
    first = _first_closes(work, ids)
    before = _before(work, {row.predecessor for row in rows if row.predecessor})
    for row in rows:
        has_entries = way_of(row.method).has_entries
        draw = draws.get(row.id)
        yield Scanned(
            **{name: getattr(row, name) for name in SAME},
            number=str(row.number),
            is_fiscal=row.fund is Fund.FISCAL or row.fiscal_percent > 0,
            project=row.project_code,
            excluded=tuple(uscc for uscc, _why in row.exclusions),
            is_overridden=row.overridden_at is not None,
            published_at=fixed(row.published_at),
            first_close=first.get(row.id, row.entry_close) if has_entries else None,
            close=row.entry_close if has_entries else None,
            sealed_at=(draw.sealed_at if draw else None) or row.entries_closed_at,
            is_aborted=draw is not None and draw.state is DrawState.ABORTED,
            had_a_value=draw is not None and draw.id in valued,
            drawn_at=draw.drawn_at if draw else None,
            before=before.get(row.predecessor or ""),
            entrants=tuple(entrants.get(row.id, ())),
        )


def _of(
    work: Work, model: type[M], column: InstrumentedAttribute[int], ids: Collection[int]
) -> Sequence[M]:
    return work.session.scalars(select(model).where(column.in_(ids))).all()


def _valued(work: Work, draw_ids: Collection[int]) -> set[int]:
    """The draws of whose sources a value is out."""
    asked = select(DrawSource.draw_id).where(
        DrawSource.draw_id.in_(draw_ids),
        select(SourceValue.slot)
        .where(SourceValue.source == DrawSource.source, SourceValue.slot == DrawSource.slot)
        .exists(),
    )
    return set(work.session.scalars(asked))


def _first_closes(work: Work, ids: Collection[int]) -> Mapping[int, dt.datetime]:
    asked = (
        select(NoticeAmendment.notice_id, func.min(NoticeAmendment.old_close))
        .where(NoticeAmendment.notice_id.in_(ids))
        .group_by(NoticeAmendment.notice_id)
    )
    return {row[0]: row[1] for row in work.session.execute(asked)}


def _before(work: Work, numbers: Collection[str]) -> dict[str, Before]:
    asked = select(Notice.number, Notice.requirement, Notice.exclusions).where(
        Notice.number.in_(numbers)
    )
    return {
        str(number): Before(
            number=str(number),
            requirement=requirement,
            excluded=tuple(uscc for uscc, _why in exclusions),
        )
        for number, requirement, exclusions in work.session.execute(asked)
    }


def _entrants(work: Work, ids: Collection[int]) -> dict[int, list[Entrant]]:
    """Who stands in the sealed lists, with the likeness facts that are still kept."""
    asked = (
        select(
            Entry.notice_id,
            Entry.no,
            Entry.ref,
            Entry.state,
            Entry.received_at,
            Entry.reason,
            Entry.quote_fen,
            Ranking.rank,
            Ranking.state,
            Entry.representative_digest,
            EntryLikeness.phone,
            EntryLikeness.address,
            EntryLikeness.device,
            EntryLikeness.network,
        )
        .outerjoin(Ranking, Ranking.entry_id == Entry.id)
        .outerjoin(
            EntryLikeness,
            (EntryLikeness.notice_id == Entry.notice_id) & (EntryLikeness.no == Entry.no),
        )
        .where(Entry.notice_id.in_(ids), Entry.state.in_(OPENED))
        .order_by(Entry.notice_id, Entry.no)
    )
    found: dict[int, list[Entrant]] = defaultdict(list)
    for notice_id, *said in work.session.execute(asked):
        found[notice_id].append(Entrant(**dict(zip(NAMES, said, strict=True))))
    return found


NAMES = (
    "no",
    "ref",
    "state",
    "received_at",
    "reason",
    "quote_fen",
    "rank",
    "rank_state",
    "representative",
    "phone",
    "address",
    "device",
    "network",
)
