"""The API: `/api/v1/` and its description. It knows no session: everybody gets the same."""

import json

from flask import Blueprint, Response, current_app, request

from market.api import openapi, rules
from market.api.rules import Closed, Gone, Unknown
from market.db import Work, in_one_transaction, reading
from market.kernel.actor import VISITOR
from market.kernel.errors import NotFound
from market.kernel.plain import Json
from market.ledger import queries as ledger
from market.opendata import queries as opendata
from market.opendata.rules import TABLES, Terms
from market.programs import queries as programs
from market.programs import service as programs_service
from market.programs.rules import PER_MINUTE as TOKEN_PER_MINUTE
from market.programs.rules import USED_EVERY
from market.version import VERSION
from market.web.auth import page
from market.web.face import site
from market.web.pace import Limit, keep_pace

bp = Blueprint("api", __name__)
ANY_SITE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Authorization, If-None-Match",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "Access-Control-Max-Age": "86400",
}
"""What a browser asks for before it lets a page of another site read here (Fetch Standard, CORS
protocol)."""


@bp.after_request
def open_to_pages_of_any_site(answer: Response) -> Response:
    """The script of another site's page may ask with a token and a tag, and read every answer, a no
    as well. Nothing here knows the browser's session.
    """
    answer.headers.update(ANY_SITE)
    return answer


@bp.get("/openapi.json")
@page(may="public")
def description() -> Response:
    """The description of the API for programs."""
    return _answer(openapi.document(str(site("name") or "zjcs"), VERSION))


@bp.get("/api/v1/")
@page(may="public")
def index() -> Response:
    """Terms, and the address of each table."""
    _, terms = _opened()
    return _answer(
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
    return _answer(dict(zip(TABLES[table].names, found, strict=True)))


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
    return _answer(found)


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
    token = _token(work)
    if token is not None:
        keep_pace(Limit("api.token", TOKEN_PER_MINUTE, 1), "api.too_often", f"token {token}")
    else:
        _keep_pace_of_address()
    return work, terms


def _keep_pace_of_address() -> None:
    most = int(current_app.config.get("API_PER_MINUTE") or rules.PER_MINUTE)
    keep_pace(Limit("api", most, 1), "api.too_often")


def _token(work: Work) -> int | None:
    """The token that the request brings, by its id; its use is noted to the hour. One that is none
    counts as a request of its address. Refuses `program.token`, `api.too_often`.
    """
    brought = request.headers.get("Authorization")
    if brought is None:
        return None
    kind, _, token = brought.partition(" ")
    found = programs.by_token(work, token.strip()) if kind == "Bearer" else None
    if found is None:
        _keep_pace_of_address()
        raise Unknown("program.token")
    last = found.last_used_at
    if last is None or work.now - last >= USED_EVERY:
        in_one_transaction(programs_service.note_use, VISITOR, token_id=found.id)
    return found.id


def _asked() -> tuple[int, int]:
    """Where the page begins and how many entries it reads. Refuses `api.number`."""
    args = request.args
    after = rules.whole("after", args.getlist("after"), 0, 0, rules.FARTHEST)
    limit = rules.whole("limit", args.getlist("limit"), rules.USUAL, 1, rules.MOST)
    return after, limit


def _page(data: list[Json], following: int | None, end: int) -> Response:
    """A page, and where to read on: behind what was read, or behind the log as it was."""
    after = end if following is None else following
    return _answer({"data": data, "after": after, "more": following is not None})


def _answer(value: Json) -> Response:
    """JSON that a reader may ask for again by its tag, from any site."""
    text = json.dumps(value, ensure_ascii=False)
    answer = Response(text, mimetype="application/json")
    answer.cache_control.no_cache = True
    answer.add_etag()
    answer.make_conditional(request)
    return answer
