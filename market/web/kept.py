"""What is the same for many readers: rendered once in each language and view, then joined in.

A part of a page:

    {% call(large) kept("toolbar", slots=(url_with(large=1),)) %}<a href="{{ large }}">{{ _("大字版") }}</a>{% endcall %}

What is inside may hang on the reader's language and view, on the `key`, on settings of the installation, and on nothing
else; what differs from page to page comes in by `slots` and is escaped here. Nobody's session may show inside.

A list of rows, its body rendered once and filled for each row: `each`, with the row's values as the body's arguments.
A whole page of which only the middle is fresh, for visitors without a session: `frame`.
"""
import datetime as dt
import re
from collections.abc import Callable, Sequence

from flask import Flask, current_app, request
from markupsafe import Markup, escape

from market.kernel.entropy import system_entropy
from market.web.auth import current_actor
from market.web.face import page_clock, server_now, view
from market.web.headers import csp_nonce

SLOT = system_entropy(16).hex()  # fresh in each process: nobody can write it into a page
MARK = re.compile(f"{SLOT}-([0-9]+)-")
MOST = 2_000  # parts kept: filters are many, and anybody may make up more
FRESH = dt.timedelta(minutes=1)  # how long a frame stands
Store = dict[tuple[object, ...], list[str]]
Frames = dict[tuple[object, ...], tuple[dt.datetime, list[str]]]


def init_app(app: Flask) -> None:
    """Offer `kept` and `each` to templates; while templates are being written (debug) nothing is kept."""
    app.extensions["kept"], app.extensions["frames"] = {}, {}
    app.jinja_env.globals.update(kept=kept, each=each)


def kept(name: str, *key: object, slots: Sequence[object] = (), caller: Callable[..., str]) -> Markup:
    """The caller's body, from the store when it was rendered before for this key, language and view."""
    pieces = _pieces((name, view(), *key), len(slots), caller)
    return _filled(pieces, [[str(escape(value)) for value in slots]])


def each(name: str, rows: Sequence[Sequence[object]], *key: object, caller: Callable[..., str]) -> Markup:
    """The caller's body once for each row of plain values, which fill its slots: a long list for little more than its text."""
    if not rows:
        return Markup()
    # One call escapes a row: what parts its values is random, so no value has it.
    safe = [str(escape(SLOT.join([str(value) for value in row]))).split(SLOT) for row in rows]
    return _filled(_pieces((name, view(), *key), len(rows[0]), caller), safe)


def _pieces(place: tuple[object, ...], slots: int, caller: Callable[..., str]) -> list[str]:
    store: Store = current_app.extensions["kept"]
    pieces = store.get(place)
    if pieces is None:
        pieces = MARK.split(str(caller(*(mark(number) for number in range(slots)))))
        if not current_app.debug:
            if len(store) >= MOST:
                store.clear()
            store[place] = pieces
    return pieces


def _filled(pieces: list[str], rows: Sequence[Sequence[str]]) -> Markup:
    """The pieces with each row's values, escaped before, in their places."""
    order, filled, whole = [int(number) for number in pieces[1::2]], pieces.copy(), []
    for row in rows:
        filled[1::2] = [row[number] for number in order]
        whole.append("".join(filled))
    return Markup("".join(whole))  # noqa: S704 - the body was rendered with escaping


def frame(middle: Markup, *key: object, page: Callable[[Markup], str]) -> str:
    """The whole page around its middle; `page` renders it with what it is handed in that place.

    For a visitor without a session the rest is kept for a minute under the key and the address, and only the middle, the
    nonce and the clock are put in; for everybody else it is rendered as it is.
    """
    now, nonce, clock = server_now(), csp_nonce(), page_clock()
    if current_app.debug or "after" in request.args or not is_nobodys():
        return page(middle)
    frames: Frames = current_app.extensions["frames"]
    place = (request.path, request.query_string, request.host_url, view(), *key)
    until, pieces = frames.get(place, (now, []))
    if until <= now:
        whole = page(Markup(mark(0))).replace(nonce, mark(1)).replace(clock, mark(2))  # noqa: S704 - hex digits
        pieces = MARK.split(whole)
        if len(frames) >= MOST // 10:
            frames.clear()
        frames[place] = now + FRESH, pieces
    filled, fresh = pieces.copy(), (str(middle), nonce, clock)
    filled[1::2] = [fresh[int(number)] for number in pieces[1::2]]
    return "".join(filled)


def is_nobodys() -> bool:
    """Whether this request belongs to no session: nothing on its page is this visitor's own."""
    return current_app.config["SESSION_COOKIE_NAME"] not in request.cookies and not current_actor().is_signed_in


def mark(number: int) -> str:
    """What stands in the place of a slot while a part is rendered to be kept."""
    return f"{SLOT}-{number}-"
