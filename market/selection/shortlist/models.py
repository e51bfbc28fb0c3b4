"""What a lottery by credit keeps: who was drawn in which place, and whom the owner chose."""

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model


class ShortlistPlace(Model):
    """One agency of the longlist in the lottery's order: the credit used (hundredths), how many weights
    it had, its lowest ticket (hex), whether it is on the shortlist.
    """

    __tablename__ = "shortlist_place"
    __table_args__ = (UniqueConstraint("notice_id", "ref", name="one_lottery_place_each"),)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    ref: Mapped[str]
    marks: Mapped[int]
    is_new: Mapped[bool]
    balls: Mapped[int]
    ticket: Mapped[str]
    is_short: Mapped[bool]


class ShortlistChoice(Model):
    """Whom the owner chose, with the reason that is public."""

    __tablename__ = "shortlist_choice"
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    ref: Mapped[str]
    reason: Mapped[str]
    chosen_at: Mapped[dt.datetime]
    chosen_by: Mapped[int]
