"""Who froze an auction is named apart from when, since the clock is nobody; who resumed stands with when."""

from alembic import op

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None


def upgrade():
    name = op.f("ck_auction_freeze_resumed_has_who_and_when")
    with op.batch_alter_table("auction_freeze") as batch:
        batch.alter_column("frozen_by", new_column_name="person_id")
        batch.create_check_constraint(name, "(resumed_at IS NULL) = (resumed_by IS NULL)")


def downgrade():
    name = op.f("ck_auction_freeze_resumed_has_who_and_when")
    with op.batch_alter_table("auction_freeze") as batch:
        batch.drop_constraint(name, type_="check")
        batch.alter_column("person_id", new_column_name="frozen_by")
