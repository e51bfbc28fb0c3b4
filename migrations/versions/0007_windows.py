"""Tables of windows."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "window",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column(
            "nature",
            sa.Enum(
                "right",
                "duty",
                "act",
                name="nature",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("rulebook", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("trigger_at", sa.BigInteger(), nullable=False),
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("certainty", sa.String(), nullable=False),
        sa.Column("arrangements", sa.String(), nullable=False),
        sa.Column(
            "responsible_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "paused",
                "held",
                "met",
                "expired",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("paused_at", sa.BigInteger(), nullable=True),
        sa.Column("stops", sa.JSON(), nullable=False),
        sa.Column("remind_at", sa.BigInteger(), nullable=True),
        sa.Column("overdue_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (state IN ('open','paused','held'))",
            name=op.f("ck_window_closed_has_when"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_window")),
    )
    op.create_index(
        "ix_window_due",
        "window",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'open' AND overdue_at IS NULL"),
        postgresql_where=sa.text("state = 'open' AND overdue_at IS NULL"),
    )
    op.create_index(
        "ix_window_live",
        "window",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('open','paused','held')"),
        postgresql_where=sa.text("state IN ('open','paused','held')"),
    )
    op.create_index(
        "ix_window_remind",
        "window",
        ["remind_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'open' AND remind_at IS NOT NULL"),
        postgresql_where=sa.text("state = 'open' AND remind_at IS NOT NULL"),
    )
    op.create_index(
        "ix_window_responsible", "window", ["responsible_id", "state", "due_at"], unique=False
    )
    op.create_index("ix_window_subject", "window", ["subject"], unique=False)
    op.create_index(
        "one_live_window",
        "window",
        ["kind", "matter"],
        unique=True,
        sqlite_where=sa.text("state IN ('open','paused','held')"),
        postgresql_where=sa.text("state IN ('open','paused','held')"),
    )
    op.create_table(
        "window_doubt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "window_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("found_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "settled_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("finding", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by IS NULL)",
            name=op.f("ck_window_doubt_settled_has_who_and_when"),
        ),
        sa.ForeignKeyConstraint(
            ["window_id"], ["window.id"], name=op.f("fk_window_doubt_window_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_window_doubt")),
        sa.UniqueConstraint("window_id", name=op.f("uq_window_doubt_window_id")),
    )
    op.create_index(
        "ix_window_doubt_open",
        "window_doubt",
        ["id"],
        unique=False,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "window_feed",
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("serial", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_window_feed_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_window_feed")),
    )


def downgrade():
    op.drop_table("window_feed")
    op.drop_table("window_doubt")
    op.drop_table("window")
