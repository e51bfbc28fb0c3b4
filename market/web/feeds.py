"""Lists as Atom feeds (RFC 4287): what is new, for a reader that looks by itself."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

from flask import Response, render_template, request

from market.web.addresses import whole
from market.web.locale import HTML_LANG, language

NEWEST = 50  # entries of a feed
TYPE = "application/atom+xml"
EPOCH = dt.datetime.fromtimestamp(0, dt.UTC)


@dataclasses.dataclass(frozen=True)
class Item:
    """One entry of a feed. `path`: its page, by which a reader knows it again. `at`: the instant of its
    latest change (aware, UTC). `summary`: a sentence.
    """

    path: str
    title: str
    at: dt.datetime
    summary: str


def answer(title: str, page: str, items: Iterable[Item]) -> Response:
    """A list as a feed. `page`: the path of the list. The newest change is the feed's own; a feed
    without entries has the beginning of the epoch: nothing in it ever changed.
    """
    found = list(items)
    text = render_template(
        "macros/feed.xml",
        title=title,
        page=whole(page),
        address=whole(request.full_path.rstrip("?")),
        language=HTML_LANG[language()],
        items=found,
        changed=max((item.at for item in found), default=EPOCH),
        stamp=_stamp,
        whole=whole,
    )
    return Response(text, mimetype=TYPE)


def _stamp(at: dt.datetime) -> str:
    """An instant as RFC 3339 writes it."""
    return at.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
