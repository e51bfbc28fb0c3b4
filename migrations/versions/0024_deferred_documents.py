"""Enrolment with deferred documents: the published list, what each agency owes of it, reminders of
their own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "deferrable_document",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("days", NUMBER, nullable=False),
        sa.CheckConstraint("days >= 1", name=op.f("ck_deferrable_document_at_least_a_day")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deferrable_document")),
        sa.UniqueConstraint("division", "item_code", "name", name="document_once"),
    )
    op.create_table(
        "agency_document",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("agency_id", NUMBER, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("days", NUMBER, nullable=False),
        sa.Column("file_id", NUMBER, nullable=True),
        sa.Column("submitted_at", sa.BigInteger(), nullable=True),
        sa.Column("submitted_by", NUMBER, nullable=True),
        sa.Column("owed_at", sa.BigInteger(), nullable=True),
        sa.Column("returned_at", sa.BigInteger(), nullable=True),
        sa.Column("returned_by", NUMBER, nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("accepted_at", sa.BigInteger(), nullable=True),
        sa.Column("accepted_by", NUMBER, nullable=True),
        sa.CheckConstraint("days >= 1", name=op.f("ck_agency_document_at_least_a_day")),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (submitted_by IS NULL)",
            name=op.f("ck_agency_document_submitted_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "submitted_at IS NULL OR file_id IS NOT NULL",
            name=op.f("ck_agency_document_submitted_is_there"),
        ),
        sa.CheckConstraint(
            "(returned_at IS NULL) = (returned_by IS NULL) AND (returned_at IS NULL) = (reason IS NULL)",
            name=op.f("ck_agency_document_returned_has_who_when_why"),
        ),
        sa.CheckConstraint(
            "(accepted_at IS NULL) = (accepted_by IS NULL)",
            name=op.f("ck_agency_document_accepted_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "accepted_at IS NULL OR submitted_at IS NOT NULL",
            name=op.f("ck_agency_document_accepted_was_submitted"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_agency_document_agency_id")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_agency_document_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_document")),
        sa.UniqueConstraint("agency_id", "name", name="one_of_each_document"),
    )
    op.add_column("enrolment", sa.Column("proposed_days", NUMBER, nullable=True))
    op.add_column("window", sa.Column("remind_before", sa.JSON(), nullable=True))


def downgrade():
    op.drop_column("window", "remind_before")
    op.drop_column("enrolment", "proposed_days")
    op.drop_table("agency_document")
    op.drop_table("deferrable_document")
