"""What agencies ask for about money that is owed; whether they declared themselves small at the signing."""

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None


def upgrade():
    wide = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table("contract") as batch:
        batch.add_column(sa.Column("is_sme", sa.Boolean(), nullable=True))
    op.create_table(
        "contract_claim",
        sa.Column("id", wide, nullable=False),
        sa.Column("contract_id", wide, nullable=False),
        sa.Column("no", wide, nullable=False),
        sa.Column("submission_key", sa.String(), nullable=False),
        _codes("claim", "claim", "receivable", "demand"),
        _codes("state", "claimstate", "asked", "confirmed", "refused", "sent"),
        sa.Column("amount_fen", wide, nullable=False),
        sa.Column("days_late", wide, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", wide, nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", wide, nullable=True),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_contract_claim_claims_something")),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)",
            name=op.f("ck_contract_claim_answered_has_who_and_when"),
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_claim_contract_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_claim")),
        sa.UniqueConstraint("contract_id", "no", name="one_each_claim"),
        sa.UniqueConstraint("submission_key", name=op.f("uq_contract_claim_submission_key")),
        sa.UniqueConstraint("code", name=op.f("uq_contract_claim_code")),
    )


def downgrade():
    op.drop_table("contract_claim")
    with op.batch_alter_table("contract") as batch:
        batch.drop_column("is_sme")


def _codes(column, name, *codes):
    kind = sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column(column, kind, nullable=False)
