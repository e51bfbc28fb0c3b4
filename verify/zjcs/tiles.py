"""C2SP tlog-tiles: paths of hash tiles and entry bundles, and what a bundle looks like. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .faults import Fault
from .merkle import HASH_SIZE, leaf_hash, node_hash

WIDTH = 256  # hashes of a full tile, entries of a full bundle


def number_path(number: int) -> str:
    """Tile number as path: three digits a part, all but the last with an x (1234067 ->
    x001/x234/067).
    """
    parts = [f"{number % 1000:03d}"]
    while number >= 1000:
        number //= 1000
        parts.append(f"x{number % 1000:03d}")
    return "/".join(reversed(parts))


def tile_path(level: int | str, number: int, width: int = WIDTH) -> str:
    """Path of a tile; `level` "entries" gives the bundle's. `width` below 256 gives the partial
    tile's.
    """
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{number_path(number)}{partial}"


def parse_tile_path(path: str) -> tuple[int | None, int, int]:
    """(level or None for entries, number, width) of `tile/...`. Raises Fault `tile.path` for any
    other spelling.
    """
    match = re.fullmatch(
        r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?",
        path,
    )
    width = int(match[3] or WIDTH) if match else 0
    if not match or width > WIDTH or (match[3] and width == WIDTH):
        raise Fault("tile.path", path=path[:80])
    level = None if match[1] == "entries" else int(match[1])
    number = int(match[2].replace("x", "").replace("/", ""))
    if number_path(number) != match[2] or (level or 0) > 63:
        raise Fault("tile.path", path=path[:80])
    return level, number, width


def tiles_of(size: int, level: int = 0) -> Iterator[tuple[int, int]]:
    """(number, width) of every tile of a level in a tree of `size` leaves."""
    full, rest = divmod(size >> (8 * level), WIDTH)
    yield from ((number, WIDTH) for number in range(full))
    if rest:
        yield full, rest


def format_bundle(entries: Iterable[bytes]) -> bytes:
    """Entry bundle: each entry after its length as two big-endian bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def parse_bundle(data: bytes, width: int) -> list[bytes]:
    """Entries of a bundle that must hold exactly `width` of them. Raises Fault `log.bundle`."""
    entries = []
    position = 0
    while position < len(data):
        length = int.from_bytes(data[position : position + 2], "big")
        entry = data[position + 2 : position + 2 + length]
        if len(data) < position + 2 or len(entry) != length:
            raise Fault("log.bundle")
        entries.append(entry)
        position += 2 + length
    if len(entries) != width:
        raise Fault("log.bundle")
    return entries


def format_tile(hashes: Iterable[bytes]) -> bytes:
    """Hash tile: its hashes one after another."""
    return b"".join(hashes)


class TileRows:
    """Recompute every hash tile from leaves in order: `add` gives the full tiles it completes,
    `rest` the partial ones.
    """

    def __init__(self) -> None:
        self.rows: list[list[bytes]] = [[]]
        self.numbers = [0]

    def add(self, entries: Iterable[bytes]) -> Iterator[tuple[int, int, bytes]]:
        """(level, number, bytes) of each full tile that these leaves complete."""
        for entry in entries:
            yield from self._push(0, leaf_hash(entry))

    def _push(self, level: int, value: bytes) -> Iterator[tuple[int, int, bytes]]:
        if level == len(self.rows):
            self.rows.append([])
            self.numbers.append(0)
        self.rows[level].append(value)
        if len(self.rows[level]) == WIDTH:
            row = self.rows[level]
            yield level, self.numbers[level], format_tile(row)
            self.rows[level] = []
            self.numbers[level] += 1
            while len(row) > 1:
                row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
            yield from self._push(level + 1, row[0])

    def rest(self) -> Iterator[tuple[int, int, bytes]]:
        """(level, number, bytes) of the partial tiles at the right edge."""
        for level, row in enumerate(self.rows):
            if row:
                yield level, self.numbers[level], format_tile(row)


def width_of(tile: bytes) -> int:
    """Number of hashes in a tile."""
    return len(tile) // HASH_SIZE
