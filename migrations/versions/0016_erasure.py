"""Deleting what a complaint or a tip says: two persons, and the entry of the log whose payload is
gone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "complaint_erasure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column(
            "log_index", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "consent_withdrawn",
                "purpose_done",
                "period_over",
                "unlawful",
                name="erasureground",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "signed",
                "returned",
                "void",
                name="proposalstate",
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
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "settled_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("return_note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by IS NULL)",
            name=op.f("ck_complaint_erasure_settled_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "settled_by IS NULL OR state <> 'signed' OR settled_by <> proposed_by",
            name=op.f("ck_complaint_erasure_two_persons"),
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (state = 'proposed')",
            name=op.f("ck_complaint_erasure_settled_when"),
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["organisation.id"], name=op.f("fk_complaint_erasure_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["person.id"], name=op.f("fk_complaint_erasure_proposed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_erasure")),
    )
    op.create_index(
        "ix_complaint_erasure_body", "complaint_erasure", ["body_id", "id"], unique=False
    )
    standing = sa.text("state IN ('proposed','signed')")
    op.create_index(
        "one_erasure_each",
        "complaint_erasure",
        ["subject"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )


def downgrade():
    op.drop_table("complaint_erasure")
