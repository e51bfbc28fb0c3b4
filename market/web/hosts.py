"""Hosts are compared in one spelling (market/kernel/hosts.py).

What is trusted is compared as text; MARKET.example. is market.example.
"""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from market.kernel.hosts import plain

TRUSTED = "TRUSTED_HOSTS"


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
