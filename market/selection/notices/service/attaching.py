"""Attachments of a notice: added and taken away while it is written, public with it, withdrawn at
once by two persons.
"""

from sqlalchemy import delete, select

from market.accounts import queries as accounts
from market.db import Work
from market.files import service as files
from market.files.rules import Audience
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import another_person, check_shown, signs
from market.ledger.service import record
from market.selection import permissions
from market.selection.notices.events import (
    AttachmentAccused,
    AttachmentKept,
    AttachmentPublished,
    AttachmentWithdrawn,
)
from market.selection.notices.models import Notice, NoticeAttachment
from market.selection.notices.queries import attached
from market.selection.notices.rules import attachments as rules
from market.selection.notices.rules.attachments import Why
from market.selection.notices.rules.states import EDITABLE
from market.selection.notices.service.own import own
from market.selection.rows import one

PURPOSE = "notice"


def attach(work: Work, *, notice_id: int, received: files.Received) -> int:
    """Add a file to a notice that is being written; returns the attachment's id.

    Refuses `notice.not_editable`, and at `file` `attachment.too_many` and `attachment.again`.
    """
    permissions.require(work.actor, "notice.draft")
    notice = own(work, notice_id, lock=True)
    if notice.state not in EDITABLE:
        raise Refusal("notice.not_editable")
    known = attached.attachments(work, notice_id)
    rules.check_room(len(known), frozenset(each.sha256 for each in known), received.sha256)
    return keep_file(work, notice, received)


def keep_file(
    work: Work, notice: Notice, received: files.Received, change_id: int | None = None
) -> int:
    """Store what came as a file of a notice, or of a change of it; returns the attachment's id."""
    file_id = files.store(
        work,
        received,
        purpose=PURPOSE,
        organisation_id=notice.owner_id,
        person_id=work.actor.person_id,
        audience=Audience.GRANTED,
    )
    row = NoticeAttachment(
        notice_id=notice.id,
        change_id=change_id,
        file_id=file_id,
        name=received.name,
        mime=received.mime,
        size=received.size,
        sha256=received.sha256,
        added_at=work.now,
        added_by=work.actor.person_id,
    )
    work.session.add(row)
    work.session.flush()  # The caller needs the id.
    return row.id


def detach(work: Work, *, notice_id: int, attachment_id: int) -> list[str]:
    """Take a file away from a notice that is being written; returns the keys of bytes to be deleted
    once this is committed. Refuses `notice.not_editable` and `attachment.none`.
    """
    permissions.require(work.actor, "notice.draft")
    row = _row(work, attachment_id)
    notice = work.session.get_one(Notice, row.notice_id)
    is_own = notice.owner_id == work.actor.organisation_id and notice.discarded_at is None
    if not is_own or row.notice_id != notice_id or row.file_id is None:
        raise NotFound("attachment.none")
    own(work, notice_id, lock=True)
    if notice.state not in EDITABLE:
        raise Refusal("notice.not_editable")

    file_id = row.file_id
    work.session.delete(row)
    work.session.flush()  # Then nothing refers to the file.
    return _forget(work, [file_id])


def forget(work: Work, notice_ids: list[int]) -> None:
    """Delete the attachments of drafts that are deleted; the bytes go with the sweep of orphans."""
    theirs = NoticeAttachment.notice_id.in_(notice_ids)
    gone = list(work.session.scalars(select(NoticeAttachment.file_id).where(theirs)))
    work.session.execute(delete(NoticeAttachment).where(theirs))
    _forget(work, [file_id for file_id in gone if file_id is not None])


def _forget(work: Work, file_ids: list[int]) -> list[str]:
    """Forget files that no other listing has."""
    kept = set(
        work.session.scalars(
            select(NoticeAttachment.file_id).where(NoticeAttachment.file_id.in_(file_ids))
        )
    )
    return files.remove(work, file_ids=[each for each in file_ids if each not in kept])


def hand_over(work: Work, notice: Notice) -> None:
    """Let the office read the attachments of a notice that is handed in."""
    office = accounts.office(work).id
    for each in attached.attachments(work, notice.id):
        if each.file_id is not None:
            files.grant(work, file_id=each.file_id, organisation_id=office)


def carry_over(work: Work, before: Notice, again: Notice) -> None:
    """Give the next listing the attachments of the one before that were not withdrawn."""
    for each in attached.in_text(work, before.id):
        if each.file_id is None:
            continue
        work.session.add(
            NoticeAttachment(
                notice_id=again.id,
                file_id=each.file_id,
                name=each.name,
                mime=each.mime,
                size=each.size,
                sha256=each.sha256,
                added_at=work.now,
                added_by=work.actor.person_id or before.drafted_by,
            )
        )


def publish_attachments(work: Work, notice: Notice, change_id: int | None = None) -> None:
    """Let everybody read the attachments of a notice that becomes public, or those that a change of it
    brings, and log their digests.
    """
    rows = work.session.scalars(
        select(NoticeAttachment)
        .where(
            NoticeAttachment.notice_id == notice.id,
            NoticeAttachment.published_at.is_(None),
            NoticeAttachment.change_id.is_(None)
            if change_id is None
            else NoticeAttachment.change_id == change_id,
        )
        .order_by(NoticeAttachment.id)
    ).all()
    for row in rows:
        if row.file_id is None:
            continue
        files.publish(work, file_id=row.file_id)
        row.published_at = work.now
        record(
            work,
            AttachmentPublished(subject=str(notice.number), sha256=row.sha256, size=row.size),
        )


def accuse(work: Work, *, attachment_id: int, why: Why) -> None:
    """Ask that a public file be withdrawn, as the first of two persons. The class of the reason is
    public, nothing else is said of it.

    Refuses `attachment.none` and `attachment.accused` where somebody has asked already.
    """
    permissions.require(work.actor, "attachment.withdraw")
    row, number = _public(work, attachment_id)
    if row.accused_at is not None:
        raise Refusal("attachment.accused")
    row.accused_at = work.now
    row.accused_by = work.actor.person_id
    row.why = why
    record(work, AttachmentAccused(subject=number, sha256=row.sha256, reason=why.value))


@signs(attached.attachment_shown, key="attachment_id")
def withdraw(work: Work, *, attachment_id: int, shown: str) -> list[str]:
    """Withdraw a public file at once, as the second person, from every notice that has it; returns
    the keys of the bytes, to be deleted once this is committed.

    Refuses `attachment.none`, `attachment.not_accused`, `attachment.second_person`,
    `shown.changed`.
    """
    permissions.require(work.actor, "attachment.withdraw")
    row, _number = _public(work, attachment_id)
    if row.accused_at is None or row.file_id is None:
        raise Refusal("attachment.not_accused")
    another_person(work.actor.person_id, row.accused_by, code="attachment.second_person")
    check_shown(shown, attached.attachment_shown(work, attachment_id))

    file_id = row.file_id
    same = work.session.execute(
        select(NoticeAttachment, Notice.number)
        .join(Notice, Notice.id == NoticeAttachment.notice_id)
        .where(NoticeAttachment.file_id == file_id)
    ).all()
    for each, number in same:
        each.accused_at = row.accused_at
        each.accused_by = row.accused_by
        each.why = row.why
        each.withdrawn_at = work.now
        each.withdrawn_by = work.actor.person_id
        each.file_id = None
        if each.published_at is not None:
            record(
                work,
                AttachmentWithdrawn(subject=str(number), sha256=each.sha256, reason=str(row.why)),
            )
    work.session.flush()  # Then nothing refers to the file.
    return files.remove(work, file_ids=[file_id])


@signs(attached.attachment_shown, key="attachment_id")
def keep(work: Work, *, attachment_id: int, shown: str) -> None:
    """Find, as the second person, that a public file stays. Refuses as `withdraw` does."""
    permissions.require(work.actor, "attachment.withdraw")
    row, number = _public(work, attachment_id)
    if row.accused_at is None:
        raise Refusal("attachment.not_accused")
    another_person(work.actor.person_id, row.accused_by, code="attachment.second_person")
    check_shown(shown, attached.attachment_shown(work, attachment_id))
    row.accused_at = row.accused_by = row.why = None
    record(work, AttachmentKept(subject=number, sha256=row.sha256))


def _row(work: Work, attachment_id: int) -> NoticeAttachment:
    return one(
        work,
        NoticeAttachment,
        NoticeAttachment.id == attachment_id,
        "attachment.none",
        lock=True,
    )


def _public(work: Work, attachment_id: int) -> tuple[NoticeAttachment, str]:
    """A public file for one of its owner or of the office; another owner's is as an absent one."""
    row = _row(work, attachment_id)
    notice = work.session.get_one(Notice, row.notice_id)
    is_another = work.actor.kind == "owner" and notice.owner_id != work.actor.organisation_id
    if is_another or row.published_at is None or row.withdrawn_at is not None:
        raise NotFound("attachment.none")
    return row, str(notice.number)
