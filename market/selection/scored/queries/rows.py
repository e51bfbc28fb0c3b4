"""Rounds, jurors, letters, sheets, found and locked. Other rooms get cards, never rows."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import and_, delete, func, select

from market.db import Work
from market.kernel.errors import NotFound
from market.selection.entries import queries as entry_queries
from market.selection.entries.models import Entry, EntryProposal
from market.selection.jurors.models import PoolMember
from market.selection.jurors.rules import MemberState
from market.selection.kinds import Method
from market.selection.notices.models import Notice
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.states import NoticeState
from market.selection.notices.rules.ways import SCORED
from market.selection.scored.models import ScoredJuror, ScoredLetter, ScoredRound, ScoredSheet
from market.selection.scored.rules import JurorState
from market.selection.scored.rules.jurors import BEHIND
from market.selection.way import boxes_of


def is_scored(method: Method) -> bool:
    """Whether selections of a way are scored."""
    return method in SCORED


def scored_notice(work: Work, number: str, *, lock: bool = False) -> Notice:
    """A public notice that is scored. Refuses `notice.none`."""
    row = notice_rows.by_number(work, number, lock=lock)
    if not is_scored(row.method):
        raise NotFound("notice.none")
    return row


def round_of(work: Work, notice_id: int) -> ScoredRound:
    """The scoring of a published notice."""
    return work.session.get_one(ScoredRound, notice_id)


def jurors(work: Work, notice_id: int) -> Sequence[ScoredJuror]:
    """Everybody who was named, seats first."""
    return work.session.scalars(
        select(ScoredJuror).where(ScoredJuror.notice_id == notice_id).order_by(ScoredJuror.place)
    ).all()


def juror_of(work: Work, notice_id: int, person_id: int | None) -> ScoredJuror:
    """The person as a juror of a notice who sits or sat. Refuses `notice.none`."""
    row = seat_of(work, notice_id, person_id)
    if row is None:
        raise NotFound("notice.none")
    return row


def seat_of(work: Work, notice_id: int, person_id: int | None) -> ScoredJuror | None:
    """The same, None where the person is no juror of it."""
    return work.session.scalar(
        select(ScoredJuror).where(
            ScoredJuror.notice_id == notice_id,
            ScoredJuror.person_id == person_id,
            ScoredJuror.state != JurorState.RESERVE,
        )
    )


def last_of_owner(work: Work, notice: Notice, most: int) -> Sequence[int]:
    """The owner's last scored notices (ids) before this one that came as far as jurors."""
    return work.session.scalars(
        select(ScoredRound.notice_id)
        .join(Notice, Notice.id == ScoredRound.notice_id)
        .where(
            Notice.owner_id == notice.owner_id,
            Notice.id < notice.id,
            ScoredRound.listed_at.is_not(None),
        )
        .order_by(Notice.id.desc())
        .limit(most)
    ).all()


def seated_since(work: Work, notice: Notice, juror: ScoredJuror) -> dt.datetime:
    """Since when somebody sits: since the lot, or since another left the seat."""
    left = work.session.scalar(
        select(func.max(ScoredJuror.gone_at)).where(
            ScoredJuror.notice_id == notice.id,
            ScoredJuror.seat == juror.seat,
            ScoredJuror.id != juror.id,
        )
    )
    listed = round_of(work, notice.id).listed_at or work.now
    return max(left, listed) if left else listed


def forget_panel(work: Work, notice_id: int) -> None:
    """Take back who was named for a notice that is not public."""
    work.session.execute(delete(ScoredJuror).where(ScoredJuror.notice_id == notice_id))


def letters(work: Work, notice_id: int) -> Sequence[tuple[ScoredLetter, Entry]]:
    """The letters of a notice with their entries, in the order of the letters."""
    found = work.session.execute(
        select(ScoredLetter, Entry)
        .join(Entry, Entry.id == ScoredLetter.entry_id)
        .where(ScoredLetter.notice_id == notice_id)
    ).all()
    return sorted(
        ((letter, entry) for letter, entry in found), key=lambda pair: int(pair[0].letter[1:])
    )


def sheet_of(work: Work, juror_id: int) -> ScoredSheet:
    """A juror's sheet, begun where there is none."""
    row = work.session.get(ScoredSheet, juror_id)
    if row is None:
        row = ScoredSheet(juror_id=juror_id, marks={}, comments={})
        work.session.add(row)
    return row


def standing_sheets(work: Work, notice_id: int) -> Sequence[tuple[ScoredJuror, ScoredSheet]]:
    """The sheets that count, by seat."""
    found = work.session.execute(
        select(ScoredJuror, ScoredSheet)
        .join(ScoredSheet, ScoredSheet.juror_id == ScoredJuror.id)
        .where(ScoredJuror.notice_id == notice_id, ScoredJuror.state == JurorState.HANDED_IN)
        .order_by(ScoredJuror.seat)
    )
    return [(juror, sheet) for juror, sheet in found]


def to_open(work: Work) -> list[str]:
    """Numbers of the notices whose sheets are closed and whose quotes are not opened."""
    found = work.session.scalars(
        select(Notice.number)
        .join(ScoredRound, ScoredRound.notice_id == Notice.id)
        .where(
            Notice.state == NoticeState.SCORING,
            ScoredRound.closed_at.is_not(None),
            ScoredRound.opened_at.is_(None),
        )
        .order_by(Notice.id)
    )
    return [number for number in found if number]


def sheet_read(work: Work, juror_id: int) -> ScoredSheet | None:
    """A juror's sheet as it stands; None where nothing is written."""
    return work.session.get(ScoredSheet, juror_id)


class Shown(NamedTuple):
    """What is judged under a letter: texts by criterion, or a file by its digest (hex), perhaps with a
    named part beside it.
    """

    letter: str
    texts: dict[str, str]
    sha256: str | None
    has_named: bool


def shown(work: Work, notice: Notice) -> list[Shown]:
    """What is proposed, in the order of the letters."""
    if boxes_of(notice.method, notice.way):
        return [
            Shown(
                letter.letter,
                {},
                entry_queries.opened_digest(work, entry),
                entry.proposal_b_sha256 is not None,
            )
            for letter, entry in letters(work, notice.id)
        ]
    found = texts(work, notice.id)
    return [Shown(letter, found[letter], None, has_named=False) for letter in found]


def texts(work: Work, notice_id: int) -> dict[str, dict[str, str]]:
    """What is proposed under each letter, by criterion, in the order of the letters."""
    agencies = {
        row.agency_id: row.texts or {}
        for row in work.session.scalars(
            select(EntryProposal).where(EntryProposal.notice_id == notice_id)
        )
    }
    return {letter.letter: agencies[entry.agency_id] for letter, entry in letters(work, notice_id)}


def shown_digest(work: Work, entry: Entry) -> str:
    """The digest (hex) of what the jurors are shown of an entry: of its text, as its leaf has it; of the
    file in its box.
    """
    return entry_queries.opened_digest(work, entry) or str(entry.proposal_sha256)


LEFT_THE_POOL = and_(
    ScoredJuror.place > BEHIND,
    ScoredJuror.state.in_((JurorState.SEATED, JurorState.JUDGING)),
    PoolMember.state != MemberState.ADMITTED,
)
"""Was drawn, sits without a sheet handed in, and is suspended or out of the pool by now."""


def left_the_pool(work: Work, notice_id: int) -> Sequence[ScoredJuror]:
    """The jurors of a notice of whom this is so, by seat."""
    return work.session.scalars(
        select(ScoredJuror)
        .join(PoolMember, PoolMember.person_id == ScoredJuror.person_id)
        .where(ScoredJuror.notice_id == notice_id, LEFT_THE_POOL)
        .order_by(ScoredJuror.seat)
    ).all()


def with_barred(work: Work) -> list[str]:
    """Numbers of the notices in whose panel there is one."""
    found = work.session.scalars(
        select(Notice.number)
        .join(ScoredJuror, ScoredJuror.notice_id == Notice.id)
        .join(PoolMember, PoolMember.person_id == ScoredJuror.person_id)
        .where(Notice.state == NoticeState.SCORING, LEFT_THE_POOL)
        .distinct()
    )
    return sorted(number for number in found if number)


def seats_of(work: Work, person_id: int | None) -> Sequence[tuple[Notice, ScoredJuror]]:
    """The public notices in whose panel a person sits or sat, newest first."""
    found = work.session.execute(
        select(Notice, ScoredJuror)
        .join(ScoredJuror, ScoredJuror.notice_id == Notice.id)
        .where(
            ScoredJuror.person_id == person_id,
            ScoredJuror.state != JurorState.RESERVE,
            Notice.number.is_not(None),
        )
        .order_by(Notice.id.desc())
        .limit(200)
    )
    return [(notice, juror) for notice, juror in found]


def proposal_at(work: Work, notice_id: int, agency_id: int) -> dt.datetime | None:
    """When an agency's proposal was handed in."""
    row = work.session.get(EntryProposal, (notice_id, agency_id))
    return row.handed_at if row else None
