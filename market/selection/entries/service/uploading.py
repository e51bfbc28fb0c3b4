"""Sealed files before the entry: uploaded one a request, named by the entry, erased where nobody names
them (ADR 0065).
"""

import dataclasses
import hashlib
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import delete, func, select

from market.agencies import queries as agencies
from market.db import Work
from market.files import service as files
from market.files.rules import Audience
from market.files.service import Received
from market.kernel.errors import Invalid, Refusal
from market.selection import permissions
from market.selection.entries.models import Entry, EntryBox
from market.selection.entries.queries import uploads
from market.selection.entries.rules import boxing, entering
from market.selection.entries.rules.states import EntryState
from market.selection.entries.service.admitting import agency_of
from market.selection.notices.models import Notice
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.states import NoticeState
from market.selection.notices.rules.terms import fixed
from verify.zjcs import boxes

PURPOSE = "entry.box"
NAMED_BY = {"proposal": Entry.proposal_sha256, "proposal_b": Entry.proposal_b_sha256}
"""Which column of an entry names the box of a kind."""


@dataclasses.dataclass(frozen=True)
class SealedFile:
    """A file as it came sealed, or as the server has just sealed it: the box, the digest (hex) of the
    file within, and by what it was sealed.
    """

    box: bytes = dataclasses.field(repr=False)
    document_sha256: str
    by: str


def seal_here(work: Work, *, number: str, kind: str, document: bytes) -> SealedFile:
    """Seal a file on the server, for who has no script: nothing is kept of it but the box.

    Refuses `notice.none`, `agency.not_active`, `entry.box_not_open`, `entry.box_many`.
    """
    stage = uploads.stage_of_kind(work, number, kind)
    agency = agencies.of_organisation(work, agency_of(work.actor))
    if stage is None or agency is None or agency.ref is None:
        raise Refusal("entry.box_not_open")
    _check_count(_known(work, notice_rows.by_number(work, number), kind))
    purpose = boxes.Purpose(stage.draw, agency.ref, kind, stage.keys.t)
    box = boxes.seal(document, purpose, stage.keys.trustees)
    return SealedFile(box, hashlib.sha256(document).hexdigest(), boxing.SERVER)


def check_upload(work: Work, *, number: str, kind: str, sealed: SealedFile) -> bool:
    """Hold a sealed file to the notice, the agency and the kind, before its bytes are kept. Returns whether
    the very box lies there already.

    Refuses `notice.none`, `entry.late`, `entry.not_open`, `entry.box_not_open`, `entry.box_many`; at
    `file` `entry.box_shape`, `entry.box_other`, `entry.box_size`, `entry.box_document`.
    """
    permissions.require(work.actor, "entry.enter")
    notice = notice_rows.by_number(work, number)
    stage = uploads.stage_of_kind(work, number, kind)
    agency = agencies.of_organisation(work, agency_of(work.actor))
    if stage is None or agency is None or agency.ref is None:
        raise Refusal("entry.box_not_open")
    closed = entering.why_closed(notice.state, work.received_at, fixed(notice.entry_close))
    if closed is not None:
        raise closed

    if len(sealed.box) > boxing.MOST_BOX:
        raise Invalid("entry.box_size", field="file")
    if not boxing.HEX.fullmatch(sealed.document_sha256):
        raise Invalid("entry.box_document", field="file")
    purpose = boxes.Purpose(stage.draw, agency.ref, kind, stage.keys.t)
    boxing.check_purpose(sealed.box, purpose, len(stage.keys.trustees), field="file")
    known = _known(work, notice, kind)
    if boxes.box_hash(sealed.box) in known:
        return True
    _check_count(known)
    return False


def _known(work: Work, notice: Notice, kind: str) -> Sequence[str]:
    """The hashes (hex) of the boxes of a kind that the actor's agency has uploaded for a notice."""
    own = select(EntryBox.sha256).where(
        EntryBox.notice_id == notice.id,
        EntryBox.agency_id == agency_of(work.actor),
        EntryBox.kind == kind,
    )
    return work.session.scalars(own).all()


def _check_count(known: Sequence[str]) -> None:
    if len(known) >= boxing.MOST_UPLOADS:
        raise Refusal("entry.box_many", most=boxing.MOST_UPLOADS)


def upload(work: Work, *, number: str, kind: str, sealed: SealedFile, received: Received) -> str:
    """Keep a sealed file for an entry to name; returns the hash (hex) of its box. The same box once more
    changes nothing. Refuses as `check_upload`. Two at once are counted one after the other.
    """
    notice = notice_rows.by_number(work, number, lock=True)
    sha256 = boxes.box_hash(sealed.box)
    if check_upload(work, number=number, kind=kind, sealed=sealed):
        return sha256

    file_id = files.store(
        work, received, purpose=PURPOSE, organisation_id=None, audience=Audience.GRANTED
    )
    work.session.add(
        EntryBox(
            notice_id=notice.id,
            agency_id=agency_of(work.actor),
            kind=kind,
            sha256=sha256,
            document_sha256=sealed.document_sha256,
            sealed_by=sealed.by,
            file_id=file_id,
            uploaded_at=work.now,
            uploaded_by=work.actor.person_id or 0,
        )
    )
    return sha256


# --- what nobody names ----------------------------------------------------------------------
def erase_unnamed(work: Work, *, number: str) -> list[str]:
    """Erase, once the entries are closed or the notice is over, the boxes that no live entry names,
    before any key is asked for; returns the keys of bytes to be deleted once this is committed.
    """
    permissions.require(work.actor, "selection.clock")
    notice = notice_rows.by_number(work, number, lock=True)
    if notice.entries_closed_at is None and notice.state is NoticeState.ENTRY_OPEN:
        return []
    rows = work.session.scalars(
        select(EntryBox).where(EntryBox.notice_id == notice.id, EntryBox.opened_at.is_(None))
    ).all()
    return _erase(work, [row for row in rows if not _is_named(work, notice, row)])


def _is_named(work: Work, notice: Notice, row: EntryBox) -> bool:
    """Whether a live entry carries the box; of a notice that has failed, or never came to its close, none
    does.
    """
    if notice.entries_closed_at is None or notice.failure is not None:
        return False
    named = select(func.count()).where(
        Entry.notice_id == notice.id,
        Entry.agency_id == row.agency_id,
        Entry.state != EntryState.WITHDRAWN,
        NAMED_BY[row.kind] == row.sha256,
    )
    return bool(work.session.scalar(named))


def _erase(work: Work, rows: Iterable[EntryBox]) -> list[str]:
    gone = list(rows)
    file_ids: Collection[int] = [row.file_id for row in gone]
    work.session.execute(delete(EntryBox).where(EntryBox.id.in_([row.id for row in gone])))
    return files.remove(work, file_ids=file_ids) if file_ids else []
