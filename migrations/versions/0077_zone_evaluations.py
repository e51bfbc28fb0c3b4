"""Evaluations made once for a whole zone."""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None


def upgrade():
    wide = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "zone_evaluation",
        sa.Column("id", wide, nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("published_by", wide, nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_by", wide, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("submission_key", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)",
            name=op.f("ck_zone_evaluation_withdrawn_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_until >= issued_on",
            name=op.f("ck_zone_evaluation_ends_later"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone_evaluation")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_zone_evaluation_submission_key")),
    )
    op.create_index("ix_zone_evaluation_item", "zone_evaluation", ["item_code"])


def downgrade():
    op.drop_table("zone_evaluation")
