"""Scored selections: proposals, jurors, letters, sheets; a listed entry's quote may open later."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JUROR = ("reserve", "seated", "judging", "handed_in", "gone")
GONE = ("interest", "recused", "silent")
BEFORE = "(quote_fen IS NULL) = (state IN ('received', 'withdrawn', 'unopened'))"
AFTER = "quote_fen IS NULL OR state NOT IN ('received', 'withdrawn', 'unopened')"
OPENED = "ck_entry_opened_at_the_seal"


def upgrade():
    with op.batch_alter_table("entry") as batch:
        batch.add_column(sa.Column("proposal_sha256", sa.String(), nullable=True))
        batch.drop_constraint(op.f(OPENED), type_="check")
        batch.create_check_constraint(op.f(OPENED), AFTER)
    op.create_table(
        "entry_proposal",
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=True),
        sa.Column("handed_at", sa.BigInteger(), nullable=False),
        sa.Column("handed_by", KEY, nullable=False),
        _to("entry_proposal", "notice_id", "notice"),
        _to("entry_proposal", "agency_id", "organisation"),
        sa.PrimaryKeyConstraint("notice_id", "agency_id", name=op.f("pk_entry_proposal")),
    )
    op.create_table(
        "scored_round",
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("notice_leaf", sa.String(), nullable=False),
        sa.Column("list_leaf", sa.String(), nullable=True),
        sa.Column("listed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_leaf", sa.String(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_leaf IS NULL)",
            name=op.f("ck_scored_round_closed_has_leaf"),
        ),
        sa.CheckConstraint(
            "(listed_at IS NULL) = (list_leaf IS NULL)",
            name=op.f("ck_scored_round_listed_has_leaf"),
        ),
        _to("scored_round", "notice_id", "notice"),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_scored_round")),
    )
    create_jurors()
    op.create_table(
        "scored_letter",
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("entry_id", KEY, nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        _to("scored_letter", "notice_id", "notice"),
        _to("scored_letter", "entry_id", "entry"),
        sa.PrimaryKeyConstraint("notice_id", "entry_id", name=op.f("pk_scored_letter")),
        sa.UniqueConstraint("notice_id", "letter", name="one_letter_each"),
    )
    op.create_table(
        "scored_sheet",
        sa.Column("juror_id", KEY, nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("comments", sa.JSON(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("sealed_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(sealed_at IS NULL) = (sha256 IS NULL)",
            name=op.f("ck_scored_sheet_sealed_has_digest"),
        ),
        _to("scored_sheet", "juror_id", "scored_juror"),
        sa.PrimaryKeyConstraint("juror_id", name=op.f("pk_scored_sheet")),
    )


def _to(table, column, other):
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def create_jurors():
    op.create_table(
        "scored_juror",
        sa.Column("id", KEY, nullable=False),
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("place", KEY, nullable=False),
        sa.Column("was_reserve", sa.Boolean(), nullable=False),
        sa.Column("seat", KEY, nullable=True),
        sa.Column(
            "state",
            sa.Enum(*JUROR, name="juror", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("declared_at", sa.BigInteger(), nullable=True),
        sa.Column("gone_at", sa.BigInteger(), nullable=True),
        sa.Column("gone_by", KEY, nullable=True),
        sa.Column(
            "reason",
            sa.Enum(*GONE, name="gone", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(gone_at IS NULL) = (state <> 'gone')", name=op.f("ck_scored_juror_gone_has_when")
        ),
        sa.CheckConstraint(
            "(gone_at IS NULL) = (reason IS NULL)", name=op.f("ck_scored_juror_gone_has_reason")
        ),
        sa.CheckConstraint(
            "(gone_at IS NULL) = (gone_by IS NULL)",
            name=op.f("ck_scored_juror_gone_has_who_and_when"),
        ),
        _to("scored_juror", "notice_id", "notice"),
        _to("scored_juror", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scored_juror")),
        sa.UniqueConstraint("notice_id", "person_id", name="named_once"),
        sa.UniqueConstraint("notice_id", "place", name="one_juror_a_place"),
    )
    op.create_index("ix_scored_juror_person_id", "scored_juror", ["person_id"])


def downgrade():
    for table in (
        "scored_sheet",
        "scored_letter",
        "scored_juror",
        "scored_round",
        "entry_proposal",
    ):
        op.drop_table(table)
    with op.batch_alter_table("entry") as batch:
        batch.drop_constraint(op.f(OPENED), type_="check")
        batch.create_check_constraint(op.f(OPENED), BEFORE)
        batch.drop_column("proposal_sha256")
