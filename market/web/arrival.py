"""A form is received when it is here whole.

What was sent before a close counts, however long it then waits (domain.md 0, decision 12); but an
envelope that was opened before the close may not be filled after it. So the instant of receipt is
the one at which the last byte was here. Uploads larger than a form count from their beginning, as
pages do: the one deadline that hangs on them, a deferred document (ADR 0016), is a duty, and nobody
gains by starting early.
"""

import io
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from market.kernel.clock import Clock

FORWARDING = {"HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"}
UNBELIEVED = "forwarded addresses without MARKET_PROXIES: all visitors count as one"
RECEIVED = "market.received_at"  # in the WSGI environment


class WholeForms:
    """WSGI between the server and the application; `largest` is the size of a form in bytes."""

    def __init__(self, application: WSGIApplication, clock: Clock, largest: int) -> None:
        self._application = application
        self._clock = clock
        self._largest = largest

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if (
            environ["REQUEST_METHOD"] == "POST"
            and length.isdecimal()
            and int(length) <= self._largest
        ):
            environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(int(length)))
            environ[RECEIVED] = self._clock.now()
        return self._application(environ, start_response)


class Forwarded:
    """WSGI that notes requests which a proxy has passed on, where no proxy is to be believed.

    Without PROXIES all visitors then have one address, the proxy's: one limit of wrong passwords
    for everybody. A header alone proves no proxy, so this is a warning on /healthz and no fault.
    """

    def __init__(self, application: WSGIApplication, warnings: set[str]) -> None:
        self._application = application
        self._warnings = warnings

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if FORWARDING.intersection(environ):
            self._warnings.add(UNBELIEVED)
        return self._application(environ, start_response)


def init_app(app: Flask) -> None:
    """Put them in front of the application."""
    app.extensions["warnings"] = set()
    if not app.config.get("PROXIES"):
        app.wsgi_app = Forwarded(  # type: ignore[method-assign]
            app.wsgi_app, app.extensions["warnings"]
        )
    app.wsgi_app = WholeForms(  # type: ignore[method-assign]
        app.wsgi_app, app.extensions["clock"], app.config["MAX_CONTENT_LENGTH"]
    )
