"""The health page for machines."""
from alembic.script import ScriptDirectory
from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from market.db import reading
from market.kernel.actor import VISITOR
from market.operations import queries
from market.operations.queries import Health
from market.web.auth import page

bp = Blueprint("operations", __name__)


@bp.get("/healthz")
@page(may="public")
def health() -> ResponseReturnValue:
    """JSON: database, migrations, clock heartbeat, log size; 503 when something is not well."""
    newest = ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()
    try:
        state = queries.health(reading(VISITOR), newest)
    except DBAPIError:
        state = Health(False, None, False, None, 0, 0)
    answer = {"ok": state.is_well, "database": state.database, "migration": state.migration, "migrated": state.migrated,
              "clock_age_seconds": state.clock_age, "log_size": state.log_size, "checkpoint_size": state.checkpoint_size}
    return jsonify(answer), 200 if state.is_well else 503
