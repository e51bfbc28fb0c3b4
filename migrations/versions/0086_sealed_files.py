"""Sealed files that an agency uploads before it enters, and the named part that an entry carries."""

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TOGETHER = "(opened_at IS NULL) = (opened_file_id IS NULL AND unopened IS NULL)"


def upgrade():
    with op.batch_alter_table("entry") as batch:
        batch.add_column(sa.Column("proposal_b_sha256", sa.String(), nullable=True))
    op.create_table(
        "entry_box",
        sa.Column("id", KEY, nullable=False),
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("agency_id", KEY, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("document_sha256", sa.String(), nullable=False),
        sa.Column("sealed_by", sa.String(), nullable=False),
        sa.Column("file_id", KEY, nullable=False),
        sa.Column("uploaded_at", sa.BigInteger(), nullable=False),
        sa.Column("uploaded_by", KEY, nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=True),
        sa.Column("opened_file_id", KEY, nullable=True),
        sa.Column("unopened", sa.String(), nullable=True),
        sa.CheckConstraint(TOGETHER, name=op.f("ck_entry_box_opened_has_when")),
        sa.CheckConstraint(
            "opened_file_id IS NULL OR unopened IS NULL", name=op.f("ck_entry_box_opened_or_not")
        ),
        _to("notice_id", "notice"),
        _to("agency_id", "organisation"),
        _to("file_id", "file"),
        _to("opened_file_id", "file"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_box")),
        sa.UniqueConstraint("notice_id", "agency_id", "kind", "sha256", name="one_box_each"),
    )


def _to(column, other):
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_entry_box_{column}"))


def downgrade():
    op.drop_table("entry_box")
    with op.batch_alter_table("entry") as batch:
        batch.drop_column("proposal_b_sha256")
