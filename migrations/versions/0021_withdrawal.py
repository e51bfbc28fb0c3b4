"""Two persons of the body can withdraw a complaint that staff registered: one more kind of
proposal.
"""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLE = "complaint_proposal"
CHECK = "ck_complaint_proposal_proposalkind"


def upgrade():
    _allow("kind IN ('accept', 'not_accept', 'decide', 'withdraw')")


def downgrade():
    op.execute("DELETE FROM complaint_proposal WHERE kind = 'withdraw'")
    _allow("kind IN ('accept', 'not_accept', 'decide')")


def _allow(kinds):
    with op.batch_alter_table(
        TABLE
    ) as batch:  # SQLite changes a check by copying the table, which is small
        batch.drop_constraint(op.f(CHECK), type_="check")
        batch.create_check_constraint(op.f(CHECK), kinds)
