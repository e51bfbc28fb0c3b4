"""Tables of workdays."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "arrangement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("year", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("source_url", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
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
        sa.Column("imported_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "imported_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
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
            name=op.f("ck_arrangement_approved_has_when"),
        ),
        sa.CheckConstraint(
            "(state = 'rejected') = (rejected_at IS NOT NULL)",
            name=op.f("ck_arrangement_rejected_has_when"),
        ),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approved_by IS NULL)",
            name=op.f("ck_arrangement_approval_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(rejected_at IS NULL) = (rejected_by IS NULL)",
            name=op.f("ck_arrangement_rejection_has_who_and_when"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrangement")),
        sa.UniqueConstraint(
            "region", "year", "version", name=op.f("uq_arrangement_region_year_version")
        ),
        sa.UniqueConstraint("submission_key", name=op.f("uq_arrangement_submission_key")),
    )
    op.create_table(
        "arrangement_day",
        sa.Column(
            "arrangement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["arrangement_id"], ["arrangement.id"], name=op.f("fk_arrangement_day_arrangement_id")
        ),
        sa.PrimaryKeyConstraint("arrangement_id", "date", name=op.f("pk_arrangement_day")),
    )


def downgrade():
    op.drop_table("arrangement_day")
    op.drop_table("arrangement")
