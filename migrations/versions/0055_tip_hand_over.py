"""Tips that go to a discipline body on paper, with the sender's days."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "tip_hand_over"


def upgrade():
    op.create_table(
        TABLE,
        sa.Column("id", KEY, nullable=False),
        sa.Column("tip_id", KEY, nullable=False),
        sa.Column("sender_id", KEY, nullable=False),
        sa.Column("receiver_id", KEY, nullable=False),
        sa.Column("is_sealed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=True),
        sa.Column("begun_by", KEY, nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("receipt_file_id", KEY, nullable=True),
        sa.Column("handed_over_at", sa.BigInteger(), nullable=True),
        sa.Column("handed_over_by", KEY, nullable=True),
        sa.Column("ask_due_at", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.Column("asked_by", KEY, nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(begun_at IS NULL) = (begun_by IS NULL)",
            name=op.f("ck_tip_hand_over_begun_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(handed_over_at IS NULL) = (handed_over_by IS NULL)",
            name=op.f("ck_tip_hand_over_handed_over_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(asked_at IS NULL) = (asked_by IS NULL)",
            name=op.f("ck_tip_hand_over_asked_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(receipt_file_id IS NULL) = (handed_over_at IS NULL)",
            name=op.f("ck_tip_hand_over_receipt_when_handed_over"),
        ),
        sa.CheckConstraint(
            "is_sealed = (begun_by IS NULL)", name=op.f("ck_tip_hand_over_sealed_by_nobody")
        ),
        sa.ForeignKeyConstraint(["tip_id"], ["tip.id"], name=op.f("fk_tip_hand_over_tip_id_tip")),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["organisation.id"], name=op.f("fk_tip_hand_over_sender_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["receiver_id"],
            ["organisation.id"],
            name=op.f("fk_tip_hand_over_receiver_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["receipt_file_id"], ["file.id"], name=op.f("fk_tip_hand_over_receipt_file_id_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_hand_over")),
        sa.UniqueConstraint("tip_id", name=op.f("uq_tip_hand_over_tip_id")),
    )
    op.create_index("ix_tip_hand_over_sender", TABLE, ["sender_id", "id"])
    op.create_index("ix_tip_hand_over_receiver", TABLE, ["receiver_id", "id"])


def downgrade():
    op.drop_table(TABLE)
