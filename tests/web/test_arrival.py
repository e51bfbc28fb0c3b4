"""When a form counts as received."""

import datetime as dt
import io

from flask import g

from market.kernel.clock import FixedClock
from market.web.arrival import RECEIVED, WholeForms

NOON = dt.datetime(2026, 3, 3, 4, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


class SlowBody(io.BytesIO):
    """A body whose last byte comes a second after its first."""

    def __init__(self, data: bytes, clock: FixedClock) -> None:
        super().__init__(data)
        self.clock = clock

    def read(self, size=-1):
        self.clock.advance(SECOND)
        return super().read(size)


def reached(body: bytes, method: str = "POST", **more: str):
    """What the application gets: the instant of receipt, and the body as it reads it."""
    clock = FixedClock(NOON)
    seen = []

    def application(environ, start_response):
        seen.append((environ.get(RECEIVED), environ["wsgi.input"].read()))
        return [b""]

    environ = {
        "REQUEST_METHOD": method,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": SlowBody(body, clock),
        **more,
    }
    WholeForms(application, clock, largest=100)(environ, lambda *_: print)
    return seen[0]


def test_a_form_is_received_when_its_last_byte_is_here():
    assert reached(b"quote=1") == (NOON + SECOND, b"quote=1")
    assert reached(b"") == (NOON + SECOND, b"")


def test_pages_and_large_uploads_pass_by_unread():
    assert reached(b"", "GET") == (None, b"")
    assert reached(b"x" * 101) == (None, b"x" * 101)
    assert reached(b"x", CONTENT_LENGTH="many") == (None, b"x")
    assert reached(b"x", CONTENT_LENGTH="-1") == (None, b"x")


def test_the_application_takes_the_instant_from_the_door(app):
    with app.test_request_context("/", method="POST", environ_overrides={RECEIVED: NOON}):
        app.preprocess_request()
        assert g.received_at == NOON


def test_a_body_whose_end_is_open_is_refused(app):
    app.config["WTF_CSRF_ENABLED"] = False  # a form with its token gets as far
    answer = app.test_client().post("/sign-in", headers={"Transfer-Encoding": "chunked"})
    assert answer.status_code == 411
    assert "请求不完整" in answer.get_data(as_text=True)
