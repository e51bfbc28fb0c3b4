"""A client's connection as the front holds it: what was read, when it came, how far it reaches."""

import errno
import socket
import struct
import tempfile
import time
from typing import IO

from market.web import whole

SO_TIMESTAMPNS = 35  # Linux, asm-generic/socket.h; Python has no name for it
TIMESPEC = struct.Struct("@qq")
ANCILLARY = socket.CMSG_SPACE(TIMESPEC.size)
CHUNK = 64 * 2**10  # bytes asked of the kernel at once
IN_MEMORY = 64 * 2**10  # bytes of a request that are held in memory; more goes to a file

PATIENCE = 30.0  # seconds in which a request comes whole,
PACE = 8 * 2**10  # and a second more for each so many bytes


class Held:
    """Bytes that were read and that nobody has taken yet, in their order; many go to a file."""

    def __init__(self) -> None:
        self._memory = bytearray()
        self._file: IO[bytes] | None = None
        self._taken = 0
        self.length = 0

    def add(self, data: bytes) -> None:
        """Put bytes at the end."""
        self.length += len(data)
        if self._file is None and self.length <= IN_MEMORY:
            self._memory += data
            return
        if self._file is None:
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 -- closed in drop()
            self._file.write(self._memory)
            self._memory.clear()
        self._file.seek(0, 2)
        self._file.write(data)

    def first(self, size: int) -> bytes:
        """A look at the beginning, which stays."""
        if self._file is None:
            return bytes(self._memory[:size])
        self._file.seek(self._taken)
        return self._file.read(size)

    def take(self, size: int) -> bytes:
        """The next bytes, at most so many."""
        data = self.first(min(size, self.length))
        self.length -= len(data)
        if self._file is None:
            del self._memory[: len(data)]
            return data
        self._taken += len(data)
        if not self.length:
            self.drop()
        return data

    def put_back(self, data: bytes) -> None:
        """Bytes that were taken too many, before the others."""
        if data:
            rest = self.take(self.length)
            self.add(data + rest)

    def drop(self) -> None:
        """Forget everything."""
        if self._file is not None:
            self._file.close()
        self._file = None
        self._memory.clear()
        self._taken = 0
        self.length = 0


class FairSocket(socket.socket):
    """A client's connection that says when its bytes came.

    `stamp` is the kernel's instant of the last byte read (nanoseconds since 1970), None where the
    kernel gives none. The poller fills it by `pull`; whoever reads a request by `recv` gets what
    was pulled first, and at most what belongs to that request as long as its extent is known.
    """

    def __init__(self, accepted: socket.socket) -> None:
        super().__init__(fileno=accepted.detach())
        self.stamp: int | None = None
        self.held = Held()
        self.owed = 0  # bytes of `held` that belong to the request in hand
        self.extent = whole.UNKNOWN
        self.began = 0.0  # monotonic instants: when this request was first waited for,
        self.ends = 0.0  # and until when a thread may wait for its rest
        self.drained = 0  # bytes that came after the answer

    def pull(self) -> bool:
        """Read what is there without waiting. False when the other side has closed; raises
        BlockingIOError when there is nothing.
        """
        data = self._stamped(CHUNK)
        self.held.add(data)
        return bool(data)

    def recv(self, size: int, flags: int = 0) -> bytes:
        """What a server's parser reads: what was pulled, then the wire until the request's time
        is over.
        """
        if self.held.length and not flags:
            taken = self.held.take(min(size, self.owed) if self.owed else size)
            self.owed = max(0, self.owed - len(taken))
            return taken
        usual = self.gettimeout()
        left = min(self.ends - time.monotonic(), PATIENCE if usual is None else usual)
        if left <= 0:
            raise ConnectionResetError(errno.ECONNRESET, "the request did not come in its time")
        self.settimeout(left)
        try:
            return self._stamped(size, flags)
        except TimeoutError as slow:
            raise ConnectionResetError(errno.ECONNRESET, "the request stayed out") from slow
        finally:
            self.settimeout(usual)

    def _stamped(self, size: int, flags: int = 0) -> bytes:
        data, ancillary, _flags, _address = self.recvmsg(size, ANCILLARY, flags)
        if data:
            self.stamp = None
        for level, kind, value in ancillary:
            if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS:
                seconds, nanoseconds = TIMESPEC.unpack(value[: TIMESPEC.size])
                self.stamp = seconds * 10**9 + nanoseconds
        return data

    def setblocking(self, flag: bool) -> None:
        """A thread waits for a client only so long; the poller never."""
        self.settimeout(PATIENCE if flag else 0.0)

    def is_whole(self) -> bool:
        """Whether a thread may take the request; its head is looked at until its end is known."""
        if not self.held.length:
            return False
        if self.extent.bytes is None:
            self.extent = whole.extent(self.held.first(whole.HEAD_LIMIT))
        return self.extent.bytes is not None and self.held.length >= self.extent.bytes

    def expect(self) -> None:
        """Another request is expected."""
        self.extent = whole.UNKNOWN
        self.owed = 0
        self.began = time.monotonic()

    def hand_over(self) -> None:
        """A thread takes the request: it gets the request's own bytes and no other's."""
        self.owed = (self.extent.bytes or 0) if self.extent.is_sure else 0
        self.ends = self.deadline()

    def deadline(self) -> float:
        """The monotonic instant at which a request is given up, later the more of it came."""
        return self.began + PATIENCE + self.held.length / PACE
