"""A keyed digest of the legal representative's identity number, of agencies and of entries."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade():
    for table in ("agency", "entry"):
        op.add_column(table, sa.Column("representative_digest", sa.String(), nullable=True))


def downgrade():
    for table in ("entry", "agency"):
        op.drop_column(table, "representative_digest")
