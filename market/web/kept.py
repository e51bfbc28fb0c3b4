"""What is the same for many readers: rendered once in each language and view, then joined in.

A part of a page:

    {% call(large) kept("toolbar", slots=(url_with(large=1),)) %}<a href="{{ large }}">{{
    _("大字版") }}</a>{% endcall %}

What is inside may hang on the reader's language and view, on the `key`, on settings of the
installation, and on nothing else; what differs from page to page comes in by `slots` and is escaped
here. Nobody's session may show inside.

A list of rows, its body rendered once and filled for each row: `each`, with the row's values as the
body's arguments. A whole page of which only the middle is fresh, for visitors without a session:
`frame`.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import NamedTuple

from flask import Flask, current_app, request
from markupsafe import Markup, escape

from market.fabric import Memory
from market.kernel.entropy import system_entropy
from market.web.auth import has_session
from market.web.face import page_clock, server_now, view
from market.web.headers import csp_nonce

SLOT = system_entropy(16).hex()  # fresh in each process: nobody can write it into a page
MARK = re.compile(f"{SLOT}-([0-9]+)-")
MOST = 2_000  # parts kept: filters are many, and anybody may make up more
FRESH = dt.timedelta(minutes=1)  # how long a frame stands


class Body(NamedTuple):
    """A rendered text with places: a pattern of %s, and which value stands in each, in their order."""

    pattern: str
    values: Callable[[Sequence[str]], object] | None

    @classmethod
    def of(cls, text: str) -> "Body":
        pieces = MARK.split(text)
        order = [int(number) for number in pieces[1::2]]
        return cls(
            "%s".join(piece.replace("%", "%%") for piece in pieces[::2]),
            itemgetter(*order) if order else None,
        )

    def filled(self, values: Sequence[str]) -> str:
        return self.pattern % (self.values(values) if self.values else ())


NOTHING = Body("", None)
Store = dict[tuple[object, ...], Body]
Frames = dict[tuple[object, ...], tuple[dt.datetime, Body]]
STORE = Memory[Store](dict)
FRAMES = Memory[Frames](dict)


def init_app(app: Flask) -> None:
    """Offer `kept` and `each` to templates; while templates are being written (debug) nothing is
    kept.
    """
    app.jinja_env.globals.update(kept=kept, each=each)


def kept(
    name: str, *key: object, slots: Sequence[object] = (), caller: Callable[..., str]
) -> Markup:
    """The caller's body, from the store when it was rendered before for this key, language and
    view.
    """
    body = _body((name, view(), *key), len(slots), caller)
    return Markup(body.filled([str(escape(value)) for value in slots]))  # noqa: S704 - rendered with escaping


def each(
    name: str, rows: Sequence[Sequence[object]], *key: object, caller: Callable[..., str]
) -> Markup:
    """The caller's body once for each row of plain values, which fill its slots: a long list for
    little more than its text.
    """
    if not rows:
        return Markup()
    width = len(rows[0])
    body = _body((name, view(), *key), width, caller)
    # One call escapes all: what parts the values is random, so no value has it.
    values = str(escape(SLOT.join([str(value) for row in rows for value in row]))).split(SLOT)
    return Markup(  # noqa: S704 - rendered with escaping
        "".join(
            [body.filled(values[start : start + width]) for start in range(0, len(values), width)]
        )
    )


def _body(place: tuple[object, ...], slots: int, caller: Callable[..., str]) -> Body:
    store = STORE.of()
    body = store.get(place)
    if body is None:
        body = Body.of(str(caller(*(mark(number) for number in range(slots)))))
        if not current_app.debug:
            if len(store) >= MOST:
                store.clear()
            store[place] = body
    return body


def frame(middle: Markup, *key: object, page: Callable[[Markup], str]) -> str:
    """The whole page around its middle; `page` renders it with what it is handed in that place.

    For a visitor without a session the rest is kept for a minute under the key and the address, and
    only the middle, the nonce and the clock are put in; for everybody else it is rendered as it is.
    """
    now = server_now()
    nonce = csp_nonce()
    clock = page_clock()
    if current_app.debug or "after" in request.args or not is_nobodys():
        return page(middle)
    frames = FRAMES.of()
    place = (request.path, request.query_string, request.root_path, view(), *key)
    until, body = frames.get(place, (now, NOTHING))
    if until <= now:
        body = Body.of(page(Markup(mark(0))).replace(nonce, mark(1)).replace(clock, mark(2)))  # noqa: S704 - hex digits
        if len(frames) >= MOST // 10:
            frames.clear()
        frames[place] = now + FRESH, body
    return body.filled((middle, nonce, clock))


def is_nobodys() -> bool:
    """Whether this request belongs to no session: nothing on its page is this visitor's own."""
    return current_app.config["SESSION_COOKIE_NAME"] not in request.cookies and not has_session()


def mark(number: int) -> str:
    """What stands in the place of a slot while a part is rendered to be kept."""
    return f"{SLOT}-{number}-"
