"""A form is received when it is here whole.

What was sent before a close counts, however long it then waits; but an envelope that was opened
before the close may not be filled after it. So the instant of receipt is the one at which the last
byte was here. It is taken by the machine and not by a thread: the front (market/web/fair.py) asks
the kernel when the bytes came. Behind a proxy that collects forms first, the proxy's own instant
counts, where the operator names the header that carries it (ADR 0031). Where neither is known it is
the instant at which the form had been read, as under any other server.

Uploads larger than a form count from their beginning, as pages do: the one deadline that hangs on
them, a deferred document (ADR 0016), is a duty, and nobody gains by starting early.
"""

import datetime as dt
import io
import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

from market.fabric import fabric
from market.kernel.arrival import Arrival, TakenBy
from market.kernel.clock import Clock, machine_ns

FORWARDING = {"HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"}
UNBELIEVED = "forwarded addresses without MARKET_PROXIES: all visitors count as one"
RECEIVED = "market.received_at"  # in the WSGI environment: an aware UTC instant,
RECEIVED_BY = "market.received_by"  # and what took it
FRONT = "gunicorn.socket"  # in the WSGI environment: the connection, with its stamp
LONGEST_WAIT = dt.timedelta(minutes=5)  # between arrival and reading; an older stamp is no stamp
MILLISECONDS = re.compile(r"([0-9]{10})\.([0-9]{3})")  # nginx's $msec


class WholeForms:
    """WSGI between the server and the application.

    `largest` is the size of a form in bytes; `proxy_header` the name of the header in which a
    trusted proxy says when it had the whole form (seconds since 1970 with three decimals), None
    without such a proxy.
    """

    def __init__(
        self,
        application: WSGIApplication,
        clock: Clock,
        largest: int,
        proxy_header: str | None = None,
    ) -> None:
        self._application = application
        self._clock = clock
        self._largest = largest
        self._header = proxy_header and "HTTP_" + proxy_header.upper().replace("-", "_")

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if (
            environ["REQUEST_METHOD"] == "POST"
            and length.isdecimal()
            and int(length) <= self._largest
        ):
            environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(int(length)))
            arrival = self._arrival(environ)
            environ[RECEIVED] = arrival.at
            environ[RECEIVED_BY] = arrival.by
        return self._application(environ, start_response)

    def _arrival(self, environ: WSGIEnvironment) -> Arrival:
        """By the first of these that is known and can be believed: the proxy, the kernel, the reading."""
        now = self._clock.now()
        if self._header and (waited := _since_proxy(environ.get(self._header, ""))) is not None:
            return Arrival(now - waited, TakenBy.PROXY)
        if (waited := _since(getattr(environ.get(FRONT), "stamp", None))) is not None:
            return Arrival(now - waited, TakenBy.KERNEL)
        return Arrival(now, TakenBy.READING)


def _since(stamp: int | None) -> dt.timedelta | None:
    """How long ago a stamp of the machine's clock (nanoseconds since 1970) was made; None where
    that cannot be.

    An age, not an instant: a machine's clock that was set back must not reopen what has closed.
    """
    if stamp is None:
        return None
    waited = dt.timedelta(microseconds=max(0, machine_ns() - stamp) / 1000)
    return waited if waited <= LONGEST_WAIT else None


def _since_proxy(said: str) -> dt.timedelta | None:
    found = MILLISECONDS.fullmatch(said.strip())
    return _since((int(found[1]) * 1000 + int(found[2])) * 10**6) if found else None


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
    if not app.config.get("PROXIES"):
        app.wsgi_app = Forwarded(  # type: ignore[method-assign]
            app.wsgi_app, fabric(app).warnings
        )
    app.wsgi_app = WholeForms(  # type: ignore[method-assign]
        app.wsgi_app,
        fabric(app).clock,
        app.config["MAX_CONTENT_LENGTH"],
        app.config.get("RECEIVED_HEADER") if app.config.get("PROXIES") else None,
    )
