"""Tables of ledger."""

import sqlalchemy as sa
from alembic import op

from market.ledger import guards

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "log_checkpoint",
        sa.Column(
            "size",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("signed_at", sa.BigInteger(), nullable=False),
        sa.Column("cosigned_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_log_checkpoint")),
    )
    op.create_table(
        "log_head",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_log_head_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_head")),
    )
    op.create_table(
        "log_leaf",
        sa.Column(
            "idx",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("idx", name=op.f("pk_log_leaf")),
    )
    op.create_index("ix_log_leaf_subject", "log_leaf", ["subject", "idx"], unique=False)
    op.create_index("ix_log_leaf_type", "log_leaf", ["type", "idx"], unique=False)
    op.create_table(
        "log_node",
        sa.Column(
            "key",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_log_node")),
    )
    op.create_table(
        "log_payload",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_log_payload")),
    )
    op.create_index(op.f("ix_log_payload_subject"), "log_payload", ["subject"], unique=False)
    op.create_table(
        "log_reader",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_log_reader")),
    )
    for statement in guards.SQLITE if op.get_bind().dialect.name == "sqlite" else guards.POSTGRESQL:
        op.execute(statement)


def downgrade():
    op.drop_table("log_reader")
    op.drop_table("log_payload")
    op.drop_table("log_node")
    op.drop_table("log_leaf")
    op.drop_table("log_head")
    op.drop_table("log_checkpoint")
    if op.get_bind().dialect.name != "sqlite":
        for statement in guards.UNDO_POSTGRESQL:
            op.execute(statement)
