"""Direct choice: the list that an owner chooses from, and every offer with its answer."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OFFERS = ("waiting", "accepted", "refused", "silent", "withdrawn")
WAITING = sa.text("state = 'waiting'")


def upgrade():
    op.create_table(
        "direct_place",
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("place", KEY, autoincrement=False, nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("completed", KEY, nullable=False),
        sa.Column("stars", KEY, nullable=True),
        sa.Column("on_time", KEY, nullable=True),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_direct_place_notice_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["organisation.id"], name=op.f("fk_direct_place_agency_id")
        ),
        sa.PrimaryKeyConstraint("notice_id", "place", name=op.f("pk_direct_place")),
        sa.UniqueConstraint("notice_id", "ref", name="one_place_each"),
    )
    create_offers()


def create_offers():
    op.create_table(
        "direct_offer",
        sa.Column("id", KEY, nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("amount_fen", KEY, nullable=False),
        sa.Column(
            "state",
            sa.Enum(*OFFERS, name="offer", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("offered_at", sa.BigInteger(), nullable=False),
        sa.Column("offered_by", KEY, nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", KEY, nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (state = 'waiting')",
            name=op.f("ck_direct_offer_answered_has_when"),
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)",
            name=op.f("ck_direct_offer_answered_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(offered_at IS NULL) = (offered_by IS NULL)",
            name=op.f("ck_direct_offer_offered_has_who_and_when"),
        ),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_direct_offer_amount")),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_direct_offer_notice_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["organisation.id"], name=op.f("fk_direct_offer_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_direct_offer")),
        sa.UniqueConstraint("notice_id", "ref", name="one_offer_each"),
    )
    op.create_index("ix_direct_offer_agency", "direct_offer", ["agency_id", "id"])
    op.create_index(
        "one_offer_waits",
        "direct_offer",
        ["notice_id"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def downgrade():
    op.drop_table("direct_offer")
    op.drop_table("direct_place")
