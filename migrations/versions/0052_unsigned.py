"""The way out of an award that nobody signs."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

BEFORE = ("issued", "held", "contract_overdue", "declined", "contracted", "void")
AFTER = (*BEFORE, "forfeited", "released")


def upgrade():
    _allow(AFTER)
    wide = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "award_unsigned",
        sa.Column("id", wide, nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("award_id", wide, nullable=False),
        sa.Column("award_number", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("notice_number", sa.String(), nullable=False),
        sa.Column("winner", sa.String(), nullable=False),
        sa.Column("round", wide, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "hearing",
                "finding",
                "proposed",
                "decided",
                "ended",
                name="unsignedstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("body_id", wide, nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("owner_statement", sa.String(), nullable=False),
        sa.Column("owner_stated_at", sa.BigInteger(), nullable=True),
        sa.Column("owner_stated_by", wide, nullable=True),
        sa.Column("agency_statement", sa.String(), nullable=False),
        sa.Column("agency_stated_at", sa.BigInteger(), nullable=True),
        sa.Column("agency_stated_by", wide, nullable=True),
        sa.Column(
            "fault",
            sa.Enum(
                "agency",
                "owner",
                "neither",
                name="fault",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=True),
        sa.Column("proposed_by", wide, nullable=True),
        sa.Column("return_note", sa.String(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", wide, nullable=True),
        sa.CheckConstraint(
            "(agency_stated_at IS NULL) = (agency_stated_by IS NULL)",
            name=op.f("ck_award_unsigned_agency_stated_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)",
            name=op.f("ck_award_unsigned_decided_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(owner_stated_at IS NULL) = (owner_stated_by IS NULL)",
            name=op.f("ck_award_unsigned_owner_stated_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(proposed_at IS NULL) = (proposed_by IS NULL)",
            name=op.f("ck_award_unsigned_proposed_has_who_and_when"),
        ),
        sa.ForeignKeyConstraint(
            ["award_id"], ["award_letter.id"], name=op.f("fk_award_unsigned_award_id")
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["organisation.id"], name=op.f("fk_award_unsigned_body_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_unsigned")),
        sa.UniqueConstraint("award_id", "round", name="one_each_round"),
    )
    op.create_index("ix_award_unsigned_body", "award_unsigned", ["body_id", "state"], unique=False)
    op.create_index("ix_award_unsigned_notice", "award_unsigned", ["notice_number"], unique=False)


def downgrade():
    op.drop_table("award_unsigned")
    op.execute("UPDATE award_letter SET state = 'void' WHERE state IN ('forfeited', 'released')")
    _allow(BEFORE)


def _allow(states):
    listed = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("award_letter") as batch:
        batch.drop_constraint(op.f("ck_award_letter_state"), type_="check")
        batch.create_check_constraint(op.f("ck_award_letter_state"), f"state IN ({listed})")
