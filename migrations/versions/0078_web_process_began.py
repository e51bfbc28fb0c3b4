"""Since when a web process is there: who came after an auction's end took none of its bids."""

import sqlalchemy as sa
from alembic import op

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column(
        "web_process",
        sa.Column("began_at", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
    )


def downgrade():
    op.drop_column("web_process", "began_at")
