"""Tables of contracts."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "award_letter",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("notice_number", sa.String(), nullable=False),
        sa.Column("rank", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "issued",
                "held",
                "contract_overdue",
                "declined",
                "contracted",
                "void",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("item_name", sa.String(), nullable=False),
        sa.Column(
            "owner_organisation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("owner_name", sa.String(), nullable=False),
        sa.Column(
            "agency_organisation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("agency_name", sa.String(), nullable=False),
        sa.Column("winner", sa.String(), nullable=False),
        sa.Column(
            "amount_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "service_days", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("contract_due", sa.BigInteger(), nullable=False),
        sa.Column("overdue_at", sa.BigInteger(), nullable=True),
        sa.Column("declined_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "declined_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "decline_reason",
            sa.Enum(
                "force_majeure",
                "terms_changed",
                "owner_late",
                "capacity",
                "other",
                name="decline",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("voided_at", sa.BigInteger(), nullable=True),
        sa.Column("contract_number", sa.String(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("registered_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "registered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "(decline_reason IS NULL) = (declined_at IS NULL)",
            name=op.f("ck_award_letter_declined_has_reason"),
        ),
        sa.CheckConstraint(
            "(declined_at IS NULL) = (declined_by IS NULL)",
            name=op.f("ck_award_letter_declined_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(registered_at IS NULL) = (registered_by IS NULL)",
            name=op.f("ck_award_letter_registered_has_who_and_when"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_award_letter_agency_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_award_letter_owner_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_letter")),
        sa.UniqueConstraint("document", name=op.f("uq_award_letter_document")),
        sa.UniqueConstraint("number", "rank", name="one_each_rank"),
    )
    op.create_index(
        "ix_award_letter_agency", "award_letter", ["agency_organisation_id", "id"], unique=False
    )
    op.create_index("ix_award_letter_notice", "award_letter", ["notice_number"], unique=False)
    op.create_index(
        "ix_award_letter_owner", "award_letter", ["owner_organisation_id", "id"], unique=False
    )


def downgrade():
    op.drop_table("award_letter")
