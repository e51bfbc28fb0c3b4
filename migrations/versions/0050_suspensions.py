"""Suspensions of entries that follow from recorded acts."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "credit_measure"
STATES = ("proposed", "in_force", "dropped", "ended")


def upgrade():
    state = sa.Enum(
        *STATES, name="measurestate", native_enum=False, length=32, create_constraint=True
    )
    op.create_table(
        TABLE,
        sa.Column("id", KEY, nullable=False),
        sa.Column("event_id", KEY, nullable=False),
        sa.Column("organisation_id", KEY, nullable=False),
        sa.Column("representative_digest", sa.String(), nullable=True),
        sa.Column("state", state, nullable=False),
        sa.Column("days", KEY, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("proposed_by", KEY, nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", KEY, nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)",
            name=op.f(f"ck_{TABLE}_decided_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "state <> 'in_force' OR until IS NOT NULL", name=op.f(f"ck_{TABLE}_in_force_until")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["credit_event.id"], name=op.f(f"fk_{TABLE}_event_id_credit_event")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f(f"fk_{TABLE}_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(op.f(f"ix_{TABLE}_event_id"), TABLE, ["event_id"])
    op.create_index("ix_credit_measure_of", TABLE, ["organisation_id", "state", "until"])
    op.create_index("ix_credit_measure_led_by", TABLE, ["representative_digest", "state", "until"])


def downgrade():
    op.drop_table(TABLE)
