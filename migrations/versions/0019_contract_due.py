"""Until when a contract is to be signed stands in its window alone, which a new calendar moves."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade():
    op.drop_column("award_letter", "contract_due")


def downgrade():
    op.add_column(
        "award_letter",
        sa.Column("contract_due", sa.BigInteger(), nullable=False, server_default="0"),
    )
    op.execute(
        'UPDATE award_letter SET contract_due = COALESCE((SELECT MAX(due_at) FROM "window" '
        "WHERE kind = 'contracts.sign' AND subject = award_letter.number), issued_at)"
    )
