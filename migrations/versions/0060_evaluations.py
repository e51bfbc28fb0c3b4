"""What owner and agency say of each other after a matter."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade():
    wide = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "evaluation",
        sa.Column("id", wide, nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("contract", sa.String(), nullable=False),
        sa.Column("notice_number", sa.String(), nullable=False),
        sa.Column(
            "by",
            sa.Enum(
                "owner",
                "agency",
                name="evaluation_by",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "awaited",
                "sealed",
                "open",
                "unrated",
                name="evaluationstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("owner_organisation_id", wide, nullable=False),
        sa.Column("owner_name", sa.String(), nullable=False),
        sa.Column("owner_is_person", sa.Boolean(), nullable=False),
        sa.Column("agency_organisation_id", wide, nullable=False),
        sa.Column("agency_name", sa.String(), nullable=False),
        sa.Column("winner", sa.String(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("item_name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("rulebook", wide, nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("quality", wide, nullable=True),
        sa.Column("timeliness", wide, nullable=True),
        sa.Column("attitude", wide, nullable=True),
        sa.Column("fees", wide, nullable=True),
        sa.Column("conduct", wide, nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=True),
        sa.Column("text_salt", sa.String(), nullable=True),
        sa.Column("text_sha256", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("given_at", sa.BigInteger(), nullable=True),
        sa.Column("given_by", wide, nullable=True),
        sa.Column("corrected_at", sa.BigInteger(), nullable=True),
        sa.Column("fixed_at", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=True),
        sa.Column("overall", wide, nullable=True),
        sa.Column("reply", sa.String(), nullable=False),
        sa.Column("replied_at", sa.BigInteger(), nullable=True),
        sa.Column("replied_by", wide, nullable=True),
        sa.Column("follow_up", sa.String(), nullable=False),
        sa.Column("followed_at", sa.BigInteger(), nullable=True),
        sa.Column("followed_by", wide, nullable=True),
        sa.Column(
            "effect",
            sa.Enum(
                "hidden",
                "struck",
                name="evaluation_effect",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(followed_at IS NULL) = (followed_by IS NULL)",
            name=op.f("ck_evaluation_followed_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(given_at IS NULL) = (digest IS NULL)", name=op.f("ck_evaluation_given_is_sealed")
        ),
        sa.CheckConstraint(
            "(given_at IS NULL) = (given_by IS NULL)",
            name=op.f("ck_evaluation_given_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(opened_at IS NULL) = (overall IS NULL)",
            name=op.f("ck_evaluation_opened_says_overall"),
        ),
        sa.CheckConstraint(
            "(replied_at IS NULL) = (replied_by IS NULL)",
            name=op.f("ck_evaluation_replied_has_who_and_when"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_evaluation_agency_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_evaluation_owner_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint("contract", "by", name="one_each_side"),
    )
    op.create_index(
        "ix_evaluation_agency",
        "evaluation",
        ["agency_organisation_id", "by", "state"],
        unique=False,
    )
    op.create_index(
        "ix_evaluation_owner", "evaluation", ["owner_organisation_id", "by", "state"], unique=False
    )
    op.create_index("ix_evaluation_winner", "evaluation", ["winner", "by", "state"], unique=False)
    op.create_table(
        "evaluation_appeal",
        sa.Column("id", wide, nullable=False),
        sa.Column("evaluation_id", wide, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "upheld",
                "rejected",
                name="evaluation_appeal_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "ground",
            sa.Enum(
                "wrong_object",
                "insult",
                "personal_data",
                "secrecy",
                "coerced",
                "false_fact",
                name="evaluation_ground",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("body_id", wide, nullable=False),
        sa.Column("appealed_at", sa.BigInteger(), nullable=False),
        sa.Column("appealed_by", wide, nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", wide, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", wide, nullable=True),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)",
            name=op.f("ck_evaluation_appeal_answered_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)",
            name=op.f("ck_evaluation_appeal_decided_has_who_and_when"),
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["organisation.id"], name=op.f("fk_evaluation_appeal_body_id")
        ),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluation.id"], name=op.f("fk_evaluation_appeal_evaluation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_appeal")),
        sa.UniqueConstraint("evaluation_id", name="one_each_evaluation"),
    )
    op.create_index(
        "ix_evaluation_appeal_body", "evaluation_appeal", ["body_id", "state"], unique=False
    )


def downgrade():
    op.drop_table("evaluation_appeal")
    op.drop_table("evaluation")
