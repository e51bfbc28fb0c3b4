"""Questions about an open notice and their answers."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "notice_question",
        sa.Column("id", KEY, nullable=False),
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("drafted_at", sa.BigInteger(), nullable=True),
        sa.Column("drafted_by", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", sa.BigInteger(), nullable=True),
        sa.Column("submission_key", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(drafted_at IS NULL) = (drafted_by IS NULL)",
            name=op.f("ck_notice_question_drafted_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)",
            name=op.f("ck_notice_question_answered_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "answered_at IS NULL OR drafted_at IS NOT NULL",
            name=op.f("ck_notice_question_answered_after_a_draft"),
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_question_notice_id_notice")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["organisation.id"],
            name=op.f("fk_notice_question_agency_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_question")),
        sa.UniqueConstraint("notice_id", "no", name="one_a_number"),
        sa.UniqueConstraint("submission_key", name=op.f("uq_notice_question_submission_key")),
    )


def downgrade():
    op.drop_table("notice_question")
