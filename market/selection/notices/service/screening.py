"""The review for secrecy (保密审查) of what a notice makes public: by whom, when, with what result.

The law asks it of whoever publishes (保守国家秘密法 35): the owner's signatory says it with the
signature, the office's reviewer with the finding that the notice is lawful; their pages say so.
Neither is whoever wrote the notice (docs/rules.md#secrecy).
"""

import datetime as dt

from sqlalchemy import delete, select

from market.db import Work
from market.kernel.errors import Invalid, Refusal
from market.kernel.visible import trimmed
from market.ledger.service import record
from market.selection.notices.events import TextsScreened
from market.selection.notices.models import Notice, NoticeScreening
from market.selection.notices.queries import attached
from market.selection.notices.rules.attachments import Finding, Side


def passed(work: Work, notice: Notice, side: Side) -> None:
    """Note that somebody who did not write the notice has found nothing in it that is secret."""
    _note(work, notice, side, Finding.CLEAR, "")


def passed_before(work: Work, notice: Notice, person_id: int, at: dt.datetime) -> None:
    """Note that somebody of the owner's body found so when he signed what is made now."""
    row = _note(work, notice, Side.OWNER, Finding.CLEAR, "")
    row.made_by = person_id
    row.made_at = at


def withheld(work: Work, notice: Notice, side: Side, note: str) -> None:
    """Note that something in it may not become public, and what. Refuses `screening.no_note`."""
    if not trimmed(note):
        raise Invalid("screening.no_note", field="note")
    _note(work, notice, side, Finding.WITHHELD, trimmed(note))


def log_passed(work: Work, notice: Notice) -> None:
    """Put on the log who has looked at what is published now. Refuses `screening.none` where nobody
    but its writer has looked at it as it stands.
    """
    covers = attached.looked_at(work, notice)
    found = work.session.scalars(
        select(NoticeScreening)
        .where(
            NoticeScreening.notice_id == notice.id,
            NoticeScreening.covers == covers,
            NoticeScreening.finding == Finding.CLEAR,
            NoticeScreening.made_by != notice.drafted_by,
        )
        .order_by(NoticeScreening.id)
    ).all()
    if not found:
        raise Refusal("screening.none")
    for row in found:
        row.published_at = work.now
        record(
            work,
            TextsScreened(
                subject=str(notice.number),
                side=row.side.value,
                screened=row.made_at,
                covers=row.covers,
            ),
        )


def forget(work: Work, notice_ids: list[int]) -> None:
    """Delete the reviews of drafts that are deleted."""
    work.session.execute(delete(NoticeScreening).where(NoticeScreening.notice_id.in_(notice_ids)))


def _note(work: Work, notice: Notice, side: Side, finding: Finding, note: str) -> NoticeScreening:
    row = NoticeScreening(
        notice_id=notice.id,
        side=side,
        finding=finding,
        covers=attached.looked_at(work, notice),
        note=note,
        made_at=work.now,
        made_by=work.actor.person_id,
    )
    work.session.add(row)
    return row
