"""What both sides change of a contract."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

BEFORE = (
    "proposed",
    "questioned",
    "not_started",
    "running",
    "delivered",
    "returned",
    "accepted",
    "closed",
    "void",
)
AFTER = (*BEFORE, "stopped", "ended")


def upgrade():
    _allow(AFTER)
    wide = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "contract_change",
        sa.Column("id", wide, nullable=False),
        sa.Column("contract_id", wide, nullable=False),
        sa.Column("no", wide, nullable=False),
        _codes("change", "extend", "amount", "stop", "resume", "end"),
        _codes(
            "reason",
            "owner_input_late",
            "authority_late",
            "force_majeure",
            "own_delay",
            "scope",
            "agreed",
            "project_ended",
            "cause_gone",
        ),
        _codes("side", "owner", "agency"),
        _codes("state", "asked", "second", "agreed", "refused", "withdrawn"),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("days", wide, nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("approval", sa.String(), nullable=False),
        _codes("was", *AFTER),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", wide, nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", wide, nullable=True),
        sa.Column("seconded_at", sa.BigInteger(), nullable=True),
        sa.Column("seconded_by", wide, nullable=True),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)",
            name=op.f("ck_contract_change_answered_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(seconded_at IS NULL) = (seconded_by IS NULL)",
            name=op.f("ck_contract_change_seconded_has_who_and_when"),
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_change_contract_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_change")),
        sa.UniqueConstraint("contract_id", "no", name="one_each_change"),
    )


def downgrade():
    op.drop_table("contract_change")
    _allow(BEFORE)


def _codes(name, *codes):
    kind = sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column(name, kind, nullable=False)


def _allow(states):
    listed = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("contract") as batch:
        batch.drop_constraint(op.f("ck_contract_contractstate"), type_="check")
        batch.create_check_constraint(op.f("ck_contract_contractstate"), f"state IN ({listed})")
