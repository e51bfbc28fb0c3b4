"""A contract that one side or a decision ends: its states, what the other side objects, when it was decided."""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None

STATES = (
    "proposed",
    "questioned",
    "not_started",
    "running",
    "delivered",
    "returned",
    "accepted",
    "closed",
    "void",
    "stopped",
    "ended",
)
CHANGES = ("extend", "amount", "stop", "resume", "end")
REASONS = (
    "owner_input_late",
    "authority_late",
    "force_majeure",
    "own_delay",
    "scope",
    "agreed",
    "project_ended",
    "cause_gone",
)
OUTCOMES = ("asked", "second", "agreed", "refused", "withdrawn")
CHECKS = (
    ("contract", "contractstate", "state", STATES, ("settling",)),
    ("contract_change", "was", "was", STATES, ("settling",)),
    ("contract_change", "change", "change", CHANGES, ("cancel", "settle")),
    ("contract_change", "reason", "reason", REASONS, ("agency_fault", "owner_fault", "ruled")),
    ("contract_change", "state", "state", OUTCOMES, ("stood", "void")),
)
"""Table, name of the CHECK, column, its codes before, and what comes to them."""


def upgrade():
    for table, name, column, before, more in CHECKS:
        _allow(table, name, column, (*before, *more))
    with op.batch_alter_table("contract") as batch:
        batch.add_column(sa.Column("terminated_at", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("contract_change") as batch:
        batch.add_column(
            sa.Column("objection", sa.String(), nullable=False, server_default=sa.text("''"))
        )
    with op.batch_alter_table("contract_change") as batch:
        batch.alter_column("objection", server_default=None)


def downgrade():
    with op.batch_alter_table("contract_change") as batch:
        batch.drop_column("objection")
    with op.batch_alter_table("contract") as batch:
        batch.drop_column("terminated_at")
    for table, name, column, before, _more in CHECKS:
        _allow(table, name, column, before)


def _allow(table, name, column, codes):
    """Let a column have these codes."""
    full = op.f(f"ck_{table}_{name}")
    said = ", ".join(f"'{code}'" for code in codes)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(full, type_="check")
        batch.create_check_constraint(full, f"{column} IN ({said})")
