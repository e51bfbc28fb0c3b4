"""Tables of rulebook."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "rulebook",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("contents", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "approved",
                "rejected",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "proposed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("approved_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "approved_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("rejected_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "rejected_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("submission_key", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(state = 'approved') = (approved_at IS NOT NULL)",
            name=op.f("ck_rulebook_approved_has_when"),
        ),
        sa.CheckConstraint(
            "(state = 'rejected') = (rejected_at IS NOT NULL)",
            name=op.f("ck_rulebook_rejected_has_when"),
        ),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approved_by IS NULL)",
            name=op.f("ck_rulebook_approval_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(rejected_at IS NULL) = (rejected_by IS NULL)",
            name=op.f("ck_rulebook_rejection_has_who_and_when"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulebook")),
        sa.UniqueConstraint("division", "version", name=op.f("uq_rulebook_division_version")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_rulebook_submission_key")),
    )


def downgrade():
    op.drop_table("rulebook")
