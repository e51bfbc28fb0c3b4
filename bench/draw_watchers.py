"""A thousand watchers of one draw behind a real gunicorn, sixty messages to each; the CPU of a
delivery against the least asyncio program that sends as many bytes to as many.

A message is an entry of the log about the draw's notice, written to the server's database while it
runs, and the next one follows when all have it. CPU is that of the server's process with all its
threads, so the hub's looks at the log and its waiting are in it.
"""

import asyncio
import concurrent.futures
import contextlib
import itertools
import pathlib
import re
import selectors
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

import psutil
from flask import Flask

from bench import deadline_rush, volume
from bench.harness import Cost, Result, at_most, holds
from market.db import Work, in_one_transaction
from market.factory import create_app
from market.kernel.actor import CLOCK
from market.kernel.ids import Prefix, sibling
from market.ledger.service import record
from market.selection.events import EntryReceived
from tests.gunicorn import served

WATCHERS = 1_000
TOGETHER = 5  # messages a round: twelve rounds are sixty
TIMES = 1.5
PATIENCE = 30.0  # seconds for one message to reach all
DRAW = sibling(deadline_rush.NUMBER, Prefix.DRAW)
MESSAGE = re.compile(rb"id: (\d+)\nevent: entry\n")


class Audience:
    """Watchers of one stream: what each has got."""

    def __init__(self, port: int, request: bytes) -> None:
        self._selector = selectors.DefaultSelector()
        self.got: dict[socket.socket, bytearray] = {}

        def come(_: int) -> socket.socket:
            connection = socket.create_connection(("127.0.0.1", port), timeout=60)
            connection.sendall(request)
            connection.recv(1, socket.MSG_PEEK)
            connection.setblocking(False)
            return connection

        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            for connection in pool.map(come, range(WATCHERS)):
                self.got[connection] = bytearray()
                self._selector.register(connection, selectors.EVENT_READ)

    def wait(self, messages: int) -> None:
        """Until everybody has so many."""
        deadline = time.monotonic() + PATIENCE
        missing = {one for one, text in self.got.items() if len(MESSAGE.findall(text)) < messages}
        while missing and time.monotonic() < deadline:
            for key, _ in self._selector.select(0.1):
                text = self.got[key.fileobj]
                came = key.fileobj.recv(65536)
                if not came:
                    raise RuntimeError("a watcher was cut off")
                text += came
                if len(MESSAGE.findall(text)) >= messages:
                    missing.discard(key.fileobj)
        if missing:
            raise RuntimeError(f"{len(missing)} watchers wait for message {messages}")

    def complete(self, messages: int) -> int:
        """How many watchers have each message once and in order."""
        courses = [[int(index) for index in MESSAGE.findall(text)] for text in self.got.values()]
        whole = [course for course in courses if course == sorted(set(course))]
        return sum(len(course) == messages for course in whole)

    def leave(self) -> None:
        for connection in self.got:
            connection.close()


def run(quick: bool) -> Iterator[Result]:
    """Two rows: what was delivered, and at what cost."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        app = prepared(pathlib.Path(folder))
        stack.callback(deadline_rush.leave, app)
        server = stack.enter_context(
            served(
                MARKET_INSTANCE=folder,
                DATABASE_URL=app.config["SQLALCHEMY_DATABASE_URI"],
                MARKET_SECRET_KEY=deadline_rush.SECRET,
                MARKET_WATCHERS_PER_ADDRESS=str(WATCHERS),
            )
        )
        request = f"GET /draws/{DRAW}/events HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        ours = Audience(server.port, request)
        stack.callback(ours.leave)
        (worker,) = psutil.Process(server.process.pid).children()
        bare, port = stack.enter_context(floor())
        theirs = Audience(port, b"come\n")
        stack.callback(theirs.leave)
        written = itertools.count(1)
        said = itertools.count(1)
        yield at_most(
            f"{WATCHERS:,} watchers, CPU of a delivery",
            cost(worker.pid, ours, lambda: say(app, next(written))),
            cost(bare.pid, theirs, lambda: shout(bare, next(said))),
            times=TIMES,
            quick=quick,
        )
        messages = next(written) - 1
        complete = ours.complete(messages)
        yield holds(
            f"{WATCHERS:,} watchers, all messages",
            f"{complete:,} watchers have each of {messages} messages once and in order",
            "all",
            complete == WATCHERS,
        )


def prepared(folder: pathlib.Path) -> Flask:
    """The product on a market of few notices, one of them with a draw."""
    url = f"sqlite:///{folder / 'market.sqlite'}"
    app = create_app(
        {
            "INSTANCE": str(folder),
            "SQLALCHEMY_DATABASE_URI": url,
            "SECRET_KEY": deadline_rush.SECRET,
        }
    )
    volume.build(app, volume.Size(50, 2, entries=False))
    with app.app_context():
        deadline_rush.prepare(folder, 2)
    return app


def say(app: Flask, number: int) -> int:
    """Write an entry about the draw's notice; how many there are."""

    def use_case(work: Work) -> None:
        commit = f"{number:064x}"
        entry = EntryReceived(
            subject=deadline_rush.NUMBER, at=work.now, commit=commit, draw=DRAW, no=number
        )
        record(work, entry)

    with app.app_context():
        in_one_transaction(use_case, CLOCK)
    return number


def shout(bare: "subprocess.Popen[bytes]", number: int) -> int:
    """Let the floor send a message as long as ours."""
    data = f'id: {number}\nevent: entry\ndata: {{"index": {number}, "type": "entry.received"}}\n\n'
    bare.stdin.write(f"{len(data)} ".encode() + data.encode())
    bare.stdin.flush()
    return number


def cost(pid: int, audience: Audience, message: Callable[[], int]) -> Cost:
    """CPU seconds of a delivery."""

    def one_round() -> float:
        before = cpu(pid)
        for _ in range(TOGETHER):
            audience.wait(message())
        return (cpu(pid) - before) / (TOGETHER * WATCHERS)

    return one_round


def cpu(pid: int) -> float:
    """CPU seconds of a process with its threads, by the scheduler's clock, which counts in
    nanoseconds.
    """
    tasks = pathlib.Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


@contextlib.contextmanager
def floor() -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """The floor's process and its port."""
    words = [sys.executable, "-m", "bench.draw_watchers"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield process, int(process.stdout.readline())
        finally:
            process.terminate()


async def fan_out() -> None:
    """Send what comes on standard input, each with its length before it, to all who came."""
    writers: list[asyncio.StreamWriter] = []

    async def come(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b"\n")
        writers.append(writer)

    server = await asyncio.start_server(come, "127.0.0.1", 0, backlog=WATCHERS)
    print(server.sockets[0].getsockname()[1], flush=True)
    told = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(told), sys.stdin
    )
    while True:
        data = await told.readexactly(int(await told.readuntil(b" ")))
        for writer in writers:
            writer.write(data)


if __name__ == "__main__":
    asyncio.run(fan_out())
