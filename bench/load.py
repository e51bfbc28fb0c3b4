"""A load on a server of our own on the loopback: keep-alive connections, each request sent at its
planned instant.
"""

import asyncio
import dataclasses
import statistics
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Sequence

# seconds after which a connection is not used again: servers close idle ones (gunicorn.conf.py,
# keepalive)
IDLE = 3.0
# What a production database is not served without, in this process and in those it starts.
PLACE = {
    "MARKET_PUBLIC_URL": "http://localhost",
    "MARKET_TRUSTED_HOSTS": '["localhost", "127.0.0.1"]',
}


@dataclasses.dataclass(frozen=True)
class Shot:
    """One request: seconds after the start at which it is sent, and its bytes."""

    at: float
    request: bytes


@dataclasses.dataclass(frozen=True)
class Answer:
    """What came back: status (0 when the connection broke), seconds it took, when it was sent, its
    body; `written_at` is the machine's clock (seconds since 1970) when the request had been written.
    """

    status: int
    seconds: float
    sent_at: float
    body: bytes
    written_at: float = 0.0


def post(path: str, host: str, cookie: str, fields: bytes) -> bytes:
    """A form sent by POST, as bytes on the wire."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nOrigin: http://{host}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(fields)}\r\n\r\n"
    )
    return head.encode() + fields


def fire(host: str, port: int, shots: Sequence[Shot], connections: int = 32) -> list[Answer]:
    """Send every shot at its time over a pool of connections; answers in the order of the shots."""
    return asyncio.run(_fire(host, port, shots, connections))


async def _fire(host: str, port: int, shots: Sequence[Shot], connections: int) -> list[Answer]:
    answers: list[Answer | None] = [None] * len(shots)
    waiting = iter(enumerate(shots))
    start = time.perf_counter()

    async def one_connection() -> None:
        reader = writer = None
        used = start
        for place, shot in waiting:  # Shared: whoever is free takes the next.
            await asyncio.sleep(max(0.0, start + shot.at - time.perf_counter()))
            sent = time.perf_counter()
            if writer is not None and sent - used > IDLE:
                writer.close()
                reader = writer = None
            written = 0.0
            try:
                if writer is None:
                    reader, writer = await asyncio.open_connection(host, port)
                writer.write(shot.request)
                written = time.time()
                status, body, keeps = await _read(reader)
            except (OSError, asyncio.IncompleteReadError):
                status = 0
                body = b""
                keeps = False
            used = time.perf_counter()
            answers[place] = Answer(status, used - sent, sent - start, body, written)
            if not keeps and writer is not None:
                writer.close()
                reader = writer = None
        if writer is not None:
            writer.close()

    await asyncio.gather(*(one_connection() for _ in range(connections)))
    return [answer for answer in answers if answer is not None]


async def _read(reader: asyncio.StreamReader) -> tuple[int, bytes, bool]:
    """Status, body, and whether the connection may be used again."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
    headers = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
    if headers.get("transfer-encoding") == "chunked":
        body = b""
        while size := int(await reader.readline(), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
    else:
        body = await reader.readexactly(int(headers.get("content-length", 0)))
    return int(head[0].split()[1]), body, headers.get("connection") != "close"


def percentile(values: Sequence[float], percent: int) -> float:
    """The value below which that percentage lies."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def wait(port: int, server: subprocess.Popen) -> None:
    """Until the server answers, a minute at most."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")
