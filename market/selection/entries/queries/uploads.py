"""Sealed files of entries: which a notice takes, which wait, which are to be opened."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import and_, or_, select

from market.db import Work
from market.files import queries as file_queries
from market.kernel.errors import NotFound
from market.kernel.ids import Prefix, sibling
from market.selection.entries.models import Entry, EntryBox
from market.selection.entries.rules.states import EntryState
from market.selection.notices.models import Notice
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.states import NoticeState
from market.selection.quotes import queries as quote_queries
from market.selection.quotes.queries import PublicKeys
from market.selection.way import boxes_of
from verify.zjcs.quote_keys import PRICE

PART_A = "proposal"
PART_B = "proposal_b"
STAGES = {PART_A: "", PART_B: PRICE}
"""Behind what a kind opens: the closed entries, or the closed sheets."""


@dataclasses.dataclass(frozen=True)
class Stage:
    """To whose keys the files of a kind are sealed, and under which id."""

    draw: str
    keys: PublicKeys


def kinds_of(work: Work, number: str) -> tuple[str, ...]:
    """The kinds of sealed files that a notice takes, the one that may not be missing first."""
    notice = notice_rows.by_number(work, number)
    return boxes_of(notice.method, notice.way)


def stage_of_kind(work: Work, number: str, kind: str) -> Stage | None:
    """What a kind of a notice is sealed for; None of a notice that takes none. Refuses `notice.none`."""
    if kind not in kinds_of(work, number):
        return None
    draw = sibling(number, Prefix.DRAW) + STAGES[kind]
    keys = quote_queries.keys_of(work, draw)
    return None if keys is None else Stage(draw, keys)


@dataclasses.dataclass(frozen=True)
class Upload:
    """A file that waits sealed, as its own agency sees it: `sha256` the box's hash, `document_sha256`
    that of the file within (both hex).
    """

    kind: str
    sha256: str
    document_sha256: str
    sealed_by: str
    size: int
    at: dt.datetime


def own_uploads(work: Work, number: str, organisation_id: int | None) -> dict[str, Upload]:
    """The newest upload of each kind that an agency has for a notice."""
    found = work.session.scalars(
        select(EntryBox)
        .join(Notice, Notice.id == EntryBox.notice_id)
        .where(Notice.number == number, EntryBox.agency_id == organisation_id)
        .order_by(EntryBox.id)
    ).all()
    cards = file_queries.files(work, [row.file_id for row in found])
    return {
        row.kind: Upload(
            row.kind,
            row.sha256,
            row.document_sha256,
            row.sealed_by,
            cards[row.file_id].size,
            row.uploaded_at,
        )
        for row in found
    }


def with_remains(work: Work) -> list[str]:
    """Numbers of the notices that take no entry any more and for which boxes lie unopened."""
    found = work.session.scalars(
        select(Notice.number)
        .join(EntryBox, EntryBox.notice_id == Notice.id)
        .where(
            EntryBox.opened_at.is_(None),
            or_(
                Notice.state != NoticeState.ENTRY_OPEN,
                Notice.entries_closed_at.is_not(None),
            ),
        )
        .distinct()
    )
    return sorted(number for number in found if number)


# --- opening --------------------------------------------------------------------------------
@dataclasses.dataclass(frozen=True)
class ToOpen:
    """A box that its keys open now: `no` of its entry, `key` of its bytes, its hash (hex) as the log has it, what it was
    sealed for, and the private keys (hex) by holder.
    """

    box_id: int
    no: int
    key: str
    sha256: str
    draw: str
    ref: str
    kind: str
    keys: PublicKeys
    given: Mapping[str, str] = dataclasses.field(repr=False)


STANDING = (EntryState.RECEIVED, EntryState.LISTED)
NAMED = {PART_A: Entry.proposal_sha256, PART_B: Entry.proposal_b_sha256}


def to_open(work: Work, number: str, kind: str) -> list[ToOpen]:
    """The unopened boxes of a kind that entries name which stand on the list, or may come on it, where the
    keys of their stage are all there.
    """
    stage = stage_of_kind(work, number, kind)
    if stage is None:
        return []
    given = quote_queries.given(work, stage.draw)
    if len(given) < stage.keys.t:
        return []
    rows = [each for each in _named(work, number, kind) if each[0].opened_at is None]
    cards = file_queries.files(work, [row.file_id for row, _, _ in rows])
    return [
        ToOpen(
            row.id,
            no,
            cards[row.file_id].key,
            row.sha256,
            stage.draw,
            ref,
            kind,
            stage.keys,
            given,
        )
        for row, no, ref in rows
    ]


def _named(work: Work, number: str, kind: str) -> Sequence[tuple[EntryBox, int, str]]:
    found = work.session.execute(
        select(EntryBox, Entry.no, Entry.ref)
        .join(Notice, Notice.id == EntryBox.notice_id)
        .join(
            Entry,
            and_(
                Entry.notice_id == EntryBox.notice_id,
                Entry.agency_id == EntryBox.agency_id,
                NAMED[kind] == EntryBox.sha256,
                Entry.state.in_(STANDING),
            ),
        )
        .where(Notice.number == number, EntryBox.kind == kind)
        .order_by(Entry.no)
    )
    return [(row, no, ref) for row, no, ref in found]


def box_of(work: Work, entry: Entry, kind: str) -> EntryBox | None:
    """The box of a kind that an entry names; None where it names none."""
    sha256 = entry.proposal_sha256 if kind == PART_A else entry.proposal_b_sha256
    return work.session.scalar(
        select(EntryBox).where(
            EntryBox.notice_id == entry.notice_id,
            EntryBox.agency_id == entry.agency_id,
            EntryBox.kind == kind,
            EntryBox.sha256 == sha256,
        )
    )


def opened_file(work: Work, entry: Entry, kind: str) -> int:
    """The id of the file that was in an entry's box. Refuses `files.none` before it is open."""
    row = box_of(work, entry, kind)
    if row is None or row.opened_file_id is None:
        raise NotFound("files.none")
    return row.opened_file_id


def opened_digest(work: Work, entry: Entry) -> str | None:
    """The digest (hex) of the document that the jurors are shown; None before it is open."""
    row = box_of(work, entry, PART_A)
    if row is None or row.opened_file_id is None:
        return None
    return file_queries.file(work, row.opened_file_id).sha256
