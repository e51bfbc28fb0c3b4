"""评审专家: the pool, who was listed for a notice, lots that are fixed later, how somebody silent was told."""

import sqlalchemy as sa
from alembic import op

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STATES = ("applied", "admitted", "suspended", "refused", "left")
STEPS = ("admit", "refuse", "renew", "suspend", "restore")
WHY = (
    "category",
    "employer",
    "interest",
    "lapsed",
    "left",
    "rotation",
    "seated",
    "suspended",
)


GONE = ("interest", "recused", "silent")


def upgrade():
    _pool()
    with op.batch_alter_table("draw") as batch:
        batch.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="draw"))
        batch.drop_constraint(op.f("uq_draw_notice_id"), type_="unique")
        batch.create_unique_constraint(op.f("one_lot_a_label"), ["notice_id", "label"])
    with op.batch_alter_table("draw") as batch:
        batch.alter_column("kind", server_default=None)
    with op.batch_alter_table("scored_round") as batch:
        batch.add_column(sa.Column("experts", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("force_leaf", sa.String(), nullable=True))
        batch.add_column(sa.Column("edition_id", KEY, nullable=True))
        batch.create_foreign_key(
            op.f("fk_scored_round_edition_id"),
            "pool_edition",
            ["edition_id"],
            ["id"],
        )
    _gone(("declined", *GONE))
    op.create_table(
        "scored_delivery",
        sa.Column("juror_id", KEY, autoincrement=False, nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        _time("kept_at"),
        sa.Column("kept_by", KEY, nullable=False),
        _to("scored_delivery", "juror_id", "scored_juror"),
        sa.PrimaryKeyConstraint("juror_id", name=op.f("pk_scored_delivery")),
    )


def downgrade():
    op.drop_table("scored_delivery")
    op.execute("UPDATE scored_juror SET reason = 'interest' WHERE reason = 'declined'")
    _gone(GONE)
    with op.batch_alter_table("scored_round") as batch:
        batch.drop_constraint(op.f("fk_scored_round_edition_id"), type_="foreignkey")
        for name in ("edition_id", "force_leaf", "experts"):
            batch.drop_column(name)
    op.execute(
        "DELETE FROM draw_source WHERE draw_id IN (SELECT id FROM draw WHERE kind = 'fixed')"
    )
    op.execute("DELETE FROM draw WHERE kind = 'fixed'")
    with op.batch_alter_table("draw") as batch:
        batch.drop_constraint(op.f("one_lot_a_label"), type_="unique")
        batch.create_unique_constraint(op.f("uq_draw_notice_id"), ["notice_id"])
        batch.drop_column("kind")
    for table in ("pool_listing", "pool_edition", "pool_member"):
        op.drop_table(table)


def _gone(after):
    """Why a juror is out: one reason more, or one less."""
    name = op.f("ck_scored_juror_gone")
    with op.batch_alter_table("scored_juror") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"reason IN {tuple(after)}")


def _pool():
    op.create_table(
        "pool_member",
        sa.Column("id", KEY, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("division", "number")),
        *(sa.Column(name, KEY, nullable=False) for name in ("person_id", "body_id")),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("employer", sa.String(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("state", _of("memberstate", STATES), nullable=False),
        _time("applied_at"),
        sa.Column("step", _of("pool_step", STEPS), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        _time("proposed_at", nullable=True),
        sa.Column("proposed_by", KEY, nullable=True),
        _time("decided_at", nullable=True),
        sa.Column("decided_by", KEY, nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(step IS NULL) = (proposed_at IS NULL)", name=op.f("ck_pool_member_proposed_has_what")
        ),
        sa.CheckConstraint(
            "(proposed_at IS NULL) = (proposed_by IS NULL)",
            name=op.f("ck_pool_member_proposed_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)",
            name=op.f("ck_pool_member_decided_has_who_and_when"),
        ),
        _to("pool_member", "person_id", "person"),
        _to("pool_member", "body_id", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool_member")),
        sa.UniqueConstraint("number", name=op.f("uq_pool_member_number")),
        sa.UniqueConstraint("person_id", name=op.f("uq_pool_member_person_id")),
    )
    op.create_index("ix_pool_member_state", "pool_member", ["state"])
    op.create_index(op.f("ix_pool_member_body_id"), "pool_member", ["body_id"])
    op.create_table(
        "pool_edition",
        sa.Column("id", KEY, nullable=False),
        sa.Column("leaf", sa.String(), nullable=False),
        sa.Column("count", KEY, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        _time("made_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pool_edition")),
    )
    op.create_table(
        "pool_listing",
        *(
            sa.Column(name, KEY, autoincrement=False, nullable=False)
            for name in ("notice_id", "member_id")
        ),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("ref", "salt")),
        sa.Column("why", _of("pool_why", WHY), nullable=True),
        _to("pool_listing", "notice_id", "notice"),
        _to("pool_listing", "member_id", "pool_member"),
        sa.PrimaryKeyConstraint("notice_id", "member_id", name=op.f("pk_pool_listing")),
        sa.UniqueConstraint("ref", name="one_ref_each"),
    )


def _of(name, values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _to(table, column, other):
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _time(name, **kinds):
    return sa.Column(name, sa.BigInteger(), **{"nullable": False, **kinds})
