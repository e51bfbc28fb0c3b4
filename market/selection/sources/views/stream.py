"""A draw as a stream of events (SSE): each entry of the log about it with its index as the event's
id.

Streams hold a thread each, so their number is capped and beyond it a page asks again every few
seconds. Between two looks nothing is held: no session, no transaction. All end within a moment when
the server is told to stop.
"""

import json
import threading
from collections.abc import Iterator

from flask import Flask, Response, current_app, request
from flask.blueprints import BlueprintSetupState

from market.db import reading
from market.kernel.actor import VISITOR
from market.ledger import queries as ledger
from market.selection.pages import bp
from market.selection.sources import queries as source_queries
from market.web.auth import page
from market.web.pace import TooOften

STREAMS = 24  # at once in one process; setting STREAMS, well below WEB_THREADS
LOOK = 1.0  # seconds between two looks at the log
COMMENT = 15  # looks between two comments, which keep proxies from closing a quiet stream
LOOKS = 600  # then the stream ends and the browser comes back with Last-Event-ID
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@bp.record_once
def prepare(state: BlueprintSetupState) -> None:
    """`closing` is set, and `is_serving` turns false, when the server is told to stop
    (gunicorn.conf.py).
    """
    state.app.extensions.setdefault("closing", threading.Event())
    state.app.extensions.setdefault("is_serving", lambda: True)
    state.app.extensions["streams"] = threading.BoundedSemaphore(
        int(state.app.config.get("STREAMS", STREAMS))
    )


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
    if not app.extensions["streams"].acquire(blocking=False):
        raise TooOften("draw.streams_full")
    # The stream outlives the request; the connection goes back to the pool now.
    work.session.remove()
    answer = Response(events(app, number, behind()), mimetype="text/event-stream", headers=HEADERS)
    answer.call_on_close(app.extensions["streams"].release)
    return answer


def behind() -> int:
    """The entry behind which to begin: what the browser saw last, or `?after=`; -1 for the whole
    course.
    """
    given = request.headers.get("Last-Event-ID") or request.args.get("after", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 16 else -1


def events(app: Flask, number: str, after: int) -> Iterator[str]:
    """Lines of the stream until the server stops or its time is over."""
    yield "retry: 3000\n\n"
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
            yield f"id: {after}\nevent: entry\ndata: {json.dumps({'index': after, 'type': entry.type})}\n\n"
        if witnessed is not None:
            seen = True
            yield f"event: witnessed\ndata: {json.dumps({'at': witnessed.isoformat()})}\n\n"
        if app.extensions["closing"].wait(LOOK) or not app.extensions["is_serving"]():
            return
