"""The home page on the wire: every byte that the server sends to a browser, heads and all, at its
first visit and at its second.

A count, not a time, so it needs no floor. The client asks as browsers do: for gzip and brotli, and
again only for what is not kept for good.
"""

import gzip
import pathlib
import re
import socket
import tempfile
import urllib.parse
from collections.abc import Iterator

import brotli

from bench import deadline_rush, volume
from bench.harness import Result, holds
from market.factory import create_app

COLD = 100 * 1024
WARM = 15 * 1024
LEADS = re.compile(
    r"""<(?:link|script|use|img)\b[^>]*?\b(?:href|src)="([^"]+)"|url\("?([^")]+)|\bfrom\s*"(\.[^"]+)""",
)
UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress, "": bytes}


def run(quick: bool) -> Iterator[Result]:
    """Two rows, of the same home page of a busy market."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/market.sqlite"
        app = create_app(
            {
                "INSTANCE": folder,
                "SQLALCHEMY_DATABASE_URI": url,
                "SECRET_KEY": deadline_rush.SECRET,
            }
        )
        volume.build(app, volume.Size(500, 100, entries=False))
        deadline_rush.leave(app)
        with deadline_rush.served(pathlib.Path(folder), url) as port:
            kept: set[str] = set()
            cold = visit(port, kept)
            warm = visit(port, kept)
    yield row("home on the wire, cold", cold, COLD)
    yield row("home on the wire, warm", warm, WARM)


def row(name: str, sizes: dict[str, int], goal: int) -> Result:
    total = sum(sizes.values())
    measured = f"{total / 1024:.1f} KiB in {len(sizes)} answers"
    return holds(name, measured, f"<= {goal / 1024:.0f} KiB", total <= goal)


def visit(port: int, kept: set[str]) -> dict[str, int]:
    """Bytes of each answer that this visit needs; what is kept for good goes into `kept`."""
    sizes: dict[str, int] = {}
    wanted = ["/"]
    while wanted:
        address = wanted.pop()
        if address in sizes or address in kept:
            continue
        answer = ask(port, address)
        sizes[address] = len(answer)
        headers, text = parsed(answer)
        if "immutable" in headers.get("cache-control", ""):
            kept.add(address)
        for found in LEADS.findall(text):
            led = urllib.parse.urljoin(address, "".join(found)).partition("#")[0]
            if led.startswith("/static/"):
                wanted.append(led)
    return sizes


def ask(port: int, address: str) -> bytes:
    """One whole answer, as it came."""
    head = f"GET {address} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip, br\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(head.encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


def parsed(answer: bytes) -> tuple[dict[str, str], str]:
    """Headers by their names in small letters, and the text."""
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    if " 200 " not in status:
        raise RuntimeError(status)
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return headers, UNPACK[headers.get("content-encoding", "")](body).decode()
