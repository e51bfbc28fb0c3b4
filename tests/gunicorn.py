"""The product, or another program, behind a real gunicorn with the product's settings."""

import contextlib
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).parent.parent
STARTS = 60  # seconds, on a busy machine


class Served:
    """One gunicorn: `port`, `url`, and how it ends."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port
        self.url = f"http://127.0.0.1:{port}"

    def connect(self) -> socket.socket:
        """A connection of one's own."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def stop(self, by: signal.Signals) -> float:
        """Send a signal and wait for the end; seconds that it took."""
        began = time.monotonic()
        self.process.send_signal(by)
        self.process.wait(timeout=30)
        return time.monotonic() - began


@contextlib.contextmanager
def served(*program: str, **settings: str):
    """gunicorn with `settings` in its environment, from the first connection that it takes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = {"HOST": "127.0.0.1", "PORT": str(port), "WEB_LOG_LEVEL": "warning", "WEB_GRACE": "3"}
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *program],
        cwd=ROOT,
        env={**os.environ, **told, **settings},
    )
    try:
        wait(process, port)
        yield Served(process, port)
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait(process: subprocess.Popen[bytes], port: int) -> None:
    """Until a worker answers; the listener alone takes connections earlier."""
    deadline = time.monotonic() + STARTS
    while time.monotonic() < deadline and process.poll() is None:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port), timeout=STARTS) as connection,
        ):
            connection.sendall(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")
            if connection.recv(1):
                return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    raise RuntimeError("gunicorn did not start")
