"""SQLite's REPLACE deletes without asking the triggers on DELETE: the log's head is inserted once
and for all.
"""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade():
    if (
        op.get_bind().dialect.name == "sqlite"
    ):  # PostgreSQL has no REPLACE; its upsert is an UPDATE, which may only grow
        op.execute(
            "CREATE TRIGGER log_head_once BEFORE INSERT ON log_head WHEN EXISTS (SELECT 1 FROM log_head) "
            "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        )


def downgrade():
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER log_head_once")
