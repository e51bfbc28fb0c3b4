"""A removal stands on a record; a suspension by the office on a fact of a register."""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

FACTS = ("abnormal", "dishonest", "licence", "certificate")


def upgrade():
    with op.batch_alter_table("credit_measure") as batch:
        kind = _codes("measurekind", "suspension", "removal")
        batch.add_column(sa.Column("kind", kind, nullable=False, server_default="suspension"))
    with op.batch_alter_table("credit_measure") as batch:
        batch.alter_column("kind", server_default=None)
    with op.batch_alter_table("agency") as batch:
        for name in ("suspension_fact", "proposed_fact"):
            batch.add_column(sa.Column(name, _codes(name, *FACTS), nullable=True))
    with op.batch_alter_table("agency_departure") as batch:
        batch.add_column(sa.Column("record", sa.String(), nullable=True))


def downgrade():
    with op.batch_alter_table("agency_departure") as batch:
        batch.drop_column("record")
    with op.batch_alter_table("agency") as batch:
        for name in ("proposed_fact", "suspension_fact"):
            batch.drop_constraint(op.f(f"ck_agency_{name}"), type_="check")
            batch.drop_column(name)
    with op.batch_alter_table("credit_measure") as batch:
        batch.drop_constraint(op.f("ck_credit_measure_measurekind"), type_="check")
        batch.drop_column("kind")


def _codes(name, *codes):
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=32)
