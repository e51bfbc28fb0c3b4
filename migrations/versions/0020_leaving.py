"""How agencies leave: an exit of their own, a removal that two persons decide, and until when no
application follows.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("agency", sa.Column("barred_until", sa.Date(), nullable=True))
    op.create_table(
        "agency_departure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column(
            "agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "exit",
                "removal",
                name="leave",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reasons", sa.String(), nullable=True),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("remedy", sa.String(), nullable=True),
        sa.Column("barred_until", sa.Date(), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "opened_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("statement", sa.String(), nullable=True),
        sa.Column("stated_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "left", "stayed", name="end", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "kind = 'exit' OR (reasons IS NOT NULL AND basis IS NOT NULL AND remedy IS NOT NULL"
            " AND barred_until IS NOT NULL)",
            name=op.f("ck_agency_departure_removal_is_reasoned"),
        ),
        sa.CheckConstraint(
            "(stated_at IS NULL) = (statement IS NULL)",
            name=op.f("ck_agency_departure_stated_has_when"),
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (outcome IS NULL)",
            name=op.f("ck_agency_departure_ended_has_who_when_how"),
        ),
        sa.CheckConstraint(
            "ended_by <> opened_by OR outcome = 'stayed'",
            name=op.f("ck_agency_departure_two_persons_let_go"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_agency_departure_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_departure")),
    )
    op.create_index("ix_agency_departure", "agency_departure", ["agency_id", "id"], unique=False)
    op.create_index(
        "one_departure_at_a_time",
        "agency_departure",
        ["agency_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade():
    op.drop_table("agency_departure")
    op.drop_column("agency", "barred_until")
