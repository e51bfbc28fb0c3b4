"""Each requirement of a matter has a verdict of its own at an inspection."""

import sqlalchemy as sa
from alembic import op

revision = "0093"
down_revision = "0092"
branch_labels = None
depends_on = None

LISTS = (("contract", "requirements"), ("contract_delivery", "verdicts"))


def upgrade():
    for table, column in LISTS:
        with op.batch_alter_table(table) as batch:
            batch.add_column(
                sa.Column(column, sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
            )
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, server_default=None)


def downgrade():
    for table, column in LISTS:
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)
