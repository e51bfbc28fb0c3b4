"""What the pages of the API share: who asks, how often, and how it is answered."""

import json

from flask import Blueprint, Response, current_app, request

from market.api import rules
from market.api.rules import Unknown
from market.db import Work, in_one_transaction
from market.kernel.actor import VISITOR
from market.kernel.plain import Json
from market.programs import queries as programs
from market.programs import service as programs_service
from market.programs.rules import PER_MINUTE as TOKEN_PER_MINUTE
from market.programs.rules import USED_EVERY
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


def keep_pace_of_address() -> None:
    """Count a request of its address. Refuses `api.too_often`."""
    most = int(current_app.config.get("API_PER_MINUTE") or rules.PER_MINUTE)
    keep_pace(Limit("api", most, 1), "api.too_often")


def token_of(work: Work) -> int | None:
    """The token that the request brings, by its id; its use is noted to the hour, and it keeps a pace of
    its own. One that is none counts as a request of its address. Refuses `program.token`,
    `api.too_often`.
    """
    brought = request.headers.get("Authorization")
    if brought is None:
        return None
    kind, _, token = brought.partition(" ")
    found = programs.by_token(work, token.strip()) if kind == "Bearer" else None
    if found is None:
        keep_pace_of_address()
        raise Unknown("program.token")
    last = found.last_used_at
    if last is None or work.now - last >= USED_EVERY:
        in_one_transaction(programs_service.note_use, VISITOR, token_id=found.id)
    keep_pace(Limit("api.token", TOKEN_PER_MINUTE, 1), "api.too_often", f"token {found.id}")
    return found.id


def answer(value: Json, status: int = 200) -> Response:
    """JSON that a reader may ask for again by its tag, from any site."""
    text = json.dumps(value, ensure_ascii=False)
    said = Response(text, status, mimetype="application/json")
    said.cache_control.no_cache = True
    said.add_etag()
    said.make_conditional(request)
    return said
