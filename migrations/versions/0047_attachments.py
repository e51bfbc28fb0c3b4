"""Attachments of a notice, and who has looked whether its texts and files may be public."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def kind(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade():
    op.create_table(
        "notice_attachment",
        sa.Column("id", KEY, nullable=False),
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("file_id", KEY, nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("accused_at", sa.BigInteger(), nullable=True),
        sa.Column("accused_by", sa.BigInteger(), nullable=True),
        sa.Column("why", kind("why", "classified", "personal", "rights", "wrong"), nullable=True),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(accused_at IS NULL) = (accused_by IS NULL)",
            name=op.f("ck_notice_attachment_accused_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)",
            name=op.f("ck_notice_attachment_withdrawn_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "withdrawn_at IS NULL OR (accused_at IS NOT NULL AND accused_by <> withdrawn_by)",
            name=op.f("ck_notice_attachment_withdrawn_by_two"),
        ),
        sa.CheckConstraint(
            "(accused_at IS NULL) = (why IS NULL)",
            name=op.f("ck_notice_attachment_accused_with_a_reason"),
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (file_id IS NOT NULL)",
            name=op.f("ck_notice_attachment_withdrawn_without_bytes"),
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_attachment_notice_id_notice")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["file.id"], name=op.f("fk_notice_attachment_file_id_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_attachment")),
        sa.UniqueConstraint("notice_id", "sha256", name="one_a_file"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_notice_attachment_file_id"), "notice_attachment", ["file_id"])
    op.create_table(
        "notice_screening",
        sa.Column("id", KEY, nullable=False),
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("side", kind("side", "owner", "office"), nullable=False),
        sa.Column("finding", kind("finding", "clear", "withheld"), nullable=False),
        sa.Column("covers", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_screening_notice_id_notice")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_screening")),
    )
    op.create_index(op.f("ix_notice_screening_notice_id"), "notice_screening", ["notice_id"])


def downgrade():
    op.drop_table("notice_screening")
    op.drop_table("notice_attachment")
