"""Files of a tip, for the body that reads it."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "tip_file",
        sa.Column("id", KEY, nullable=False),
        sa.Column("tip_id", KEY, nullable=False),
        sa.Column("file_id", KEY, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["tip_id"], ["tip.id"], name=op.f("fk_tip_file_tip_id_tip")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_tip_file_file_id_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_file")),
        sa.UniqueConstraint("tip_id", "file_id", name=op.f("uq_tip_file_tip_id_file_id")),
    )
    op.create_index(op.f("ix_tip_file_tip_id"), "tip_file", ["tip_id"])


def downgrade():
    op.drop_table("tip_file")
