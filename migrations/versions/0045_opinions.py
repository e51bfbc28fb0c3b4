"""An opinion of the office names the field that it is about, and what is not changed is answered."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

TABLE = "enrolment_correction"


def upgrade():
    op.add_column(TABLE, sa.Column("field", sa.String(), nullable=True))
    op.add_column(TABLE, sa.Column("answer", sa.String(), nullable=True))


def downgrade():
    op.drop_column(TABLE, "answer")
    op.drop_column(TABLE, "field")
