"""The blueprint of the room and what its pages share."""
from urllib.parse import urlsplit

from flask import Blueprint, current_app, request, session
from flask_wtf import FlaskForm

from market.kernel.errors import Refusal
from market.web.errors import words_of

bp = Blueprint("accounts", __name__)
KEPT = ("csrf_token",)
"""What survives signing in: a form that was open when the session ended can still be sent."""


def refusal_in(form: FlaskForm, no: Refusal) -> str | None:
    """Show a refusal at the field it names; without one, return its sentence for the top of the page."""
    sentence = words_of(current_app, no)
    if no.field is None or no.field not in form:
        return sentence
    form[no.field].errors = [*form[no.field].errors, sentence]
    return None


def address() -> str:
    """Where the request comes from."""
    return request.remote_addr or "-"


def own_path(path: str | None) -> str | None:
    """A path of this site to go on to, or None: never another site's address."""
    if not path or not path.startswith("/") or path.startswith("//") or "\\" in path or any(sign < " " for sign in path):
        return None
    parts = urlsplit(path)
    return None if parts.scheme or parts.netloc else path


def forget_session() -> None:
    """Empty the cookie's session but for what is kept on purpose."""
    kept = {name: session[name] for name in KEPT if name in session}
    session.clear()
    session.update(kept)
