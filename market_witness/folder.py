"""The witness's folder: public settings, two secrets (mode 0600), and the journal of every
cosignature it made.

config.json name, origin, log vkeys, chain and anchors: all public witness.skey the witness's
Ed25519 key chain.secret 32 bytes in hex: the end of the regulator's chain. Escrow a copy with a
third body. journal.jsonl one line a cosigned checkpoint; its last line is the newest head. Nothing
is ever taken out.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from verify.zjcs import note, shapes
from verify.zjcs.draw import Chain
from verify.zjcs.faults import Fault


def create(
    folder: Path,
    *,
    name: str,
    origin: str,
    log: list[str],
    source: str,
    genesis: int,
    period: int,
    slots: int,
    anchors: dict[str, str],
    secret: bytes | None = None,
) -> dict[str, Any]:
    """Make key, chain and settings in an empty folder; gives the settings. FileExistsError when one
    is there already.
    """
    for vkey in log:
        note.parse_vkey(vkey)
    folder.mkdir(parents=True, exist_ok=True)
    skey, _ = note.new_key(name)
    secret = secret or secrets.token_bytes(32)
    chain = Chain(source, slots, genesis, period, secret).anchor_leaf()
    settings = {
        "name": name,
        "origin": origin,
        "log": log,
        "source": source,
        "genesis": genesis,
        "period": period,
        "slots": slots,
        "anchors": {**anchors, source: chain["anchor"]},
    }
    _write_new(
        folder / "config.json", json.dumps(settings, indent=1, ensure_ascii=False) + "\n", 0o644
    )
    _write_new(folder / "witness.skey", skey + "\n", 0o600)
    _write_new(folder / "chain.secret", secret.hex() + "\n", 0o600)
    return settings


def trust(folder: Path, vkey: str) -> dict[str, Any]:
    """Take a further key of the log, after a rotation that the log itself tells, or that of another
    witness, which keys.json then names too; gives the settings. Fault for no vkey, or one of
    another log.
    """
    key = note.parse_vkey(vkey)
    known = settings(folder)
    if key.kind == note.COSIGNATURE:
        others = known.get("witnesses", [])
        if key.name == known["name"] or any(
            note.parse_vkey(other).name == key.name for other in others
        ):
            return known
        return _change(folder, {**known, "witnesses": [*others, vkey]})
    if key.kind != note.ED25519 or key.name != known["origin"]:
        raise Fault("keys.log", found=vkey)
    return (
        known if vkey in known["log"] else _change(folder, {**known, "log": [*known["log"], vkey]})
    )


def pin(folder: Path, source: str, anchor: str) -> dict[str, Any]:
    """Take the anchor of another body's chain, as the log tells it (`source.anchor`), so that
    keys.json names it; gives the settings.

    ValueError for what is no anchor, and for a chain that has another one already: an anchor never
    changes.
    """
    known = settings(folder)
    if not source or not shapes.HASH(anchor):
        raise ValueError(
            "an anchor is SOURCE=HEX, 64 lower-case hex digits, as the log's source.anchor has it"
        )
    if known["anchors"].get(source, anchor) != anchor:
        raise ValueError(f"{source} has another anchor already: {known['anchors'][source]}")
    return (
        known
        if source in known["anchors"]
        else _change(folder, {**known, "anchors": {**known["anchors"], source: anchor}})
    )


def new_chain(
    folder: Path, *, source: str, genesis: int, period: int, slots: int
) -> dict[str, Any]:
    """Put a fresh chain in the place of one that is lost; gives the settings. ValueError when the
    name was used before.

    The old secret, if it is there, stays as chain-<its source>.secret: what was promised of it may
    still be revealed.
    """
    known = settings(folder)
    if source in known["anchors"]:
        raise ValueError(f"there was a chain {source} already: give the new one another name")
    secret = secrets.token_bytes(32)
    anchor = Chain(source, slots, genesis, period, secret).anchor_leaf()["anchor"]
    old = folder / "chain.secret"
    if old.exists():
        old.replace(folder / f"chain-{known['source']}.secret")
    _write_new(old, secret.hex() + "\n", 0o600)
    return _change(
        folder,
        {
            **known,
            "source": source,
            "genesis": genesis,
            "period": period,
            "slots": slots,
            "former": [*known.get("former", ()), known["source"]],
            "anchors": {**known["anchors"], source: anchor},
        },
    )


def _change(folder: Path, changed: dict[str, Any]) -> dict[str, Any]:
    """Write the settings anew: whole, or as they were."""
    fresh = folder / "config.new"
    fresh.unlink(missing_ok=True)
    _write_new(fresh, json.dumps(changed, indent=1, ensure_ascii=False) + "\n", 0o644)
    fresh.replace(folder / "config.json")
    return changed


def settings(folder: Path) -> dict[str, Any]:
    """The public settings of the folder."""
    found: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return found


def signer(folder: Path) -> note.Signer:
    """The witness's key."""
    return note.Signer.from_skey((folder / "witness.skey").read_text(encoding="utf-8"))


def chain(folder: Path) -> Chain:
    """The regulator's chain, its secret included."""
    known = settings(folder)
    secret = bytes.fromhex((folder / "chain.secret").read_text(encoding="ascii").strip())
    return Chain(known["source"], known["slots"], known["genesis"], known["period"], secret)


class Journal:
    """Append-only record of cosigned checkpoints: a line is on the disk before the cosignature
    leaves the machine.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mend()

    def _mend(self) -> None:
        """Cut off a line that a power cut left half-written: its cosignature was never given to
        anybody.
        """
        self.path.touch(mode=0o644)
        data = self.path.read_bytes()
        whole = data.rfind(b"\n") + 1
        if whole != len(data):
            os.truncate(self.path, whole)

    def append(self, signed: str) -> None:
        """Write one cosigned checkpoint and force it to the disk."""
        with self.path.open("ab") as file:
            file.write(json.dumps(signed).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def __iter__(self) -> Iterator[str]:
        with self.path.open("rb") as file:
            for line in file:
                yield json.loads(line)

    def last(self) -> str | None:
        """The newest cosigned checkpoint."""
        newest = None
        for newest in self:  # noqa: B007
            pass
        return newest


def _write_new(path: Path, text: str, mode: int) -> None:
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8"
    ) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
