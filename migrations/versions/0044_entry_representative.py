"""Nothing reads entries by the name of their representative: the digest tells who it is."""

from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade():
    op.drop_index("ix_entry_representative", table_name="entry")


def downgrade():
    op.create_index("ix_entry_representative", "entry", ["notice_id", "representative"])
