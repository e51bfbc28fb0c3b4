"""What follows a letter: the contract that both sides registered, versions, payments."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade():
    wide = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "contract",
        sa.Column("id", wide, nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("award_id", wide, nullable=False),
        sa.Column("award_number", sa.String(), nullable=False),
        sa.Column("notice_number", sa.String(), nullable=False),
        sa.Column("rulebook", wide, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "questioned",
                "not_started",
                "running",
                "delivered",
                "returned",
                "accepted",
                "closed",
                "void",
                name="contractstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "track",
            sa.Enum(
                "long", "short", name="track", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("is_public_money", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("item_name", sa.String(), nullable=False),
        sa.Column("owner_organisation_id", wide, nullable=False),
        sa.Column("owner_name", sa.String(), nullable=False),
        sa.Column("agency_organisation_id", wide, nullable=False),
        sa.Column("agency_name", sa.String(), nullable=False),
        sa.Column("winner", sa.String(), nullable=False),
        sa.Column("amount_fen", wide, nullable=False),
        sa.Column("service_days", wide, nullable=True),
        sa.Column("pay_days", wide, nullable=False),
        sa.Column("scope_sha256", sa.String(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("file_id", wide, nullable=True),
        sa.Column("file_sha256", sa.String(), nullable=True),
        sa.Column(
            "registered_side",
            sa.Enum(
                "owner", "agency", name="side", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("registered_at", sa.BigInteger(), nullable=False),
        sa.Column("registered_by", wide, nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_by", wide, nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("accepted_at", sa.BigInteger(), nullable=True),
        sa.Column("accepted_by", wide, nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(accepted_at IS NULL) = (accepted_by IS NULL)",
            name=op.f("ck_contract_accepted_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)",
            name=op.f("ck_contract_confirmed_has_who_and_when"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_contract_agency_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["award_id"], ["award_letter.id"], name=op.f("fk_contract_award_id")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_contract_file_id")),
        sa.ForeignKeyConstraint(
            ["owner_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_contract_owner_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("award_id", name="one_each_letter"),
    )
    op.create_index(
        "ix_contract_agency", "contract", ["agency_organisation_id", "id"], unique=False
    )
    op.create_index("ix_contract_notice", "contract", ["notice_number"], unique=False)
    op.create_index("ix_contract_number", "contract", ["number"], unique=False)
    op.create_index("ix_contract_owner", "contract", ["owner_organisation_id", "id"], unique=False)
    op.create_table(
        "contract_delivery",
        sa.Column("id", wide, nullable=False),
        sa.Column("contract_id", wide, nullable=False),
        sa.Column("version", wide, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("file_id", wide, nullable=True),
        sa.Column("file_sha256", sa.String(), nullable=True),
        sa.Column("delivered_at", sa.BigInteger(), nullable=False),
        sa.Column("delivered_by", wide, nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", wide, nullable=True),
        sa.Column("is_accepted", sa.Boolean(), nullable=True),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)",
            name=op.f("ck_contract_delivery_answered_has_who_and_when"),
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (is_accepted IS NULL)",
            name=op.f("ck_contract_delivery_answered_says_what"),
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_delivery_contract_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["file.id"], name=op.f("fk_contract_delivery_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_delivery")),
        sa.UniqueConstraint("contract_id", "version", name="one_each_version"),
    )
    op.create_table(
        "contract_note",
        sa.Column("id", wide, nullable=False),
        sa.Column("contract_id", wide, nullable=False),
        sa.Column("submission_key", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.Column("said_by", wide, nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_note_contract_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_note")),
        sa.UniqueConstraint("submission_key", name=op.f("uq_contract_note_submission_key")),
    )
    op.create_index(
        "ix_contract_note_contract", "contract_note", ["contract_id", "id"], unique=False
    )
    op.create_table(
        "contract_payment",
        sa.Column("id", wide, nullable=False),
        sa.Column("contract_id", wide, nullable=False),
        sa.Column("no", wide, nullable=False),
        sa.Column("submission_key", sa.String(), nullable=False),
        sa.Column("amount_fen", wide, nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("voucher", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "registered",
                "confirmed",
                "stands",
                "denied",
                name="paymentstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("registered_at", sa.BigInteger(), nullable=False),
        sa.Column("registered_by", wide, nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", wide, nullable=True),
        sa.Column("lapsed_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)",
            name=op.f("ck_contract_payment_answered_has_who_and_when"),
        ),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_contract_payment_pays_something")),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_payment_contract_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_payment")),
        sa.UniqueConstraint("contract_id", "no", name="one_each_no"),
        sa.UniqueConstraint("submission_key", name=op.f("uq_contract_payment_submission_key")),
    )


def downgrade():
    op.drop_table("contract_payment")
    op.drop_table("contract_note")
    op.drop_table("contract_delivery")
    op.drop_table("contract")
