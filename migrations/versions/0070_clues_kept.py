"""A clue's review stands on the log as a digest alone."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None

ROUND = "uq_selection_review_one_a_round"


def upgrade():
    with op.batch_alter_table("selection_review") as batch:
        batch.add_column(
            sa.Column("is_kept", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.add_column(sa.Column("digest", sa.String(), nullable=True))
        batch.add_column(sa.Column("salt", sa.String(), nullable=True))
        batch.drop_constraint(op.f(ROUND), type_="unique")
        batch.create_unique_constraint(op.f(ROUND), ["number", "body_id", "is_kept", "round"])
        batch.create_unique_constraint(op.f("uq_selection_review_digest"), ["digest"])
        batch.create_check_constraint(
            op.f("ck_selection_review_kept_has_digest"), "is_kept = (digest IS NOT NULL)"
        )
        batch.create_check_constraint(
            op.f("ck_selection_review_digest_has_salt"), "(digest IS NULL) = (salt IS NULL)"
        )
    with op.batch_alter_table("selection_review") as batch:
        batch.alter_column("is_kept", server_default=None)


def downgrade():
    # Below this step all reviews of a body are counted together.
    op.execute("UPDATE selection_review SET round = round + 1000000 WHERE is_kept")
    with op.batch_alter_table("selection_review") as batch:
        batch.drop_constraint(op.f("ck_selection_review_digest_has_salt"), type_="check")
        batch.drop_constraint(op.f("ck_selection_review_kept_has_digest"), type_="check")
        batch.drop_constraint(op.f("uq_selection_review_digest"), type_="unique")
        batch.drop_constraint(op.f(ROUND), type_="unique")
        batch.create_unique_constraint(op.f(ROUND), ["number", "body_id", "round"])
        batch.drop_column("salt")
        batch.drop_column("digest")
        batch.drop_column("is_kept")
