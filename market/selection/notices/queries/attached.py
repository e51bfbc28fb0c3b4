"""Reading the attachments of a notice, and who has looked whether they may be public."""

import dataclasses
import datetime as dt
import hashlib

from sqlalchemy import ColumnElement, select

from market.accounts import queries as accounts
from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.shown import Parts, token
from market.selection.notices.models import Notice, NoticeAttachment, NoticeScreening
from market.selection.notices.queries import case
from market.selection.notices.rules.attachments import Finding, Side, Why
from market.selection.notices.rules.terms import TIMES


@dataclasses.dataclass(frozen=True)
class AttachmentCard:
    """One attachment. `file_id` is None once it was withdrawn; `accused_by` whoever asked for that
    and waits for another person.
    """

    id: int
    notice_id: int
    file_id: int | None
    name: str
    mime: str
    size: int
    sha256: str
    added_by: int
    change_id: int | None
    published_at: dt.datetime | None
    superseded_at: dt.datetime | None
    accused_at: dt.datetime | None
    accused_by: int | None
    why: Why | None
    withdrawn_at: dt.datetime | None


@dataclasses.dataclass(frozen=True)
class ScreeningCard:
    """One review for secrecy: which side, what it found, by whose person and when."""

    side: Side
    finding: Finding
    note: str
    by: str
    made_by: int
    made_at: dt.datetime


def attachments(work: Work, notice_id: int) -> list[AttachmentCard]:
    """The attachments of a notice, published or not, in the order in which they were added; what a
    change is to bring is not among them before it is made.
    """
    is_its_own = NoticeAttachment.change_id.is_(None) | NoticeAttachment.published_at.is_not(None)
    return _cards(work, NoticeAttachment.notice_id == notice_id, is_its_own)


def in_text(work: Work, notice_id: int) -> list[AttachmentCard]:
    """Those of them that the notice's text as it stands is with."""
    return [each for each in attachments(work, notice_id) if each.superseded_at is None]


def brought(work: Work, change_id: int) -> list[AttachmentCard]:
    """The files that a change brings, or has brought."""
    return _cards(work, NoticeAttachment.change_id == change_id)


def _cards(work: Work, *conditions: ColumnElement[bool]) -> list[AttachmentCard]:
    found = work.session.scalars(
        select(NoticeAttachment).where(*conditions).order_by(NoticeAttachment.id)
    )
    return [_card(row) for row in found]


def attachment(work: Work, attachment_id: int) -> tuple[AttachmentCard, str]:
    """One published attachment with the number of its notice. Refuses `attachment.none`."""
    found = work.session.execute(
        select(NoticeAttachment, Notice.number)
        .join(Notice, Notice.id == NoticeAttachment.notice_id)
        .where(
            NoticeAttachment.id == attachment_id,
            NoticeAttachment.published_at.is_not(None),
        )
    ).one_or_none()
    if found is None:
        raise NotFound("attachment.none")
    return _card(found[0]), str(found[1])


def accused(work: Work, owner_id: int | None) -> list[tuple[AttachmentCard, str, str]]:
    """Public files that wait for the second person, of one owner or (None) of all, with number and
    title of their notices.
    """
    asked = (
        select(NoticeAttachment, Notice.number, Notice.title)
        .join(Notice, Notice.id == NoticeAttachment.notice_id)
        .where(
            NoticeAttachment.published_at.is_not(None),
            NoticeAttachment.accused_at.is_not(None),
            NoticeAttachment.withdrawn_at.is_(None),
            NoticeAttachment.accused_by != work.actor.person_id,
        )
        .order_by(NoticeAttachment.accused_at)
    )
    if owner_id is not None:
        asked = asked.where(Notice.owner_id == owner_id)
    return [(_card(row), str(number), title) for row, number, title in work.session.execute(asked)]


def screenings(work: Work, notice_id: int) -> list[ScreeningCard]:
    """The reviews for secrecy of a notice, in order."""
    found = work.session.scalars(
        select(NoticeScreening)
        .where(NoticeScreening.notice_id == notice_id)
        .order_by(NoticeScreening.id)
    )
    return [
        ScreeningCard(
            row.side,
            row.finding,
            row.note,
            accounts.person(work, row.made_by).name,
            row.made_by,
            row.made_at,
        )
        for row in found
    ]


def attachment_shown(work: Work, attachment_id: int) -> Parts:
    """What the page of a withdrawal shows of a file."""
    row = work.session.get(NoticeAttachment, attachment_id)
    if row is None:
        return {}
    return {
        "attachment.id": [row.id, row.accused_at, row.withdrawn_at],
        "attachment.name": row.name,
        "attachment.why": row.why,
    }


def files_shown(work: Work, notice_id: int) -> list[list[str]]:
    """The attachments as a part of what is shown of a notice: name and digest of each."""
    return [[each.name, each.sha256] for each in in_text(work, notice_id)]


def looked_at(work: Work, notice: Notice) -> str:
    """The digest (hex) of everything of a notice that a review for secrecy looks at."""
    parts = {name: getattr(notice, name) for name in case.TERMS if name not in (*TIMES, "joined")}
    whole = {
        **parts,
        **({"way": notice.way} if notice.way else {}),
        **({"further": [notice.further, notice.joined]} if notice.further else {}),
        "exclusions": notice.exclusions,
        "attachments": files_shown(work, notice.id),
    }
    return hashlib.sha256(token(whole).encode()).hexdigest()


def _card(row: NoticeAttachment) -> AttachmentCard:
    return AttachmentCard(
        **{field.name: getattr(row, field.name) for field in dataclasses.fields(AttachmentCard)}
    )
