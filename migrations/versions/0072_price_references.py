"""What items were awarded for, as a reference for who writes a notice."""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None


def upgrade():
    wide = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "price_reference",
        sa.Column("division", sa.String(), nullable=False),
        sa.Column("item_code", sa.String(), nullable=False),
        sa.Column("awards", wide, nullable=False),
        sa.Column("low", wide, nullable=False),
        sa.Column("middle", wide, nullable=False),
        sa.Column("high", wide, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "low <= middle AND middle <= high", name=op.f("ck_price_reference_in_order")
        ),
        sa.CheckConstraint("awards >= 1", name=op.f("ck_price_reference_of_some_awards")),
        sa.PrimaryKeyConstraint("division", "item_code", name=op.f("pk_price_reference")),
    )


def downgrade():
    op.drop_table("price_reference")
