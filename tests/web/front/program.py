"""What the front hands over, told as JSON; asked by its path to wait, or to say what it holds."""

import json
import os
import threading

from market.kernel.clock import WallClock
from market.web import fair, wire
from market.web.arrival import RECEIVED, RECEIVED_BY, WholeForms

wire.PATIENCE = float(os.environ.get("TEST_PATIENCE", wire.PATIENCE))
fair.HALF_SENT = int(os.environ.get("TEST_HALF_SENT", fair.HALF_SENT))
fair.HALF_SENT_AFTER = float(os.environ.get("TEST_HALF_SENT_AFTER", fair.HALF_SENT_AFTER))


def bare(environ, start_response):
    """Answer with what came."""
    path = environ["PATH_INFO"]
    if path.startswith("/wait/"):
        threading.Event().wait(float(path.removeprefix("/wait/")))
    body = environ["wsgi.input"].read()
    received = environ.get(RECEIVED)
    said = {
        "path": path,
        "bytes": len(body),
        "tail": body[-20:].decode("latin-1"),
        "received": received and received.timestamp(),
        "by": environ.get(RECEIVED_BY),
        "lowest": app.worker.lowest() / 1e9,
        "pid": os.getpid(),
    }
    answer = json.dumps(said).encode()
    start_response("200 OK", [("Content-Length", str(len(answer)))])
    return [answer]


app = WholeForms(
    bare, WallClock(), 2 * 2**20, os.environ.get("TEST_PROXY_HEADER")
)  # as the product's own
