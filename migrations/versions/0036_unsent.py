"""What was typed and not taken, sealed for its writer."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "unsent",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_unsent")),
    )
    op.create_index(op.f("ix_unsent_ends_at"), "unsent", ["ends_at"])


def downgrade():
    op.drop_table("unsent")
