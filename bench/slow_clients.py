"""A visitor's page while hundreds of others drip their forms, a byte a second each.

Behind gunicorn with the product's own settings. The dripping ones come from several addresses of
the loopback, so that the limit of half-sent requests from one address closes none of them.
"""

import contextlib
import pathlib
import socket
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator

from bench import deadline_rush, load, volume
from bench.harness import Result, holds
from market.factory import create_app

DRIPPING = (0, 200, 500)
EACH = 100  # from one address
PAGES = 200
SLOWEST = 1.0  # seconds, 99th percentile
BEGINNING = (
    b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n"
)


def run(quick: bool) -> Iterator[Result]:
    """One row for each number of slow clients; none is the quiet value."""
    pages = PAGES // 5 if quick else PAGES
    with tempfile.TemporaryDirectory() as name, deadline_rush.sqlite(pathlib.Path(name)) as url:
        app = create_app(
            {"INSTANCE": name, "SQLALCHEMY_DATABASE_URI": url, "SECRET_KEY": deadline_rush.SECRET}
        )
        volume.build(app, volume.Size(50, 100, entries=False))
        deadline_rush.leave(app)
        with deadline_rush.served(pathlib.Path(name), url) as port:
            page(port)
            for many in DRIPPING:
                with dripping(port, many) as living:
                    seconds = [page(port) for _ in range(pages)]
                    slowest = load.percentile(seconds, 99)
                    left = living()
                yield holds(
                    f"a page beside {many} dripping forms",
                    f"p99 {slowest * 1000:.0f} ms, {left} still dripping",
                    f"p99 < {SLOWEST:g} s, none cut off",
                    slowest < SLOWEST and left == many,
                )


def page(port: int) -> float:
    """Seconds for the public list."""
    began = time.perf_counter()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/notices", timeout=60) as answer:
        answer.read()
    return time.perf_counter() - began


@contextlib.contextmanager
def dripping(port: int, many: int) -> Iterator:
    """So many forms under way, a byte a second each; gives what counts those that are."""
    wires = []
    for place in range(many):
        source = (f"127.0.0.{2 + place // EACH}", 0)
        wire = socket.create_connection(("127.0.0.1", port), timeout=60, source_address=source)
        wire.sendall(BEGINNING)
        wires.append(wire)
    ended = threading.Event()

    def drip() -> None:
        while not ended.wait(1.0):
            for wire in wires:
                with contextlib.suppress(OSError):
                    wire.send(b"a")

    def living() -> int:
        return sum(not _is_closed(wire) for wire in wires)

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    try:
        yield living
    finally:
        ended.set()
        thread.join()
        for wire in wires:
            wire.close()


def _is_closed(wire: socket.socket) -> bool:
    wire.setblocking(False)
    try:
        return wire.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
