"""The stream of a draw: every entry of the log, resumed where it broke off, and ended when the
server ends.
"""

import datetime as dt
import http.client
import json
import time
import urllib.parse

import pytest

from market.fabric import fabric
from tests.factories import selection as made
from tests.selection.promised import in_context


class Stream:
    """One reader of a draw's events, over a socket."""

    def __init__(self, url, draw, last=None, after=None, forwarded=None):
        host = urllib.parse.urlsplit(url)
        self.connection = http.client.HTTPConnection(host.hostname, host.port, timeout=60)
        headers = {"Last-Event-ID": str(last)} if last is not None else {}
        if forwarded:
            headers["X-Forwarded-For"] = forwarded
        self.connection.request(
            "GET",
            f"/draws/{draw}/events" + (f"?after={after}" if after is not None else ""),
            headers=headers,
        )
        self.answer = self.connection.getresponse()

    def event(self):
        """The next event as a dict of its fields; None at the end."""
        fields = {}
        while True:
            line = self.answer.readline().decode()
            if line == "":
                return None
            if line == "\n" and "data" in fields:
                return {**fields, "data": json.loads(fields["data"])}
            name, colon, text = line.rstrip("\n").partition(": ")
            if colon and name:
                fields[name] = text

    def until(self, kind):
        """Events up to and including the first one whose log type is `kind`."""
        seen = []
        while not seen or seen[-1]["data"].get("type") != kind:
            seen.append(self.event())
        return seen

    def close(self):
        self.answer.close()
        self.connection.close()


def test_the_stream_tells_the_course_and_resumes(app, notice, live_server):
    stream = Stream(live_server.url, notice.draw_number)
    assert stream.answer.status == 200
    assert stream.answer.headers["X-Accel-Buffering"] == "no"
    assert stream.answer.headers["Cache-Control"] == "no-store"
    before = stream.until("entry.received")
    assert "notice.published" in [each["data"]["type"] for each in before]
    assert all(set(each["data"]) == {"index", "type"} for each in before)
    in_context(app, made.sealed, notice.number)
    sealed = stream.until("entries.sealed")[-1]
    assert stream.event()["event"] == "witnessed"
    stream.close()
    in_context(app, made.drawn, notice.number)
    again = Stream(live_server.url, notice.draw_number, last=sealed["id"])
    rest = [
        each["data"]["type"] for each in again.until("result.published") if each["event"] == "entry"
    ]
    assert [kind for kind in rest if not kind.startswith("window.")] == [
        "source.value",
        "source.value",
        "draw.result",
        "result.published",
    ]
    again.close()


@pytest.mark.parametrize("last", ["x", "-5", "9" * 40, "१"])
def test_a_strange_last_event_id_begins_at_the_beginning(app, notice, live_server, last):
    stream = Stream(live_server.url, notice.draw_number, after=urllib.parse.quote(last))
    assert stream.event()["data"]["type"] == "notice.published"
    stream.close()


@pytest.mark.parametrize("signal, within", [("INT", 1), ("TERM", 2)])
def test_streams_end_when_the_server_is_told_to_stop(app, notice, live_server, signal, within):
    stream = Stream(live_server.url, notice.draw_number)
    stream.until("notice.published")
    if signal == "INT":  # gunicorn.conf.py: worker_int
        fabric(app).closing.set()
    else:  # gunicorn.conf.py: post_worker_init
        fabric(app).is_serving = lambda: False
    started = fabric(app).stopwatch.now()
    while stream.event() is not None:
        pass
    assert fabric(app).stopwatch.now() - started < dt.timedelta(seconds=within)
    stream.close()


def _let_in(url, draw):
    """Whether a stream is let in within ten seconds: a place comes back when its thread has ended,
    which on a busy machine is later than the reader's last byte.
    """
    enough = time.monotonic() + 10
    while time.monotonic() < enough:
        stream = Stream(url, draw)
        stream.close()
        if stream.answer.status == 200:
            return True
    return False


class TestFewStreams:
    """Where one stream is all there is."""

    @pytest.fixture
    def app_config(self):
        return {"STREAMS": 1}

    def test_the_second_is_refused_and_the_place_is_given_back(self, app, notice, live_server):
        one = Stream(live_server.url, notice.draw_number)
        one.until("notice.published")
        full = Stream(live_server.url, notice.draw_number)
        assert full.answer.status == 429
        assert "每隔几秒自动刷新" in full.answer.read().decode()
        fabric(app).closing.set()
        while one.event() is not None:
            pass
        one.close()
        fabric(app).closing.clear()
        assert _let_in(live_server.url, notice.draw_number), "the place was not given back"

    def test_a_head_request_takes_no_place(self, client, notice):
        for _ in range(3):
            assert client.head(f"/draws/{notice.draw_number}/events").status_code == 200
