"""A part of a contract's money may be disputed, while the rest is due."""

import sqlalchemy as sa
from alembic import op

revision = "0094"
down_revision = "0093"
branch_labels = None
depends_on = None

MONEY = ("disputed_fen", "waived_fen")


def upgrade():
    for column in MONEY:
        with op.batch_alter_table("contract") as batch:
            batch.add_column(
                sa.Column(column, sa.BigInteger(), nullable=False, server_default=sa.text("0"))
            )
        with op.batch_alter_table("contract") as batch:
            batch.alter_column(column, server_default=None)
    wide = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "contract_dispute",
        sa.Column("id", wide, nullable=False),
        sa.Column("contract_id", wide, nullable=False),
        sa.Column("no", wide, nullable=False),
        sa.Column("submission_key", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        _codes("ground", "quality", "quantity", "deduction", "calculation"),
        sa.Column("statement", sa.String(), nullable=False),
        _codes("state", "open", "allowed", "dropped"),
        sa.Column("raised_at", sa.BigInteger(), nullable=False),
        sa.Column("raised_by", wide, nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_by", wide, nullable=True),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_contract_dispute_disputes_something")),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL)",
            name=op.f("ck_contract_dispute_ended_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (state = 'open')",
            name=op.f("ck_contract_dispute_ended_when_not_open"),
        ),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("contract_id", "no", name="one_each_dispute"),
        sa.UniqueConstraint("submission_key"),
    )


def downgrade():
    op.drop_table("contract_dispute")
    for column in MONEY:
        with op.batch_alter_table("contract") as batch:
            batch.drop_column(column)


def _codes(name, *codes):
    kind = sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column(name, kind, nullable=False)
