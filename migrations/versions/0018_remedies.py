"""A decision carries the corrected texts of a notice, or waits for its result; an intended
suspension has a ground and a statement.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column(
        "complaint_proposal",
        sa.Column("corrections", sa.JSON(), nullable=False, server_default="{}"),
    )
    op.add_column("complaint", sa.Column("relist_waits_since", sa.BigInteger(), nullable=True))
    op.add_column(
        "notice_amendment", sa.Column("changes", sa.JSON(), nullable=False, server_default="{}")
    )
    op.add_column("agency", sa.Column("proposed_ground", sa.String(), nullable=True))
    op.add_column("agency", sa.Column("proposed_statement", sa.String(), nullable=True))


def downgrade():
    op.drop_column("agency", "proposed_statement")
    op.drop_column("agency", "proposed_ground")
    op.drop_column("notice_amendment", "changes")
    op.drop_column("complaint", "relist_waits_since")
    op.drop_column("complaint_proposal", "corrections")
