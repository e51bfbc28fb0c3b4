"""The witness's folder: public settings, two secrets (mode 0600), and the journal of every cosignature it made.

    config.json      name, origin, log vkeys, chain and anchors: all public
    witness.skey     the witness's Ed25519 key
    chain.secret     32 bytes in hex: the end of the regulator's chain. Escrow a copy with a third body.
    journal.jsonl    one line a cosigned checkpoint; its last line is the newest head. Nothing is ever taken out.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from verify.zjcs import note
from verify.zjcs.draw import Chain


def create(folder: Path, *, name: str, origin: str, log: list[str], source: str, genesis: int, period: int, slots: int,
           anchors: dict[str, str], secret: bytes | None = None) -> dict[str, Any]:
    """Make key, chain and settings in an empty folder; gives the settings. FileExistsError when one is there already."""
    for vkey in log:
        note.parse_vkey(vkey)
    folder.mkdir(parents=True, exist_ok=True)
    skey, _ = note.new_key(name)
    secret = secret or secrets.token_bytes(32)
    chain = Chain(source, slots, genesis, period, secret).anchor_leaf()
    settings = {"name": name, "origin": origin, "log": log, "source": source, "genesis": genesis, "period": period,
                "slots": slots, "anchors": {**anchors, source: chain["anchor"]}}
    _write_new(folder / "config.json", json.dumps(settings, indent=1, ensure_ascii=False) + "\n", 0o644)
    _write_new(folder / "witness.skey", skey + "\n", 0o600)
    _write_new(folder / "chain.secret", secret.hex() + "\n", 0o600)
    return settings


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
    """Append-only record of cosigned checkpoints: a line is on the disk before the cosignature leaves the machine."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mend()

    def _mend(self) -> None:
        """Cut off a line that a power cut left half-written: its cosignature was never given to anybody."""
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
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
