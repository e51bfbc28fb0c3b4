"""A try at a password is counted before it is checked: rows under way, and rows that were wrong."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("wrong_answer") as table:
        table.add_column(
            sa.Column("is_wrong", sa.Boolean(), nullable=False, server_default=sa.true())
        )


def downgrade():
    with op.batch_alter_table("wrong_answer") as table:
        table.drop_column("is_wrong")
