"""Attachments that a change of an open notice brings, and those that the new text is to be without."""

from sqlalchemy import delete, select

from market.accounts import queries as accounts
from market.db import Work
from market.files import service as files
from market.kernel.errors import NotFound, Refusal
from market.ledger.service import record
from market.selection import permissions
from market.selection.notices.events import AttachmentSuperseded
from market.selection.notices.models import Notice, NoticeAttachment, NoticeChange
from market.selection.notices.queries import attached
from market.selection.notices.rules import attachments as rules
from market.selection.notices.rules.changes import ChangeState
from market.selection.notices.service.attaching import keep_file, publish_attachments
from market.selection.rows import one


def row_of(work: Work, change_id: int) -> tuple[NoticeChange, Notice]:
    """A change, locked, with its notice. Refuses `change.none`."""
    row = one(work, NoticeChange, NoticeChange.id == change_id, "change.none", lock=True)
    return row, work.session.get_one(Notice, row.notice_id)


def of_own(work: Work, change_id: int) -> tuple[NoticeChange, Notice]:
    """A change of the actor's own body; another's is `change.none` like an absent one."""
    row, notice = row_of(work, change_id)
    if notice.owner_id != work.actor.organisation_id:
        raise NotFound("change.none")
    return row, notice


def bring_file(work: Work, *, change_id: int, received: files.Received) -> int:
    """Let a change that nobody has signed bring a file; returns the attachment's id.

    Refuses `change.none`, `change.wrong_state`, and at `file` `attachment.too_many` and
    `attachment.again`.
    """
    permissions.require(work.actor, "notice.draft")
    row, notice = _unsigned(work, change_id)
    known = attached.attachments(work, notice.id) + attached.brought(work, change_id)
    rules.check_room(
        _standing(work, row), frozenset(each.sha256 for each in known), received.sha256
    )
    return keep_file(work, notice, received, change_id)


def take_file_back(work: Work, *, change_id: int, attachment_id: int) -> list[str]:
    """Let a change that nobody has signed not bring a file after all; returns the keys of bytes to be
    deleted once this is committed. Refuses as `bring_file`, and `attachment.none`.
    """
    permissions.require(work.actor, "notice.draft")
    row, _notice = _unsigned(work, change_id)
    if attachment_id not in [each.id for each in attached.brought(work, row.id)]:
        raise NotFound("attachment.none")
    return _forget(work, row.id, attachment_id)


def leave_out(work: Work, *, change_id: int, attachment_id: int) -> None:
    """Let the new text be without a file of the notice; said of the same once more, with it again.
    Refuses as `bring_file`, `attachment.none` of what the text is not with, `attachment.too_many` where
    others have taken its place, and `change.not_drafter`: who signs must not have set it.
    """
    permissions.require(work.actor, "notice.draft")
    row, notice = _unsigned(work, change_id)
    if row.proposed_by != work.actor.person_id:
        raise Refusal("change.not_drafter")
    here = [each.id for each in attached.in_text(work, notice.id) if each.withdrawn_at is None]
    if attachment_id not in here:
        raise NotFound("attachment.none")
    if attachment_id not in row.drops:
        row.drops = [*row.drops, attachment_id]
        return
    rules.check_count(_standing(work, row))
    row.drops = [each for each in row.drops if each != attachment_id]


def _standing(work: Work, row: NoticeChange) -> int:
    """How many files the new text will stand with."""
    known = attached.in_text(work, row.notice_id) + attached.brought(work, row.id)
    return sum(each.withdrawn_at is None and each.id not in row.drops for each in known)


def brought_by(work: Work, row: NoticeChange) -> frozenset[int]:
    """The persons who have brought the files of a change."""
    return frozenset(each.added_by for each in attached.brought(work, row.id))


def has_files(work: Work, row: NoticeChange) -> bool:
    """Whether a change touches attachments."""
    return bool(row.drops or attached.brought(work, row.id))


def hand_over_files(work: Work, row: NoticeChange) -> None:
    """Let the office read what a change brings."""
    office = accounts.office(work).id
    for each in attached.brought(work, row.id):
        if each.file_id is not None:
            files.grant(work, file_id=each.file_id, organisation_id=office)


def put_files_in_force(work: Work, notice: Notice, row: NoticeChange) -> dict[str, list[object]]:
    """Publish what a change brings, with its digests, and let the text be without what it leaves out;
    returns the difference as an amendment keeps it.
    """
    if not has_files(work, row):
        return {}
    before = attached.files_shown(work, notice.id)
    publish_attachments(work, notice, row.id)
    out = select(NoticeAttachment).where(
        NoticeAttachment.id.in_(row.drops), NoticeAttachment.superseded_at.is_(None)
    )
    for file in work.session.scalars(out.order_by(NoticeAttachment.id)).all():
        file.superseded_at = work.now
        record(work, AttachmentSuperseded(subject=str(notice.number), sha256=file.sha256))
    work.session.flush()  # The text below reads them.
    return {"attachments": [before, attached.files_shown(work, notice.id)]}


def forget_files(work: Work, row: NoticeChange) -> None:
    """Delete what a change that is not made was to bring; the bytes go with the sweep of orphans."""
    for each in attached.brought(work, row.id):
        _forget(work, row.id, each.id)


def _forget(work: Work, change_id: int, attachment_id: int) -> list[str]:
    which = NoticeAttachment.id == attachment_id, NoticeAttachment.change_id == change_id
    gone = work.session.scalar(select(NoticeAttachment.file_id).where(*which))
    work.session.execute(delete(NoticeAttachment).where(*which))
    return files.remove(work, file_ids=[] if gone is None else [gone])


def _unsigned(work: Work, change_id: int) -> tuple[NoticeChange, Notice]:
    row, notice = of_own(work, change_id)
    if row.state is not ChangeState.PROPOSED:
        raise Refusal("change.wrong_state")
    return row, notice
