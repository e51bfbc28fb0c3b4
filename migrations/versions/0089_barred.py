"""A drawn expert who may not judge any more leaves his seat as `barred`."""

from alembic import op

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None

GONE = ("declined", "interest", "recused", "silent")


def upgrade():
    _gone(("barred", *GONE))


def downgrade():
    op.execute("UPDATE scored_juror SET reason = 'interest' WHERE reason = 'barred'")
    _gone(GONE)


def _gone(after):
    """Why a juror is out: one reason more, or one less."""
    name = op.f("ck_scored_juror_gone")
    with op.batch_alter_table("scored_juror") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"reason IN {tuple(after)}")
