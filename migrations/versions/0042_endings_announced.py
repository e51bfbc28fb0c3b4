"""Which announcement of a certificate's end was made last."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("qualification", sa.Column("warned_days", sa.Integer(), nullable=True))


def downgrade():
    op.drop_column("qualification", "warned_days")
