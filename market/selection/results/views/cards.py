"""The pictures of share cards: codes that lead to a notice or to its draw."""

from flask import Response, url_for

from market.db import reading
from market.kernel.ids import Prefix, sibling
from market.selection.pages import bp
from market.selection.results import queries as result_queries
from market.web.addresses import whole
from market.web.auth import current_actor, page
from market.web.qr import picture_of

KEPT = 86_400  # seconds: an address does not change


@bp.get("/notices/<number:number>/card.png")
@page(may="public")
def notice_card(number: str) -> Response:
    """The code that leads to a notice."""
    result_queries.notice(reading(current_actor()), number)
    return _picture(url_for(".notice", number=number))


@bp.get("/draws/<number:number>/card.png")
@page(may="public")
def draw_card(number: str) -> Response:
    """The code that leads to a draw."""
    result_queries.notice(reading(current_actor()), sibling(number, Prefix.NOTICE))
    return _picture(url_for(".draw", number=number))


def _picture(path: str) -> Response:
    answer = Response(picture_of(whole(path)), mimetype="image/png")
    answer.cache_control.max_age = KEPT
    return answer
