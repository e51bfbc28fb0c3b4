"""The witness's numbered list over a draw that was postponed or went by a failure; who took a rank out
before its turn.
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade():
    wide = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "witness_list",
        sa.Column("draw_id", wide, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["draw.id"], name="fk_witness_list_draw_id"),
        sa.PrimaryKeyConstraint("draw_id", name="pk_witness_list"),
    )
    with op.batch_alter_table("ranking") as table:
        table.add_column(sa.Column("skip_by", sa.String(), nullable=True))


def downgrade():
    with op.batch_alter_table("ranking") as table:
        table.drop_column("skip_by")
    op.drop_table("witness_list")
