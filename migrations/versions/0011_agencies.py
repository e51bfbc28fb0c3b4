"""Tables of agencies."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "agency",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column(
            "organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "refusing",
                "refused",
                "provisional",
                "active",
                "suspended",
                "revoking",
                "revoked",
                "exiting",
                "exited",
                "removing",
                "removed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("uscc", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "type",
            sa.Enum(
                "enterprise",
                "institution",
                "social",
                "individual",
                name="type",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("region_name", sa.String(), nullable=True),
        sa.Column("legal_representative", sa.String(), nullable=True),
        sa.Column(
            "capital_fen", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("established_on", sa.Date(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("contact_person", sa.String(), nullable=True),
        sa.Column("contact_phone", sa.String(), nullable=True),
        sa.Column("contact_email", sa.String(), nullable=True),
        sa.Column("shows_contact", sa.Boolean(), nullable=False),
        sa.Column("intro", sa.String(), nullable=True),
        sa.Column("commitment", sa.String(), nullable=True),
        sa.Column("committed_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "committed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "started_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("submission_key", sa.String(), nullable=False),
        sa.Column("enrolled_at", sa.BigInteger(), nullable=True),
        sa.Column("suspended_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "suspended_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("suspended_until", sa.Date(), nullable=True),
        sa.Column("suspension_reason", sa.String(), nullable=True),
        sa.Column("proposes_suspension", sa.Boolean(), nullable=True),
        sa.Column("proposed_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "proposed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("proposed_until", sa.Date(), nullable=True),
        sa.Column("proposed_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(committed_at IS NULL) = (committed_by IS NULL)",
            name=op.f("ck_agency_committed_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(enrolled_at IS NULL) = (ref IS NULL)", name=op.f("ck_agency_enrolled_has_ref")
        ),
        sa.CheckConstraint(
            "(proposed_at IS NULL) = (proposed_by IS NULL)",
            name=op.f("ck_agency_standing_proposed_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(suspended_at IS NULL) = (suspended_by IS NULL)",
            name=op.f("ck_agency_suspended_has_who_and_when"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_agency_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_agency_organisation_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_agency_ref")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_agency_submission_key")),
        sa.UniqueConstraint("uscc", name=op.f("uq_agency_uscc")),
    )
    op.create_index("ix_agency_directory", "agency", ["enrolled_at", "id"], unique=False)
    op.create_index("ix_agency_place", "agency", ["state", "region", "enrolled_at"], unique=False)
    op.create_table(
        "enrolment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column(
            "agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("round", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("submitted_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "submitted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("submission_key", sa.String(), nullable=False),
        sa.Column("resubmitted_at", sa.BigInteger(), nullable=True),
        sa.Column("returned_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "returned_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("proposed_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "proposed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("reasons", sa.String(), nullable=True),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("remedy", sa.String(), nullable=True),
        sa.Column("statement", sa.String(), nullable=True),
        sa.Column("stated_at", sa.BigInteger(), nullable=True),
        sa.Column("passed_at", sa.BigInteger(), nullable=True),
        sa.Column("lapsed_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)",
            name=op.f("ck_enrolment_decided_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(proposed_at IS NULL) = (proposed_by IS NULL)",
            name=op.f("ck_enrolment_proposed_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(returned_at IS NULL) = (returned_by IS NULL)",
            name=op.f("ck_enrolment_returned_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "decided_by <> proposed_by", name=op.f("ck_enrolment_two_persons_refuse")
        ),
        sa.CheckConstraint(
            "proposed_at IS NULL OR (reasons IS NOT NULL AND basis IS NOT NULL AND remedy IS NOT NULL)",
            name=op.f("ck_enrolment_refusal_is_reasoned"),
        ),
        sa.CheckConstraint("round IN (1, 2)", name=op.f("ck_enrolment_one_correction")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_enrolment_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("number", name=op.f("uq_enrolment_number")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_enrolment_submission_key")),
    )
    op.create_index("ix_enrolment_agency", "enrolment", ["agency_id", "id"], unique=False)
    op.create_table(
        "qualification",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("specialities", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("checked_at", sa.BigInteger(), nullable=True),
        sa.Column("submission_key", sa.String(), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from <= valid_to",
            name=op.f("ck_qualification_ends_after_it_begins"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_qualification_agency_id")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_qualification_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualification")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_qualification_submission_key")),
    )
    op.create_index(
        op.f("ix_qualification_agency_id"), "qualification", ["agency_id"], unique=False
    )
    op.create_table(
        "service_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "refused",
                "provisional",
                "active",
                "lapsed",
                "suspended",
                "withdrawn",
                "abolished",
                "barred",
                name="linestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_service_line_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_line")),
        sa.UniqueConstraint("agency_id", "item_code", name="line_once"),
    )
    op.create_index(
        "ix_service_line_item", "service_line", ["item_code", "state", "agency_id"], unique=False
    )
    op.create_table(
        "agency_objection",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column(
            "enrolment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("filed_at", sa.BigInteger(), nullable=False),
        sa.Column("submission_key", sa.String(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "kept",
                "revocation",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column(
            "decided_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)",
            name=op.f("ck_agency_objection_decided_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (outcome IS NULL) AND (decided_at IS NULL) = (answer IS NULL)",
            name=op.f("ck_agency_objection_decided_has_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_agency_objection_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_objection")),
        sa.UniqueConstraint("enrolment_id", "person_id", name="one_objection_each"),
        sa.UniqueConstraint("submission_key", name=op.f("uq_agency_objection_submission_key")),
    )
    op.create_table(
        "enrolment_correction",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "enrolment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "section",
            sa.Enum(
                "basics",
                "lines",
                "qualifications",
                "commitment",
                name="section",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("mended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_enrolment_correction_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_correction")),
    )
    op.create_index(
        op.f("ix_enrolment_correction_enrolment_id"),
        "enrolment_correction",
        ["enrolment_id"],
        unique=False,
    )


def downgrade():
    op.drop_table("enrolment_correction")
    op.drop_table("agency_objection")
    op.drop_table("service_line")
    op.drop_table("qualification")
    op.drop_table("enrolment")
    op.drop_table("agency")
