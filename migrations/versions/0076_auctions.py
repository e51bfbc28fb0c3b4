"""竞价: how far an auction is, who bids, bids, freezes; three states of notices."""

import importlib.util
import pathlib

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NEW = ("auction_ready", "auction_running", "auction_frozen")


def ways():
    """The migration whose way of changing a notice's states this one shares."""
    path = pathlib.Path(__file__).with_name("0046_ways.py")
    spec = importlib.util.spec_from_file_location("ways_0046", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def kinds(of):
    """States and tabs before and after, each as the table's text has them."""
    before = (*of.STATES, "shortlisted")
    offered = "WHEN 'offered' THEN 'soon'"
    last = "WHEN 'shortlisted' THEN 'soon'"
    added = " ".join(f"WHEN '{state}' THEN 'soon'" for state in NEW)
    tabs = of.TABS.replace(offered, f"{offered}\n{last}")
    return (of.listed(before), tabs), (
        of.listed((*before, *NEW)),
        tabs.replace(last, f"{last}\n{added}"),
    )


def upgrade():
    of = ways()
    change(of, *kinds(of))
    op.create_table(
        "auction",
        sa.Column("notice_id", KEY, autoincrement=False, nullable=False),
        *(_time(name) for name in ("start_at", "end_at", "hard_stop_at")),
        sa.Column("low_fen", KEY, nullable=True),
        sa.Column("bids", KEY, nullable=False),
        sa.Column("done", KEY, nullable=False),
        _time("frozen_since", nullable=True),
        sa.Column("refused", sa.JSON(), nullable=False),
        _time("opened_at"),
        _time("closed_at", nullable=True),
        sa.CheckConstraint(
            "start_at < end_at AND end_at <= hard_stop_at", name=op.f("ck_auction_in_order")
        ),
        sa.CheckConstraint(
            "(bids = 0) = (low_fen IS NULL)", name=op.f("ck_auction_low_with_a_bid")
        ),
        _to("auction", "notice_id", "notice"),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_auction")),
    )
    _create_bids()
    op.create_table(
        "auction_freeze",
        sa.Column("id", KEY, nullable=False),
        sa.Column("notice_id", KEY, nullable=False),
        _time("since"),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        _time("frozen_at"),
        sa.Column("frozen_by", KEY, nullable=True),
        _time("resumed_at", nullable=True),
        sa.Column("resumed_by", KEY, nullable=True),
        _time("start_at", nullable=True),
        sa.CheckConstraint(
            "(resumed_at IS NULL) = (start_at IS NULL)",
            name=op.f("ck_auction_freeze_resumed_has_start"),
        ),
        _to("auction_freeze", "notice_id", "notice"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auction_freeze")),
    )
    op.create_index(op.f("ix_auction_freeze_notice_id"), "auction_freeze", ["notice_id"])


def _create_bids():
    op.create_table(
        "auction_bidder",
        sa.Column("notice_id", KEY, autoincrement=False, nullable=False),
        sa.Column("no", KEY, autoincrement=False, nullable=False),
        sa.Column("entry_id", KEY, nullable=False),
        sa.Column("pseudonym", sa.String(), nullable=False),
        sa.Column("amount_fen", KEY, nullable=True),
        _time("bid_at", nullable=True),
        sa.CheckConstraint(
            "(amount_fen IS NULL) = (bid_at IS NULL)", name=op.f("ck_auction_bidder_bid_has_when")
        ),
        _to("auction_bidder", "notice_id", "notice"),
        _to("auction_bidder", "entry_id", "entry"),
        sa.PrimaryKeyConstraint("notice_id", "no", name=op.f("pk_auction_bidder")),
        sa.UniqueConstraint("notice_id", "pseudonym", name="one_pseudonym_each"),
        sa.UniqueConstraint("entry_id", name="one_bidder_each"),
    )
    op.create_table(
        "auction_bid",
        sa.Column("notice_id", KEY, autoincrement=False, nullable=False),
        sa.Column("sequence", KEY, autoincrement=False, nullable=False),
        sa.Column("no", KEY, nullable=False),
        sa.Column("amount_fen", KEY, nullable=False),
        _time("received_at"),
        _time("made_at"),
        sa.Column("made_by", KEY, nullable=False),
        sa.Column("submission_key", sa.String(), nullable=False),
        _to("auction_bid", "notice_id", "notice"),
        sa.PrimaryKeyConstraint("notice_id", "sequence", name=op.f("pk_auction_bid")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_auction_bid_submission_key")),
    )


def downgrade():
    for table in ("auction_freeze", "auction_bid", "auction_bidder", "auction"):
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


def _time(name, *, nullable=False):
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _to(table, column, other):
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))
