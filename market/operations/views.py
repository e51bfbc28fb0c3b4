"""The health page for machines."""

import logging

from alembic.script import ScriptDirectory
from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from market.db import reading
from market.kernel.actor import VISITOR
from market.operations import queries
from market.web.auth import page

log = logging.getLogger(__name__)
bp = Blueprint("operations", __name__)


@bp.get("/healthz")
@page(may="public")
def health() -> ResponseReturnValue:
    """JSON: database, migrations, clock heartbeat, log, fork guard; 503 when something is not well."""
    newest = ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()
    work = reading(VISITOR)
    guard = current_app.extensions["append"]
    try:
        state = queries.health(work, newest, lambda: guard.trouble(work))
    except DBAPIError as lost:
        log.warning("the database did not answer: %s", lost.orig)
        state = queries.unwell(database=False)
    answer = {
        "ok": state.is_well,
        "database": state.database,
        "migration": state.migration,
        "migrated": state.migrated,
        "clock_age_seconds": state.clock_age,
        "log_size": state.log_size,
        "checkpoint_size": state.checkpoint_size,
        "read_only": state.read_only,
        "troubles": state.troubles,
        "warnings": list(current_app.extensions["warnings"]),
    }
    return jsonify(answer), 200 if state.is_well else 503
