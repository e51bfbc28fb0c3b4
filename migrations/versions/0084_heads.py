"""Who leads a project: as the contract names, as each version was confirmed, as a change names anew."""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None

CHANGES = ("extend", "amount", "stop", "resume", "end", "cancel", "settle")
REASONS = (
    "owner_input_late",
    "authority_late",
    "force_majeure",
    "own_delay",
    "scope",
    "agreed",
    "project_ended",
    "cause_gone",
    "agency_fault",
    "owner_fault",
    "ruled",
)
CHECKS = (
    ("change", CHANGES, ("scope", "person")),
    ("reason", REASONS, ("owner_need", "rules_changed", "cannot_serve")),
)
TEXTS = (("contract", "head"), ("contract_delivery", "head"), ("contract_change", "person"))


def upgrade():
    for name, before, more in CHECKS:
        _allow(name, (*before, *more))
    for table, column in TEXTS:
        with op.batch_alter_table(table) as batch:
            batch.add_column(
                sa.Column(column, sa.String(), nullable=False, server_default=sa.text("''"))
            )
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, server_default=None)


def downgrade():
    for table, column in TEXTS:
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)
    for name, before, _more in CHECKS:
        _allow(name, before)


def _allow(name, codes):
    """Let a column of the changes have these codes; its CHECK is called like it."""
    full = op.f(f"ck_contract_change_{name}")
    said = ", ".join(f"'{code}'" for code in codes)
    with op.batch_alter_table("contract_change") as batch:
        batch.drop_constraint(full, type_="check")
        batch.create_check_constraint(full, f"{name} IN ({said})")
