"""Public pages are compressed; what belongs to somebody never is (ADR 0030).

The length of a compressed answer tells whether a text that an attacker chose repeats a secret
beside it (BREACH). So an answer is compressed only when it has no secret, which is when it belongs
to no session, and no text of the asker, which is when its address has no query.
"""

import gzip

from flask import Flask, Response, current_app, request, session

LEAST = 1_000  # bytes; below that a head and a packet cost as much
LEVEL = 5  # 9 saves 1 % more for twice the work


def init_app(app: Flask) -> None:
    """Compress what may be, of every answer, as the last that is done to it."""
    app.after_request_funcs.setdefault(None, []).insert(0, compressed)


def compressed(response: Response) -> Response:
    """The same answer, by gzip where that is allowed and the browser takes it."""
    if not may_be(response):
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def may_be(response: Response) -> bool:
    """Whether this is a whole page of nobody's, to an address that carries nothing."""
    is_page = response.mimetype == "text/html" and response.status_code == 200
    is_whole = not (response.is_streamed or response.direct_passthrough)
    if not is_page or not is_whole or "Content-Encoding" in response.headers:
        return False
    if "ETag" in response.headers or request.method != "GET":
        return False
    has_cookie = current_app.config["SESSION_COOKIE_NAME"] in request.cookies
    if has_cookie or session or request.query_string:
        return False
    return (response.content_length or 0) >= LEAST
