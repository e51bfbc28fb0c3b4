"""Who an enrolled agency says its legal representative is now."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

OPEN = sa.text("confirmed_at IS NULL AND returned_at IS NULL")


def upgrade():
    wide = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "agency_representative",
        sa.Column("id", wide, nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("agency_id", wide, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=False),
        sa.Column("told_by", wide, nullable=False),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_by", wide, nullable=True),
        sa.Column("returned_at", sa.BigInteger(), nullable=True),
        sa.Column("returned_by", wide, nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)",
            name=op.f("ck_agency_representative_confirmed_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(returned_at IS NULL) = (returned_by IS NULL)"
            " AND (returned_at IS NULL) = (reason IS NULL)",
            name=op.f("ck_agency_representative_returned_has_who_when_why"),
        ),
        sa.CheckConstraint(
            "confirmed_at IS NULL OR returned_at IS NULL",
            name=op.f("ck_agency_representative_one_answer"),
        ),
        sa.CheckConstraint(
            "confirmed_by <> told_by", name=op.f("ck_agency_representative_two_persons_change")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_agency_representative_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_representative")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_agency_representative", "agency_representative", ["agency_id", "id"], unique=False
    )
    op.create_index(
        "one_representative_at_a_time",
        "agency_representative",
        ["agency_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade():
    op.drop_table("agency_representative")
