"""A serious violation found in an investigation, after which a complaint that is taken back goes
on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.add_column("complaint", sa.Column("withdrawn_at", sa.BigInteger(), nullable=True))
    op.execute("UPDATE complaint SET withdrawn_at = ended_at WHERE state = 'withdrawn'")
    op.create_table(
        "complaint_finding",
        sa.Column("complaint_id", KEY, autoincrement=False, nullable=False),
        sa.Column(
            "violation",
            sa.Enum(
                "collusion",
                "forgery",
                "bribery",
                "interference",
                "other",
                name="violation",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("body_id", KEY, nullable=False),
        sa.Column("found_at", sa.BigInteger(), nullable=False),
        sa.Column("found_by", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_finding_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["organisation.id"], name=op.f("fk_complaint_finding_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["found_by"], ["person.id"], name=op.f("fk_complaint_finding_found_by")
        ),
        sa.PrimaryKeyConstraint("complaint_id", name=op.f("pk_complaint_finding")),
    )


def downgrade():
    op.drop_table("complaint_finding")
    op.drop_column("complaint", "withdrawn_at")
