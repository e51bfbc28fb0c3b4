"""Reports of what could not be done and a hotline's orders as sources of cases."""

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None

WIDE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SOURCE = "ck_service_case_case_source"
ORDERS = ("consult", "help", "complaint", "report", "suggest")
OLD = ("rating",)
NEW = ("rating", "stuck", "hotline")


def upgrade():
    order = sa.Enum(
        *ORDERS, name="case_order", native_enum=False, create_constraint=True, length=32
    )
    with op.batch_alter_table("service_case") as batch:
        batch.drop_constraint(op.f(SOURCE), type_="check")
        batch.create_check_constraint(op.f(SOURCE), sa.column("source").in_(NEW))
        for name in ("phone", "page"):
            batch.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("order_kind", order, nullable=True))
        batch.add_column(sa.Column("entered_by", WIDE, nullable=True))
        batch.add_column(sa.Column("submission_key", sa.String(), nullable=True))
        batch.create_unique_constraint(op.f("uq_service_case_submission_key"), ["submission_key"])
    with op.batch_alter_table("service_case") as batch:
        for name in ("phone", "page"):
            batch.alter_column(name, server_default=None)


def downgrade():
    # Below this step only ratings open cases.
    op.execute("DELETE FROM service_case WHERE source <> 'rating'")
    with op.batch_alter_table("service_case") as batch:
        batch.drop_constraint(op.f("uq_service_case_submission_key"), type_="unique")
        batch.drop_constraint(op.f("ck_service_case_case_order"), type_="check")
        for name in ("submission_key", "entered_by", "order_kind", "page", "phone"):
            batch.drop_column(name)
        batch.drop_constraint(op.f(SOURCE), type_="check")
        batch.create_check_constraint(op.f(SOURCE), sa.column("source").in_(OLD))
