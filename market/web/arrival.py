"""A form is received when it is here whole.

What was sent before a close counts, however long it then waits (docs/rules.md#decision-12); but an
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


def init_app(app: Flask) -> None:
    """Put it in front of the application."""
    app.wsgi_app = WholeForms(  # type: ignore[method-assign]
        app.wsgi_app, app.extensions["clock"], app.config["MAX_CONTENT_LENGTH"]
    )
