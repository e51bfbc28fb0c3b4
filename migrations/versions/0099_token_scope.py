"""A token says what it opens: reading, or also the hotline's orders. Those that are there read."""

import sqlalchemy as sa
from alembic import op

revision = "0099"
down_revision = "0098"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column(
        "api_token", sa.Column("scope", sa.String(), nullable=False, server_default="read")
    )
    with op.batch_alter_table("api_token") as batch:
        batch.alter_column("scope", server_default=None, existing_type=sa.String())
        batch.create_check_constraint(op.f("ck_api_token_scope"), "scope IN ('read', 'hotline')")


def downgrade():
    # Before, each token of such a duty wrote: one that may is nobody's any more.
    op.execute(
        "UPDATE api_token SET revoked_at = made_at, revoked_by = made_by"
        " WHERE scope = 'hotline' AND revoked_at IS NULL"
    )
    with op.batch_alter_table("api_token") as batch:
        batch.drop_constraint(op.f("ck_api_token_scope"), type_="check")
        batch.drop_column("scope")
