"""Sessions at the edge: Flask-Login over the server's own rows.

The signed cookie holds a token; each request looks its row up once. `signed_in()` is who asks, as
what.
"""

from flask import Flask, Request, current_app, flash, redirect, render_template, request, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_babel import gettext as _
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeTimedSerializer
from markupsafe import Markup
from werkzeug.wrappers import Response

from market.accounts import queries, rules, service
from market.db import glance, in_one_transaction, reading
from market.kernel.actor import VISITOR, Actor
from market.kernel.entropy import system_entropy
from market.kernel.errors import NotPermitted
from market.web.auth import has_session, login_manager
from market.web.face import server_now
from market.web.origin import DEVICE as DEVICE_OF_REQUEST

WITHOUT_SECOND_FACTOR = frozenset(
    {
        "accounts.second_factor",
        "accounts.sign_out",
        "accounts.mine",
        "accounts.switch",
        "accounts.language",
        "static",
    }
)

NO_USE = frozenset({None, "static", "accounts.session_ends"})
"""What a browser asks for by itself: nobody is there because of it."""

DEVICE = "device"  # the cookie's name after the session's, and its salt
DEVICE_LASTS = 180 * 24 * 3600  # seconds
DEVICE_PERSONS = 8  # who signed in last; a counter's machine has no more


class VisitorsFirst(SecureCookieSessionInterface):
    """Flask's signed cookie; who comes without one gets an empty session at once."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


class SignedIn:
    """The one who is signed in, as Flask-Login and templates see him; `session` names him and his
    organisation.
    """

    is_authenticated = is_active = True
    is_anonymous = False

    def __init__(self, token: str, session: queries.Session) -> None:
        self._token = token
        self.session = session

    def get_id(self) -> str:
        """The token of the session: what `accounts.service.switch_to` asks for."""
        return self._token

    @property
    def actor(self) -> Actor:
        return self.session.actor


def signed_in() -> SignedIn | None:
    """Who is signed in at this request."""
    if not has_session():
        return None
    user = current_user._get_current_object()
    return user if isinstance(user, SignedIn) else None


def own() -> SignedIn:
    """The same, on a page that opens for nobody else (`may="signed_in"` and stricter)."""
    user = signed_in()
    if user is None:
        raise NotPermitted("not_permitted", action="signed_in")
    return user


def init_app(app: Flask) -> None:
    """Install the loader of sessions, the cookie's settings and what each request owes to its
    session.
    """
    is_https = str(app.config.get("PUBLIC_URL", "")).startswith("https://")
    app.config.update(
        SESSION_COOKIE_NAME="__Host-market" if is_https else "market",
        SESSION_COOKIE_SECURE=is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
    )
    app.session_interface = VisitorsFirst()
    login_manager.session_protection = (
        None  # The server's row says whether a session stands, not the browser's words.
    )
    login_manager.user_loader(load)
    app.before_request(attend)
    DEVICE_OF_REQUEST.keep(device_id, app)
    app.context_processor(lambda: {"session_over": session_over})


def device_id() -> str | None:
    """The random name of the device of this request; None of one that nobody has signed in on."""
    device = known_device()
    return device.id if device else None


def known_device() -> service.Device | None:
    """The device of this request, when somebody has signed in on it within half a year."""
    try:
        kept = _signer().loads(
            request.cookies.get(_device_cookie(), ""), max_age=DEVICE_LASTS, salt=DEVICE
        )
        return service.Device(kept["id"], {int(key): mark for key, mark in kept["marks"].items()})
    except BadSignature:
        return None


def remember_device(response: Response, person_id: int) -> Response:
    """Let the browser keep that this person has signed in on it: strangers' wrong answers do not
    shut him out there.
    """
    device = known_device()
    marks = {
        key: mark for key, mark in (device.marks if device else {}).items() if key != person_id
    }
    kept = list(marks.items())[1 - DEVICE_PERSONS :]
    mine = (person_id, service.device_mark(reading(VISITOR), person_id))
    text = _signer().dumps(
        {"id": device.id if device else system_entropy(16).hex(), "marks": dict([*kept, mine])},
        salt=DEVICE,
    )
    response.set_cookie(
        _device_cookie(),
        text if isinstance(text, str) else text.decode(),
        max_age=DEVICE_LASTS,
        path="/",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )
    return response


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]))


def _device_cookie() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-{DEVICE}"


def session_over() -> Markup:
    """For the page's script: when this session ends. A page that was asked for has used it."""
    session = own().session
    is_used = session.is_to_touch and request.method == "GET"
    used = server_now() + rules.idle(session.actor.kind) if is_used else session.ends.over_at
    return Markup(  # noqa: S704 - rendered with escaping
        render_template(
            "typed/session.html",
            over_at=min(used, session.ends.last_at),
            last_at=session.ends.last_at,
        )
    )


def load(token: str) -> SignedIn | None:
    """Who a token signs in; None ends the cookie's session."""
    with glance(VISITOR) as work:
        session = queries.session(work, service.digest(token))
    return SignedIn(token, session) if session else None


def attend() -> Response | None:
    """Note once a minute that the session is in use; send staff who owe a second factor to set one
    up.
    """
    mine = signed_in()
    if request.endpoint in NO_USE or mine is None:
        return None
    session = mine.session
    if (
        session.is_to_touch and request.method == "GET"
    ):  # never in the way of an entry in the last minute
        in_one_transaction(service.touch, session.actor, token_hash=session.token_hash)
    owes = (
        current_app.config.get("REQUIRE_TOTP")
        and session.needs_second_factor
        and not session.has_second_factor
    )
    if owes and request.endpoint not in WITHOUT_SECOND_FACTOR:
        flash(_("这个身份须先设置动态验证码，才能继续办理。"), "warning")
        return redirect(url_for("accounts.second_factor"), 303)
    return None
