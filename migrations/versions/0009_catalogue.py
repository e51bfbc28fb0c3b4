"""Tables of catalogue."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "service_category",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_category")),
        sa.UniqueConstraint("division", "name", name="category_once"),
    )
    op.create_table(
        "service_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column(
            "category_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "regulator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("regulator_name", sa.String(), nullable=False),
        sa.Column("qualification", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "certificate",
                "filing",
                "commitment_only",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("names", sa.String(), nullable=False),
        sa.Column("specialities", sa.String(), nullable=False),
        sa.Column("least_grade", sa.String(), nullable=True),
        sa.Column("legal_basis", sa.String(), nullable=False),
        sa.Column("approval", sa.String(), nullable=True),
        sa.Column(
            "time_limit_days", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "published",
                "abolished",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(kind = 'commitment_only') = (names = '')",
            name=op.f("ck_service_item_commitment_needs_no_name"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_service_item_version_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["service_category.id"], name=op.f("fk_service_item_category_id")
        ),
        sa.ForeignKeyConstraint(
            ["regulator_id"], ["organisation.id"], name=op.f("fk_service_item_regulator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_item")),
        sa.UniqueConstraint("division", "code", name="item_once"),
    )
    op.create_index(
        op.f("ix_service_item_category_id"), "service_item", ["category_id"], unique=False
    )


def downgrade():
    op.drop_table("service_item")
    op.drop_table("service_category")
