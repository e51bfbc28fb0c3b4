"""A card with its steps, each with who did it and when."""

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from market.cards.rules import CardState, Colour
from market.db import Model, enum_type

STEPS = ("stated", "decided", "planned", "talked", "referred")
NOT_WITHDRAWN = text("state <> 'withdrawn'")


class Card(Model):
    """One card. `trigger` is the number of the record that made it due, `grounds` the numbers of all
    that it stands on, one a line; `document` the text under which the place gives cards.
    """

    __tablename__ = "efficiency_card"
    __table_args__ = (
        *(
            CheckConstraint(
                f"({step}_at IS NULL) = ({step}_by IS NULL)", name=f"{step}_has_who_and_when"
            )
            for step in STEPS
        ),
        CheckConstraint("decided_by <> proposed_by", name="two_persons_issue"),
        Index(
            "one_card_a_fault",
            "trigger",
            unique=True,
            sqlite_where=NOT_WITHDRAWN,
            postgresql_where=NOT_WITHDRAWN,
        ),
        Index("ix_efficiency_card_body", "body_id", "state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    number: Mapped[str] = mapped_column(unique=True)  # KP-360481-2026-00001
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    code: Mapped[str]
    colour: Mapped[Colour] = mapped_column(enum_type(Colour, "card_colour"))
    trigger: Mapped[str]
    grounds: Mapped[str]
    document: Mapped[str]
    state: Mapped[CardState] = mapped_column(enum_type(CardState))
    is_public: Mapped[bool] = mapped_column(default=False)
    rulebook: Mapped[int]
    proposed_at: Mapped[dt.datetime]
    proposed_by: Mapped[int]
    statement: Mapped[str] = mapped_column(default="")
    stated_at: Mapped[dt.datetime | None]
    stated_by: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[int | None]
    plan: Mapped[str] = mapped_column(default="")
    planned_at: Mapped[dt.datetime | None]
    planned_by: Mapped[int | None]
    talk: Mapped[str] = mapped_column(default="")
    talked_at: Mapped[dt.datetime | None]
    talked_by: Mapped[int | None]
    referral: Mapped[str] = mapped_column(default="")
    referred_at: Mapped[dt.datetime | None]
    referred_by: Mapped[int | None]
    withdrawn_at: Mapped[dt.datetime | None]
