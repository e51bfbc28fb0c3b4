"""Reviews of selections, and what the recomputation of each draw gave."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

OUTCOMES = ("in_order", "remark", "fault", "clue")
VERDICTS = ("holds", "broken", "undecided")
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _one_of(values, name):
    return sa.Enum(*values, name=name, native_enum=False, length=32, create_constraint=True)


def upgrade():
    op.create_table(
        "selection_review",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("body_id", WHOLE, nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("round", WHOLE, nullable=False),
        sa.Column("outcome", _one_of(OUTCOMES, "outcome"), nullable=False),
        sa.Column("system", sa.JSON(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", WHOLE, nullable=False),
        sa.Column("submission_key", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["body_id"], ["organisation.id"], name=op.f("fk_selection_review_body_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selection_review")),
        sa.UniqueConstraint(
            "number", "body_id", "round", name=op.f("uq_selection_review_one_a_round")
        ),
        sa.UniqueConstraint("submission_key", name=op.f("uq_selection_review_submission_key")),
    )
    op.create_index(op.f("ix_selection_review_number"), "selection_review", ["number"])
    op.create_table(
        "draw_verification",
        sa.Column("draw", sa.String(), nullable=False),
        sa.Column("checked_at", sa.BigInteger(), nullable=False),
        sa.Column("verdict", _one_of(VERDICTS, "verdict"), nullable=False),
        sa.Column("fault", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("draw", name=op.f("pk_draw_verification")),
    )


def downgrade():
    op.drop_table("draw_verification")
    op.drop_table("selection_review")
