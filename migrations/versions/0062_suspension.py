"""Orders of the sector regulator that suspend a selection."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STATES = ("proposed", "in_force", "lifting", "ended", "dropped")
LIVE = sa.text("state NOT IN ('ended', 'dropped')")
ACTS = ("proposed", "signed", "lift_proposed", "lifted")


def upgrade():
    op.create_table(
        "suspension",
        sa.Column("id", KEY, nullable=False),
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("body_id", KEY, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *STATES, name="suspension", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "effect",
            sa.Enum(
                "pause",
                "hold",
                name="effect",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("days", KEY, nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("proposed_by", KEY, nullable=False),
        sa.Column("signed_at", sa.BigInteger(), nullable=True),
        sa.Column("signed_by", KEY, nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("lift_reason", sa.String(), nullable=False),
        sa.Column("lift_proposed_at", sa.BigInteger(), nullable=True),
        sa.Column("lift_proposed_by", KEY, nullable=True),
        sa.Column("lifted_at", sa.BigInteger(), nullable=True),
        sa.Column("lifted_by", KEY, nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        *(
            sa.CheckConstraint(
                f"({act}_at IS NULL) = ({act}_by IS NULL)",
                name=op.f(f"ck_suspension_{act}_has_who_and_when"),
            )
            for act in ACTS
        ),
        sa.CheckConstraint(
            "(signed_at IS NULL) = (until IS NULL)", name=op.f("ck_suspension_in_force_until")
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (how IS NULL)", name=op.f("ck_suspension_ended_how")
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_suspension_notice_id")),
        sa.ForeignKeyConstraint(
            ["body_id"], ["organisation.id"], name=op.f("fk_suspension_body_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
    )
    op.create_index("ix_suspension_notice_id", "suspension", ["notice_id"])
    op.create_index(
        "one_live_suspension",
        "suspension",
        ["notice_id"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )


def downgrade():
    op.drop_table("suspension")
