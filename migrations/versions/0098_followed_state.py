"""A following keeps the heading or state that its list was narrowed to."""

import sqlalchemy as sa
from alembic import op

revision = "0098"
down_revision = "0097"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("following", sa.Column("state", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("following", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.alter_column("state", server_default=None, existing_type=sa.String())


def downgrade():
    op.execute(
        "DELETE FROM followed_step WHERE following_id IN (SELECT id FROM following WHERE state <> '')"
    )
    op.execute("DELETE FROM following WHERE state <> ''")
    with op.batch_alter_table("following", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_column("state")
