"""Proofs of a long log: an inclusion proof against log2 n point reads, and an outsider's check of
the whole against hashing.

The log for proofs is a table of nodes in a real database, built by the tree's own rules; the log
for the whole check is a folder of entry bundles with a signed checkpoint, as `verify/verify_log.py`
reads it. Its leaves are those of rooms other than the draw: what a draw's own leaves cost to check
is the draw's.
"""

import contextlib
import hashlib
import itertools
import math
import pathlib
import random
import sqlite3
from collections.abc import Callable, Iterator

import flask_migrate
import rfc8785
from tqdm import tqdm

from bench.harness import Result, at_most, cpu
from bench.volume import FOLDER, app_on
from market.db import db, reading
from market.kernel.actor import VISITOR
from market.ledger import queries, rules
from verify.zjcs import logcheck, note, tiles
from verify.zjcs.merkle import Frontier

LEAVES = 1_000_000
LEAVES_QUICK = 100_000
PROOFS = 50  # a round
PROOF_GOAL = 2.0
WHOLE_GOAL = 3.0
ORIGIN = "bench.example/log"
Levels = list[list[bytes]]


def run(quick: bool) -> Iterator[Result]:
    """Two rows."""
    size = LEAVES_QUICK if quick else LEAVES
    folder = log(size)
    app = app_on(folder)
    chance = random.Random(1)
    indexes = [chance.randrange(size) for _ in range(PROOFS)]
    with app.app_context():
        yield at_most(
            f"inclusion proof, {size:,} leaves",
            cpu(proofs(indexes, size)),
            cpu(point_reads(folder, indexes, size)),
            times=PROOF_GOAL,
            quick=quick,
        )
        db.session.remove()
    leaves = [leaf(index) for index in range(rules.TILE)]
    yield at_most(
        f"verification of a log of {size:,}",
        cpu(lambda: whole(folder / "log")),
        cpu(lambda: hashing(leaves, size)),
        times=WHOLE_GOAL,
        quick=quick,
    )


def leaf(index: int) -> bytes:
    """A leaf of a common kind and length."""
    return rfc8785.dumps(
        {
            "v": 1,
            "type": "window.opened",
            "subject": f"GG-360481-2026-{index % 100_000:05d}",
            "at": 1_772_589_600 + index,
            "window": "result.standstill",
            "due": 1_772_848_800 + index,
            "certainty": "confirmed",
            "calendar": "2026.1",
        }
    )


def log(size: int) -> pathlib.Path:
    """An instance whose database has the nodes of such a log, and beside it the log as files; built
    once.
    """
    folder = FOLDER / f"log-{size}"
    if not (folder / "complete").exists():
        (folder / "log").mkdir(parents=True, exist_ok=True)
        (folder / "market.sqlite").unlink(missing_ok=True)
        app = app_on(folder)
        with app.app_context():
            flask_migrate.upgrade()
            db.engine.dispose()
        with contextlib.closing(sqlite3.connect(folder / "market.sqlite")) as connection:
            build(connection, folder / "log", size)
            connection.commit()
        (folder / "complete").touch()
    return folder


def build(connection: sqlite3.Connection, files: pathlib.Path, size: int) -> None:
    """Nodes into the table, bundles and a signed checkpoint into the folder."""
    tree = Frontier()
    nodes = []
    known: dict[rules.Node, bytes] = {}
    for number, width in tqdm(list(tiles.tiles_of(size)), desc="log", unit="tile", disable=None):
        entries = [leaf(index) for index in range(number * rules.TILE, number * rules.TILE + width)]
        path = files / tiles.tile_path("entries", number, width)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries))
        hashes = [hashlib.sha256(b"\0" + entry).digest() for entry in entries]
        for index, digest in enumerate(hashes, tree.size):
            for level, place in rules.completed_by(index):
                known[level, place] = (
                    digest
                    if not level
                    else hashlib.sha256(
                        b"\1"
                        + known.pop((level - 1, 2 * place))
                        + known.pop((level - 1, 2 * place + 1))
                    ).digest()
                )
                nodes.append((rules.node_key(level, place), known[level, place]))
        tree.extend(hashes)
    connection.execute("DELETE FROM log_node")
    connection.executemany("INSERT INTO log_node (key, hash) VALUES (?, ?)", sorted(nodes))
    connection.execute("UPDATE log_head SET size = ?, root = ?", (size, tree.root()))
    skey, vkey = note.new_key(ORIGIN)
    head = note.Checkpoint(ORIGIN, size, tree.root())
    signed = note.Note(head.text, (note.Signer.from_skey(skey).sign(head.text),))
    (files / "checkpoint").write_text(str(signed), encoding="utf-8")
    (files / "keys").write_text(vkey + "\n", encoding="utf-8")


def proofs(indexes: list[int], size: int) -> Callable[[], object]:
    return lambda: [queries.inclusion_proof(reading(VISITOR), index, size) for index in indexes]


def point_reads(folder: pathlib.Path, indexes: list[int], size: int) -> Callable[[], object]:
    """log2 n reads of a node by its key for each proof, by the driver alone."""
    connection = sqlite3.connect(folder / "market.sqlite")
    levels = range(math.ceil(math.log2(size)))
    keys = [
        [rules.node_key(level, min(index >> level ^ 1, (size >> level) - 1)) for level in levels]
        for index in indexes
    ]

    def read() -> None:
        for key in itertools.chain.from_iterable(keys):
            connection.execute("SELECT hash FROM log_node WHERE key = ?", (key,)).fetchone()

    return read


def whole(files: pathlib.Path) -> None:
    """What `python verify/verify_log.py FOLDER` does."""
    for step in logcheck.check(logcheck.open_source(str(files))):
        if step.fault:
            raise RuntimeError(f"the log is refused: {step}")


def hashing(leaves: list[bytes], size: int) -> bytes:
    """As many hashes of leaves and nodes as such a log has."""
    sha256 = hashlib.sha256
    node = bytes(32)
    for _ in range(size // len(leaves)):
        for entry in leaves:
            sha256(b"\0" + entry).digest()
            node = sha256(b"\1" + node + node).digest()
    return node
