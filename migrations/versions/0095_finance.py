"""What the finance office's books say of payments."""

import sqlalchemy as sa
from alembic import op

revision = "0095"
down_revision = "0094"
branch_labels = None
depends_on = None

WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "finance_import",
        sa.Column("id", WIDE, nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("organisation_id", WIDE, nullable=False),
        sa.Column("covers_from", sa.Date(), nullable=False),
        sa.Column("covers_to", sa.Date(), nullable=False),
        sa.Column("lines", WIDE, nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("submission_key", sa.String(), nullable=False),
        sa.Column("imported_at", sa.BigInteger(), nullable=False),
        sa.Column("imported_by", WIDE, nullable=False),
        sa.CheckConstraint("covers_from <= covers_to", name=op.f("ck_finance_import_covers_days")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("submission_key"),
    )
    op.create_table(
        "finance_line",
        sa.Column("id", WIDE, nullable=False),
        sa.Column("import_id", WIDE, nullable=False),
        sa.Column("no", WIDE, nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("award_number", sa.String(), nullable=False),
        sa.Column("contract_id", WIDE, nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("payer_uscc", sa.String(), nullable=False),
        sa.Column("payer_name", sa.String(), nullable=False),
        sa.Column("payee_uscc", sa.String(), nullable=False),
        sa.Column("payee_name", sa.String(), nullable=False),
        sa.Column("voucher", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_finance_line_pays_something")),
        sa.ForeignKeyConstraint(["import_id"], ["finance_import.id"]),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("identity"),
    )
    op.create_index("ix_finance_line_contract_id", "finance_line", ["contract_id"])
    op.create_index("ix_finance_line_import_id", "finance_line", ["import_id"])


def downgrade():
    op.drop_table("finance_line")
    op.drop_table("finance_import")
