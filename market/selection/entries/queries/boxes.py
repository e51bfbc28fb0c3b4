"""Boxes of sealed quotes, public once their stage is open: whoever has the keys of the log opens them again."""

from sqlalchemy import func, select

from market.db import Work
from market.ledger import queries as ledger
from market.selection.entries.models import Entry
from market.selection.entries.rules.states import OPENED
from market.selection.kinds import AUCTIONS
from market.selection.notices.models import Notice
from market.selection.notices.queries import rows as notice_rows
from market.selection.way import Opening, way_of

QUOTES_OPENED = "quotes.opened"
"""The leaf behind which the quotes of a way that scores are public."""


def opened_boxes(work: Work, number: str) -> dict[int, bytes]:
    """The boxes of a sealed list by entry number, those that did not open too; none before the seal, and
    none of a notice whose quotes were sealed to the clock's key.
    """
    notice = notice_rows.by_number(work, number)
    if not _is_stage_open(work, notice):
        return {}
    rows = work.session.execute(
        select(Entry.no, Entry.sealed)
        .where(Entry.notice_id == notice.id, Entry.state.in_(OPENED), Entry.box_sha256.is_not(None))
        .order_by(Entry.no)
    )
    return {row.no: row.sealed for row in rows}


def opened_box(work: Work, number: str, no: int) -> bytes | None:
    """The box of one entry of a sealed list; None where there is none in public."""
    notice = notice_rows.by_number(work, number)
    if not _is_stage_open(work, notice):
        return None
    asked = select(Entry.sealed).where(
        Entry.notice_id == notice.id,
        Entry.no == no,
        Entry.state.in_(OPENED),
        Entry.box_sha256.is_not(None),
    )
    return work.session.scalar(asked)


def _is_stage_open(work: Work, notice: Notice) -> bool:
    """Whether the quotes of a notice are open; of a way that scores they are not yet when its list stands."""
    if way_of(notice.method).opening is not Opening.AFTER_SHEETS:
        return True
    return ledger.find(work, QUOTES_OPENED, str(notice.number)) is not None


def makers(work: Work, number: str) -> dict[str, int]:
    """How many quotes of a sealed list were sealed by a browser, by the tool, by the server (its word, which
    verifiers show and do not rely on); empty before the seal, and of an auction, which has none.
    """
    notice = notice_rows.by_number(work, number)
    if notice.method in AUCTIONS:
        return {}
    rows = work.session.execute(
        select(Entry.sealed_by, func.count())
        .where(Entry.notice_id == notice.id, Entry.state.in_(OPENED), Entry.sealed_by.is_not(None))
        .group_by(Entry.sealed_by)
        .order_by(Entry.sealed_by)
    )
    return {str(by): count for by, count in rows}
