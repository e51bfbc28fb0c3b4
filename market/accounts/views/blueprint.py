"""The blueprint of the room and what its pages share."""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Blueprint, current_app, request, session

from market.accounts import sessions
from market.accounts.service import Try, count_try, settle_try
from market.adapters import blobs
from market.db import in_one_transaction
from market.kernel.actor import VISITOR
from market.kernel.errors import Refusal
from market.kernel.networks import place_of
from market.web.answering import caught
from market.web.auth import current_actor
from market.web.typed import FLAG

bp = Blueprint("accounts", __name__)
T = TypeVar("T")
KEPT = ("csrf_token", FLAG)
"""What survives signing in: a form that was open when the session ended can still be sent, or is shown again."""


def delete_scans(keys: Iterable[str]) -> None:
    """Delete the bytes of scans whose rows are gone, once that is committed."""
    for key in keys:
        blobs.of(current_app.instance_path).delete(key)


BROWSERS = {
    "MicroMessenger": "微信",
    "Edg": "Edge",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "HarmonyOS": "HarmonyOS",
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def device() -> str | None:
    """What the browser calls itself, short enough that its owner knows it again: Chrome · Windows."""
    agent = request.headers.get("User-Agent", "")
    known = (
        next((name for sign, name in table.items() if sign in agent), None)
        for table in (BROWSERS, SYSTEMS)
    )
    return " · ".join(filter(None, known)) or None


def address() -> str:
    """Where the request comes from."""
    return request.remote_addr or "-"


COUNTED = frozenset(
    {
        "accounts.wrong_credentials",
        "accounts.wrong_code",
        "accounts.wrong_password",
        "accounts.wait",
    }
)


@contextlib.contextmanager
def counted(login: str) -> Iterator[Try]:
    """Count a try at a password or code before the block checks it; wrong when the block is refused
    for it.

    Refuses `accounts.wait`.
    """
    tried = in_one_transaction(
        count_try,
        VISITOR,
        login=login,
        address=place_of(address()),
        device=sessions.known_device(),
    )
    try:
        yield tried
    except Refusal as no:
        in_one_transaction(settle_try, VISITOR, tried=tried, right=no.code not in COUNTED)
        raise
    in_one_transaction(settle_try, VISITOR, tried=tried, right=True)


def counted_attempt(act: Callable[..., T], **values: object) -> tuple[T | None, Refusal | None]:
    """Do a use case that checks a password or code of the signed-in person, and count the try."""

    def one() -> T:
        with counted(sessions.own().session.login):
            return in_one_transaction(act, current_actor(), **values)

    return caught(one)


def own_path(path: str | None) -> str | None:
    """A path of this site to go on to, or None: never another site's address."""
    if (
        not path
        or not path.startswith("/")
        or path.startswith("//")
        or "\\" in path
        or any(sign < " " for sign in path)
    ):
        return None
    parts = urlsplit(path)
    return None if parts.scheme or parts.netloc else path


def forget_session() -> None:
    """Empty the cookie's session but for what is kept on purpose."""
    kept = {name: session[name] for name in KEPT if name in session}
    session.clear()
    session.update(kept)
