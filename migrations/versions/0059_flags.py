"""By what entries may be like one another, what flags have found, and when they were computed."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LEVELS = ("low", "normal", "high")
STATES = ("open", "explained", "case", "false_positive")


def upgrade():
    op.create_table(
        "entry_likeness",
        sa.Column("notice_id", KEY, nullable=False),
        sa.Column("no", KEY, autoincrement=False, nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("device", sa.String(), nullable=True),
        sa.Column("network", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_entry_likeness_notice_id")
        ),
        sa.PrimaryKeyConstraint("notice_id", "no", name=op.f("pk_entry_likeness")),
    )
    op.create_index("ix_entry_likeness_received_at", "entry_likeness", ["received_at"])
    create_findings()
    op.create_table(
        "flag_run",
        sa.Column("night", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=False),
        sa.Column("version", KEY, nullable=False),
        sa.Column("selections", KEY, nullable=False),
        sa.Column("found", KEY, nullable=False),
        sa.PrimaryKeyConstraint("night", name=op.f("pk_flag_run")),
    )
    with op.batch_alter_table("oversight_question") as batch:
        batch.add_column(sa.Column("finding_id", KEY, nullable=True))
        batch.create_foreign_key(
            op.f("fk_oversight_question_finding_id"), "flag_finding", ["finding_id"], ["id"]
        )
        batch.create_index("ix_oversight_question_finding_id", ["finding_id"])


def create_findings():
    op.create_table(
        "flag_finding",
        sa.Column("id", KEY, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", KEY, nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("sector", KEY, nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("regulator_id", KEY, nullable=True),
        sa.Column(
            "level",
            sa.Enum(*LEVELS, name="level", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *STATES, name="flagstate", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("opinion", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("judged_at", sa.BigInteger(), nullable=True),
        sa.Column("judged_by", KEY, nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_by", KEY, nullable=True),
        sa.CheckConstraint(
            "(judged_at IS NULL) = (judged_by IS NULL)",
            name=op.f("ck_flag_finding_judged_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(judged_at IS NULL) = (opinion IS NULL)",
            name=op.f("ck_flag_finding_judged_has_opinion"),
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by IS NULL)",
            name=op.f("ck_flag_finding_closed_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (state = 'open')",
            name=op.f("ck_flag_finding_closed_has_state"),
        ),
        sa.ForeignKeyConstraint(
            ["regulator_id"], ["organisation.id"], name=op.f("fk_flag_finding_regulator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag_finding")),
        sa.UniqueConstraint("code", "subject", "sector", "period", name="one_finding"),
    )
    op.create_index("ix_flag_finding_number", "flag_finding", ["number"])
    op.create_index("ix_flag_finding_sector", "flag_finding", ["regulator_id", "state", "id"])


def downgrade():
    with op.batch_alter_table("oversight_question") as batch:
        batch.drop_index("ix_oversight_question_finding_id")
        batch.drop_constraint(op.f("fk_oversight_question_finding_id"), type_="foreignkey")
        batch.drop_column("finding_id")
    op.drop_table("flag_run")
    op.drop_table("flag_finding")
    op.drop_index("ix_entry_likeness_received_at", "entry_likeness")
    op.drop_table("entry_likeness")
