"""An entry keeps the days that it promised, where they are scored."""

import sqlalchemy as sa
from alembic import op

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None

DAYS = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade():
    op.add_column("entry", sa.Column("response_days", DAYS, nullable=True))


def downgrade():
    op.drop_column("entry", "response_days")
