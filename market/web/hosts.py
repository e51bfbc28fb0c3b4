"""One spelling of a host (RFC 3986, 3.2.2; RFC 1034, 3.1): small letters, without the final dot.

What is trusted is compared as text; MARKET.example. is market.example.
"""

import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

FINAL_DOT = re.compile(r"\.(?=(?::\d*)?$)", re.ASCII)
TRUSTED = "TRUSTED_HOSTS"


def plain(host: str) -> str:
    """A host, with its port where it has one, in that spelling."""
    return FINAL_DOT.sub("", host.lower())


class OneSpelling:
    """WSGI that hands on each Host so. It stands behind what believes a proxy's X-Forwarded-Host."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if "HTTP_HOST" in environ:
            environ["HTTP_HOST"] = plain(environ["HTTP_HOST"])
        return self._application(environ, start_response)


def init_app(app: Flask) -> None:
    """Compare hosts so, those of the settings too."""
    listed = app.config.get(TRUSTED)
    if isinstance(listed, list | tuple):
        app.config[TRUSTED] = [plain(host) if isinstance(host, str) else host for host in listed]
    app.wsgi_app = OneSpelling(app.wsgi_app)  # type: ignore[method-assign]
