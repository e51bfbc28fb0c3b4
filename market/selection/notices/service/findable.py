"""Notices of several items, found by each of them and by each body that oversees one."""

from sqlalchemy import delete

from market.catalogue import queries as catalogue
from market.db import Work
from market.selection.notices.models import Notice, NoticeItem


def by_items(work: Work, notice: Notice) -> None:
    """Let a notice be found by the items that it buys besides its first, as they stand now."""
    forget(work, [notice.id])
    work.session.add_all(
        NoticeItem(
            notice_id=notice.id,
            item_code=code,
            regulator_id=catalogue.item(work, code).regulator_id,
        )
        for code in notice.items.codes[1:]
    )


def forget(work: Work, notice_ids: list[int]) -> None:
    """Take back what was laid down of drafts that are deleted or written anew."""
    work.session.execute(delete(NoticeItem).where(NoticeItem.notice_id.in_(notice_ids)))
