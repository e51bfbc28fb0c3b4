"""DEVELOPMENT ONLY: builds whatever the models say. Replaced by numbered migrations before landing."""
from alembic import op
from flask import current_app

from market.ledger import guards

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    bind = op.get_bind()
    current_app.extensions["migrate"].db.metadata.create_all(bind)
    for statement in guards.SQLITE if bind.dialect.name == "sqlite" else guards.POSTGRESQL:
        op.execute(statement)


def downgrade():
    current_app.extensions["migrate"].db.metadata.drop_all(op.get_bind())
