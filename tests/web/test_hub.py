"""The hub by itself, over real sockets: what each watcher gets, who is cut off, how it ends."""

import contextlib
import selectors
import socket
import threading
import time

import pytest

from market.web import hub as hubs
from market.web.hub import Hub, Known, News

PAUSE = threading.Event()  # never set


class Log:
    """What is looked at: messages by topic, each with its mark, which any thread may add to."""

    def __init__(self):
        self.said = {}
        self.standing = {}
        self.looks = 0
        self.breaks = False
        self.takes = 0.0

    def say(self, topic, text):
        messages = self.said.setdefault(topic, [])
        messages.append(f"{topic}{len(messages)}:{text}\n".encode())

    def look(self, asked):
        self.looks += 1
        PAUSE.wait(self.takes)
        if self.breaks:
            raise OSError("the database is away")
        found = {}
        for topic, known in asked.items():
            messages = list(enumerate(self.said.get(topic, [])))
            standing = b"" if known.standing else self.standing.get(topic, b"")
            found[topic] = News(len(messages) - 1, messages[known.mark + 1 :], standing)
        return found


@pytest.fixture
def log():
    return Log()


@pytest.fixture
def serving():
    return threading.Event()


@pytest.fixture
def hub(log, serving, monkeypatch):
    monkeypatch.setattr(hubs, "LOOK", 0.05)
    monkeypatch.setattr(hubs, "TICK", 0.02)
    hub = Hub(log.look, lambda: not serving.is_set(), places=8, each=3)
    yield hub
    serving.set()
    eventually(lambda: hub.watching() == 0)


@pytest.fixture
def watch(hub):
    """Begins to watch, told everything up to `told`; the client's end of the connection."""
    with contextlib.ExitStack() as opened:

        def join(topic="a", told=-1, address="10.0.0.1", read=None, standing=False):
            mine, theirs = socket.socketpair()
            opened.callback(mine.close)
            mine.settimeout(10)
            known = Known(told if read is None else read, standing)
            hub.join(theirs, address, topic, told, known)
            return mine

        yield join


def eventually(holds):
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline
        PAUSE.wait(0.01)


def looked(log, times=1):
    """Wait for so many looks more."""
    wanted = log.looks + times
    eventually(lambda: log.looks >= wanted)


def lines(connection, count):
    """So many lines of messages; comments do not count."""
    text = b""
    while text.count(b"\n") < count:
        came = connection.recv(4096)
        assert came, f"ended behind {text[:99]!r}"
        text += came.replace(hubs.COMMENT, b"")
    return [line.split(":")[0] for line in text.decode().splitlines()]


def is_ended(connection):
    with contextlib.suppress(ConnectionError):
        while connection.recv(65536):
            pass
    return True


def test_each_topic_goes_to_its_watchers(hub, watch, log):
    one = watch("a")
    two = watch("a")
    other = watch("b")
    for text in ("x", "y"):
        log.say("a", text)
        log.say("b", text)
    assert lines(one, 2) == lines(two, 2) == ["a0", "a1"]
    assert lines(other, 2) == ["b0", "b1"]


@pytest.mark.parametrize("told", [-1, 0, 3, 9])
def test_who_comes_later_gets_what_he_was_not_told_and_nothing_twice(hub, watch, log, told):
    first = watch()
    for _ in range(6):
        log.say("a", "x")
    lines(first, 6)
    later = watch(told=told, read=min(told, 5))
    for _ in range(6):
        log.say("a", "x")
    assert lines(later, 11 - told) == [f"a{mark}" for mark in range(told + 1, 12)]


def test_those_who_come_while_it_is_told_lose_nothing(hub, watch, log, monkeypatch):
    """Property over instants: whoever read the log before a look and joins after it."""
    hub._each = 100
    hub._places = 100
    steady = watch()
    joined = []
    for number in range(60):
        log.say("a", "x")
        if number % 2:
            joined.append((number, watch(told=number)))
        if number % 7 == 0:
            looked(log)
    for number, connection in joined[:-1]:
        assert lines(connection, 59 - number) == [f"a{mark}" for mark in range(number + 1, 60)]
    assert len(lines(steady, 60)) == 60


def test_who_was_too_long_on_the_way_comes_again(hub, watch, log, monkeypatch):
    monkeypatch.setattr(hubs, "TAIL", 4)
    steady = watch()
    for _ in range(10):
        log.say("a", "x")
    lines(steady, 10)
    assert is_ended(watch(told=2))
    log.say("a", "x")
    assert lines(watch(told=8), 2) == ["a9", "a10"]


def test_the_standing_message_is_told_once_to_each(hub, watch, log):
    told = watch(standing=True)
    untold = watch()
    log.standing["a"] = b"standing\n"
    assert lines(untold, 1) == ["standing"]
    assert lines(watch(), 1) == ["standing"]
    log.say("a", "x")
    assert lines(told, 1) == lines(untold, 1) == ["a0"]


def test_who_does_not_read_is_cut_off_and_nobody_waits_for_him(hub, watch, log):
    idle = watch()
    reader = watch()
    for _ in range(20):
        for _ in range(20):
            log.say("a", "x" * 1000)
        assert len(lines(reader, 20)) == 20
    eventually(lambda: hub.watching() == 1)
    assert is_ended(idle)


def test_who_reads_slowly_gets_every_byte(hub, watch, log):
    slow = watch()
    for _ in range(5):
        for _ in range(100):
            log.say("a", "x" * 1000)
        looked(log, 3)
        assert len(lines(slow, 100)) == 100


def test_who_goes_gives_his_place_back(hub, watch):
    assert hub.has_room("10.0.0.1")
    gone = [watch() for _ in range(3)]
    assert not hub.has_room("10.0.0.1")
    assert hub.has_room("10.0.0.2")
    assert is_ended(watch())
    gone[0].close()
    eventually(lambda: hub.has_room("10.0.0.1"))
    others = [watch(address=f"10.0.1.{number}") for number in range(6)]
    assert not hub.has_room("10.0.0.2")
    assert is_ended(watch(address="10.0.0.2"))
    others[0].close()
    eventually(lambda: hub.has_room("10.0.0.2"))


@pytest.mark.parametrize(
    "address, other, is_one",
    [
        ("10.0.0.1", "10.0.0.2", False),
        ("2001:db8::1", "2001:db8::2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("", "", True),
    ],
)
def test_whom_an_address_stands_for(hub, watch, address, other, is_one):
    kept = [watch(address=address) for _ in range(3)]
    assert hub.has_room(other) != is_one
    assert len(kept) == 3


def test_who_talks_is_cut_off(hub, watch):
    talker = watch()
    with contextlib.suppress(OSError):
        for _ in range(hubs.CHATTER // 1024 + 2):
            talker.sendall(b"x" * 1024)
    assert is_ended(talker)


def test_quiet_streams_are_kept_open_and_end_when_their_time_is_over(hub, watch, monkeypatch):
    monkeypatch.setattr(hubs, "QUIET", 0.1)
    monkeypatch.setattr(hubs, "LIFE", 1.0)
    quiet = watch()
    began = time.monotonic()
    assert quiet.recv(4096) == hubs.COMMENT
    assert is_ended(quiet)
    assert time.monotonic() - began > 0.8


def test_a_failing_look_is_made_again(hub, watch, log, caplog):
    log.breaks = True
    log.say("a", "x")
    waiting = watch()
    eventually(lambda: log.looks > 2)
    log.breaks = False
    assert lines(waiting, 1) == ["a0"]
    assert "could not be read" in caplog.text


def test_looks_that_take_long_leave_time_to_others(hub, watch, log):
    """Many draws watched at once cost a fifth of a thread, and their news comes later."""
    log.takes = 0.2
    waiting = watch()
    began = time.monotonic()
    eventually(lambda: log.looks == 3)
    assert time.monotonic() - began > 2 * hubs.SHARE * log.takes * 0.9
    log.takes = 0.0
    log.say("a", "x")
    assert lines(waiting, 1) == ["a0"]


def test_all_are_let_go_when_the_server_ends(hub, watch, serving):
    kept = [watch(), watch("b")]
    serving.set()
    assert all(is_ended(each) for each in kept)
    assert is_ended(watch())


def test_the_thread_ends_with_the_last_watcher_and_begins_anew(hub, watch, log):
    for _ in range(3):
        only = watch(told=len(log.said.get("a", [])) - 1)
        log.say("a", "x")
        assert len(lines(only, 1)) == 1
        only.close()
        eventually(lambda: hub._thread is None)
    assert isinstance(hub._selector, selectors.BaseSelector)
