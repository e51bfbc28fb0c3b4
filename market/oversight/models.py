"""Reviews of selections, and what the nightly recomputation of each draw gave."""

import datetime as dt

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, enum_type
from market.oversight.rules import Outcome, Verdict


class Review(Model):
    """One review of a selection by a body. `system` and `marks` map a check to what was seen then."""

    __tablename__ = "selection_review"
    __table_args__ = (UniqueConstraint("number", "body_id", "round", name="one_a_round"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    body: Mapped[str]  # its name then, as the log has it
    round: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(enum_type(Outcome))
    system: Mapped[dict[str, bool | None]] = mapped_column(JSON)
    marks: Mapped[dict[str, str]] = mapped_column(JSON)
    remark: Mapped[str]
    made_at: Mapped[dt.datetime]
    made_by: Mapped[int]
    submission_key: Mapped[str | None] = mapped_column(unique=True)


class Verification(Model):
    """The last recomputation of a draw out of its evidence, by the verifier that outsiders use.

    `fault` is the verifier's code where it does not hold, or could not be decided here.
    """

    __tablename__ = "draw_verification"
    draw: Mapped[str] = mapped_column(primary_key=True)
    checked_at: Mapped[dt.datetime]
    verdict: Mapped[Verdict] = mapped_column(enum_type(Verdict))
    fault: Mapped[str | None]
