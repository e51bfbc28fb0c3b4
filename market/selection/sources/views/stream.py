"""A draw as a stream of events (SSE): each entry of the log about it with its index as the event's
id.

Where the server hands connections over, a hub tells all watchers from one thread (web/hub.py).
Elsewhere a stream holds a thread, so their number is capped; beyond it a page asks again every few
seconds. Between two looks nothing is held: no session, no transaction. All end within a moment when
the server is told to stop.
"""

import datetime as dt
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from flask import Flask, Response, current_app, request

from market.db import Work, reading
from market.fabric import Memory, fabric
from market.kernel.actor import VISITOR
from market.ledger import queries as ledger
from market.ledger.queries import Entry
from market.selection.pages import bp
from market.selection.sources import queries as source_queries
from market.web.auth import page
from market.web.hub import HAND_OVER, Hub, Known, News, Receiver
from market.web.pace import TooOften

WATCHERS = 2_000  # at once in one process, by the hub; setting WATCHERS
# One address may be a whole office, a school or a mobile network. A tenth of all places leaves room
# for others beside any one of them, and who is over it sees the same page, asked for anew.
WATCHERS_PER_ADDRESS = 200
STREAMS = 24  # at once in one process, by a thread each; setting STREAMS, well below WEB_THREADS
LOOK = 1.0  # seconds between two looks at the log
COMMENT = 15  # looks between two comments, which keep proxies from closing a quiet stream
LOOKS = 600  # then the stream ends and the browser comes back with Last-Event-ID
OPENING = "retry: {}\n\n"  # milliseconds after which a browser comes again
SOON = 2_000
SPREAD = 4_000  # so that those whose streams end together do not come together
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def new_hub() -> Hub:
    """The hub of the current application."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return Hub(
        partial(look, app),
        partial(is_serving, app),
        int(app.config.get("WATCHERS", WATCHERS)),
        int(app.config.get("WATCHERS_PER_ADDRESS", WATCHERS_PER_ADDRESS)),
    )


HUB = Memory(new_hub)
OPEN_STREAMS = Memory(
    lambda: threading.BoundedSemaphore(int(current_app.config.get("STREAMS", STREAMS)))
)
"""Each stream of this process that holds a thread holds one of these until it ends."""


def is_serving(app: Flask) -> bool:
    """Whether streams go on: `closing` is set, and `is_serving` turns false, when the server is told
    to stop (gunicorn.conf.py).
    """
    return not fabric(app).closing.is_set() and fabric(app).is_serving()


@bp.get("/draws/<number:number>/events")
@page(may="public")
def draw_events(number: str) -> Response:
    """The stream of one draw, from its beginning or behind Last-Event-ID. Refuses `draw.none`,
    `draw.streams_full` (429).
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    work = reading(VISITOR)
    source_queries.draw(work, number)
    if request.method == "HEAD":
        return Response(mimetype="text/event-stream", headers=HEADERS)
    hand_over = request.environ.get(HAND_OVER)
    if hand_over is not None:
        return handed_over(app, work, number, hand_over)
    streams = OPEN_STREAMS.of()
    if not streams.acquire(blocking=False):
        raise TooOften("draw.streams_full")
    # The stream outlives the request; the connection goes back to the pool now.
    work.session.remove()
    answer = Response(events(app, number, behind()), mimetype="text/event-stream", headers=HEADERS)
    answer.call_on_close(streams.release)
    return answer


def handed_over(
    app: Flask, work: Work, number: str, hand_over: Callable[[Receiver], None]
) -> Response:
    """The stream up to now; the hub goes on with it. Refuses `draw.streams_full` (429)."""
    hub = HUB.of()
    address = request.remote_addr or ""
    if not hub.has_room(address):
        raise TooOften("draw.streams_full")
    after = behind()
    news = news_of(work, number, Known(after, standing=False), ledger.size(work) - 1)
    known = Known(news.mark, bool(news.standing))
    hand_over(lambda connection: hub.join(connection, address, number, after, known))
    opening = OPENING.format(SOON + int(request.environ.get("REMOTE_PORT") or 0) % SPREAD)
    first = opening.encode() + b"".join(text for _, text in news.messages) + news.standing
    # By an iterator, since a length would say where the answer ends.
    return Response(iter([first]), mimetype="text/event-stream", headers=HEADERS)


def look(app: Flask, asked: Mapping[str, Known]) -> dict[str, News]:
    """What is new of each draw: one question about the log, and one or two about each draw."""
    with app.app_context():
        work = reading(VISITOR)
        mark = ledger.size(work) - 1
        return {number: news_of(work, number, known, mark) for number, known in asked.items()}


def news_of(work: Work, number: str, known: Known, mark: int) -> News:
    """What a draw's watchers do not know, up to entry `mark`, which was there before: later ones
    may not be all here yet.
    """
    found = source_queries.news(work, number, known.mark) if mark > known.mark else []
    witnessed = None if known.standing else source_queries.witnessed_at(work, number)
    return News(
        mark,
        [(each.index, event(each).encode()) for each in found if each.index <= mark],
        witness(witnessed).encode() if witnessed else b"",
    )


def event(entry: Entry) -> str:
    """An entry of the log as the stream says it."""
    data = json.dumps({"index": entry.index, "type": entry.type})
    return f"id: {entry.index}\nevent: entry\ndata: {data}\n\n"


def witness(at: dt.datetime) -> str:
    """When a witness first saw the sealed list, as the stream says it."""
    return f"event: witnessed\ndata: {json.dumps({'at': at.isoformat()})}\n\n"


def behind() -> int:
    """The entry behind which to begin: what the browser saw last, or `?after=`; -1 for the whole
    course.
    """
    given = request.headers.get("Last-Event-ID") or request.args.get("after", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 16 else -1


def events(app: Flask, number: str, after: int) -> Iterator[str]:
    """Lines of the stream until the server stops or its time is over."""
    yield OPENING.format(SOON + SPREAD // 4)
    size = -1
    seen = False
    for look in range(LOOKS):
        if look % COMMENT == COMMENT - 1:
            yield ": still here\n\n"
        with app.app_context():
            work = reading(VISITOR)
            grown = ledger.size(work) > size
            size = ledger.size(work)
            found = source_queries.news(work, number, after) if grown else []
            witnessed = None if seen else source_queries.witnessed_at(work, number)
        for entry in found:
            after = entry.index
            yield event(entry)
        if witnessed is not None:
            seen = True
            yield witness(witnessed)
        if fabric(app).closing.wait(LOOK) or not fabric(app).is_serving():
            return
