"""Who is asking, and which pages they may open.

Every view carries `@page(may=...)`; `deny`, before each request, refuses a view without it. `may` is "public",
"signed_in", or an action of a room's permission table. The service asks again with the object in
hand.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import Flask, current_app, g, has_request_context, redirect, request, session, url_for
from flask_login import LoginManager, current_user
from werkzeug.exceptions import LengthRequired
from werkzeug.wrappers import Response

from market.fabric import fabric
from market.kernel.actor import VISITOR, Actor
from market.kernel.arrival import TakenBy
from market.kernel.errors import NotPermitted
from market.kernel.permits import Permits, holds
from market.web.arrival import RECEIVED, RECEIVED_BY

P = ParamSpec("P")
R = TypeVar("R")
PUBLIC = "public"
SIGNED_IN = "signed_in"
login_manager = LoginManager()


def page(*, may: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a view with who may open it; `deny` reads the mark before each request. Several marks on
    one function are an error of the writer's.
    """

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        view.may = may  # type: ignore[attr-defined]  # tests/house reads it
        return view

    return mark


def current_actor() -> Actor:
    """The actor of this request; a visitor when nobody is signed in."""
    if not has_session():
        return VISITOR
    actor: Actor = getattr(current_user, "actor", VISITOR)
    return actor


def session_token() -> str:
    """What names the session of this request, for acts that change it. Refuses `not_permitted`
    where nobody is signed in.
    """
    token = current_user.get_id() if has_session() else None
    if token is None:
        raise NotPermitted("not_permitted", action=SIGNED_IN)
    return str(token)


def has_session() -> bool:
    """Whether the request's cookie speaks of somebody at all: most requests are visitors', and are
    asked no further.
    """
    return has_request_context() and "_user_id" in session


def allows(permissions: Permits, may: str, actor: Actor) -> bool:
    """Whether an actor may open a page marked `may`. Unknown actions are a programming error and
    raise KeyError.
    """
    if may == PUBLIC:
        return True
    if may == SIGNED_IN:
        return actor.is_signed_in
    return holds(actor, permissions[may])


def init_app(app: Flask) -> None:
    """Install the guard: no page opens unless its mark allows the one who asks."""
    login_manager.init_app(app)

    app.before_request(stamp)
    app.before_request(deny)
    app.context_processor(lambda: {"actor": current_actor(), "allowed": may_open})


def stamp() -> None:
    """Note when the request was here whole, as the front says (market/web/arrival.py; ADR-0012); refuse one whose end is open: no browser
    sends it, and nobody could say when it was.
    """
    if "HTTP_TRANSFER_ENCODING" in request.environ:
        raise LengthRequired
    g.received_at = request.environ.get(RECEIVED) or fabric().clock.now()
    g.received_by = request.environ.get(RECEIVED_BY, TakenBy.READING)


def deny() -> Response | None:
    """Keep closed what the page's mark does not allow the one who asks: a visitor is led to signing
    in, anybody else refused `not_permitted`.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static":
        return None  # Flask answers 404 or 405 itself, and files of ours are public.
    may = getattr(view, "may", None)
    if may is None:
        raise RuntimeError(f"{request.endpoint} does not say who may open it")
    if may_open(may):
        return None
    if not current_actor().is_signed_in:
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
    raise NotPermitted("not_permitted", action=may)


def may_open(may: str) -> bool:
    """Whether the one who asks may open a page marked `may`; templates call it `allowed`."""
    return allows(fabric().permissions, may, current_actor())
