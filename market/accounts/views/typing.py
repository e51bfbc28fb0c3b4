"""What a page says while somebody types: that he is there, and the long texts so far (ADR 0037)."""

from flask import redirect, request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from market.accounts import queries, service, sessions
from market.accounts.views.blueprint import bp
from market.db import in_one_transaction, reading
from market.kernel.clock import CHINA
from market.web import typed
from market.web.asking import asks
from market.web.auth import current_actor, page

Told = dict[str, str | None]


@bp.get("/typing")
@page(may="signed_in")
def session_ends() -> Told:
    """When this session ends unless it is used; asking is not using."""
    return _told()


@bp.post("/typing")
@page(may="signed_in")
def typing() -> Told:
    """Typing is being there. What comes with a page's sheet is saved for its writer."""
    in_one_transaction(service.touch, current_actor(), token_hash=sessions.own().session.token_hash)
    sheet = request.form.get("page_sheet")
    at = typed.save(sheet) if sheet else None
    return _told(at.astimezone(CHINA).strftime("%H:%M") if at else None)


@bp.post("/typing/forget")
@page(may="public")
@asks(_l("不要保存的内容了？"), _l("这一页上为您保存的内容将彻底删除，不能恢复。"), _l("不要了"))
def forget_typed() -> Response:
    """Throw away what is kept for a page, and show it empty."""
    return redirect(typed.forget(request.form.get("sheet", "")) or "/", 303)


def _told(saved: str | None = None) -> Told:
    ends = queries.session_ends(reading(current_actor()), sessions.own().session.token_hash)
    return {"over": ends.over_at.isoformat(), "last": ends.last_at.isoformat(), "saved": saved}
