"""信用择优: the credit that a notice fixes, the lottery's places, the owner's choice; a state of notices."""

import importlib.util
import pathlib

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def ways():
    """The migration whose way of changing a notice's states this one shares."""
    path = pathlib.Path(__file__).with_name("0046_ways.py")
    spec = importlib.util.spec_from_file_location("ways_0046", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def kinds(of):
    """States and tabs before and after, each as the table's text has them."""
    before = (of.listed(of.STATES), of.TABS)
    offered = "WHEN 'offered' THEN 'soon'"
    states = (*of.STATES, "shortlisted")
    tabs = of.TABS.replace(offered, f"{offered}\nWHEN 'shortlisted' THEN 'soon'")
    return before, (of.listed(states), tabs)


def upgrade():
    of = ways()
    before, after = kinds(of)
    change(of, before, after)
    op.create_table(
        "frozen_credit",
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("count", KEY, nullable=False),
        sa.Column("mean", KEY, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.CheckConstraint("mean BETWEEN 0 AND 10000", name=op.f("ck_frozen_credit_mean")),
        _to("frozen_credit", "notice_id", "notice"),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_frozen_credit")),
    )
    op.create_table(
        "frozen_credit_row",
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("place", KEY, autoincrement=False, nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("marks", KEY, nullable=True),
        sa.Column("salt", sa.String(), nullable=False),
        sa.CheckConstraint("marks BETWEEN 0 AND 10000", name=op.f("ck_frozen_credit_row_marks")),
        _to("frozen_credit_row", "notice_id", "notice"),
        sa.PrimaryKeyConstraint("notice_id", "place", name=op.f("pk_frozen_credit_row")),
        sa.UniqueConstraint("notice_id", "ref", name="one_credit_row_each"),
    )
    _create_shortlists()


def _create_shortlists():
    op.create_table(
        "shortlist_place",
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("place", KEY, autoincrement=False, nullable=False),
        sa.Column("entry_id", KEY, nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("marks", KEY, nullable=False),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.Column("balls", KEY, nullable=False),
        sa.Column("ticket", sa.String(), nullable=False),
        sa.Column("is_short", sa.Boolean(), nullable=False),
        _to("shortlist_place", "notice_id", "notice"),
        _to("shortlist_place", "entry_id", "entry"),
        sa.PrimaryKeyConstraint("notice_id", "place", name=op.f("pk_shortlist_place")),
        sa.UniqueConstraint("notice_id", "ref", name="one_lottery_place_each"),
    )
    op.create_table(
        "shortlist_choice",
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("chosen_at", sa.BigInteger(), nullable=False),
        sa.Column("chosen_by", KEY, nullable=False),
        _to("shortlist_choice", "notice_id", "notice"),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_shortlist_choice")),
    )


def downgrade():
    for table in ("shortlist_choice", "shortlist_place", "frozen_credit_row", "frozen_credit"):
        op.drop_table(table)
    of = ways()
    before, after = kinds(of)
    change(of, after, before)


def change(of, old, new):
    """Let the notices have the states and the tabs of `new`."""
    if op.get_bind().dialect.name == "sqlite":
        of.respell(old, new)
        return
    states, tabs = new
    op.drop_constraint(op.f("ck_notice_notice"), "notice", type_="check")
    op.drop_column("notice", "tab")  # its indexes go with it
    op.create_check_constraint(op.f("ck_notice_notice"), "notice", f"state IN {states}")
    op.add_column(
        "notice", sa.Column("tab", sa.String(), sa.Computed(tabs, persisted=True), nullable=True)
    )
    for name, columns in of.BY_TAB.items():
        op.create_index(name, "notice", columns)


def _to(table, column, other):
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
