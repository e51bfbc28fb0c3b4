"""Reading the changes that an owner asks for in an open notice."""

import dataclasses
import datetime as dt

from sqlalchemy import ColumnElement, select

from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.shown import Parts
from market.selection.notices.models import Notice, NoticeAttachment, NoticeChange
from market.selection.notices.queries import attached
from market.selection.notices.queries.attached import AttachmentCard
from market.selection.notices.rules.changes import LIVE, ChangeState


@dataclasses.dataclass(frozen=True)
class ChangeCard:
    """One change: (field, what the notice says, what it is to say), and the close asked for."""

    id: int
    number: str
    title: str
    owner_id: int
    state: ChangeState
    changes: tuple[tuple[str, object, object], ...]
    entry_close: dt.datetime | None
    reason: str
    note: str
    proposed_at: dt.datetime
    proposed_by: int
    signed_at: dt.datetime | None
    decided_at: dt.datetime | None
    drops: tuple[int, ...]


def change(work: Work, change_id: int) -> ChangeCard:
    """One change, for its owner and the office. Refuses `change.none`."""
    found = [card for card in _cards(work, NoticeChange.id == change_id) if _reads(work, card)]
    if not found:
        raise NotFound("change.none")
    return found[0]


def live_change(work: Work, number: str) -> ChangeCard | None:
    """The change of a notice that is under way."""
    return next(iter(_cards(work, Notice.number == number, NoticeChange.state.in_(LIVE))), None)


def to_sign_changes(work: Work) -> list[ChangeCard]:
    """Changes that wait for a signature of the actor's body which he may give."""
    mine = select(NoticeAttachment.change_id).where(
        NoticeAttachment.change_id.is_not(None),
        NoticeAttachment.added_by == work.actor.person_id,
    )
    return _cards(
        work,
        Notice.owner_id == work.actor.organisation_id,
        NoticeChange.state == ChangeState.PROPOSED,
        NoticeChange.proposed_by != work.actor.person_id,
        NoticeChange.id.not_in(mine),
    )


def change_shown(work: Work, change_id: int) -> Parts:
    """What is shown of a change before it is signed, made or refused."""
    found = work.session.execute(
        select(NoticeChange, Notice)
        .join(Notice, Notice.id == NoticeChange.notice_id)
        .where(NoticeChange.id == change_id)
    ).one_or_none()
    if found is None:
        return {}
    row, notice = found
    return {
        "change.id": [row.id, row.state],
        "change.changes": row.changes,
        "change.files": [
            row.drops,
            [[each.name, each.sha256] for each in attached.brought(work, change_id)],
        ],
        "change.reason": row.reason,
        "notice.entry_close": notice.entry_close,
        "notice.draw_at": notice.draw_at,
        "change.entry_close": row.entry_close,
    }


@dataclasses.dataclass(frozen=True)
class FilesOfChange:
    """The attachments around a change: what it brings, what the text is with now, and of that what the
    new text is without.
    """

    brings: list[AttachmentCard]
    stays: list[AttachmentCard]
    goes: list[AttachmentCard]


def files_of_change(work: Work, card: ChangeCard) -> FilesOfChange:
    """The attachments around a change."""
    notice_id = work.session.scalars(select(Notice.id).where(Notice.number == card.number)).one()
    known = attached.attachments(work, notice_id)
    goes = [each for each in known if each.id in card.drops]
    here = [each for each in attached.in_text(work, notice_id) if each.withdrawn_at is None]
    return FilesOfChange(
        brings=attached.brought(work, card.id),
        stays=[each for each in here if each not in goes and each.change_id != card.id],
        goes=goes,
    )


def _reads(work: Work, card: ChangeCard) -> bool:
    return work.actor.kind != "owner" or work.actor.organisation_id == card.owner_id


def _cards(work: Work, *conditions: ColumnElement[bool]) -> list[ChangeCard]:
    found = work.session.execute(
        select(NoticeChange, Notice)
        .join(Notice, Notice.id == NoticeChange.notice_id)
        .where(*conditions)
        .order_by(NoticeChange.id.desc())
    )
    return [
        ChangeCard(
            id=row.id,
            number=str(notice.number),
            title=notice.title,
            owner_id=notice.owner_id,
            state=row.state,
            changes=tuple((name, before, after) for name, (before, after) in row.changes.items()),
            entry_close=row.entry_close,
            reason=row.reason,
            note=row.note,
            proposed_at=row.proposed_at,
            proposed_by=row.proposed_by,
            signed_at=row.signed_at,
            decided_at=row.decided_at,
            drops=tuple(row.drops),
        )
        for row, notice in found
    ]
