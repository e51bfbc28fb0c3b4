"""Pauses that owners ask for."""

import sqlalchemy as sa
from alembic import op

revision = "0097"
down_revision = "0096"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LIVE = sa.text("state IN ('proposed', 'asked', 'in_force')")
STATES = "('proposed', 'asked', 'in_force', 'ended', 'refused', 'dropped')"
CODES = "('requirements', 'approval', 'questions', 'force')"


def upgrade():
    acts = ("proposed", "signed", "decided", "resumed")
    op.create_table(
        "pause",
        sa.Column("id", KEY, nullable=False),
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("days", KEY, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("body_id", KEY, nullable=True),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("proposed_by", KEY, nullable=False),
        *(
            sa.Column(f"{act}_{what}", kind, nullable=True)
            for act in acts[1:]
            for what, kind in (("at", sa.BigInteger()), ("by", KEY))
        ),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("how", sa.String(), nullable=True),
        *(
            sa.CheckConstraint(
                f"({act}_at IS NULL) = ({act}_by IS NULL)",
                name=op.f(f"ck_pause_{act}_has_who_and_when"),
            )
            for act in acts
        ),
        sa.CheckConstraint(f"state IN {STATES}", name=op.f("ck_pause_pause")),
        sa.CheckConstraint(f"code IN {CODES}", name=op.f("ck_pause_pausecode")),
        sa.CheckConstraint("(ended_at IS NULL) = (how IS NULL)", name=op.f("ck_pause_ended_how")),
        sa.CheckConstraint(
            "(until IS NULL) = (state NOT IN ('in_force', 'ended'))",
            name=op.f("ck_pause_in_force_until"),
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_pause_notice_id")),
        sa.ForeignKeyConstraint(["body_id"], ["organisation.id"], name=op.f("fk_pause_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
    )
    op.create_index("ix_pause_notice_id", "pause", ["notice_id"])
    op.create_index(
        "one_live_pause",
        "pause",
        ["notice_id"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )


def downgrade():
    op.drop_table("pause")
