"""The witness's folder: public settings, two secrets (mode 0600), and the journal of every
cosignature it made.

config.json name, origin, log vkeys, chain and anchors: all public witness.skey the witness's
Ed25519 key chain.secret 32 bytes in hex: the end of the regulator's chain. Escrow a copy with a
third body. quote.root 32 bytes in hex, of which the keys of sealed quotes are derived: escrow it
too. read.json which leaves were read, promises.jsonl what they say of quotes, released.jsonl whose key
was given. journal.jsonl one line a cosigned checkpoint; its last line is the newest head. Nothing
is ever taken out.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from verify.zjcs import keys as verifier_keys
from verify.zjcs import note, shapes
from verify.zjcs.draw import Chain
from verify.zjcs.faults import Fault

ROOT = "quote.root"
WHOLE = ("anchor", "genesis", "hash", "n", "period")
Anchor = str | dict[str, Any]  # the bare hash, or the whole anchor as its leaf says it


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
    anchors: dict[str, Anchor],
    secret: bytes | None = None,
    reads: bool = False,
) -> dict[str, Any]:
    """Make key, chain and settings in an empty folder; gives the settings. FileExistsError when one
    is there already. `anchors`: of other bodies' chains, whole where they are known so. `reads`: it
    cosigns only over leaves that it was handed and has read (ADR 0040).
    """
    list(map(note.parse_vkey, log))
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
        "anchors": {**anchors, source: whole(chain)},
        "policy": verifier_keys.EVERY_OWNER,
    }
    if reads:
        settings["reads"] = True
    _lay_down(folder, settings, skey, secret)
    return settings


def _lay_down(folder: Path, settings: dict[str, Any], skey: str, secret: bytes) -> None:
    text = json.dumps(settings, indent=1, ensure_ascii=False)
    for file, content, mode in (
        ("config.json", text, 0o644),
        ("witness.skey", skey, 0o600),
        ("chain.secret", secret.hex(), 0o600),
        (ROOT, secrets.token_hex(32), 0o600),
    ):
        _write_new(folder / file, content + "\n", mode)


def quote_root(folder: Path) -> bytes | None:
    """The root of this body's quote keys; None in a folder from before there were any."""
    path = folder / ROOT
    return bytes.fromhex(path.read_text(encoding="ascii").strip()) if path.exists() else None


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


def whole(facts: dict[str, Any]) -> dict[str, Any]:
    """A whole anchor (rule 13) out of what its leaf, or `/chain`, says."""
    return {key: facts[key] for key in WHOLE}


def hash_of(anchor: Anchor) -> str:
    """The hash of an anchor, whole or bare."""
    return str(anchor["anchor"]) if isinstance(anchor, dict) else anchor


def parse_anchor(text: str) -> Anchor:
    """An anchor of the command line: `HEX:GENESIS:PERIOD:N`, or the bare `HEX` of before. ValueError
    for anything else.
    """
    value, *rest = text.split(":")
    if not rest and shapes.HASH(value):
        return value
    if len(rest) == 3 and all(map(str.isdecimal, rest)):
        genesis, period, n = map(int, rest)
        facts = {"anchor": value, "genesis": genesis, "hash": "sha256", "n": n, "period": period}
        if verifier_keys.ANCHOR(facts):
            return facts
    raise ValueError(
        "an anchor is SOURCE=HEX:GENESIS:PERIOD:N, as the log's source.anchor has them"
    )


def parse_since(text: str) -> dict[str, Any]:
    """A row of `alg_from` of the command line: `INDEX=ALG,ALG` or `INDEX=ALG,ALG=T`. ValueError."""
    index, _, rest = text.partition("=")
    algs, _, t = rest.partition("=")
    row: dict[str, Any] = {"index": int(index), "algs": algs.split(",")}
    if t:
        row["t"] = int(t)
    if not verifier_keys.SINCE(row):
        raise ValueError("alg_from is INDEX=ALG,ALG[=T], for instance 5000=zjcs-draw/2=2")
    return row


def pin(folder: Path, source: str, anchor: Anchor) -> dict[str, Any]:
    """Take the anchor of another body's chain, as the log tells it (`source.anchor`), so that
    keys.json names it; gives the settings. A bare hash is made whole, never the other way.

    ValueError for what is no anchor, and for a chain that has another one already: an anchor never
    changes.
    """
    known = settings(folder)
    if not source or not (verifier_keys.ANCHOR(anchor) or shapes.HASH(anchor)):
        raise ValueError("an anchor is SOURCE=HEX:GENESIS:PERIOD:N")
    before = known["anchors"].get(source, anchor)
    if hash_of(before) != hash_of(anchor) or (
        isinstance(before, dict) and isinstance(anchor, dict) and before != anchor
    ):
        raise ValueError(f"{source} has another anchor already: {before}")
    if before == anchor and source in known["anchors"]:
        return known
    if isinstance(before, dict):
        return known
    return _change(folder, {**known, "anchors": {**known["anchors"], source: anchor}})


def migrate(
    folder: Path,
    leaves: dict[str, dict[str, Any]],
    *,
    policy: Any = None,
    least_level: str | None = None,
    alg_from: list[dict[str, Any]] | None = None,
    reads: bool = True,
) -> dict[str, Any]:
    """Bring the settings of an older folder to what keys.json says now; gives them. Done again it
    changes nothing.

    `leaves`: chain -> its first `source.anchor` on the log: each bare hash becomes the whole anchor of
    a leaf with that very hash. ValueError names a chain of which the log has none.
    """
    known = settings(folder)
    if not (folder / ROOT).exists():
        _write_new(folder / ROOT, secrets.token_hex(32) + "\n", 0o600)
    anchors = dict(known["anchors"])
    own = {key: known[name] for key, name in (("genesis",) * 2, ("n", "slots"), ("period",) * 2)}
    for source, anchor in anchors.items():
        if isinstance(anchor, dict):
            continue
        facts = leaves.get(source)
        if source == known["source"]:
            facts = {"anchor": anchor, "hash": "sha256", **own}
        if facts is None or facts["anchor"] != anchor:
            raise ValueError(f"the log has no anchor of {source} with the hash that is pinned here")
        anchors[source] = whole(facts)
    changed = {**known, "anchors": anchors}
    if reads:
        changed["reads"] = True
    changed["policy"] = policy or known.get("policy", verifier_keys.EVERY_OWNER)
    for name, value in (("least_level", least_level), ("alg_from", alg_from)):
        if value is not None:
            changed[name] = value
    return known if changed == known else _change(folder, changed)


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
    anchor = whole(Chain(source, slots, genesis, period, secret).anchor_leaf())
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
            "anchors": {**_own_whole(known), source: anchor},
        },
    )


def _own_whole(known: dict[str, Any]) -> dict[str, Anchor]:
    """The anchors, this body's own whole: its times are forgotten when another takes its place."""
    own = known["anchors"][known["source"]]
    facts = {"genesis": known["genesis"], "n": known["slots"], "period": known["period"]}
    said = {"anchor": hash_of(own), "hash": "sha256", **facts}
    return {**known["anchors"], known["source"]: said}


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
