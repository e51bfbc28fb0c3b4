"""Samples by the verifiable draw, and lots with a list of their own; further sources of cases."""

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None

WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SOURCE = "ck_service_case_case_source"
ORDER = "ck_service_case_case_order"
SOURCES = ("rating", "stuck", "hotline")
MORE_SOURCES = (*SOURCES, "callback", "visit", "survey", "media")
ORDERS = ("consult", "help", "complaint", "report", "suggest")
MORE_ORDERS = (*ORDERS, "praise")


def upgrade():
    op.create_table(
        "lot",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("promise_leaf", sa.String(), nullable=False),
        sa.Column("list_sha256", sa.String(), nullable=False),
        sa.Column("fixed_leaf", sa.String(), nullable=False),
        sa.Column("fixed_at", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("draw_at", sa.BigInteger(), nullable=False),
        sa.Column("postponed_at", sa.BigInteger(), nullable=True),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("seed", sa.String(), nullable=True),
        sa.Column("drawn_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(drawn_at IS NULL) = (seed IS NULL)", name=op.f("ck_lot_lot_has_when")),
        sa.PrimaryKeyConstraint("name"),
        sa.UniqueConstraint("subject"),
    )
    _samples()
    with op.batch_alter_table("service_case") as batch:
        batch.drop_constraint(op.f(SOURCE), type_="check")
        batch.create_check_constraint(op.f(SOURCE), sa.column("source").in_(MORE_SOURCES))
        batch.drop_constraint(op.f(ORDER), type_="check")
        batch.create_check_constraint(op.f(ORDER), sa.column("order_kind").in_(MORE_ORDERS))


def _samples():
    label = sa.Enum(
        "review",
        "callback",
        name="sample_label",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    called = sa.Enum(
        "satisfied",
        "unsatisfied",
        "unreached",
        name="sample_called",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    op.create_table(
        "sample",
        sa.Column("id", WIDE, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("label", label, nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("share", WIDE, nullable=False),
        sa.Column("least", WIDE, nullable=False),
        sa.Column("most", WIDE, nullable=False),
        sa.Column("rulebook", WIDE, nullable=False),
        sa.Column("planned_at", sa.BigInteger(), nullable=False),
        sa.Column("planned_leaf", sa.String(), nullable=False),
        sa.Column("listed_at", sa.BigInteger(), nullable=True),
        sa.Column("listed_leaf", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("count", WIDE, nullable=True),
        sa.Column("drawn_at", sa.BigInteger(), nullable=True),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("published_by", WIDE, nullable=True),
        sa.CheckConstraint(
            "(listed_at IS NULL) = (sha256 IS NULL)", name=op.f("ck_sample_listed_has_digest")
        ),
        sa.CheckConstraint(
            "(published_at IS NULL) = (published_by IS NULL)",
            name=op.f("ck_sample_published_has_who_and_when"),
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("label", "period", name="one_a_period"),
    )
    op.create_table(
        "sample_row",
        sa.Column("sample_id", WIDE, nullable=False),
        sa.Column("rank", WIDE, autoincrement=False, nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("called", called, nullable=True),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("called_at", sa.BigInteger(), nullable=True),
        sa.Column("called_by", WIDE, nullable=True),
        sa.Column("case_number", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(called_at IS NULL) = (called_by IS NULL)",
            name=op.f("ck_sample_row_called_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(called_at IS NULL) = (called IS NULL)",
            name=op.f("ck_sample_row_called_has_result"),
        ),
        sa.ForeignKeyConstraint(["sample_id"], ["sample.id"]),
        sa.PrimaryKeyConstraint("sample_id", "rank"),
    )


def downgrade():
    op.drop_table("sample_row")
    op.drop_table("sample")
    op.drop_table("lot")
    op.execute("DELETE FROM service_case WHERE source IN ('callback', 'visit', 'survey', 'media')")
    op.execute("DELETE FROM service_case WHERE order_kind = 'praise'")
    with op.batch_alter_table("service_case") as batch:
        batch.drop_constraint(op.f(SOURCE), type_="check")
        batch.create_check_constraint(op.f(SOURCE), sa.column("source").in_(SOURCES))
        batch.drop_constraint(op.f(ORDER), type_="check")
        batch.create_check_constraint(op.f(ORDER), sa.column("order_kind").in_(ORDERS))
