"""What is shown of a notice before it is handed in, signed, judged and published."""

from sqlalchemy import select

from market.db import Work
from market.kernel.shown import Parts
from market.selection.notices.models import Notice, NoticeReview
from market.selection.notices.queries import attached, case


def draft_shown(work: Work, notice_id: int) -> Parts:
    """What an owner has written of a notice that is not public, as the form to write it shows it."""
    notice = work.session.get(Notice, notice_id)
    if notice is None:
        return {}
    return {
        "notice.id": [notice.id, notice.submitted_at],
        **{f"notice.{name}": getattr(notice, name) for name in case.TERMS},
        "notice.exclusions": notice.exclusions,
        "notice.further": notice.further,
    }


def notice_shown(work: Work, notice_id: int) -> Parts:
    """An unpublished notice as its owner and the office's desk see it, with the last word on it."""
    notice = work.session.get(Notice, notice_id)
    if notice is None:
        return {}
    review = work.session.scalar(
        select(NoticeReview)
        .where(NoticeReview.notice_id == notice_id)
        .order_by(NoticeReview.round.desc())
        .limit(1)
    )
    return {
        **draft_shown(work, notice_id),
        "notice.way": notice.way or {},
        "notice.attachments": attached.files_shown(work, notice_id),
        "notice.item_version": notice.item_version,
        "notice.override_reason": notice.override_reason,
        "review.id": None if review is None else [review.round, review.outcome],
        "review.reasons": None if review is None else review.reasons,
        "review.channel": None if review is None else review.channel,
    }


def cancel_shown(work: Work, number: str) -> Parts:
    """What is shown of an open notice before it is cancelled."""
    notice = work.session.scalar(select(Notice).where(Notice.number == number))
    if notice is None:
        return {}
    return {
        "notice.id": [notice.id, notice.state],
        "notice.title": notice.title,
        "notice.content": notice.content,
        "notice.entry_close": notice.entry_close,
        "notice.draw_at": notice.draw_at,
    }
