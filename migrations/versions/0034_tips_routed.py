"""Which body reads a tip, whom it concerns, and that two people close it.

Tips from before were read by every body: those that nobody had looked at yet are left to the
inspection body, the others to the office.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    with op.batch_alter_table("tip") as batch:
        batch.add_column(sa.Column("body_id", WHOLE, nullable=True))
        batch.add_column(sa.Column("concerned", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("closed_at", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("closed_by", WHOLE, nullable=True))
        batch.create_check_constraint(
            op.f("ck_tip_closed_has_who_and_when"), "(closed_at IS NULL) = (closed_by IS NULL)"
        )
        batch.create_check_constraint(op.f("ck_tip_two_persons"), "closed_by <> looked_by")
        batch.create_foreign_key(
            op.f("fk_tip_body_id_organisation"), "organisation", ["body_id"], ["id"]
        )
    op.execute(
        "UPDATE tip SET body_id = CASE WHEN looked_at IS NULL"
        " THEN (SELECT min(id) FROM organisation WHERE kind = 'inspection')"
        " ELSE (SELECT min(id) FROM organisation WHERE kind = 'office') END"
    )
    op.create_index("ix_tip_body", "tip", ["body_id", "id"])


def downgrade():
    op.drop_index("ix_tip_body", "tip")
    with op.batch_alter_table("tip") as batch:
        batch.drop_constraint(op.f("fk_tip_body_id_organisation"), type_="foreignkey")
        batch.drop_constraint(op.f("ck_tip_two_persons"), type_="check")
        batch.drop_constraint(op.f("ck_tip_closed_has_who_and_when"), type_="check")
        for name in ("closed_by", "closed_at", "concerned", "body_id"):
            batch.drop_column(name)
