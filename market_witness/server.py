"""HTTP for the witness: the standard library's server, one small table of paths, bodies and lines
bounded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from market_witness.witness import No, Witness
from verify.zjcs.canonical import parse
from verify.zjcs.faults import Fault

MAX_BODY = 128 * 1024
MAX_PAGE = 4 * 1024 * 1024
NUMBER = re.compile(r"0|[1-9][0-9]{0,15}")


def serve(witness: Witness, host: str, port: int) -> ThreadingHTTPServer:
    """A server ready to `serve_forever`; port 0 takes a free one."""
    handler = type("Bound", (Handler,), {"witness": witness})
    server = ThreadingHTTPServer((host, port), handler)
    server.daemon_threads = True
    return server


class Handler(BaseHTTPRequestHandler):
    """One request: find the path, answer JSON or text, turn No into its status."""

    witness: Witness
    protocol_version = "HTTP/1.1"
    server_version = "market-witness"
    sys_version = ""
    timeout = 15  # seconds: a slow client holds a thread no longer
    error_message_format = "%(message)s\n"
    error_content_type = "text/plain; charset=utf-8"

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        page = PAGES.get(url.path)
        if page is None:
            return self._send(404, "no such page\n")
        try:
            answer = page(
                self.witness, {key: values[0] for key, values in parse_qs(url.query).items()}
            )
        except No as no:
            return self._send(no.status, no.text, no.kind)
        return self._send(200, json.dumps(answer, ensure_ascii=False) + "\n", "application/json")

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        self.close_connection = True  # an unread body must not be taken for the next request
        known = TAKES.get(urlsplit(self.path).path)
        if known is None:
            return self._send(404, "no such page\n")
        take, most = known
        length = self.headers.get("Content-Length", "")
        if not NUMBER.fullmatch(length):
            return self._send(411, "a body of known length is needed\n")
        if int(length) > most:
            return self._send(413, "the body is too large\n")
        try:
            body = self.rfile.read(int(length)).decode()
            return self._send(200, take(self.witness, body))
        except UnicodeDecodeError:
            return self._send(400, "the body is not UTF-8\n")
        except No as no:
            return self._send(no.status, no.text, no.kind)

    def _send(self, status: int, text: str, kind: str = "text/plain; charset=utf-8") -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


def _number(query: dict[str, str], name: str, default: str | None = None) -> int:
    text = query.get(name, default)
    if text is None or not NUMBER.fullmatch(text):
        raise No(400, f"{name} must be a whole number\n")
    return int(text)


def _cosignatures(witness: Witness, query: dict[str, str]) -> list[str]:
    over = _number(query, "over") if "over" in query else -1
    return witness.cosignatures(over, _number(query, "from", "0"))


def _listed(witness: Witness, query: dict[str, str]) -> dict[str, Any]:
    return witness.listed(_number(query, "over") if "over" in query else -1)


def _newest(witness: Witness, query: dict[str, str]) -> dict[str, Any]:
    head, time = witness.head()
    return {"size": head.size, "cosigned_at": time, "checkpoint": witness.newest}


def _released(witness: Witness, body: str) -> str:
    """The answer to `{"draw": ...}`: the key of a draw that has closed."""
    try:
        draw = parse(body)["draw"]
    except (Fault, KeyError, TypeError):
        draw = None
    if not isinstance(draw, str):
        raise No(400, 'the body is not {"draw": ...}\n')
    return json.dumps(witness.release(draw))


TAKES: dict[str, tuple[Callable[[Witness, str], str], int]] = {
    "/add-checkpoint": (lambda witness, body: witness.add_checkpoint(body), MAX_BODY),
    "/add-leaves": (lambda witness, body: json.dumps(witness.add_leaves(body)), MAX_PAGE),
    "/quote-key/release": (_released, MAX_BODY),
}
"""Addresses that take a body: by what, and how many bytes."""
PAGES: dict[str, Callable[[Witness, dict[str, str]], Any]] = {
    "/": lambda witness, query: {"witness": witness.vkey.vkey, "pages": [*PAGES]},
    "/keys.json": lambda witness, query: witness.keys(),
    "/checkpoint": _newest,
    "/cosignatures": _cosignatures,
    "/cosignatures/list": _listed,
    "/chain": lambda witness, query: witness.chain_facts(),
    "/quote-key": lambda witness, query: witness.quote_key(query.get("draw", "")),
    "/quote-key/released": lambda witness, query: witness.released(query.get("draw", "")),
    "/chain/value": lambda witness, query: witness.value(_number(query, "slot")),
}
