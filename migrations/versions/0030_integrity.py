"""What the comparisons of the business rows with the log have found."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "integrity_run",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("checked_at", sa.BigInteger(), nullable=False),
        sa.Column("rows", WHOLE, nullable=False),
        sa.Column("leaves", WHOLE, nullable=False),
        sa.Column("differences", WHOLE, nullable=False),
        sa.Column("first", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_integrity_run")),
    )


def downgrade():
    op.drop_table("integrity_run")
