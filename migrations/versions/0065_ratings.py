"""How people were served, and the cases that bad ratings open."""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade():
    wide = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "service_case",
        sa.Column("id", wide, nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "rating", name="case_source", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("source_number", sa.String(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("body_id", wide, nullable=False),
        sa.Column("party_name", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "contacted",
                "rectified",
                "closed",
                name="casestate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("rulebook", wide, nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("contact_note", sa.String(), nullable=False),
        sa.Column("contacted_at", sa.BigInteger(), nullable=True),
        sa.Column("contacted_by", wide, nullable=True),
        sa.Column("complex_reason", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("rectified_at", sa.BigInteger(), nullable=True),
        sa.Column("rectified_by", wide, nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "solved",
                "unsolved",
                "unreached",
                name="case_result",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("call_note", sa.String(), nullable=False),
        sa.Column("called_at", sa.BigInteger(), nullable=True),
        sa.Column("called_by", wide, nullable=True),
        sa.Column("again", wide, nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (state <> 'closed')", name=op.f("ck_service_case_closed_when")
        ),
        sa.CheckConstraint(
            "(called_at IS NULL) = (called_by IS NULL)",
            name=op.f("ck_service_case_called_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(contacted_at IS NULL) = (contacted_by IS NULL)",
            name=op.f("ck_service_case_contacted_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(rectified_at IS NULL) = (rectified_by IS NULL)",
            name=op.f("ck_service_case_rectified_has_who_and_when"),
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["organisation.id"], name=op.f("fk_service_case_body_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_case")),
        sa.UniqueConstraint("number", name=op.f("uq_service_case_number")),
    )
    op.create_index("ix_service_case_body", "service_case", ["body_id", "state"], unique=False)
    op.create_table(
        "service_rating",
        sa.Column("id", wide, nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "enrolment.passed",
                "owner.approved",
                "notice.opened",
                "award.issued",
                "complaint.closed",
                name="rating_step",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("body_id", wide, nullable=False),
        sa.Column("staff_id", wide, nullable=True),
        sa.Column("rater_organisation_id", wide, nullable=True),
        sa.Column("rater_person_id", wide, nullable=True),
        sa.Column("finished_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("level", wide, nullable=True),
        sa.Column("staff_level", wide, nullable=True),
        sa.Column("platform_level", wide, nullable=True),
        sa.Column("ticks", sa.JSON(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "online",
                "counter",
                "phone",
                "hotline",
                "paper",
                name="rating_channel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("given_at", sa.BigInteger(), nullable=True),
        sa.Column("entered_by", wide, nullable=True),
        sa.Column("scan_id", wide, nullable=True),
        sa.Column("case_number", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(given_at IS NULL) = (level IS NULL)", name=op.f("ck_service_rating_given_has_level")
        ),
        sa.CheckConstraint(
            "(given_at IS NULL) = (number IS NULL)", name=op.f("ck_service_rating_given_has_number")
        ),
        sa.CheckConstraint(
            "level IS NULL OR level BETWEEN 1 AND 5", name=op.f("ck_service_rating_five_levels")
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["organisation.id"], name=op.f("fk_service_rating_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["person.id"], name=op.f("fk_service_rating_entered_by")
        ),
        sa.ForeignKeyConstraint(
            ["rater_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_service_rating_rater_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["rater_person_id"], ["person.id"], name=op.f("fk_service_rating_rater_person_id")
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["file.id"], name=op.f("fk_service_rating_scan_id")),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["person.id"], name=op.f("fk_service_rating_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_rating")),
        sa.UniqueConstraint("number", name=op.f("uq_service_rating_number")),
        sa.UniqueConstraint("subject", "step", name="one_a_step"),
    )
    op.create_index(
        "ix_service_rating_finished", "service_rating", ["finished_at", "body_id"], unique=False
    )


def downgrade():
    op.drop_table("service_rating")
    op.drop_table("service_case")
