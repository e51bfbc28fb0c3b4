"""Tables of complaints."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "tip",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("submission_key", sa.String(), nullable=True),
        sa.Column("notice_number", sa.String(), nullable=True),
        sa.Column("complaint_number", sa.String(), nullable=True),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("looked_at", sa.BigInteger(), nullable=True),
        sa.Column("looked_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(looked_at IS NULL) = (looked_by IS NULL)", name=op.f("ck_tip_looked_has_who_and_when")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip")),
        sa.UniqueConstraint("number", name=op.f("uq_tip_number")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_tip_submission_key")),
    )
    op.create_table(
        "complaint",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("submission_key", sa.String(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "filed",
                "completing",
                "transferred",
                "accepted",
                "paused",
                "escalated",
                "not_accepted",
                "withdrawn",
                "upheld",
                "partly",
                "dismissed",
                "remedying",
                "callback",
                "closed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("notice_number", sa.String(), nullable=True),
        sa.Column("notice_title", sa.String(), nullable=False),
        sa.Column("act_on", sa.Date(), nullable=True),
        sa.Column(
            "about",
            sa.Enum(
                "notice",
                "process",
                "result",
                "conduct",
                name="about",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "respondent",
            sa.Enum(
                "owner",
                "agency",
                "office",
                "regulator",
                name="respondent",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "respondent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("matters", sa.String(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("has_new_evidence", sa.Boolean(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("commit_digest", sa.String(), nullable=True),
        sa.Column(
            "complainant_kind",
            sa.Enum(
                "person",
                "organisation",
                name="complainant",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "complainant_person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column(
            "complainant_organisation_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("complainant_name", sa.String(), nullable=False),
        sa.Column("complainant_phone", sa.String(), nullable=False),
        sa.Column("hides_complainant", sa.Boolean(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "online",
                "paper",
                "counter",
                "phone",
                "hotline",
                "post",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("external_number", sa.String(), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column(
            "drafted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("registered_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "registered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("received_at", sa.BigInteger(), nullable=True),
        sa.Column("filed_at", sa.BigInteger(), nullable=True),
        sa.Column("rulebook", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "chosen_body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "handler_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("completion_asked_at", sa.BigInteger(), nullable=True),
        sa.Column("completion_request", sa.String(), nullable=False),
        sa.Column("completion", sa.String(), nullable=False),
        sa.Column("accepted_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "accepted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "late",
                "not_subject",
                "no_facts",
                "not_completed",
                "not_verified",
                "same_facts",
                "other_procedure",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("answer_asked_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("acceptance_overdue_at", sa.BigInteger(), nullable=True),
        sa.Column("decision_overdue_at", sa.BigInteger(), nullable=True),
        sa.Column("escalated_at", sa.BigInteger(), nullable=True),
        sa.Column("hold_ended_at", sa.BigInteger(), nullable=True),
        sa.Column("hold_continued_at", sa.BigInteger(), nullable=True),
        sa.Column("hold_reasons", sa.String(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "upheld",
                "partly",
                "dismissed",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("is_fabricated", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "published_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("public_text", sa.String(), nullable=False),
        sa.Column("remedied_at", sa.BigInteger(), nullable=True),
        sa.Column("remedy_report", sa.String(), nullable=False),
        sa.Column(
            "callback_result",
            sa.Enum(
                "satisfied",
                "unsatisfied",
                "unreachable",
                name="callbackresult",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("callback_note", sa.String(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("rating", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("rating_text", sa.String(), nullable=False),
        sa.Column("rated_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(filed_at IS NULL) = (state = 'draft')", name=op.f("ck_complaint_filed_when")
        ),
        sa.CheckConstraint(
            "(notice_number IS NULL) = (about = 'conduct')",
            name=op.f("ck_complaint_about_a_notice"),
        ),
        sa.CheckConstraint(
            "(number IS NULL) = (state = 'draft')", name=op.f("ck_complaint_number_from_filing_on")
        ),
        sa.CheckConstraint(
            "complainant_kind = 'organisation' OR complainant_organisation_id IS NULL",
            name=op.f("ck_complaint_for_whom"),
        ),
        sa.CheckConstraint(
            "(accepted_at IS NULL) = (accepted_by IS NULL)",
            name=op.f("ck_complaint_accepted_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(published_at IS NULL) = (published_by IS NULL)",
            name=op.f("ck_complaint_published_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(registered_at IS NULL) = (registered_by IS NULL)",
            name=op.f("ck_complaint_registered_has_who_and_when"),
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["organisation.id"], name=op.f("fk_complaint_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["chosen_body_id"], ["organisation.id"], name=op.f("fk_complaint_chosen_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["complainant_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_complaint_complainant_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["complainant_person_id"],
            ["person.id"],
            name=op.f("fk_complaint_complainant_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"], ["person.id"], name=op.f("fk_complaint_drafted_by")
        ),
        sa.ForeignKeyConstraint(
            ["handler_id"], ["person.id"], name=op.f("fk_complaint_handler_id")
        ),
        sa.ForeignKeyConstraint(
            ["registered_by"], ["person.id"], name=op.f("fk_complaint_registered_by")
        ),
        sa.ForeignKeyConstraint(
            ["respondent_id"], ["organisation.id"], name=op.f("fk_complaint_respondent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("channel", "external_number", name="own_number_once"),
        sa.UniqueConstraint("number", name=op.f("uq_complaint_number")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_complaint_submission_key")),
    )
    op.create_index("ix_complaint_body", "complaint", ["body_id", "state"], unique=False)
    op.create_index("ix_complaint_facts", "complaint", ["notice_number", "facts"], unique=False)
    op.create_index(
        "ix_complaint_handled",
        "complaint",
        ["notice_number"],
        unique=False,
        sqlite_where=sa.text(
            "state IN ('filed','completing','transferred','accepted','paused','escalated')"
        ),
        postgresql_where=sa.text(
            "state IN ('filed','completing','transferred','accepted','paused','escalated')"
        ),
    )
    op.create_index("ix_complaint_mine", "complaint", ["complainant_person_id", "id"], unique=False)
    op.create_index(
        "ix_complaint_ours", "complaint", ["complainant_organisation_id", "id"], unique=False
    )
    op.create_index("ix_complaint_register", "complaint", ["filed_at", "id"], unique=False)
    op.create_index("ix_complaint_respondent", "complaint", ["respondent_id", "id"], unique=False)
    op.create_table(
        "complaint_act",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "complaint_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_act_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_complaint_act_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_complaint_act_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_act")),
    )
    op.create_index(
        "ix_complaint_act_matter", "complaint_act", ["complaint_id", "id"], unique=False
    )
    op.create_table(
        "complaint_assistant",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "complaint_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_assistant_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_complaint_assistant_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_assistant")),
        sa.UniqueConstraint(
            "complaint_id",
            "organisation_id",
            name=op.f("uq_complaint_assistant_complaint_id_organisation_id"),
        ),
    )
    op.create_table(
        "complaint_evidence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "complaint_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("added_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"], ["person.id"], name=op.f("fk_complaint_evidence_added_by")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["complaint.id"],
            name=op.f("fk_complaint_evidence_complaint_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["file.id"], name=op.f("fk_complaint_evidence_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_evidence")),
        sa.UniqueConstraint(
            "complaint_id", "file_id", name=op.f("uq_complaint_evidence_complaint_id_file_id")
        ),
    )
    op.create_index(
        op.f("ix_complaint_evidence_complaint_id"),
        "complaint_evidence",
        ["complaint_id"],
        unique=False,
    )
    op.create_table(
        "complaint_interest",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "complaint_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("declared_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_interest_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_complaint_interest_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_interest")),
        sa.UniqueConstraint(
            "complaint_id", "person_id", name=op.f("uq_complaint_interest_complaint_id_person_id")
        ),
    )
    op.create_table(
        "complaint_proposal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "complaint_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "accept",
                "not_accept",
                "decide",
                name="proposalkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "signed",
                "returned",
                "void",
                name="proposalstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "late",
                "not_subject",
                "no_facts",
                "not_completed",
                "not_verified",
                "same_facts",
                "other_procedure",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "upheld",
                "partly",
                "dismissed",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("remedies", sa.String(), nullable=False),
        sa.Column("agency_ref", sa.String(), nullable=False),
        sa.Column("is_fabricated", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("legal_basis", sa.String(), nullable=False),
        sa.Column("remedy_note", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "proposed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "settled_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("return_note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (state = 'proposed')",
            name=op.f("ck_complaint_proposal_settled_when"),
        ),
        sa.CheckConstraint(
            "settled_by IS NULL OR state <> 'signed' OR settled_by <> proposed_by",
            name=op.f("ck_complaint_proposal_two_persons"),
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by IS NULL)",
            name=op.f("ck_complaint_proposal_settled_has_who_and_when"),
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["organisation.id"], name=op.f("fk_complaint_proposal_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_proposal_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["person.id"], name=op.f("fk_complaint_proposal_proposed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_proposal")),
    )
    op.create_index(
        op.f("ix_complaint_proposal_complaint_id"),
        "complaint_proposal",
        ["complaint_id"],
        unique=False,
    )
    op.create_index(
        "one_proposal_waits",
        "complaint_proposal",
        ["complaint_id"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )


def downgrade():
    op.drop_table("complaint_proposal")
    op.drop_table("complaint_interest")
    op.drop_table("complaint_evidence")
    op.drop_table("complaint_assistant")
    op.drop_table("complaint_act")
    op.drop_table("complaint")
    op.drop_table("tip")
