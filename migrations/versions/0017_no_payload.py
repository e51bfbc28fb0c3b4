"""What a digest on the log stands for is kept by the room it belongs to: the ledger's own table for
it was never used.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade():
    op.drop_table("log_payload")


def downgrade():
    op.create_table(
        "log_payload",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_log_payload")),
    )
    op.create_index(op.f("ix_log_payload_subject"), "log_payload", ["subject"], unique=False)
