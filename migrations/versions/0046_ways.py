"""All ways of selecting by name; a notice whose owner chooses, and one that waits for its agency.

A draft that asked for 择优选取, which nothing ran, asks for 综合评分 now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

METHODS_BEFORE = ("random", "best_score", "direct")
METHODS = (
    "random",
    "weighted",
    "proposal",
    "credit_shortlist",
    "lowest",
    "average",
    "auction_rounds",
    "auction_live",
    "direct",
)
STATES_BEFORE = (
    "draft",
    "awaiting_signature",
    "submitted",
    "returned",
    "refused",
    "entry_open",
    "paused",
    "sealed",
    "waiting_value",
    "scoring",
    "announced",
    "held",
    "awarded",
    "contracted",
    "in_service",
    "delivered",
    "closed",
    "failed",
    "cancelled",
    "annulled",
    "terminated",
    "relisted",
)
STATES = (*STATES_BEFORE, "choosing", "offered")
TABS_BEFORE = """CASE state WHEN 'entry_open' THEN 'open' WHEN 'paused' THEN 'open'
WHEN 'sealed' THEN 'soon' WHEN 'waiting_value' THEN 'soon' WHEN 'scoring' THEN 'soon'
WHEN 'announced' THEN 'announced' WHEN 'held' THEN 'announced'
WHEN 'awarded' THEN 'awarded' WHEN 'contracted' THEN 'awarded' WHEN 'in_service' THEN 'awarded'
WHEN 'delivered' THEN 'awarded' WHEN 'closed' THEN 'awarded'
WHEN 'failed' THEN 'failed' WHEN 'cancelled' THEN 'failed' WHEN 'annulled' THEN 'failed'
WHEN 'terminated' THEN 'failed' WHEN 'relisted' THEN 'failed' END"""
SCORING = "WHEN 'scoring' THEN 'soon'"
TABS = TABS_BEFORE.replace(
    SCORING, f"{SCORING}\nWHEN 'choosing' THEN 'soon' WHEN 'offered' THEN 'soon'"
)
BY_TAB = {
    "ix_notice_list_tab": ["tab", "published_at", "id"],
    "ix_notice_list_tab_category": ["tab", "category", "published_at", "id"],
    "ix_notice_list_tab_category_fund": ["tab", "category", "fund", "published_at", "id"],
    "ix_notice_list_tab_fund": ["tab", "fund", "published_at", "id"],
}


def listed(values: tuple[str, ...]) -> str:
    return f"({', '.join(repr(value) for value in values)})"


BEFORE = (listed(STATES_BEFORE), listed(METHODS_BEFORE), TABS_BEFORE)
AFTER = (listed(STATES), listed(METHODS), TABS)


def upgrade():
    change(BEFORE, AFTER, "UPDATE notice SET method = 'weighted' WHERE method = 'best_score'")


def downgrade():
    """Notices of the new states and ways have no place in the table before: they end the downgrade."""
    change(AFTER, BEFORE, "UPDATE notice SET method = 'best_score' WHERE method = 'weighted'")


def change(old, new, meanwhile):
    """Let the table have the states, the methods and the tab of `new`; `meanwhile` mends the rows."""
    if op.get_bind().dialect.name == "sqlite":
        respell(old, new)
        op.execute(meanwhile)
    else:
        rebuild(*new, meanwhile)


def respell(old, new):
    """Change the table's text (migration 0037): no row is copied, and none has another tab."""
    connection = op.get_bind()
    version = connection.scalar(sa.text("PRAGMA schema_version"))
    op.execute("PRAGMA writable_schema = ON")
    for before, after in zip(old, new, strict=True):
        changed = connection.execute(
            sa.text(
                "UPDATE sqlite_master SET sql = replace(sql, :old, :new)"
                " WHERE type = 'table' AND name = 'notice' AND instr(sql, :old)"
            ),
            {"old": before, "new": after},
        )
        if changed.rowcount != 1:
            raise RuntimeError(f"notice has no {before}")
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = RESET")


def rebuild(states, methods, tabs, meanwhile):
    op.drop_constraint(op.f("ck_notice_notice"), "notice", type_="check")
    op.drop_constraint(op.f("ck_notice_method"), "notice", type_="check")
    op.drop_column("notice", "tab")  # its indexes go with it
    op.execute(meanwhile)
    op.create_check_constraint(op.f("ck_notice_notice"), "notice", f"state IN {states}")
    op.create_check_constraint(op.f("ck_notice_method"), "notice", f"method IN {methods}")
    op.add_column(
        "notice", sa.Column("tab", sa.String(), sa.Computed(tabs, persisted=True), nullable=True)
    )
    for name, columns in BY_TAB.items():
        op.create_index(name, "notice", columns)
