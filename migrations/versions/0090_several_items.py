"""Notices of several items, and who gives the approval that an item is for."""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0089"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CHECKS = (
    (
        "service_item",
        "approving_body",
        "VARCHAR",
        {"who_approves_what": "approving_body IS NULL OR approval IS NOT NULL"},
    ),
    ("notice", "further", "JSON DEFAULT '[]' NOT NULL", {}),
    (
        "notice",
        "joined",
        "VARCHAR(32)",
        {
            "joined": "joined IN ('all_of', 'any_of')",
            "joined_where_several": "(joined IS NULL) = (CAST(further AS TEXT) = '[]')",
        },
    ),
)


def upgrade():
    for table, column, kind, checks in CHECKS:
        said = [f"CONSTRAINT ck_{table}_{name} CHECK ({text})" for name, text in checks.items()]
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} {' '.join(said)}")
    op.create_table(
        "notice_item",
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("regulator_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_item_notice_id")
        ),
        sa.PrimaryKeyConstraint("notice_id", "item_code", name=op.f("pk_notice_item")),
    )
    op.create_index("ix_notice_item_code", "notice_item", ["item_code", "notice_id"])
    op.create_index("ix_notice_item_regulator", "notice_item", ["regulator_id", "notice_id"])


def downgrade():
    op.drop_table("notice_item")
    for table, column, _kind, _checks in reversed(CHECKS):
        op.drop_column(table, column)
