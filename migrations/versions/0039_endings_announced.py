"""Which announcement of a certificate's end was made last."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("qualification") as batch:
        batch.add_column(sa.Column("warned_days", sa.Integer(), nullable=True))


def downgrade():
    with op.batch_alter_table("qualification") as batch:
        batch.drop_column("warned_days")
