"""Parts of pages that are the same for many readers: rendered once in each language and view, then joined in.

    {% call(large) kept("toolbar", slots=(url_with(large=1),)) %}<a href="{{ large }}">{{ _("大字版") }}</a>{% endcall %}

What is inside may hang on the reader's language and view, on the `key`, on settings of the installation, and on nothing
else; what differs from page to page comes in by `slots` and is escaped here. Nobody's session may show inside.
"""
import re
from collections.abc import Callable, Sequence

from flask import Flask, current_app
from markupsafe import Markup, escape

from market.kernel.entropy import system_entropy
from market.web.face import view

SLOT = system_entropy(16).hex()  # fresh in each process: nobody can write it into a page
MARK = re.compile(f"{SLOT}-([0-9]+)-")
MOST = 2_000  # parts kept: filters are many, and anybody may make up more
Store = dict[tuple[object, ...], list[str]]


def init_app(app: Flask) -> None:
    """Offer `kept` to templates; while templates are being written (debug) nothing is kept."""
    app.extensions["kept"] = {}
    app.jinja_env.globals["kept"] = kept


def kept(name: str, *key: object, slots: Sequence[object] = (), caller: Callable[..., str]) -> Markup:
    """The caller's body, from the store when it was rendered before for this key, language and view."""
    store: Store = current_app.extensions["kept"]
    place = (name, view(), *key)
    pieces = store.get(place)
    if pieces is None:
        pieces = MARK.split(str(caller(*(f"{SLOT}-{number}-" for number in range(len(slots))))))
        if not current_app.debug:
            if len(store) >= MOST:
                store.clear()
            store[place] = pieces
    if slots:
        pieces = pieces.copy()
        pieces[1::2] = [str(escape(slots[int(number)])) for number in pieces[1::2]]
    return Markup("".join(pieces))  # noqa: S704 - the body was rendered with escaping, the slots just now
