"""Reading a whole log: where its files come from, every leaf hashed up to the signed root and sorted
to its draw.

A live log (`https://host/log`) or a mirrored folder with the same layout: `checkpoint`, `keys`,
`tile/...`, and beside it `draws/<draw>/evidence.json`.
"""

from __future__ import annotations

import functools
import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from . import draw as protocol
from . import exclusions, leaves, merkle, note, samples, shapes, tiles
from .canonical import MAX_FILE, bound
from .case import Leaf
from .faults import Fault
from .glance import Glance, glance
from .instants import SLACK, slack

ERASED = "payload.erased"
POOL = "jurors.pool"
DRAWN = "lot.drawn"
REMEMBERED = frozenset(
    {
        "agency.activated",
        "result.annulled",
        "result.published",
        "rulebook.approved",
        "selection.failed",
    }
).union(*exclusions.PROVED_BY.values())
"""Kinds of leaf that a draw's leaves are joined to."""

CLOSER = (*leaves.GUARDED, *leaves.OF_A_DRAW)

Progress = Callable[[int, int], None]


class Source(Protocol):
    """Where the log's files come from. `read` gives None when there is no such file."""

    def read(self, path: str) -> bytes | None: ...


class Folder:
    """A mirrored log."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, path: str) -> bytes | None:
        try:
            bound((self.folder / path).stat().st_size)
            return (self.folder / path).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Fault("log.missing", path=path, reason=error.strerror) from None


class Web:
    """A live log; paths that begin with ../ are looked up beside it."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")

    def read(self, path: str) -> bytes | None:
        base = self.url
        if path.startswith("../"):
            base = base.rpartition("/")[0]
            path = path[3:]
        try:
            with urllib.request.urlopen(f"{base}/{path}", timeout=30) as answer:
                data = bytes(answer.read(MAX_FILE + 1))
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise Fault("log.missing", path=path, reason=error.code) from None
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise Fault("log.missing", path=path, reason=str(error)[:120]) from None
        bound(len(data))
        return data


def open_source(place: str) -> Source:
    """A live log for http(s) addresses, a folder for everything else."""
    return Web(place) if place.startswith(("http://", "https://")) else Folder(Path(place))


def need(source: Source, path: str) -> bytes:
    """A file that has to be there. Raises Fault `log.missing`."""
    data = source.read(path)
    if data is None:
        raise Fault("log.missing", path=path, reason="404")
    return data


@dataclass(frozen=True)
class Told:
    """A leaf of the market's own kinds that something is joined to."""

    index: int
    type: str
    subject: str
    fields: dict[str, Any]


@dataclass
class Found:
    """What a whole log says: leaves of draws by draw, leaves of sources, which draws share, what is
    joined to them, and the tree as it grew.
    """

    latest: int | None = None  # epoch seconds at which the head was first cosigned
    draws: dict[str, list[Leaf]] = field(default_factory=dict)
    algs: dict[str, str] = field(default_factory=dict)  # of each draw's notice
    sources: list[Leaf] = field(default_factory=list)
    of_samples: list[Leaf] = field(default_factory=list)  # plans, lists and lots of samples
    closings: list[samples.Closing] = field(default_factory=list)  # what their lists are made of
    pools: list[Leaf] = field(default_factory=list)  # of jurors, as they were admitted
    told: list[Told] = field(default_factory=list)
    unknown: list[tuple[int, str]] = field(default_factory=list)
    erased: list[str] = field(
        default_factory=list
    )  # entries whose digest lost its payload, with the entry that says so
    highest: int = 0  # the latest instant that an entry names, within the head's time
    amiss: list[tuple[str | None, Fault]] = field(
        default_factory=list
    )  # instants out of order: the draw (None: another matter's)
    hashes: list[bytes] = field(default_factory=list)  # of each bundle, one behind another
    peaks: list[list[bytes]] = field(
        default_factory=list
    )  # the tree's right edge before each bundle
    walked: dict[int, bool] = field(default_factory=dict)

    def root(self, size: int) -> bytes:
        """The root over the first `size` leaves."""
        number = min(size // tiles.WIDTH, len(self.peaks) - 1)
        edge = merkle.Frontier(number * tiles.WIDTH, self.peaks[number])
        rest = self.hashes[number][: (size - edge.size) * merkle.HASH_SIZE]
        edge.extend(
            rest[at : at + merkle.HASH_SIZE] for at in range(0, len(rest), merkle.HASH_SIZE)
        )
        return edge.root()

    def leaf_hash(self, index: int) -> str:
        """The hash of a leaf (hex)."""
        at = index % tiles.WIDTH * merkle.HASH_SIZE
        return self.hashes[index // tiles.WIDTH][at : at + merkle.HASH_SIZE].hex()

    def keep(self, index: int, data: bytes) -> None:
        """Hold one leaf to its one spelling and sort it in. Raises Fault for another spelling, and
        when it speaks about a draw in a way that no verifier knows.
        """
        seen = glance(data)
        if seen is not None and self._passes(seen):
            return
        try:
            value = leaves.read_leaf(data)
            known = leaves.is_known(value)
            if not known and leaves.claims_a_draw(value):
                raise Fault("leaf.type", rule=11, type=value["type"])
            if known:
                self._keep_known(Leaf(index, value, merkle.leaf_hash(data).hex()))
            else:
                self._keep_other(index, value)
        except Fault as fault:
            raise fault.at(f"leaf {index}") from None

    def _passes(self, seen: Glance) -> bool:
        """Whether a leaf of another matter asks for no closer look."""
        kind, at = seen
        if _is_looked_at(kind):
            return False
        if at is None:
            return True
        if at < self.highest - SLACK or (self.latest is not None and at > self.latest + SLACK):
            return False
        if at > self.highest:
            self.highest = at
        return True

    def _keep_known(self, leaf: Leaf) -> None:
        value = leaf.value
        draw = value.get("draw") or _of_lot(value)
        if samples.is_of_a_sample(value):
            draw = None
            leaves.check_leaf(value, protocol.PROTOCOL_2)
            self.of_samples.append(leaf)
        elif draw is None:
            _of_any(value)
            if value["type"] == POOL:
                self.pools.append(leaf)
            elif "source" in value:
                self.sources.append(leaf)
        else:
            alg = leaves.alg_of(value, self.algs.get(draw, protocol.PROTOCOL))
            leaves.check_leaf(value, alg)
            if self.algs.setdefault(draw, alg) != alg and value["type"].startswith("notice."):
                raise Fault("notice.other_alg", rule=1, alg=alg, expected=self.algs[draw])
            self.draws.setdefault(draw, []).append(leaf)
        self._in_time(leaf, draw or "")

    def _keep_other(self, index: int, value: dict[str, Any]) -> None:
        kind = value["type"]
        subject = value.get("subject")
        if kind == ERASED:
            self.erased.append(_erased(index, value))
        if leaves.is_unknown(value):
            self.unknown.append((index, kind))
        if kind in samples.CLOSINGS and isinstance(subject, str) and shapes.TIME(value.get("at")):
            self.closings.append(samples.Closing(index, kind, subject, value["at"]))
        if kind in REMEMBERED and isinstance(subject, str):
            self.told.append(Told(index, kind, subject, value))
        if shapes.TIME(value.get("at")):
            self._in_time(Leaf(index, value, ""), None)

    def _in_time(self, leaf: Leaf, draw: str | None) -> None:
        """Rule 3 along the whole log."""
        at = leaf.value.get("at")
        if at is None:
            return
        if self.latest is not None and at > self.latest + SLACK:
            self._note(draw, Fault("at.future", rule=3, where=leaf.where, at=at, seen=self.latest))
            return
        if at < self.highest - slack(leaf):
            self._note(draw, Fault("at.back", rule=3, where=leaf.where, at=at, before=self.highest))
        self.highest = max(self.highest, at)

    def _note(self, draw: str | None, fault: Fault) -> None:
        if not any(known == draw for known, _ in self.amiss):  # the first of each says enough
            self.amiss.append((draw, fault))


@functools.lru_cache(maxsize=1024)
def _is_looked_at(kind: str) -> bool:
    """Whether a leaf of a kind is read in full: of a draw, joined to one, counted by a sample, or an
    erasure.
    """
    is_joined = kind in REMEMBERED or kind in samples.CLOSINGS
    return is_joined or kind.startswith(CLOSER) or kind == ERASED


def _of_lot(value: dict[str, Any]) -> str | None:
    """The draw of a leaf that names its lot alone."""
    lot = value.get("lot")
    return lot.partition("/")[0] if value["type"] == DRAWN and isinstance(lot, str) else None


def _of_any(value: dict[str, Any]) -> None:
    """Hold a leaf that no single draw owns to the tables, of which one must fit."""
    faults = []
    for alg in leaves.TABLES:
        try:
            return leaves.check_leaf(value, alg)
        except Fault as fault:
            faults.append(fault)
    raise faults[0]


def _erased(index: int, value: dict[str, Any]) -> str:
    """What an erasure says: the entry stays and is hashed like every other; only what its digest
    stood for is gone.
    """
    target = value.get("index")
    if not shapes.whole(0, index - 1)(target):
        raise Fault("erased.index", index=target)
    return f"{target} ({value.get('subject')}, {index})"


def read_all(
    source: Source,
    head: note.Checkpoint,
    kept: note.Checkpoint | None,
    every_tile: bool,
    progress: Progress,
    latest: int | None = None,
) -> Found:
    """Read every leaf up to `head` and hold them to its root; `kept`: an older checkpoint that must be
    its beginning; `latest`: when a witness first cosigned it.
    """
    frontier = merkle.Frontier()
    found = Found(latest)
    rows = tiles.TileRows()
    if kept and kept.size == 0 and kept.root != merkle.EMPTY_ROOT:
        raise Fault("log.since", where="--since", size=0)
    for number, width in tiles.tiles_of(head.size):
        entries = _bundle(source, number, width)
        for index, entry in enumerate(entries, frontier.size):
            found.keep(index, entry)
        hashes = [merkle.leaf_hash(entry) for entry in entries]
        if kept and frontier.size < kept.size <= frontier.size + width:
            _hold_kept(frontier, hashes, kept)
        found.peaks.append(list(frontier.peaks))
        found.hashes.append(b"".join(hashes))
        frontier.extend(hashes)
        if every_tile:
            _compare(source, rows.add(entries))
        progress(frontier.size, head.size)
    if every_tile:
        _compare(source, rows.rest())
    if frontier.root() != head.root:
        raise Fault("log.root", where="checkpoint", size=head.size)
    return found


def _hold_kept(frontier: merkle.Frontier, hashes: list[bytes], kept: note.Checkpoint) -> None:
    """Hold the log's first `kept.size` leaves to the root that the person kept."""
    beginning = merkle.Frontier(frontier.size, frontier.peaks)
    beginning.extend(hashes[: kept.size - frontier.size])
    if beginning.root() != kept.root:
        raise Fault("log.since", where=f"leaf {kept.size - 1}", size=kept.size)


def _bundle(source: Source, number: int, width: int) -> list[bytes]:
    path = tiles.tile_path("entries", number, width)
    try:
        return tiles.parse_bundle(need(source, path), width)
    except Fault as fault:
        fault.facts.setdefault("index", number)
        raise fault.at(path) from None


def _compare(source: Source, computed: Iterator[tuple[int, int, bytes]]) -> None:
    for level, number, data in computed:
        path = tiles.tile_path(level, number, tiles.width_of(data))
        if need(source, path) != data:
            raise Fault("log.tile", where=path)
