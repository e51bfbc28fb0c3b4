"""The whole log: every leaf hashed up to the signed root, every draw in it joined and held to the
rules.

Reads a live log (`https://host/log`) or a mirrored folder with the same layout: `checkpoint`,
`keys`, `tile/...`, and beside it `draws/<draw>/evidence.json`, which alone shows when the witnesses
cosigned each sealed list.
"""

from __future__ import annotations

import http.client
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from . import evidence, leaves, merkle, note, receipts, tiles, unfinished
from . import keys as verifier_keys
from .case import Case, Leaf
from .evidence import Step
from .faults import Fault, Undecided
from .keys import Keys
from .rules import NEEDS_FILE, RULES, no_second

ERASED = "payload.erased"
LIMIT = 32 * 1024 * 1024
# These bytes find every leaf of a draw without parsing a million others. One that hides behind a
# second spelling (a space, an
# escaped letter, which no canonical leaf has) is found too, and refused by rule 1.
_OURS = re.compile(rb'"(?:draw"|type"(?!:"(?!(?:source|draw|entries|payload)\.)))')
_AT = re.compile(rb'"at":([1-9][0-9]{0,11})[,}]')
_ESCAPED = b"\\u"

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
                return bytes(answer.read(LIMIT))
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise Fault("log.missing", path=path, reason=error.code) from None
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise Fault("log.missing", path=path, reason=str(error)[:120]) from None


def open_source(place: str) -> Source:
    """A live log for http(s) addresses, a folder for everything else."""
    return Web(place) if place.startswith(("http://", "https://")) else Folder(Path(place))


@dataclass
class Found:
    """Leaves of draws as they were met, by draw, and the leaves of sources, which draws share; the
    tree as it grew.
    """

    draws: dict[str, list[Leaf]] = field(default_factory=dict)
    sources: list[Leaf] = field(default_factory=list)
    erased: list[str] = field(
        default_factory=list
    )  # entries whose digest lost its payload, with the entry that says so
    told: int = 0  # the latest instant that the last entry of a bundle names
    hashes: list[bytes] = field(default_factory=list)  # of each bundle, one behind another
    peaks: list[list[bytes]] = field(
        default_factory=list
    )  # the tree's right edge before each bundle

    def root(self, size: int) -> bytes:
        """The root over the first `size` leaves."""
        number = min(size // tiles.WIDTH, len(self.peaks) - 1)
        edge = merkle.Frontier(number * tiles.WIDTH, self.peaks[number])
        rest = self.hashes[number][: (size - edge.size) * merkle.HASH_SIZE]
        edge.extend(
            rest[at : at + merkle.HASH_SIZE] for at in range(0, len(rest), merkle.HASH_SIZE)
        )
        return edge.root()

    def keep(self, index: int, data: bytes) -> None:
        """Sort one leaf in. Raises Fault when it speaks about a draw in a way that no verifier
        knows.
        """
        try:
            value = leaves.read_leaf(data)
            if value["type"] == ERASED:
                self.erased.append(_erased(index, value))
                return
            if not leaves.is_known(value):
                if leaves.claims_a_draw(value):
                    raise Fault("leaf.type", rule=11, type=value["type"])
                return
            leaves.check_leaf(value)
        except Fault as fault:
            raise fault.at(f"leaf {index}") from None
        leaf = Leaf(index, value, merkle.leaf_hash(data).hex())
        (self.draws.setdefault(value["draw"], []) if "draw" in value else self.sources).append(leaf)


def _erased(index: int, value: dict[str, Any]) -> str:
    """What an erasure says: the entry stays and is hashed like every other; only what its digest
    stood for is gone.
    """
    target = value.get("index")
    if not leaves.whole(0, index - 1)(target):
        raise Fault("erased.index", index=target)
    return f"{target} ({value.get('subject')}, {index})"


def check(
    source: Source,
    keys: Keys | None = None,
    since: str | None = None,
    every_tile: bool = False,
    progress: Progress = lambda done, size: None,
) -> Iterator[Step]:
    """Verify a whole log. Yields steps; a step of a draw may carry a fault, a fault of the log
    itself is raised.
    """
    keys = keys or claimed_keys(source)
    listed = _listed(source)
    yield Step("keys", 13, "pinned" if keys.pinned else "claimed")
    head, times = _head(
        _need(source, "checkpoint").decode(errors="replace"), keys, listed, "checkpoint"
    )
    yield Step(
        "log",
        None,
        f"{head.origin} {head.size}" + "".join(f"; {name} {time}" for name, time in times.items()),
    )
    if keys.witnesses and not times:
        yield Step(
            "head", 11, "", Undecided("log.uncosigned", rule=11, where="checkpoint", size=head.size)
        )
    kept = _kept(since, keys, listed, head) if since else None
    found = _read_all(source, head, kept, every_tile, progress)
    yield Step("leaves", None, f"{head.size}")
    if kept:
        yield Step("since", None, f"{kept.size}")
    if found.erased:
        yield Step("erased", None, ", ".join(found.erased))
    yield from _relistings(found)
    now = max(times.values(), default=found.told)
    for draw in found.draws:
        yield from _draw(draw, found, keys, source, head.size, now)


def claimed_keys(source: Source) -> Keys:
    """Keys as the log itself lists them in `keys`: the log's first, then its witnesses."""
    vkeys = _need(source, "keys").decode(errors="replace").split()
    kinds = {vkey: note.parse_vkey(vkey).kind for vkey in vkeys}
    log = [vkey for vkey in vkeys if kinds[vkey] == note.ED25519]
    if not log:
        raise Fault("keys.shape", rule=13, where="keys", key="log")
    witnesses = [vkey for vkey in vkeys if kinds[vkey] == note.COSIGNATURE]
    return verifier_keys.claimed(note.parse_vkey(log[0]).name, log, witnesses)


def _listed(source: Source) -> list[note.Key]:
    """Keys that the log names beside the pinned ones: a line of one of them may stand below a head,
    and counts for nothing.
    """
    data = source.read("keys")
    return [note.parse_vkey(vkey) for vkey in data.decode(errors="replace").split()] if data else []


def _head(
    text: str, keys: Keys, listed: list[note.Key], where: str
) -> tuple[note.Checkpoint, dict[str, int]]:
    try:
        head, signed = note.open_listed(text, keys.origin, keys.log, [*keys.witnesses, *listed])
        return head, note.cosignature_times(signed, keys.witnesses)
    except Fault as fault:
        raise fault.at(where) from None


def _kept(text: str, keys: Keys, listed: list[note.Key], head: note.Checkpoint) -> note.Checkpoint:
    kept, _ = _head(text, keys, listed, "--since")
    if kept.size > head.size:
        raise Fault("log.shrunk", where="checkpoint", size=head.size, kept=kept.size)
    return kept


def _read_all(
    source: Source,
    head: note.Checkpoint,
    kept: note.Checkpoint | None,
    every_tile: bool,
    progress: Progress,
) -> Found:
    frontier = merkle.Frontier()
    found = Found()
    rows = tiles.TileRows()
    if kept and kept.size == 0 and kept.root != merkle.EMPTY_ROOT:
        raise Fault("log.since", where="--since", size=0)
    for number, width in tiles.tiles_of(head.size):
        entries = _bundle(source, number, width)
        for index, entry in enumerate(entries, frontier.size):
            if _OURS.search(entry) or _ESCAPED in entry:
                found.keep(index, entry)
        found.told = max(found.told, _told(entries))
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


def _told(entries: list[bytes]) -> int:
    """The instant of the last of these entries that names one."""
    named = (_AT.search(entry) for entry in reversed(entries))
    return next((int(match[1]) for match in named if match), 0)


def _hold_kept(frontier: merkle.Frontier, hashes: list[bytes], kept: note.Checkpoint) -> None:
    """Hold the log's first `kept.size` leaves to the root that the person kept."""
    beginning = merkle.Frontier(frontier.size, frontier.peaks)
    beginning.extend(hashes[: kept.size - frontier.size])
    if beginning.root() != kept.root:
        raise Fault("log.since", where=f"leaf {kept.size - 1}", size=kept.size)


def _bundle(source: Source, number: int, width: int) -> list[bytes]:
    path = tiles.tile_path("entries", number, width)
    try:
        return tiles.parse_bundle(_need(source, path), width)
    except Fault as fault:
        fault.facts.setdefault("index", number)
        raise fault.at(path) from None


def _compare(source: Source, computed: Iterator[tuple[int, int, bytes]]) -> None:
    for level, number, data in computed:
        path = tiles.tile_path(level, number, tiles.width_of(data))
        if _need(source, path) != data:
            raise Fault("log.tile", where=path)


def _need(source: Source, path: str) -> bytes:
    data = source.read(path)
    if data is None:
        raise Fault("log.missing", path=path, reason="404")
    return data


def _relistings(found: Found) -> Iterator[Step]:
    """Rule 12 over the log: a project's later notice names an earlier draw of the same project as
    predecessor.
    """
    notices = sorted(
        (
            leaf
            for own in found.draws.values()
            for leaf in own
            if leaf["type"] == "notice.published"
        ),
        key=lambda leaf: leaf.index,
    )
    earlier: dict[str, list[str]] = {}
    for notice in notices:
        project = notice.value.get("project")
        before = earlier.setdefault(project, []) if project else []
        if (
            before
            and notice["draw"] not in before
            and notice.value.get("predecessor") not in before
        ):
            fault = Fault(
                "log.relisted", rule=12, where=notice.where, project=project, first=before[-1]
            )
            yield Step("draw", 12, notice["draw"], fault)
        before.append(notice["draw"])


def _draw(
    draw: str, found: Found, keys: Keys, source: Source, size: int, now: int
) -> Iterator[Step]:
    """`now`: when a witness cosigned the head; when none did, the latest instant that the log's own
    entries name.
    """
    try:
        case = _case(draw, found, keys)
        no_second(case)
        if not case.of("entries.sealed"):
            yield from unfinished.unsealed(case, now)
            return
        if not case.of("draw.result"):
            yield unfinished.without_result(case)
            return
        undecided = _against_file(case, found, source, size)
        for rule in RULES:
            if rule.name not in NEEDS_FILE:
                step = evidence.run(rule.name, rule.number, rule.bind(case))
                undecided = undecided or step.fault
        first = case.ranking[0][0] if case.ranking and not undecided else ""
        yield Step(
            "draw", undecided.rule if undecided else None, f"{draw} {first}".strip(), undecided
        )
    except Fault as fault:
        yield Step("draw", None, draw, fault)


def _case(draw: str, found: Found, keys: Keys) -> Case:
    own = found.draws[draw]
    bare = Case(draw, keys, own)
    plans = [*bare.notice["sources"], *bare.notice.value.get("fallback", ())]
    ids = {plan["id"] for plan in plans}
    return Case(
        draw,
        keys,
        sorted(
            own + [leaf for leaf in found.sources if leaf["source"] in ids],
            key=lambda leaf: leaf.index,
        ),
    )


def _against_file(case: Case, found: Found, source: Source, size: int) -> Fault | None:
    """Hold the draw's evidence file to the log: its checks pass, its head is one of this log, it
    hides no leaf of this draw.
    """
    data = source.read(f"../draws/{case.draw}/evidence.json")
    if data is None:
        return Undecided("log.no_evidence", rule=4, where=f"draw {case.draw}")
    undecided = None
    pinned = case.keys if case.keys.pinned else None
    for step in [*evidence.check(data, pinned), *_failures(case.draw, data, pinned, source)]:
        undecided = undecided or step.fault
    value = evidence.load(data)
    shown = {
        leaf["index"]: merkle.leaf_hash(leaf["utf8"].encode()).hex() for leaf in value["leaves"]
    }
    shown_head = note.parse_checkpoint(note.parse_note(value["checkpoint"]).text)
    for leaf in found.draws[case.draw]:
        if leaf.index < shown_head.size and shown.get(leaf.index) != leaf.hash:
            raise Fault("log.evidence", where=leaf.where, index=leaf.index)
    known = {leaf.index: leaf.hash for leaf in case.leaves}
    for index, digest in shown.items():
        if index < size and known.get(index) != digest:
            raise Fault("log.evidence", where=f"leaf {index}", index=index)
    if (
        shown_head.size > size
    ):  # the draw moved on while the log was read; a forked head could hide in that excuse
        return undecided or Undecided("log.newer", where=f"draw {case.draw}", size=shown_head.size)
    if shown_head.root != found.root(shown_head.size):
        raise Fault("log.fork", where=f"draw {case.draw}", size=shown_head.size)
    return undecided


def _failures(draw: str, data: bytes, pinned: Keys | None, source: Source) -> Iterable[Step]:
    """Rule 10: what the list beside the evidence file shows of when a source's failure was seen.
    Without one: undecided.
    """
    if not receipts.failures(data):
        return ()
    listed = source.read(f"../draws/{draw}/cosignatures.json")
    return receipts.failures_seen([listed] if listed is not None else [], data, pinned)
