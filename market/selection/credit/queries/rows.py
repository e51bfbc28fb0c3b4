"""Rows of frozen credit. Other rooms get plain values."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from market.db import Work
from market.kernel.plain import Json
from market.selection.credit.models import FrozenCredit, FrozenCreditRow


def frozen(work: Work, notice_id: int) -> Sequence[FrozenCreditRow]:
    """Every row of a notice, in the order of its tree."""
    return work.session.scalars(
        select(FrozenCreditRow)
        .where(FrozenCreditRow.notice_id == notice_id)
        .order_by(FrozenCreditRow.place)
    ).all()


def said(work: Work, notice_id: int) -> Json:
    """What the leaf of a notice says of its credit."""
    row = work.session.get_one(FrozenCredit, notice_id)
    return {"count": row.count, "mean": row.mean, "sha256": row.sha256}


def marks_of(work: Work, notice_id: int, refs: Collection[str]) -> dict[str, int | None]:
    """What these agencies had when a notice was published (hundredths); None of a newcomer, and of one
    that came later.
    """
    found = work.session.execute(
        select(FrozenCreditRow.ref, FrozenCreditRow.marks).where(
            FrozenCreditRow.notice_id == notice_id, FrozenCreditRow.ref.in_(refs)
        )
    )
    known: dict[str, int | None] = {str(row[0]): row[1] for row in found}
    return {ref: known.get(ref) for ref in refs}
