"""The tables: `/api/v1/` and its description. It knows no session: everybody gets the same."""

from flask import Response, current_app, request

from market.api import openapi, rules
from market.api.rules import Closed, Gone
from market.api.views.blueprint import answer, bp, keep_pace_of_address, token_of
from market.db import Work, reading
from market.kernel.actor import VISITOR
from market.kernel.errors import NotFound
from market.kernel.plain import Json
from market.ledger import queries as ledger
from market.opendata import queries as opendata
from market.opendata.rules import TABLES, Terms
from market.version import VERSION
from market.web.auth import page
from market.web.face import site


@bp.get("/openapi.json")
@page(may="public")
def description() -> Response:
    """The description of the API for programs."""
    return answer(openapi.document(str(site("name") or "zjcs"), VERSION))


@bp.get("/api/v1/")
@page(may="public")
def index() -> Response:
    """Terms, and the address of each table."""
    _, terms = _opened()
    return answer(
        {
            "catalogue": terms.catalogue,
            "class": terms.sort,
            "licence": terms.licence,
            "tables": {name: f"/api/v1/{name}" for name in (*TABLES, "changes", "ocds/releases")},
        }
    )


@bp.get("/api/v1/<table>")
@page(may="public")
def rows(table: str) -> Response:
    """A page of a table."""
    work, _ = _opened()
    if table not in TABLES:
        raise NotFound("api.none")
    end = ledger.size(work)
    first, limit = _asked() if opendata.is_read_along(table) else (0, rules.USUAL)
    found = opendata.portion(work, table, min(first, end), end, limit)
    names = TABLES[table].names
    data = [dict(zip(names, row, strict=True)) for row in found.rows]
    return _page(data, found.next, max(first, end))


@bp.get("/api/v1/<table>/<key>")
@page(may="public")
def row(table: str, key: str) -> Response:
    """One row by its key."""
    work, _ = _opened()
    if table not in opendata.by_key():
        raise NotFound("api.none")
    found = opendata.one(work, table, key)
    if found is None:
        if opendata.was_there(work, table, key):
            raise Gone("api.gone")
        raise NotFound("api.none")
    return answer(dict(zip(TABLES[table].names, found, strict=True)))


@bp.get("/api/v1/changes")
@page(may="public")
def changes() -> Response:
    """What has happened from an entry of the log on."""
    work, _ = _opened()
    end = ledger.size(work)
    first, limit = _asked()
    found = opendata.changes(work, min(first, end), end, limit)
    following = found[-1].log_index + 1 if found and found[-1].log_index + 1 < end else None
    return _page([vars(change) for change in found], following, max(first, end))


@bp.get("/api/v1/ocds/releases")
@page(may="public")
def releases() -> Response:
    """Releases of the Open Contracting Data Standard, in the order of the log."""
    work, _ = _opened()
    end = ledger.size(work)
    first, limit = _asked()
    found = opendata.releases(work, _prefix(), min(first, end), end, limit)
    return _page(found.rows, found.next, max(first, end))


@bp.get("/api/v1/ocds/records/<ocid>")
@page(may="public")
def record(ocid: str) -> Response:
    """A contracting process with all its releases."""
    work, _ = _opened()
    found = opendata.record(work, _prefix(), ocid)
    if found is None:
        raise NotFound("api.none")
    return answer(found)


def _prefix() -> str | None:
    """The place's prefix of the Open Contracting Data Standard; None where it has none registered."""
    return current_app.config.get("OCDS_PREFIX")


def _opened() -> tuple[Work, Terms]:
    """Data are open, and the asker keeps the pace, a faster one with a token. Refuses `api.closed`,
    `api.too_often`, `program.token`.
    """
    work = reading(VISITOR)
    terms = opendata.terms(work)
    if terms is None:
        raise Closed("api.closed")
    if token_of(work) is None:
        keep_pace_of_address()
    return work, terms


def _asked() -> tuple[int, int]:
    """Where the page begins and how many entries it reads. Refuses `api.number`."""
    args = request.args
    after = rules.whole("after", args.getlist("after"), 0, 0, rules.FARTHEST)
    limit = rules.whole("limit", args.getlist("limit"), rules.USUAL, 1, rules.MOST)
    return after, limit


def _page(data: list[Json], following: int | None, end: int) -> Response:
    """A page, and where to read on: behind what was read, or behind the log as it was."""
    after = end if following is None else following
    return answer({"data": data, "after": after, "more": following is not None})
