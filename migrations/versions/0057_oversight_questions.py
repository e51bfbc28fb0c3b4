"""Questions of overseers to bodies about a selection."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "oversight_question",
        sa.Column("id", KEY, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("no", KEY, nullable=False),
        sa.Column("body_id", KEY, nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("to_id", KEY, nullable=False),
        sa.Column("to_name", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", KEY, nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", KEY, nullable=True),
        sa.Column("submission_key", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)",
            name=op.f("ck_oversight_question_answered_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answer = '')",
            name=op.f("ck_oversight_question_answered_has_words"),
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["organisation.id"], name=op.f("fk_oversight_question_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["organisation.id"], name=op.f("fk_oversight_question_to_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oversight_question")),
        sa.UniqueConstraint("number", "no", name="one_number_a_question"),
        sa.UniqueConstraint("submission_key", name=op.f("uq_oversight_question_submission_key")),
    )
    op.create_index("ix_oversight_question_to", "oversight_question", ["to_id", "id"])


def downgrade():
    op.drop_table("oversight_question")
