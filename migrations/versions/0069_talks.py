"""Talks about records, signed by both sides."""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None


def upgrade():
    wide = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    states = ("called", "held", "signed", "unsigned", "cancelled")
    kind = sa.Enum(*states, name="talkstate", native_enum=False, create_constraint=True, length=32)
    op.create_table(
        "credit_talk",
        sa.Column("id", wide, nullable=False),
        sa.Column("event_id", wide, nullable=False),
        sa.Column("state", kind, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("called_at", sa.BigInteger(), nullable=False),
        sa.Column("called_by", wide, nullable=False),
        sa.Column("minutes", sa.String(), nullable=False),
        sa.Column("held_at", sa.BigInteger(), nullable=True),
        sa.Column("held_by", wide, nullable=True),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("signed_at", sa.BigInteger(), nullable=True),
        sa.Column("signed_by", wide, nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(held_at IS NULL) = (held_by IS NULL)",
            name=op.f("ck_credit_talk_held_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(signed_at IS NULL) = (signed_by IS NULL)",
            name=op.f("ck_credit_talk_signed_has_who_and_when"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["credit_event.id"], name=op.f("fk_credit_talk_event_id_credit_event")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_talk")),
    )
    op.create_index(op.f("ix_credit_talk_event_id"), "credit_talk", ["event_id"])


def downgrade():
    op.drop_table("credit_talk")
