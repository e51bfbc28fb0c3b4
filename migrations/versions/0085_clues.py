"""Clues that go to a discipline body, and their exports."""

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None

WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = (
    "collusion",
    "bribery",
    "false_document",
    "interference",
    "splitting",
    "off_platform",
    "retaliation",
)
WORDS = ("subjects", "facts", "checked", "unchecked")


def upgrade():
    kind = sa.Enum(*KINDS, name="clue_kind", native_enum=False, create_constraint=True, length=32)
    op.create_table(
        "clue",
        sa.Column("id", WIDE, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("finding_id", WIDE, nullable=True),
        sa.Column("sender_id", WIDE, nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in WORDS),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("commit", sa.String(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("begun_by", WIDE, nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("receipt_file_id", WIDE, nullable=True),
        sa.Column("handed_over_at", sa.BigInteger(), nullable=True),
        sa.Column("handed_over_by", WIDE, nullable=True),
        sa.Column("ask_due_at", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.Column("asked_by", WIDE, nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("submission_key", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(handed_over_at IS NULL) = (handed_over_by IS NULL)",
            name=op.f("ck_clue_handed_over_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(asked_at IS NULL) = (asked_by IS NULL)", name=op.f("ck_clue_asked_has_who_and_when")
        ),
        sa.CheckConstraint(
            "(receipt_file_id IS NULL) = (handed_over_at IS NULL)",
            name=op.f("ck_clue_receipt_when_handed_over"),
        ),
        sa.ForeignKeyConstraint(["finding_id"], ["flag_finding.id"]),
        sa.ForeignKeyConstraint(["sender_id"], ["organisation.id"]),
        sa.ForeignKeyConstraint(["receipt_file_id"], ["file.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("submission_key"),
    )
    op.create_index("ix_clue_sender", "clue", ["sender_id", "id"])
    op.create_index("ix_clue_finding_id", "clue", ["finding_id"])
    op.create_table(
        "clue_export",
        sa.Column("id", WIDE, nullable=False),
        sa.Column("clue_id", WIDE, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", WIDE, nullable=False),
        sa.ForeignKeyConstraint(["clue_id"], ["clue.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_clue_export_clue_id", "clue_export", ["clue_id"])


def downgrade():
    op.drop_table("clue_export")
    op.drop_table("clue")
