"""Streams of events to many watchers by one thread: a socket each, and nothing else.

A topic is what watchers watch. The hub asks `look` once a second what is new of all topics, frames
nothing itself, and sends the same bytes to every watcher of a topic without waiting for anybody:
whoever is behind by more than BEHIND is cut off and comes again, from where he was.

Messages have marks that rise (indexes of the log). A watcher was told everything up to his mark
before he came, so between his first look and the hub's next one nothing is lost and nothing is
said twice: what was sent meanwhile is in the topic's tail. A topic also has one standing message
without a mark, told once.
"""

import contextlib
import dataclasses
import logging
import selectors
import socket
import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterable, Mapping

from market.kernel.networks import place_of

LOOK = 1.0  # seconds between two looks, at least
SHARE = 5  # a look that takes long is followed by so many times its own length: a fifth of our time
TICK = 0.25  # seconds within which a stop is seen
QUIET = 15.0  # seconds after which a comment keeps proxies from closing a quiet stream
COMMENT = b": still here\n\n"
LIFE = 1800.0  # seconds; then the watcher comes again: what a lost connection holds ends some day
BEHIND = 64 * 2**10  # bytes of ours, and as many of the kernel's
TAIL = 256  # messages kept of a topic for those who are about to join
BOTH = selectors.EVENT_READ | selectors.EVENT_WRITE
CHATTER = 16 * 2**10  # bytes that a watcher may send, who has nothing to say

HAND_OVER = "market.hand_over"  # in the WSGI environment: web/handover.py

log = logging.getLogger("market.hub")


@dataclasses.dataclass(frozen=True)
class Known:
    """What a topic's watchers know: everything up to this mark; whether the standing message."""

    mark: int
    standing: bool


@dataclasses.dataclass(frozen=True)
class News:
    """What a look found: complete up to `mark`; messages with their marks; the standing one, once
    there is one.
    """

    mark: int
    messages: list[tuple[int, bytes]]
    standing: bytes = b""


Receiver = Callable[[socket.socket], None]
Look = Callable[[Mapping[str, Known]], Mapping[str, News]]


@dataclasses.dataclass(eq=False)
class Watcher:
    """One socket; `told` is the mark up to which messages are not for it, `standing` whether the
    standing message was told too.
    """

    sock: socket.socket
    address: str
    topic: str
    told: int
    standing: bool
    ends: float
    pending: bytearray = dataclasses.field(default_factory=bytearray)
    heard: int = 0


@dataclasses.dataclass(eq=False)
class Topic:
    """Its watchers, how far it was looked at, and the last messages; `floor` is the mark before the
    oldest of them.
    """

    mark: int
    floor: int
    standing: bytes = b""
    tail: deque[tuple[int, bytes]] = dataclasses.field(default_factory=deque)
    watchers: OrderedDict[Watcher, None] = dataclasses.field(default_factory=OrderedDict)
    sent_at: float = dataclasses.field(default_factory=time.monotonic)


class Hub:
    """At most `places` watchers, `each` from one address. `look` runs in the hub's thread;
    `is_serving` turns false when the server ends. The thread lives while somebody watches.
    """

    def __init__(self, look: Look, is_serving: Callable[[], bool], places: int, each: int) -> None:
        self._look = look
        self._is_serving = is_serving
        self._places = places
        self._each = each
        self._topics: dict[str, Topic] = {}
        self._addresses: Counter[str] = Counter()
        self._coming: deque[tuple[Watcher, int]] = deque()
        self._selector: selectors.BaseSelector
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None
        self._next_look = 0.0

    # --- for any thread

    def has_room(self, address: str) -> bool:
        """Whether one more from this address may watch. Those on their way are not counted yet."""
        with self._guard:
            return self._has_room(place_of(address))

    def watching(self) -> int:
        """How many watch now."""
        with self._guard:
            return self._addresses.total()

    def join(self, sock: socket.socket, address: str, topic: str, told: int, known: Known) -> None:
        """Hand over a socket on which everything up to `told` was sent; the log was read up to
        `known.mark`. The hub closes it, at once where others took the last place meanwhile.
        """
        network = place_of(address)
        sock.setblocking(False)
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BEHIND // 2)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ends = time.monotonic() + LIFE
        watcher = Watcher(sock, network, topic, max(told, known.mark), known.standing, ends)
        with self._guard:
            if not self._has_room(network):
                sock.close()
                return
            self._addresses[network] += 1
            self._coming.append((watcher, known.mark))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="hub", daemon=True)
                self._thread.start()

    def _has_room(self, network: str) -> bool:
        is_open = self._addresses[network] < self._each
        return is_open and self._addresses.total() < self._places

    # --- the hub's thread

    def _run(self) -> None:
        # Made here and not before: a selector does not outlive a fork.
        with selectors.DefaultSelector() as self._selector:
            while not self._is_done():
                try:
                    self._admit()
                    if self._is_serving():
                        self._serve()
                    else:
                        self._let_go()
                except Exception:
                    log.exception("the hub lets its watchers go; they come again")
                    self._let_go()

    def _is_done(self) -> bool:
        """Whether nobody is left; who comes after that starts a thread anew."""
        with self._guard:
            if self._topics or self._coming:
                return False
            self._thread = None
            return True

    def _serve(self) -> None:
        self._attend()
        now = time.monotonic()
        if now < self._next_look:
            return
        self._tell()
        self._keep_up(now)
        self._next_look = max(now + LOOK, now + (time.monotonic() - now) * SHARE)

    def _admit(self) -> None:
        while self._coming:
            watcher, read = self._coming.popleft()
            topic = self._topics.setdefault(watcher.topic, Topic(read, read))
            topic.watchers[watcher] = None
            self._selector.register(watcher.sock, selectors.EVENT_READ, watcher)
            if read < topic.floor:  # Too long on the way: he comes again from where he was.
                self._drop(watcher)
                continue
            self._send(watcher, self._unsaid(watcher, topic.tail, topic.standing))

    def _attend(self) -> None:
        """Wait for what watchers say, which is nothing or their end, and for those who take on."""
        for key, events in self._selector.select(TICK):
            if events & selectors.EVENT_READ:
                self._hear(key.data)
            if events & selectors.EVENT_WRITE and key.data.sock.fileno() >= 0:
                self._flush(key.data)

    def _tell(self) -> None:
        """Ask once for all topics, and send each one's news to all its watchers."""
        asked = {
            name: Known(topic.mark, bool(topic.standing)) for name, topic in self._topics.items()
        }
        try:
            found = self._look(asked)
        except Exception:
            log.exception("the log could not be read; the watchers wait")
            return
        for name, news in found.items():
            topic = self._topics[name]
            topic.mark = max(topic.mark, news.mark)
            topic.standing = news.standing or topic.standing
            topic.tail += news.messages
            while len(topic.tail) > TAIL:
                topic.floor, _ = topic.tail.popleft()
            if news.messages or news.standing:
                self._send_all(topic, news)

    def _send_all(self, topic: Topic, news: News) -> None:
        topic.sent_at = time.monotonic()
        whole = b"".join([message for _, message in news.messages]) + news.standing
        first = news.messages[0][0] if news.messages else topic.mark
        for watcher in list(topic.watchers):
            if watcher.told < first and not watcher.standing:
                watcher.standing = bool(news.standing)
                self._send(watcher, whole)
            else:
                self._send(watcher, self._unsaid(watcher, news.messages, news.standing))

    def _unsaid(
        self, watcher: Watcher, messages: Iterable[tuple[int, bytes]], standing: bytes
    ) -> bytes:
        """What of this the watcher was not told yet; it is told now."""
        unsaid = b"".join([message for mark, message in messages if mark > watcher.told])
        if standing and not watcher.standing:
            watcher.standing = True
            return unsaid + standing
        return unsaid

    def _keep_up(self, now: float) -> None:
        """Comments for quiet topics; those whose time is over end."""
        for topic in list(self._topics.values()):
            if now - topic.sent_at >= QUIET:
                topic.sent_at = now
                for watcher in list(topic.watchers):
                    self._send(watcher, COMMENT)
            for watcher in [one for one in topic.watchers if one.ends < now]:
                self._drop(watcher)

    def _send(self, watcher: Watcher, data: bytes) -> None:
        """Send without waiting; what is not taken waits, up to BEHIND."""
        if watcher.pending:
            watcher.pending += data
            self._flush(watcher)
            return
        if not data:
            return
        try:
            taken = watcher.sock.send(data)
        except BlockingIOError:
            taken = 0
        except OSError:
            self._drop(watcher)
            return
        if taken < len(data):
            watcher.pending += data[taken:]
            if len(watcher.pending) > BEHIND:
                self._drop(watcher)
            else:
                self._selector.modify(watcher.sock, BOTH, watcher)

    def _flush(self, watcher: Watcher) -> None:
        """Send what waited."""
        try:
            taken = watcher.sock.send(watcher.pending)
        except BlockingIOError:
            taken = 0
        except OSError:
            self._drop(watcher)
            return
        del watcher.pending[:taken]
        if not watcher.pending:
            self._selector.modify(watcher.sock, selectors.EVENT_READ, watcher)
        elif len(watcher.pending) > BEHIND:
            self._drop(watcher)

    def _hear(self, watcher: Watcher) -> None:
        try:
            heard = watcher.sock.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            heard = b""
        watcher.heard += len(heard)
        if not heard or watcher.heard > CHATTER:
            self._drop(watcher)

    def _drop(self, watcher: Watcher) -> None:
        topic = self._topics.get(watcher.topic)
        if topic is None or watcher not in topic.watchers:
            return
        del topic.watchers[watcher]
        if not topic.watchers:
            del self._topics[watcher.topic]
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(watcher.sock)
        watcher.sock.close()
        with self._guard:
            self._addresses[watcher.address] -= 1
            if not self._addresses[watcher.address]:
                del self._addresses[watcher.address]

    def _let_go(self) -> None:
        """Nobody is kept: all come again, to this process or to another."""
        for topic in list(self._topics.values()):
            for watcher in list(topic.watchers):
                self._drop(watcher)
