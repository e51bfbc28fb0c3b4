"""An inspector may confirm that an entry was rightly left out for its sealed file."""

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = "ck_entry_box_confirmed_has_who_and_when"


def upgrade():
    with op.batch_alter_table("entry_box") as batch:
        batch.add_column(sa.Column("confirmed_at", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("confirmed_by", KEY, nullable=True))
        batch.create_check_constraint(op.f(NAME), "(confirmed_at IS NULL) = (confirmed_by IS NULL)")


def downgrade():
    with op.batch_alter_table("entry_box") as batch:
        batch.drop_constraint(op.f(NAME), type_="check")
        batch.drop_column("confirmed_by")
        batch.drop_column("confirmed_at")
