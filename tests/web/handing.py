"""A small application whose views hand their connections over; each is answered by `/say`."""

import contextlib
import socket
import threading
import time

from flask import Flask, Response, request

from market.web.hub import HAND_OVER

app = Flask("handing")
taken: list[socket.socket] = []
PAUSE = threading.Event()  # never set


@app.get("/healthz")
def healthz() -> str:
    return "well"


@app.get("/take")
def take() -> Response:
    """Asks for the connection; `?status=` and `?size=` say what is answered first."""
    request.environ[HAND_OVER](taken.append)
    status = int(request.args.get("status", 200))
    if status == 500:
        raise RuntimeError("broken behind the wish")
    first = b"x" * int(request.args.get("size", 5))
    return Response(iter([first]), status=status)


@app.get("/say")
def say() -> str:
    """Say this to all that were taken, and let them go."""
    deadline = time.monotonic() + 10
    while len(taken) < int(request.args["to"]) and time.monotonic() < deadline:
        PAUSE.wait(0.01)
    for connection in taken:
        connection.setblocking(True)
        with contextlib.suppress(OSError):
            connection.sendall(b"later")
        connection.close()
    told = len(taken)
    taken.clear()
    return str(told)
