"""Cards for public bodies, from counted faults."""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

STEPS = {
    "stated": "statement",
    "decided": "reason",
    "planned": "plan",
    "talked": "talk",
    "referred": "referral",
}
NOT_WITHDRAWN = sa.text("state <> 'withdrawn'")


def upgrade():
    wide = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "efficiency_card",
        sa.Column("id", wide, nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("body_id", wide, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        _codes("colour", "card_colour", "yellow", "red"),
        sa.Column("trigger", sa.String(), nullable=False),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        _codes("state", "cardstate", "proposed", "issued", "planned", "dropped", "withdrawn"),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("rulebook", wide, nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("proposed_by", wide, nullable=False),
        *(column for step, said in STEPS.items() for column in _step(wide, step, said)),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        *(
            sa.CheckConstraint(
                f"({step}_at IS NULL) = ({step}_by IS NULL)",
                name=op.f(f"ck_efficiency_card_{step}_has_who_and_when"),
            )
            for step in STEPS
        ),
        sa.CheckConstraint(
            "decided_by <> proposed_by", name=op.f("ck_efficiency_card_two_persons_issue")
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["organisation.id"], name=op.f("fk_efficiency_card_body_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_efficiency_card")),
        sa.UniqueConstraint("number", name=op.f("uq_efficiency_card_number")),
    )
    op.create_index(
        "one_card_a_fault",
        "efficiency_card",
        ["trigger"],
        unique=True,
        sqlite_where=NOT_WITHDRAWN,
        postgresql_where=NOT_WITHDRAWN,
    )
    op.create_index("ix_efficiency_card_body", "efficiency_card", ["body_id", "state"])


def downgrade():
    op.drop_table("efficiency_card")


def _step(wide, step, said):
    return (
        sa.Column(said, sa.String(), nullable=False),
        sa.Column(f"{step}_at", sa.BigInteger(), nullable=True),
        sa.Column(f"{step}_by", wide, nullable=True),
    )


def _codes(column, name, *codes):
    kind = sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column(column, kind, nullable=False)
