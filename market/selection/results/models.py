"""The published order."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, enum_type
from market.selection.results.rules.states import RankState


class Ranking(Model):
    """One place of the published order of a notice, and what has become of it.

    `draw_id` and `ticket` (hex) are of a way that draws. `skip_by`: who took it out before its turn
    came; None once the log says so, which only skips ranks in their turn (rule 11).
    """

    __tablename__ = "ranking"
    __table_args__ = (UniqueConstraint("notice_id", "entry_id", name="one_rank_each"),)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    draw_id: Mapped[int | None] = mapped_column(ForeignKey("draw.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    ref: Mapped[str]
    ticket: Mapped[str | None]
    state: Mapped[RankState] = mapped_column(enum_type(RankState, "rank"))
    reason: Mapped[str | None]
    skip_by: Mapped[str | None]
