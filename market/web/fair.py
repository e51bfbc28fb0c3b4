"""The server's front: gunicorn's threads, which take a request only when it is here whole.

One thread of the process, the poller, accepts and reads; it does no work of ours, so that neither a
slow client nor a full house makes another's form late. The kernel stamps the bytes when they come
(Linux, SO_TIMESTAMPNS), also those of a connection that nobody has accepted yet: the instant of
receipt is the machine's, whenever a thread gets to it (ADR 0031). HTTP itself is parsed by gunicorn
alone.

This leans on names of `gunicorn.workers.gthread` that gunicorn does not promise: its version is
pinned, and tests/web/test_fair_names.py finds each of them. Any other WSGI server runs the product too,
with the instant at which a thread has read the form.
"""

import contextlib
import errno
import selectors
import socket
import time
from collections import Counter
from concurrent import futures
from functools import partial

from gunicorn.workers import gthread

from market.kernel.arrival import TakenBy
from market.kernel.clock import machine_ns
from market.kernel.networks import place_of
from market.web import whole
from market.web.handover import HandsOver
from market.web.wire import SO_TIMESTAMPNS, FairSocket

CHUNKS = 16  # reads of one connection in a row, so that a quick sender does not keep the poller
ANSWER = 1 * 2**20  # bytes of an answer that the kernel is asked to hold for a slow reader
LOOK = 0.25  # seconds between two looks at all who are slow: thousands of them cost something
LINGER = 2.0  # seconds that a closing connection has to take its answer (RFC 9112, 9.6)
LINGER_BYTES = 64 * 2**10  # that a closing connection may still send unread

UNSURE_THREADS = 4  # that may wait for clients whose request is not known to be whole
HALF_SENT = 300  # requests under way from one address; the oldest goes when another comes
HALF_SENT_AFTER = 2.0  # seconds after which a request counts as half sent
UNREAD = 512 * 2**20  # bytes of all requests under way

BRIEF = b"HTTP/1.1 %b\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
TIMED_OUT = BRIEF % b"408 Request Timeout"  # RFC 9110, 15.5.9
HEAD_TOO_LONG = BRIEF % b"431 Request Header Fields Too Large"  # RFC 6585, 5


class FairWorker(HandsOver):
    """gunicorn's thread worker, in front of which the poller waits for whole requests."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.reading: dict[gthread.TConn, None] = {}  # requests under way, oldest first
        self.closing: dict[gthread.TConn, float] = {}  # answered; monotonic instant of the end
        self.addresses: Counter[str] = Counter()
        self.unread = 0
        self.in_hand: dict[gthread.TConn, int] = {}  # forms that wait for an answer: their stamp
        self.low_water = machine_ns()
        self.received_by = TakenBy.READING  # what takes the instants here, for /healthz
        self._pass_is_full = True
        self._next_look = 0.0
        self._unsure = futures.ThreadPoolExecutor(UNSURE_THREADS, "unsure")

    def init_process(self) -> None:
        """Ask the kernel for stamps before anybody is accepted: connections inherit the wish."""
        for listener in self.sockets:
            with contextlib.suppress(OSError):
                listener.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
                self.received_by = TakenBy.KERNEL
            with contextlib.suppress(OSError):
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, ANSWER)
        super().init_process()

    def accept(self, listener: socket.socket) -> None:
        """Take every connection that waits, and begin to read each."""
        while self.nr_conns < self.worker_connections or self._make_room():
            try:
                accepted, address = listener.accept()
            except OSError as none:
                if none.errno == errno.ECONNABORTED:
                    continue
                if none.errno in (errno.EAGAIN, errno.EWOULDBLOCK):
                    return
                raise

            self.nr_conns += 1
            if self.cfg.is_ssl:  # What deciphers reads by itself, in a thread.
                connection = gthread.TConn(self.cfg, accepted, address, listener.getsockname())
                self.enqueue_req(connection)
                continue

            fair = FairSocket(accepted)
            connection = gthread.TConn(self.cfg, fair, address, listener.getsockname())
            connection.data_ready = True
            self.await_request(connection)
        self._pass_is_full = False

    def set_accept_enabled(self, enabled: bool) -> None:
        """As gunicorn does; in a full house whoever has half sent a request gives way to others."""
        super().set_accept_enabled(enabled or (self.alive and self._gives_way() is not None))

    def is_parent_alive(self) -> bool:
        """As gunicorn does; a worker without its parent ends."""
        lives = bool(super().is_parent_alive())
        if not lives:
            self.alive = False
        return lives

    def await_request(self, connection: gthread.TConn) -> None:
        """Read the next request of a connection, of which bytes may be held already."""
        connection.sock.expect()
        self.reading[connection] = None
        self.addresses[_address(connection)] += 1
        self.unread += connection.sock.held.length
        self.poller.register(
            connection.sock, selectors.EVENT_READ, partial(self.on_readable, connection)
        )
        if self.addresses[_address(connection)] > HALF_SENT:
            oldest = self._gives_way(_address(connection))
            if oldest is not None:
                self._forget(oldest)
        self.on_readable(connection, connection.sock)

    def on_readable(self, connection: gthread.TConn, client: FairSocket) -> None:
        """Read what has come; hand the request to a thread when it is whole."""
        for _ in range(CHUNKS):
            if client.is_whole():
                self._stop_reading(connection)
                if client.extent is whole.TOO_LONG:
                    self._refuse(connection, HEAD_TOO_LONG)
                else:
                    self._hand_over(connection)
                return
            before = client.held.length
            try:
                is_open = client.pull()
            except BlockingIOError:
                return
            except OSError:
                is_open = False
            if not is_open:
                self._forget(connection)
                return
            self.unread += client.held.length - before
            if self.unread > UNREAD:
                self._forget(max(self.reading, key=lambda one: one.sock.held.length))
                if connection not in self.reading:
                    return
        self._pass_is_full = False

    def _hand_over(self, connection: gthread.TConn) -> None:
        client = connection.sock
        client.hand_over()
        if client.extent.is_form:
            self.in_hand[connection] = client.stamp or machine_ns()
        if client.extent.is_sure:
            self.enqueue_req(connection)
            return
        waiting = self._unsure.submit(self.handle, connection)
        waiting.add_done_callback(
            lambda done: self.method_queue.defer(self.finish_request, connection, done)
        )

    def finish_request(self, conn: gthread.TConn, fs: "futures.Future[bool]") -> None:
        """Answered: read the next request of the connection, keep it for one, or close it."""
        self.in_hand.pop(conn, None)
        if self.cfg.is_ssl or conn.sock in self._receivers:
            super().finish_request(conn, fs)
            return
        if fs.cancelled() or fs.exception() is not None or not fs.result():
            self._linger(conn)
            return

        conn.sock.held.put_back(conn.parser.unreader.take_buffered())
        if conn.sock.held.length:
            conn.sock.setblocking(False)
            self.await_request(conn)
        else:
            super().finish_request(conn, fs)

    def on_client_socket_readable(self, conn: gthread.TConn, client: FairSocket) -> None:
        """A connection that was kept alive brings another request."""
        if self.cfg.is_ssl:
            super().on_client_socket_readable(conn, client)
            return
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self.await_request(conn)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """One pass over all who are there; what came before it began has then been read."""
        began = machine_ns()
        self._pass_is_full = self._accepting
        super().wait_for_and_dispatch_events(timeout)
        if self._pass_is_full:
            self.low_water = began

    def lowest(self) -> int:
        """Nothing that came before this instant (nanoseconds since 1970) is unanswered here.

        For any thread: what the poller changes meanwhile is seen before or after, both true.
        """
        low_water = self.low_water
        return min([low_water, *self.in_hand.copy().values()])

    def murder_pending(self) -> None:
        """Give up requests that stay out too long, and connections that do not close."""
        super().murder_pending()
        now = time.monotonic()
        if self.alive and now < self._next_look:
            return
        self._next_look = now + LOOK
        for connection in [one for one in self.reading if self._is_over(one, now)]:
            if connection.sock.held.length:
                self._stop_reading(connection)
                self._refuse(connection, TIMED_OUT)
            else:
                self._forget(connection)
        for connection in [one for one, end in self.closing.items() if end < now]:
            self._close(connection)
        if self.alive and not self._accepting:
            self.set_accept_enabled(False)  # Which asks whether somebody gives way.

    def _is_over(self, connection: gthread.TConn, now: float) -> bool:
        """Whether a request is waited for no longer; who has said nothing is not waited for at the
        end of the process.
        """
        has_begun = connection.sock.held.length > 0
        return connection.sock.deadline() < now or not (self.alive or has_begun)

    def _refuse(self, connection: gthread.TConn, answer: bytes) -> None:
        with contextlib.suppress(OSError):
            connection.sock.send(answer)
        self._linger(connection)

    def _linger(self, connection: gthread.TConn) -> None:
        """Close in two steps, so that what the client still sends does not cost it the answer."""
        client = connection.sock
        client.held.drop()
        try:
            client.setblocking(False)
            client.shutdown(socket.SHUT_WR)
            self.poller.register(client, selectors.EVENT_READ, partial(self._drain, connection))
        except (OSError, ValueError):
            self.nr_conns -= 1
            connection.close()
            return
        client.drained = 0
        self.closing[connection] = time.monotonic() + LINGER

    def _drain(self, connection: gthread.TConn, client: FairSocket) -> None:
        with contextlib.suppress(BlockingIOError):
            try:
                came = len(socket.socket.recv(client, LINGER_BYTES))
            except ConnectionError:
                came = 0
            client.drained += came
            if not came or client.drained > LINGER_BYTES:
                self._close(connection)

    def _close(self, connection: gthread.TConn) -> None:
        del self.closing[connection]
        self.poller.unregister(connection.sock)
        self.nr_conns -= 1
        connection.close()

    def _make_room(self) -> bool:
        """Whether a connection was closed for another one: the request longest under way."""
        oldest = self._gives_way()
        if oldest is not None:
            self._forget(oldest)
        return oldest is not None

    def _gives_way(self, address: str | None = None) -> gthread.TConn | None:
        """The oldest half-sent request, of one address or of all."""
        before = time.monotonic() - HALF_SENT_AFTER
        for connection in self.reading:
            if connection.sock.began > before:
                return None
            if address in (None, _address(connection)):
                return connection
        return None

    def _stop_reading(self, connection: gthread.TConn) -> None:
        self.poller.unregister(connection.sock)
        del self.reading[connection]
        self.unread -= connection.sock.held.length
        address = _address(connection)
        self.addresses[address] -= 1
        if not self.addresses[address]:
            del self.addresses[address]

    def _forget(self, connection: gthread.TConn) -> None:
        self._stop_reading(connection)
        self.nr_conns -= 1
        connection.sock.held.drop()
        connection.close()


def _address(connection: gthread.TConn) -> str:
    """Whom a connection is counted for."""
    return place_of(str(connection.client[0])) if isinstance(connection.client, tuple) else ""
