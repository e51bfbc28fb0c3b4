"""The front: a form is received when its last byte was here, and a slow client costs no thread."""

import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

ROOT = pathlib.Path(__file__).parent.parent.parent
TOLERANCE = 0.005  # seconds: what the kernel's stamp may lie behind the sender's own clock
ENOUGH = 60  # seconds after which something that should have come will not come


class Front:
    """A running front, and how to talk to it."""

    def __init__(self, port: int, master: "subprocess.Popen[bytes]") -> None:
        self.port = port
        self.master = master

    def open(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=ENOUGH)

    def ask(self, request: bytes) -> dict:
        with self.open() as wire:
            wire.sendall(request)
            return answer(wire)

    def page(self) -> dict:
        return self.ask(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")


def answer(wire: socket.socket) -> dict:
    """The next answer on a connection."""
    status, said = raw_answer(wire)
    assert status == 200, said
    return json.loads(said)


def raw_answer(wire: socket.socket) -> tuple[int, bytes]:
    """Status and body, and not a byte of what comes behind them."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = wire.recv(1)
        assert byte, head
        head += byte
    lines = head.decode("latin-1").lower().split("\r\n")
    length = next(int(line.split(":")[1]) for line in lines if line.startswith("content-length"))
    body = b""
    while len(body) < length:
        body += wire.recv(length - len(body))
    return int(lines[0].split()[1]), body


def form(body: bytes, path: str = "/", **headers: str) -> bytes:
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return head.encode() + body


@contextlib.contextmanager
def running(**settings: str) -> Iterator[Front]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    master = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "-c",
            "tests/web/front/conf.py",
            "-b",
            f"127.0.0.1:{port}",
            "--log-level",
            "warning",
        ],
        cwd=ROOT,
        env={**os.environ, **settings},
    )
    front = Front(port, master)
    try:
        until(lambda: answers(front))
        yield front
    finally:
        master.terminate()
        master.wait(timeout=ENOUGH)


def answers(front: Front) -> bool:
    with contextlib.suppress(OSError):
        return bool(front.page())
    return False


def until(holds) -> None:
    end = time.monotonic() + ENOUGH
    while not holds():
        assert time.monotonic() < end
        threading.Event().wait(0.05)


@pytest.fixture(scope="module")
def front() -> Iterator[Front]:
    with running() as front:
        yield front


def test_it_is_received_when_the_last_byte_comes(front):
    with front.open() as wire:
        request = form(b"quote=12345")
        wire.sendall(request[:20])
        threading.Event().wait(0.1)
        wire.sendall(request[20:-1])
        threading.Event().wait(0.2)
        before = time.time()
        wire.sendall(request[-1:])
        after = time.time()
        said = answer(wire)
    assert said["by"] == "kernel"
    assert before - TOLERANCE <= said["received"] <= after + TOLERANCE
    assert (said["bytes"], said["tail"]) == (11, "quote=12345")


def test_who_waits_for_a_thread_is_not_late(front):
    """Two threads, six forms of a second each: the last begins two seconds after it came."""
    with contextlib.ExitStack() as stack:
        wires = [stack.enter_context(front.open()) for _ in range(6)]
        for wire in wires:
            wire.sendall(form(b"a=1", "/wait/1"))
        sent = time.time()
        for wire in wires:
            assert answer(wire)["received"] <= sent + TOLERANCE


def test_a_process_that_stands_still_makes_nobody_late(front):
    """Neither accepted nor read: the bytes wait in the kernel, which knows when they came."""
    pid = front.page()["pid"]
    os.kill(pid, signal.SIGSTOP)
    try:
        with front.open() as wire:
            wire.sendall(form(b"a=1"))
            sent = time.time()
            threading.Event().wait(0.5)
            os.kill(pid, signal.SIGCONT)
            said = answer(wire)
    finally:
        os.kill(pid, signal.SIGCONT)
    assert said["by"] == "kernel"
    assert said["received"] <= sent + TOLERANCE


def test_a_client_cannot_say_when_it_came(front):
    before = time.time()
    said = front.ask(
        form(
            b"a=1",
            market_received_at="2020-01-01T00:00:00Z",
            MARKET_RECEIVED_BY="proxy",
            X_Received_At="1577836800.000",
        )
    )
    assert said["received"] >= before - TOLERANCE
    assert said["by"] == "kernel"


def test_a_proxys_instant_counts_where_the_operator_names_its_header():
    with running(TEST_PROXY_HEADER="X-Received-At") as front:
        came = time.time() - 2
        said = front.ask(form(b"a=1", X_Received_At=f"{came:.3f}"))
        assert said["by"] == "proxy"
        assert abs(said["received"] - came) < 1
        for no_instant in ("now", "", "99999999999.000", f"{came - 3600:.3f}", "-1.000"):
            assert front.ask(form(b"a=1", X_Received_At=no_instant))["by"] == "kernel"


def test_a_kernel_without_stamps_leaves_the_instant_of_reading():
    with running(TEST_STAMP_OPTION="32000") as front:  # which no kernel knows
        before = time.time()
        said = front.ask(form(b"a=1"))
        assert (said["by"], said["bytes"]) == ("reading", 3)
        assert before - TOLERANCE <= said["received"] <= time.time() + TOLERANCE
        assert said["lowest"] <= time.time()


def test_a_hundred_dripping_forms_hold_no_thread(front):
    with contextlib.ExitStack() as stack:
        drips = [stack.enter_context(front.open()) for _ in range(100)]
        for drip in drips:
            drip.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab")
        assert front.page()["path"] == "/"
        for drip in drips:
            drip.sendall(b"12345678")
        assert [answer(drip)["bytes"] for drip in drips] == [10] * 100


@pytest.mark.parametrize(
    "beginning",
    [
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99000000\r\n\r\n",
        b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: ",
    ],
)
def test_requests_of_unknown_extent_do_not_take_the_threads_of_others(front, beginning):
    with contextlib.ExitStack() as stack:
        drips = [stack.enter_context(front.open()) for _ in range(40)]
        for drip in drips:
            drip.sendall(beginning)
        assert front.page()["path"] == "/"


def test_what_is_behind_a_request_is_the_next_one(front):
    with front.open() as wire:
        second = form(b"b" * 30, "/second")
        wire.sendall(form(b"a=1", "/first") + second[:-5])
        assert answer(wire)["path"] == "/first"
        before = time.time()
        wire.sendall(second[-5:] + form(b"", "/third"))
        said = answer(wire)
        assert (said["path"], said["bytes"]) == ("/second", 30)
        assert said["received"] >= before - TOLERANCE
        assert answer(wire)["path"] == "/third"


@pytest.mark.parametrize(
    "request_",
    [
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length : 3\r\n\r\nabc",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 70_000,
    ],
)
def test_what_two_readers_could_read_differently_is_refused(front, request_):
    with front.open() as wire:
        wire.sendall(request_)
        assert raw_answer(wire)[0] in (400, 431)


def test_a_client_that_asks_leave_gets_it(front):
    with front.open() as wire:
        wire.sendall(
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"
        )
        assert wire.recv(100).startswith(b"HTTP/1.1 100")
        wire.sendall(b"abc")
        assert answer(wire)["bytes"] == 3


def test_a_large_upload_waits_on_the_disk_and_comes_whole(front):
    body = os.urandom(11 * 2**20)
    said = front.ask(form(body))
    assert (said["bytes"], said["tail"]) == (len(body), body[-20:].decode("latin-1"))


def test_what_does_not_come_is_given_up():
    with running(TEST_PATIENCE="0.3") as front, front.open() as begun, front.open() as silent:
        begun.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab")
        assert raw_answer(begun)[0] == 408
        assert silent.recv(10) == b""


def test_from_one_address_the_oldest_half_sent_request_gives_way():
    with (
        running(TEST_HALF_SENT="5", TEST_HALF_SENT_AFTER="0.05") as front,
        contextlib.ExitStack() as stack,
    ):
        drips = []
        for _ in range(8):
            drip = stack.enter_context(front.open())
            drip.sendall(b"GET / HTTP/1.1\r\n")
            drips.append(drip)
            threading.Event().wait(0.1)
        assert front.page()["path"] == "/"
        assert drips[0].recv(10) == b""
        drips[-1].sendall(b"Host: x\r\n\r\n")
        assert answer(drips[-1])["path"] == "/"


def test_a_full_house_still_lets_in():
    with (
        running(TEST_CONNECTIONS="20", TEST_HALF_SENT_AFTER="0.05") as front,
        contextlib.ExitStack() as stack,
    ):
        for _ in range(40):
            drip = stack.enter_context(front.open())
            drip.sendall(b"GET / HTTP/1.1\r\n")
        assert front.page()["path"] == "/"


def test_a_client_that_does_not_close_keeps_nobody_waiting(front):
    """Closing waits up to two seconds for the other side: not in the one thread that reads."""
    last = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with contextlib.ExitStack() as stack:
        wires = [stack.enter_context(front.open()) for _ in range(20)]
        for wire in wires:
            wire.sendall(last)
        assert [answer(wire)["path"] for wire in wires] == ["/"] * 20
        with front.open() as other:
            other.sendall(form(b"a=1"))
            sent = time.time()
            assert answer(other)["received"] <= sent + TOLERANCE


def test_nothing_older_than_the_low_water_mark_is_unanswered(front):
    with front.open() as slow, front.open() as half:
        half.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab")
        slow.sendall(form(b"a=1", "/wait/1.5"))
        sent = time.time()
        threading.Event().wait(0.3)
        assert front.page()["lowest"] <= sent + TOLERANCE
        answer(slow)
        until(lambda: front.page()["lowest"] > sent + TOLERANCE)


def test_told_to_end_it_answers_what_is_in_hand():
    with running() as front, front.open() as idle, front.open() as waiting:
        waiting.sendall(form(b"a=1", "/wait/1"))
        threading.Event().wait(0.3)
        front.master.terminate()
        assert answer(waiting)["bytes"] == 3
        assert idle.recv(10) == b""
        assert front.master.wait(timeout=ENOUGH) == 0
