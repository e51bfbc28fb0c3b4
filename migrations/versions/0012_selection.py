"""Tables of selection."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "chain_anchor",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("anchor", sa.String(), nullable=False),
        sa.Column("genesis", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("period", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("anchored_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_chain_anchor")),
        sa.UniqueConstraint("anchor", name=op.f("uq_chain_anchor_anchor")),
    )
    op.create_table(
        "lottery_report",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("issue", sa.String(), nullable=False),
        sa.Column("day", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "proposed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "confirmed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)",
            name=op.f("ck_lottery_report_confirmed_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "confirmed_by <> proposed_by", name=op.f("ck_lottery_report_two_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lottery_report")),
    )
    op.create_table(
        "source_failure",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column(
            "slot",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("leaf", sa.String(), nullable=False),
        sa.Column("failed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source", "slot", name=op.f("pk_source_failure")),
    )
    op.create_table(
        "source_value",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column(
            "slot",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=True),
        sa.Column("revealed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source", "slot", name=op.f("pk_source_value")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
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
                name="notice",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "tab",
            sa.String(),
            sa.Computed(
                "CASE state WHEN 'entry_open' THEN 'open' WHEN 'paused' THEN 'open'\nWHEN 'sealed' THEN 'soon' WHEN 'waiting_value' THEN 'soon' WHEN 'scoring' THEN 'soon'\nWHEN 'announced' THEN 'announced' WHEN 'held' THEN 'announced'\nWHEN 'awarded' THEN 'awarded' WHEN 'contracted' THEN 'awarded' WHEN 'in_service' THEN 'awarded'\nWHEN 'delivered' THEN 'awarded' WHEN 'closed' THEN 'awarded'\nWHEN 'failed' THEN 'failed' WHEN 'cancelled' THEN 'failed' WHEN 'annulled' THEN 'failed'\nWHEN 'terminated' THEN 'failed' WHEN 'relisted' THEN 'failed' END",  # noqa: E501
                persisted=True,
            ),
            nullable=True,
        ),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("listing", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("predecessor", sa.String(), nullable=True),
        sa.Column("rulebook", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column(
            "item_version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column(
            "regulator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "fund",
            sa.Enum(
                "fiscal",
                "state",
                "social",
                name="fund",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "fiscal_percent", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "method",
            sa.Enum(
                "random",
                "best_score",
                "direct",
                name="method",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "ceiling_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("price_note", sa.String(), nullable=False),
        sa.Column("scale", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column(
            "service_days", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("requirement", sa.String(), nullable=False),
        sa.Column("exclusions", sa.JSON(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("urgent_reason", sa.String(), nullable=False),
        sa.Column("entry_close", sa.BigInteger(), nullable=True),
        sa.Column("draw_at", sa.BigInteger(), nullable=True),
        sa.Column("beacon", sa.Boolean(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=False),
        sa.Column("complaint_phone", sa.String(), nullable=False),
        sa.Column("project_code", sa.String(), nullable=False),
        sa.Column("plea", sa.String(), nullable=False),
        sa.Column("override_reason", sa.String(), nullable=True),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column(
            "entries_given", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "entries_live", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=True),
        sa.Column("announced_at", sa.BigInteger(), nullable=True),
        sa.Column("drafted_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "drafted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("signed_at", sa.BigInteger(), nullable=True),
        sa.Column("signed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("submitted_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "submitted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("reviewed_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "reviewed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "published_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("overridden_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "overridden_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("amended_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "amended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("cancelled_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "cancelled_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("submission_key", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(amended_at IS NULL) = (amended_by IS NULL)",
            name=op.f("ck_notice_amended_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(cancelled_at IS NULL) = (cancelled_by IS NULL)",
            name=op.f("ck_notice_cancelled_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(drafted_at IS NULL) = (drafted_by IS NULL)",
            name=op.f("ck_notice_drafted_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(number IS NULL) = (published_at IS NULL)",
            name=op.f("ck_notice_number_at_publication"),
        ),
        sa.CheckConstraint(
            "(overridden_at IS NULL) = (overridden_by IS NULL)",
            name=op.f("ck_notice_overridden_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(published_at IS NULL) = (published_by IS NULL)",
            name=op.f("ck_notice_published_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(reviewed_at IS NULL) = (reviewed_by IS NULL)",
            name=op.f("ck_notice_reviewed_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(signed_at IS NULL) = (signed_by IS NULL)",
            name=op.f("ck_notice_signed_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (submitted_by IS NULL)",
            name=op.f("ck_notice_submitted_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "entries_live BETWEEN 0 AND entries_given", name=op.f("ck_notice_entries")
        ),
        sa.CheckConstraint("fiscal_percent BETWEEN 0 AND 100", name=op.f("ck_notice_percent")),
        sa.ForeignKeyConstraint(["owner_id"], ["organisation.id"], name=op.f("fk_notice_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("number", name=op.f("uq_notice_number")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_notice_submission_key")),
    )
    op.create_index("ix_notice_closing", "notice", ["state", "entry_close", "id"], unique=False)
    op.create_index(
        "ix_notice_item", "notice", ["owner_id", "item_code", "published_at"], unique=False
    )
    op.create_index("ix_notice_list", "notice", ["published_at", "id"], unique=False)
    op.create_index(
        "ix_notice_list_category_fund",
        "notice",
        ["category", "fund", "published_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_notice_list_owner", "notice", ["owner_id", "published_at", "id"], unique=False
    )
    op.create_index("ix_notice_list_tab", "notice", ["tab", "published_at", "id"], unique=False)
    op.create_index(
        "ix_notice_list_tab_category",
        "notice",
        ["tab", "category", "published_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_notice_list_tab_category_fund",
        "notice",
        ["tab", "category", "fund", "published_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_notice_list_tab_fund", "notice", ["tab", "fund", "published_at", "id"], unique=False
    )
    op.create_index("ix_notice_predecessor", "notice", ["predecessor"], unique=False)
    op.create_index("ix_notice_results", "notice", ["announced_at", "id"], unique=False)
    op.create_table(
        "draw",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column(
            "notice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "state",
            sa.Enum(
                "scheduled",
                "sealing",
                "waiting_slot",
                "waiting_value",
                "source_lost",
                "drawn",
                "too_few",
                "aborted",
                "cancelled",
                name="draw",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("reached", sa.String(), nullable=True),
        sa.Column("fallback", sa.JSON(), nullable=False),
        sa.Column("winners", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reserves", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("draw_at", sa.BigInteger(), nullable=False),
        sa.Column("postponed_at", sa.BigInteger(), nullable=True),
        sa.Column("notice_leaf", sa.String(), nullable=False),
        sa.Column("seal_leaf", sa.String(), nullable=True),
        sa.Column("sealed_at", sa.BigInteger(), nullable=True),
        sa.Column("entrants", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("seed", sa.String(), nullable=True),
        sa.Column("drawn_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(drawn_at IS NULL) = (seed IS NULL)", name=op.f("ck_draw_draw_has_when")
        ),
        sa.CheckConstraint(
            "(sealed_at IS NULL) = (seal_leaf IS NULL)", name=op.f("ck_draw_seal_has_when")
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_draw_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw")),
        sa.UniqueConstraint("notice_id", name=op.f("uq_draw_notice_id")),
        sa.UniqueConstraint("number", name=op.f("uq_draw_number")),
    )
    op.create_index("ix_draw_list", "draw", ["draw_at", "id"], unique=False)
    op.create_index("ix_draw_state", "draw", ["state", "draw_at"], unique=False)
    op.create_table(
        "entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column(
            "notice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("representative", sa.String(), nullable=False),
        sa.Column("no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("commit", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "entered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "withdrawn",
                "listed",
                "ineligible",
                name="entry",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("quote_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.Column("submission_key", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(quote_fen IS NULL) = (state IN ('received', 'withdrawn'))",
            name=op.f("ck_entry_opened_at_the_seal"),
        ),
        sa.CheckConstraint(
            "(reason IS NULL) = (state <> 'ineligible')",
            name=op.f("ck_entry_ineligible_has_reason"),
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (state <> 'withdrawn')",
            name=op.f("ck_entry_withdrawn_has_when"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["organisation.id"], name=op.f("fk_entry_agency_id")
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_entry_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("notice_id", "no", name="one_number_each"),
        sa.UniqueConstraint("receipt", name=op.f("uq_entry_receipt")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_entry_submission_key")),
    )
    op.create_index("ix_entry_agency", "entry", ["agency_id", "id"], unique=False)
    op.create_index(
        "ix_entry_representative", "entry", ["notice_id", "representative"], unique=False
    )
    op.create_index(
        "one_live_entry",
        "entry",
        ["notice_id", "agency_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'withdrawn'"),
        postgresql_where=sa.text("state <> 'withdrawn'"),
    )
    op.create_table(
        "late_entry",
        sa.Column(
            "notice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["organisation.id"], name=op.f("fk_late_entry_agency_id")
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_late_entry_notice_id")),
        sa.PrimaryKeyConstraint("notice_id", "agency_id", name=op.f("pk_late_entry")),
    )
    op.create_table(
        "notice_amendment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "notice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("old_close", sa.BigInteger(), nullable=False),
        sa.Column("new_close", sa.BigInteger(), nullable=False),
        sa.Column("old_draw", sa.BigInteger(), nullable=False),
        sa.Column("new_draw", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_amendment_notice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_amendment")),
    )
    op.create_index(
        op.f("ix_notice_amendment_notice_id"), "notice_amendment", ["notice_id"], unique=False
    )
    op.create_table(
        "notice_review",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "notice_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("round", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("given_at", sa.BigInteger(), nullable=False),
        sa.Column("given_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_review_notice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_review")),
        sa.UniqueConstraint("notice_id", "round", name="one_a_round"),
    )
    op.create_table(
        "draw_source",
        sa.Column("draw_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("slot", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("failed_leaf", sa.String(), nullable=True),
        sa.Column("is_fallback", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_draw_source_draw_id")),
        sa.PrimaryKeyConstraint("draw_id", "position", name=op.f("pk_draw_source")),
    )
    op.create_index("ix_draw_source_slot", "draw_source", ["source", "slot"], unique=False)
    op.create_table(
        "ranking",
        sa.Column("draw_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "rank",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("ticket", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "reserve",
                "not_selected",
                "won",
                "disqualified",
                "declined",
                "void",
                name="rank",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name=op.f("fk_ranking_draw_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_ranking_entry_id")),
        sa.PrimaryKeyConstraint("draw_id", "rank", name=op.f("pk_ranking")),
        sa.UniqueConstraint("draw_id", "entry_id", name="one_rank_each"),
    )


def downgrade():
    op.drop_table("ranking")
    op.drop_table("draw_source")
    op.drop_table("notice_review")
    op.drop_table("notice_amendment")
    op.drop_table("late_entry")
    op.drop_table("entry")
    op.drop_table("draw")
    op.drop_table("notice")
    op.drop_table("source_value")
    op.drop_table("source_failure")
    op.drop_table("lottery_report")
    op.drop_table("chain_anchor")
