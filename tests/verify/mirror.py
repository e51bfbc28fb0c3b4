"""Write a log to a folder as its server would serve it: checkpoint, keys, tiles, bundles, evidence
files.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path

from tests.verify.forge import DRAW_AT, LOG, REGULATOR, Forge
from verify.zjcs import merkle, note, tiles, witnessed


def write_log(folder: Path, data: list[bytes]) -> Path:
    """A whole log over these leaves; gives the folder that stands for https://host/log."""
    log = folder / "log"
    put(log / "keys", f"{LOG.key().vkey}\n{REGULATOR.key(note.COSIGNATURE).vkey}\n".encode())
    put(log / "checkpoint", checkpoint(data).encode())
    for number, width in tiles.tiles_of(len(data)):
        put(
            log / tiles.tile_path("entries", number, width),
            tiles.format_bundle(data[number * 256 : number * 256 + width]),
        )
    rows = tiles.TileRows()
    for level, number, tile in [*rows.add(data), *rows.rest()]:
        put(log / tiles.tile_path(level, number, tiles.width_of(tile)), tile)
    return log


def checkpoint(data: list[bytes], time: int | None = None, by: note.Signer = REGULATOR) -> str:
    """The signed and cosigned head over these leaves; by itself a minute after the latest of them."""
    if time is None:
        told = [json.loads(leaf).get("at", 0) for leaf in data if leaf.startswith(b"{")]
        time = max([DRAW_AT + 3600, *told]) + 60
    text = note.Checkpoint(LOG.name, len(data), merkle.root_of(map(merkle.leaf_hash, data))).text
    return note.format_note(text, [LOG.sign(text), by.cosign(text, time)])


def mirror(
    folder: Path, forge: Forge, *, evidence: bool = True, more: tuple[bytes, ...] = ()
) -> Path:
    """The log of one draw, some further leaves, and its evidence file when wanted."""
    data = [*forge.data(), *more]
    if evidence:
        put(folder / "draws" / forge.notice["draw"] / "evidence.json", forge.text().encode())
        put(
            folder / "draws" / forge.notice["draw"] / "cosignatures.json",
            numbered(forge).encode(),
        )
    return write_log(folder, data)


def cosignatures(forge: Forge, after: int = 0) -> str:
    """A list as witnesses publish it: the seal as the evidence shows it, and each failure `after`
    seconds from its instant.
    """
    data = forge.data()
    leaves = forge.leaves()
    seal = [leaf["type"] for leaf in leaves].index("entries.sealed")
    heads = [(seal, forge.seal_times.get(REGULATOR, DRAW_AT))]
    heads += [
        (index, leaf["at"] + after)
        for index, leaf in enumerate(leaves)
        if leaf["type"] in ("source.lost", "source.failed")
    ]
    return json.dumps([checkpoint(data[: index + 1], time) for index, time in heads])


def numbered(
    forge: Forge, first: int = 1, until: int | None = None, by: note.Signer = REGULATOR
) -> str:
    """The witness's numbered list over a draw: the anchors, the notice, the seal, then each failure.
    `first` and `until` choose a page of it, as the witness signs it.
    """
    data = forge.data()
    leaves = forge.leaves()
    seal = [leaf["type"] for leaf in leaves].index("entries.sealed")
    times = {
        1: DRAW_AT - 90_000_000,
        3: DRAW_AT - 80_000_000,
        seal + 1: forge.seal_times.get(by, DRAW_AT),
    }
    times |= {
        index + 1: leaf["at"]
        for index, leaf in enumerate(leaves)
        if leaf["type"] in ("source.lost", "source.failed")
    }
    notes = [checkpoint(data[:size], time, by) for size, time in sorted(times.items())]
    before = witnessed.start_of(LOG.name, by.name)
    for text in notes[: first - 1]:
        before = witnessed.link(before, text)
    shown = notes[first - 1 : until]
    digest = functools.reduce(witnessed.link, shown, before)
    text = witnessed.head_text(LOG.name, by.name, first + len(shown) - 1, digest)
    return json.dumps(
        {
            "v": 1,
            "witness": by.key(note.COSIGNATURE).vkey,
            "first": first,
            "before": before,
            "checkpoints": shown,
            "head": note.format_note(text, [by.sign(text)]),
        }
    )


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
