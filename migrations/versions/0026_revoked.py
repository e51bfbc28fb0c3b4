"""On PostgreSQL the log's tables may be read and added to, and nothing else, also by the role that
owns them.

The triggers of 0001 refuse the same; whoever would get past one wall meets the other. A superuser
passes both: give the application a role of its own (docs/deploy.md).
"""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

FORBIDDEN = (
    "UPDATE, DELETE, TRUNCATE ON log_leaf, log_node",
    "DELETE, TRUNCATE ON log_head",
)  # the head's one row moves on


def upgrade():
    for what in FORBIDDEN if op.get_bind().dialect.name == "postgresql" else ():
        op.execute(f"REVOKE {what} FROM PUBLIC, CURRENT_USER")


def downgrade():
    for what in FORBIDDEN if op.get_bind().dialect.name == "postgresql" else ():
        op.execute(f"GRANT {what} TO CURRENT_USER")
