"""What a draw is drawn for: the order of a random draw, or who comes first of those who are equal."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("draw") as batch:
        batch.add_column(sa.Column("label", sa.String(), server_default="ticket", nullable=False))
    with op.batch_alter_table("draw") as batch:
        batch.alter_column("label", existing_type=sa.String(), server_default=None)


def downgrade():
    with op.batch_alter_table("draw") as batch:
        batch.drop_column("label")
