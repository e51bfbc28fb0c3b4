"""Attachments that an amendment brings, and those that its text is without."""

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEPT = {"table_kwargs": {"sqlite_autoincrement": True}}
FOREIGN = "fk_notice_attachment_change_id"
CHECK = "ck_notice_attachment_superseded_once_public"


def upgrade():
    with op.batch_alter_table("notice_attachment", **KEPT) as batch:
        batch.add_column(sa.Column("change_id", KEY, nullable=True))
        batch.add_column(sa.Column("superseded_at", sa.BigInteger(), nullable=True))
        batch.create_foreign_key(op.f(FOREIGN), "notice_change", ["change_id"], ["id"])
        batch.create_check_constraint(
            op.f(CHECK), "superseded_at IS NULL OR published_at IS NOT NULL"
        )
    op.create_index("ix_notice_attachment_change_id", "notice_attachment", ["change_id"])
    op.add_column(
        "notice_change", sa.Column("drops", sa.JSON(), nullable=False, server_default="[]")
    )


def downgrade():
    op.drop_column("notice_change", "drops")
    op.drop_index("ix_notice_attachment_change_id", table_name="notice_attachment")
    with op.batch_alter_table("notice_attachment", **KEPT) as batch:
        batch.drop_constraint(op.f(CHECK), type_="check")
        batch.drop_constraint(op.f(FOREIGN), type_="foreignkey")
        batch.drop_column("superseded_at")
        batch.drop_column("change_id")
