"""Many watchers of a draw behind a real gunicorn: told by the hub, or by threads where the server
cannot hand connections over.
"""

import itertools
import signal
import time
import urllib.request

import pytest

from tests.factories import selection as made
from tests.gunicorn import served
from tests.selection.promised import in_context
from tests.selection.test_draw_stream import Stream

HUB = "market.web.handover.HandsOver"


@pytest.fixture
def serve(app, database):
    """Starts the product on the test's database; the draw goes on in the test's own process."""

    def start(**settings):
        return served(
            MARKET_INSTANCE=app.config["INSTANCE"],
            DATABASE_URL=database,
            MARKET_SECRET_KEY="test",
            WEB_THREADS="2",
            **settings,
        )

    return start


def types(events):
    return [each["data"].get("type", each["event"]) for each in events]


@pytest.mark.databases
def test_all_see_the_whole_course_and_no_thread_is_held(app, notice, serve):
    with serve() as server:
        watchers = [Stream(server.url, notice.draw_number) for _ in range(12)]
        assert {each.answer.status for each in watchers} == {200}
        assert {each.answer.headers["Content-Length"] for each in watchers} == {None}
        first = watchers[0].event()
        seen = [types(each.until("entry.received")) for each in watchers]
        seen[0].insert(0, first["data"]["type"])
        in_context(app, made.sealed, notice.number)
        late = Stream(server.url, notice.draw_number, last=first["id"])
        for course, each in zip(seen, watchers, strict=True):
            course += types(each.until("entries.sealed"))
            assert each.event()["event"] == "witnessed"
        in_context(app, made.drawn, notice.number)
        for course, each in zip(seen, watchers, strict=True):
            course += types(each.until("result.published"))
            assert course == seen[0]
        assert {"notice.published", "entries.sealed", "draw.result"} <= set(seen[0])
        assert "witnessed" not in seen[0]
        behind = types(late.until("result.published"))
        behind.remove("witnessed")
        assert behind == seen[0][1:]
        with urllib.request.urlopen(f"{server.url}/static/css/market.css", timeout=10) as answer:
            assert answer.status == 200
        for each in (*watchers, late):
            each.close()


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("worker", [HUB, "gthread"])
def test_all_end_when_the_server_is_told_to_stop(notice, serve, worker, by):
    with serve(WEB_WORKER=worker) as server:
        watchers = [Stream(server.url, notice.draw_number) for _ in range(2)]
        for each in watchers:
            each.until("notice.published")
        assert server.stop(by) < 5
        for each in watchers:
            try:
                while each.event() is not None:
                    pass
            except ConnectionResetError:
                pass
            each.close()


def test_without_the_hand_over_threads_serve_them(app, notice, serve):
    with serve(WEB_WORKER="gthread") as server:
        stream = Stream(server.url, notice.draw_number)
        assert stream.answer.headers["Transfer-Encoding"] == "chunked"
        stream.until("entry.received")
        in_context(app, made.sealed, notice.number)
        assert stream.until("entries.sealed")
        stream.close()


def test_one_address_has_its_part_of_the_places_and_gives_them_back(notice, serve):
    with serve(MARKET_WATCHERS_PER_ADDRESS="3", MARKET_WATCHERS="5", MARKET_PROXIES="1") as server:
        streams = {}

        def comes(address, status):
            """Until it is answered so: places are counted a moment after the answer."""
            deadline = time.monotonic() + 20
            while True:
                stream = Stream(server.url, notice.draw_number, forwarded=address)
                streams.setdefault(address, []).append(stream)
                if stream.answer.status == status:
                    return stream
                assert time.monotonic() < deadline

        first, _, _ = [comes("198.51.100.1", 200) for _ in range(3)]
        comes("198.51.100.1", 429)
        for _ in range(2):
            comes("198.51.100.2", 200)
        comes("198.51.100.3", 429)
        first.close()
        comes("198.51.100.3", 200)
        for each in itertools.chain(*streams.values()):
            each.close()
