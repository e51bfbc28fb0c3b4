"""Quotes that are sealed to two keys: keys by draw, what a notice promises, a box's token and its maker,
entries that do not open.
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

BEFORE = ("received", "withdrawn", "listed", "ineligible")
STATE = "ck_entry_entry"
REASON = "ck_entry_ineligible_has_reason"
ONCE = "one_token_each"
QUOTE = "ck_entry_opened_at_the_seal"


def upgrade():
    op.create_table(
        "quote_offer",
        sa.Column("draw", sa.String(), nullable=False),
        sa.Column(
            "place",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("pk", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("draw", "place", name=op.f("pk_quote_offer")),
    )
    op.create_table(
        "quote_key",
        sa.Column("draw", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("sk", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("draw", "holder", name=op.f("pk_quote_key")),
    )
    op.add_column(
        "notice", sa.Column("alg", sa.String(), nullable=False, server_default="zjcs-draw/1")
    )
    op.add_column("notice", sa.Column("quote_rule", sa.JSON(), nullable=True))
    op.add_column("notice", sa.Column("entries_closed_at", sa.BigInteger(), nullable=True))
    op.add_column("entry", sa.Column("box_sha256", sa.String(), nullable=True))
    op.add_column("entry", sa.Column("undo", sa.String(), nullable=True))
    op.add_column("entry", sa.Column("sealed_by", sa.String(), nullable=True))
    _allow(
        (*BEFORE, "unopened"),
        "(reason IS NULL) = (state NOT IN ('ineligible', 'unopened'))",
        "(quote_fen IS NULL) = (state IN ('received', 'withdrawn', 'unopened'))",
    )
    with op.batch_alter_table("entry") as batch:
        batch.create_unique_constraint(ONCE, ["notice_id", "undo"])


def downgrade():
    """An entry that did not open has no place in the tables before: it ends the downgrade."""
    _allow(
        BEFORE,
        "(reason IS NULL) = (state <> 'ineligible')",
        "(quote_fen IS NULL) = (state IN ('received', 'withdrawn'))",
    )
    with op.batch_alter_table("entry") as batch:
        batch.drop_constraint(ONCE, type_="unique")
    for name in ("sealed_by", "undo", "box_sha256"):
        op.drop_column("entry", name)
    op.drop_column("notice", "entries_closed_at")
    op.drop_column("notice", "quote_rule")
    op.drop_column("notice", "alg")
    op.drop_table("quote_key")
    op.drop_table("quote_offer")


def _allow(states, reason, quote):
    named = ", ".join(f"'{state}'" for state in states)
    checks = {STATE: f"state IN ({named})", REASON: reason, QUOTE: quote}
    with op.batch_alter_table("entry") as batch:
        for name, check in checks.items():
            batch.drop_constraint(op.f(name), type_="check")
            batch.create_check_constraint(op.f(name), check)
