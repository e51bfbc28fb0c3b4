"""The public figures by months; those that were kept before have none."""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("figures") as batch:
        batch.add_column(sa.Column("months", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("figures") as batch:
        batch.alter_column("months", server_default=None)


def downgrade():
    with op.batch_alter_table("figures") as batch:
        batch.drop_column("months")
