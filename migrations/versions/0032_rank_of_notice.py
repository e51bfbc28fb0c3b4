"""The order belongs to its notice: a way of selecting without a draw has one too, without tickets.

Also what an entry of another way has (a rate in basis points, an instant of its own at which its
quote is opened), and what an owner chooses of a way's own terms.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
RANKS = (
    "proposed",
    "reserve",
    "not_selected",
    "won",
    "disqualified",
    "declined",
    "void",
)
KEPT = "rank, entry_id, ref, ticket, state, reason, draw_id"


def create(owner: str, is_of_notice: bool) -> None:
    """The table of ranks, keyed by `notice_id` or by `draw_id`."""
    of_notice = [
        sa.Column("notice_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_ranking_notice_id")),
    ]
    op.create_table(
        "ranking",
        *(of_notice if is_of_notice else []),
        sa.Column("rank", KEY, autoincrement=False, nullable=False),
        sa.Column("draw_id", KEY, nullable=is_of_notice),
        sa.Column("entry_id", KEY, nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("ticket", sa.String(), nullable=is_of_notice),
        sa.Column(
            "state",
            sa.Enum(*RANKS, name="rank", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_ranking_draw_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_ranking_entry_id")),
        sa.PrimaryKeyConstraint(owner, "rank", name=op.f("pk_ranking")),
        sa.UniqueConstraint(owner, "entry_id", name="one_rank_each"),
    )


def upgrade():
    op.execute(
        "CREATE TABLE ranking_kept AS SELECT ranking.*, draw.notice_id AS notice_id "
        "FROM ranking JOIN draw ON draw.id = ranking.draw_id"
    )
    op.drop_table("ranking")
    create("notice_id", is_of_notice=True)
    op.execute(
        f"INSERT INTO ranking (notice_id, {KEPT}) SELECT notice_id, {KEPT} FROM ranking_kept"  # noqa: S608
    )
    op.execute("DROP TABLE ranking_kept")
    op.add_column("entry", sa.Column("rate_bp", KEY, nullable=True))
    op.add_column("entry", sa.Column("opened_at", sa.BigInteger(), nullable=True))
    op.add_column(
        "notice", sa.Column("way", sa.JSON(), nullable=False, server_default=sa.text("'{}'"))
    )


def downgrade():
    """Ranks of a way without a draw have no place in the table before: they end the downgrade."""
    op.drop_column("notice", "way")
    op.drop_column("entry", "opened_at")
    op.drop_column("entry", "rate_bp")
    op.execute("CREATE TABLE ranking_kept AS SELECT * FROM ranking")
    op.drop_table("ranking")
    create("draw_id", is_of_notice=False)
    op.execute(f"INSERT INTO ranking ({KEPT}) SELECT {KEPT} FROM ranking_kept")  # noqa: S608
    op.execute("DROP TABLE ranking_kept")
