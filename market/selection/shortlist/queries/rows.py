"""Places and choices, found and locked. Other rooms get cards, never rows."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from market.db import Work
from market.kernel.errors import NotFound
from market.selection.kinds import Method
from market.selection.notices.models import Notice
from market.selection.notices.queries import rows as notice_rows
from market.selection.shortlist.models import ShortlistChoice, ShortlistPlace


def shortlist_notice(work: Work, number: str, *, lock: bool = False) -> Notice:
    """A public notice of this way. Refuses `notice.none`."""
    row = notice_rows.by_number(work, number, lock=lock)
    if row.method is not Method.CREDIT_SHORTLIST:
        raise NotFound("notice.none")
    return row


def places(work: Work, notice_id: int) -> Sequence[ShortlistPlace]:
    """The longlist in the lottery's order; empty before it."""
    return work.session.scalars(
        select(ShortlistPlace)
        .where(ShortlistPlace.notice_id == notice_id)
        .order_by(ShortlistPlace.place)
    ).all()


def choices_of(work: Work, numbers: Collection[str]) -> dict[str, tuple[tuple[str, ...], str]]:
    """Of these notices who was on the shortlist, and whom the owner chose; none where nobody was."""
    asked = (
        select(Notice.number, ShortlistChoice.ref, ShortlistPlace.ref)
        .join(ShortlistChoice, ShortlistChoice.notice_id == Notice.id)
        .join(ShortlistPlace, ShortlistPlace.notice_id == Notice.id)
        .where(Notice.number.in_(numbers), ShortlistPlace.is_short.is_(True))
        .order_by(ShortlistPlace.place)
    )
    found: dict[str, tuple[tuple[str, ...], str]] = {}
    for number, chosen, ref in work.session.execute(asked):
        before, _same = found.get(str(number), ((), chosen))
        found[str(number)] = ((*before, ref), chosen)
    return found


def choice(work: Work, notice_id: int) -> ShortlistChoice | None:
    """Whom the owner chose; None where nobody."""
    return work.session.get(ShortlistChoice, notice_id)
