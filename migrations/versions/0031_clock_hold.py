"""That the clock jumped ahead, and who agreed to the time."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "clock_hold",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("expected_at", sa.BigInteger(), nullable=False),
        sa.Column("jumped_to", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "agreed",
            sa.Enum(
                "person",
                "witness",
                "set_right",
                name="agreed",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("person_id", WHOLE, nullable=True),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (agreed IS NULL)", name=op.f("ck_clock_hold_ended_has_how")
        ),
        sa.CheckConstraint(
            "(agreed = 'person') = (person_id IS NOT NULL)",
            name=op.f("ck_clock_hold_a_person_is_named"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_hold")),
    )


def downgrade():
    op.drop_table("clock_hold")
