"""An award may wait for its letter: the winner is asked to confirm, or his deferred documents are
not complete.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "award_offer",
        sa.Column("id", BIG, nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("notice_number", sa.String(), nullable=False),
        sa.Column("rank", BIG, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "awaiting_confirmation",
                "blocked_documents",
                "held",
                "issued",
                "declined",
                "void",
                name="offer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("owner_organisation_id", BIG, nullable=False),
        sa.Column("owner_name", sa.String(), nullable=False),
        sa.Column("agency_organisation_id", BIG, nullable=False),
        sa.Column("agency_name", sa.String(), nullable=False),
        sa.Column("winner", sa.String(), nullable=False),
        sa.Column("amount_fen", BIG, nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_by", BIG, nullable=True),
        sa.Column("declined_at", sa.BigInteger(), nullable=True),
        sa.Column("declined_by", BIG, nullable=True),
        sa.Column(
            "decline_reason",
            sa.Enum(
                "force_majeure",
                "terms_changed",
                "owner_late",
                "capacity",
                "other",
                name="decline",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("lapsed_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)",
            name=op.f("ck_award_offer_confirmed_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(declined_at IS NULL) = (decline_reason IS NULL)",
            name=op.f("ck_award_offer_declined_has_reason"),
        ),
        sa.CheckConstraint(
            "(declined_at IS NULL) = (declined_by IS NULL)",
            name=op.f("ck_award_offer_declined_has_who_and_when"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_award_offer_agency_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_award_offer_owner_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_offer")),
        sa.UniqueConstraint("notice_number", "rank", name="one_offer_each_rank"),
    )
    op.create_index(
        "ix_award_offer_agency", "award_offer", ["agency_organisation_id", "id"], unique=False
    )
    op.create_index("ix_award_offer_number", "award_offer", ["number"], unique=False)
    op.create_index(
        "ix_award_offer_owner", "award_offer", ["owner_organisation_id", "id"], unique=False
    )


def downgrade():
    op.drop_table("award_offer")
