"""What a notice fixes of credit: one row for each agency that was in on the day of publication."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model


class FrozenCredit(Model):
    """The credit of a notice: how many rows, the mean of those with a history (hundredths), the root
    (hex) of the tree of all rows.
    """

    __tablename__ = "frozen_credit"
    __table_args__ = (CheckConstraint("mean BETWEEN 0 AND 10000", name="mean"),)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    count: Mapped[int]
    mean: Mapped[int]
    sha256: Mapped[str]


class FrozenCreditRow(Model):
    """One agency's row: its place in the tree (from 0), its marks (hundredths; None of a newcomer), the
    salt (hex) that hides them until it enters.
    """

    __tablename__ = "frozen_credit_row"
    __table_args__ = (
        UniqueConstraint("notice_id", "ref", name="one_credit_row_each"),
        CheckConstraint("marks BETWEEN 0 AND 10000", name="marks"),
    )
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ref: Mapped[str]
    marks: Mapped[int | None]
    salt: Mapped[str]
