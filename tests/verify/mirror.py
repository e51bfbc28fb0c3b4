"""Write a log to a folder as its server would serve it: checkpoint, keys, tiles, bundles, evidence files."""

from __future__ import annotations

from pathlib import Path

from tests.verify.forge import LOG, REGULATOR, Forge
from verify.zjcs import merkle, note, tiles


def write_log(folder: Path, data: list[bytes]) -> Path:
    """A whole log over these leaves; gives the folder that stands for https://host/log."""
    log = folder / "log"
    put(log / "keys", f"{LOG.key().vkey}\n{REGULATOR.key(note.COSIGNATURE).vkey}\n".encode())
    put(log / "checkpoint", checkpoint(data).encode())
    for number, width in tiles.tiles_of(len(data)):
        put(log / tiles.tile_path("entries", number, width), tiles.format_bundle(data[number * 256:number * 256 + width]))
    rows = tiles.TileRows()
    for level, number, tile in [*rows.add(data), *rows.rest()]:
        put(log / tiles.tile_path(level, number, tiles.width_of(tile)), tile)
    return log


def checkpoint(data: list[bytes], time: int = 1694779200) -> str:
    """The signed and cosigned head over these leaves."""
    text = note.Checkpoint(LOG.name, len(data), merkle.root_of(map(merkle.leaf_hash, data))).text
    return note.format_note(text, [LOG.sign(text), REGULATOR.cosign(text, time)])


def mirror(folder: Path, forge: Forge, *, evidence: bool = True, more: tuple[bytes, ...] = ()) -> Path:
    """The log of one draw, some further leaves, and its evidence file when wanted."""
    data = [*forge.data(), *more]
    if evidence:
        put(folder / "draws" / forge.notice["draw"] / "evidence.json", forge.text().encode())
    return write_log(folder, data)


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
