"""What took the instant at which an entry was received: the kernel, a proxy, or our own reading."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column(
        "entry", sa.Column("received_by", sa.String(), nullable=False, server_default="reading")
    )


def downgrade():
    op.drop_column("entry", "received_by")
