"""The health page for machines, and the same for the people who run the installation."""

import dataclasses
import datetime as dt
import logging

from alembic.script import ScriptDirectory
from flask import Blueprint, Flask, current_app, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from market.db import in_one_transaction, reading
from market.fabric import Memory, fabric
from market.kernel.actor import VISITOR
from market.kernel.clock import MILLISECOND
from market.operations import queries, rules, service
from market.web.auth import current_actor, page
from market.web.errors import said

log = logging.getLogger(__name__)
bp = Blueprint("operations", __name__)


LOOK_AGAIN = dt.timedelta(seconds=5)


@dataclasses.dataclass
class _Looks:
    """Whether this database was found to have all that it needs, and until when nobody asks again:
    before the set-up the answer may change, and every request would ask.
    """

    is_set: bool = False
    until: dt.datetime | None = None


LOOKS = Memory(_Looks)


class NotSet(SystemExit):
    """The process may not serve this database; the text names what to set."""


class ClocksApart(SystemExit):
    """The machine's clock is not the database's: what is in time here is late elsewhere."""


def check_web_start(app: Flask) -> None:
    """`check_start` for a web process: when the database does not answer, its first request asks."""
    try:
        check_start(app)
    except DBAPIError as lost:
        log.warning("the database did not answer: %s", lost.orig)


def check_start(app: Flask) -> None:
    """End a process that serves a production database without PUBLIC_URL or TRUSTED_HOSTS, or whose
    clock differs from the database's (ADR 0029).

    Raises NotSet, ClocksApart, and DBAPIError when the database does not answer.
    """
    with app.app_context():
        found = queries.unset(reading(VISITOR), app.config)
        off = queries.clock_apart(reading(VISITOR), fabric().stopwatch)
    if off is not None and abs(off) > rules.APART:
        raise ClocksApart(
            f"this machine's clock differs from the database's by {off.total_seconds():+.3f} s, and"
            f" the market does not start: set both by NTP"
        )
    if found:
        raise NotSet(
            "this is a production database, and the market does not start: " + "; ".join(found)
        )


@bp.before_app_request
def refuse_unset() -> ResponseReturnValue | None:
    """What `check_start` asks, for servers that do not ask it: until it is known to be well."""
    looks = LOOKS.of()
    if current_app.testing or looks.is_set:
        return None
    now = fabric().stopwatch.now()
    if looks.until is not None and now < looks.until:
        return None
    try:
        mode = queries.mode(reading(VISITOR))
        found = queries.unset(reading(VISITOR), current_app.config)
    except DBAPIError:
        return None  # the page itself says that the database is away
    if found:
        log.error("this is a production database, and nothing is served: %s", "; ".join(found))
        return render_template("errors/bare.html", said=said("unset")), 503
    looks.is_set = mode is not None
    looks.until = now + LOOK_AGAIN
    return None


@bp.get("/healthz")
@page(may="public")
def health() -> ResponseReturnValue:
    """JSON: database, migrations, clock heartbeat, log, fork guard; 503 when something is not well."""
    newest = ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()
    work = reading(VISITOR)
    guard = fabric().guard
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
        "clock_held_seconds": state.clock_held,
        "clock_apart_ms": _milliseconds(state.clock_apart),
        "read_only": state.read_only,
        "troubles": state.troubles,
        "received_by": fabric().received_by,
        "warnings": sorted(fabric().warnings),
        "integrity": _integrity(state.integrity),
    }
    return jsonify(answer), 200 if state.is_well else 503


def _milliseconds(span: dt.timedelta | None) -> int | None:
    return None if span is None else round(span / MILLISECOND)


def _integrity(found: queries.Integrity | None) -> dict[str, str | int] | None:
    """How the rows stood against the log; which rows, only the operator is told."""
    if found is None:
        return None
    return {
        "checked_at": found.checked_at.isoformat(),
        "rows": found.rows,
        "leaves": found.leaves,
        "differences": found.differences,
    }


@bp.get("/operations")
@page(may="operations.state")
def state() -> str:
    """How the installation is, for those who run it."""
    work = reading(current_actor())
    return render_template(
        "operations/state.html", found=queries.last_integrity(work), held=queries.clock_hold(work)
    )


@bp.post("/operations/clock")
@page(may="operations.agree")
def agree() -> ResponseReturnValue:
    """A person says that the clock is right after a jump."""
    in_one_transaction(service.agree_to_clock, current_actor())
    return redirect(url_for("operations.state"), 303)
