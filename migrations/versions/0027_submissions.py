"""Whose a form's key is, for what deed and with what content: the key alone answered for anybody."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "submission",
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("sender_hash", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name="pk_submission"),
    )


def downgrade():
    op.drop_table("submission")
