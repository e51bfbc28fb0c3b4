"""Tables of owners."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "owner",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column(
            "organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "public",
                "firm",
                "person",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("complaint_phone", sa.String(), nullable=False),
        sa.Column(
            "authority_file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "state",
            sa.Enum(
                "submitted",
                "returned",
                "refusing",
                "approved",
                "refused",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("round", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("corrections", sa.String(), nullable=True),
        sa.Column(
            "ground",
            sa.Enum(
                "not_eligible",
                "not_authorised",
                "false_document",
                "duplicate",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("submission_key", sa.String(), nullable=False),
        sa.Column("submitted_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "submitted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("proposed_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "proposed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)",
            name=op.f("ck_owner_decided_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(proposed_at IS NULL) = (proposed_by IS NULL)",
            name=op.f("ck_owner_proposed_has_who_and_when"),
        ),
        sa.CheckConstraint("round IN (1, 2)", name=op.f("ck_owner_one_correction")),
        sa.ForeignKeyConstraint(
            ["authority_file_id"], ["file.id"], name=op.f("fk_owner_authority_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_owner_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_owner_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner")),
        sa.UniqueConstraint("number", name=op.f("uq_owner_number")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_owner_organisation_id")),
        sa.UniqueConstraint("person_id", name=op.f("uq_owner_person_id")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_owner_submission_key")),
    )
    op.create_index("ix_owner_state", "owner", ["state", "submitted_at", "id"], unique=False)


def downgrade():
    op.drop_table("owner")
