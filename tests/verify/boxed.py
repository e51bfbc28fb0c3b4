"""Draws whose quotes are sealed to two keys, honest and forged: boxes, keys and notes of test holders."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Any

from tests.verify.forge import LOG, REGULATOR, Forge, number_hex
from tests.verify.tighter import token
from verify.zjcs import boxes, note, openings, quote_keys
from verify.zjcs.boxes import Purpose
from verify.zjcs.quote_keys import SUITE, Trustee

ALG = "zjcs-draw/2"
HOLDERS = (LOG, REGULATOR)
CEILING = 12_000_000


def secret_of(name: str) -> str:
    """The private key (hex) of a test holder, which anybody can recompute from its name."""
    return hashlib.sha256(b"quote key " + name.encode()).hexdigest()


def trustees() -> list[Trustee]:
    """Both holders with their public keys."""
    return [Trustee(each.name, quote_keys.public_of(secret_of(each.name))) for each in HOLDERS]


@dataclass
class Boxed:
    """What was made of a forge: its boxes by number, which a file shows."""

    forge: Forge
    boxes: dict[int, bytes] = field(default_factory=dict)

    def opening(self, no: int, **changes: Any) -> dict[str, Any]:
        """The opening of an entry with its salt."""
        row = self.forge.row(no)
        opening = {key: row[key] for key in ("nonce", "quote_fen", "salt")}
        return {**opening, "agency": row["ref"], "draw": self.draw, **changes}

    @property
    def trustees(self) -> list[Trustee]:
        """The holders to whom its boxes are sealed."""
        return trustees()

    @property
    def draw(self) -> str:
        return str(self.forge.notice["draw"])

    def received(self, no: int) -> dict[str, Any]:
        """The leaf of an entry."""
        return next(
            leaf
            for leaf in self.forge.stages["entries"]
            if leaf["type"] == "entry.received" and leaf["no"] == no
        )

    def put(self, no: int, box: bytes, by: str = "browser") -> None:
        """Let an entry name a box, and the file show it."""
        self.boxes[no] = box
        self.received(no).update(box=boxes.box_hash(box), sealed_by=by)

    def seal(self, no: int, data: bytes | None = None, t: int = 2, **purpose: Any) -> bytes:
        """A box of an entry, of other content or for another purpose as a forger likes."""
        given = openings.data_of(self.opening(no)) if data is None else data
        own = Purpose(self.draw, self.forge.row(no)["ref"], boxes.QUOTE, t)
        return boxes.seal(given, own._replace(**purpose), trustees())

    def unopened(self, no: int, reason: str) -> None:
        """Take an entry from the list, as one that does not open."""
        rows = self.forge.seal["entrants"]
        row = next(each for each in rows if each["no"] == no)
        rows.remove(row)
        self.forge.seal.setdefault("unopened", []).append(
            {"no": no, "reason": reason, "ref": row["ref"]}
        )

    def show(self, file: dict[str, Any]) -> None:
        """Put the boxes into the file, whose second version has a place for them."""
        closed = file.get("closed")
        file["protocol"] = ALG
        if closed is None:
            return
        file["version"] = 2
        file["heads"] = [{key: closed[key] for key in ("checkpoint", "consistency")}]
        file["boxes"] = {str(no): base64.b64encode(box).decode() for no, box in self.boxes.items()}


def second(forge: Forge) -> Boxed:
    """Make the draw one of `/2` whose quotes are sealed to two keys, honestly."""
    made = Boxed(forge)
    forge.notice.update(
        alg=ALG,
        drain_max=300,
        project="P-1",
        rule="random",
        rulebook={"version": 1, "sha256": number_hex("rulebook", 64)},
        sealed_quotes={
            "keys": [signed(each, made.draw) for each in HOLDERS],
            "suite": SUITE,
            "t": 2,
        },
        quote_rule={"kind": "quote_fen", "floor": 0, "ceiling": CEILING},
    )
    for leaf in forge.stages["entries"]:
        leaf.update(received_at=leaf["at"], undo=token(leaf["no"])[0])
        made.put(leaf["no"], made.seal(leaf["no"]))
    forge.seal["received"] = forge.entrants
    forge.stages["closed"] = [
        forge.leaf("entries.closed", at=forge.close + 2, count=forge.entrants),
        *(key_of(forge, each) for each in HOLDERS),
    ]
    forge.twist.append(made.show)
    return made


def signed(holder: note.Signer, draw: str, name: str | None = None) -> dict[str, str]:
    """A holder's key as the notice has it; under another's name as a forger likes."""
    name = name or holder.name
    pk = quote_keys.public_of(secret_of(name))
    text = quote_keys.note_text(LOG.name, draw, Trustee(name, pk))
    return {"id": name, "note": note.format_note(text, [holder.sign(text)]), "pk": pk}


def key_of(forge: Forge, holder: note.Signer) -> dict[str, Any]:
    """The leaf of a released key."""
    return forge.leaf("quote.key", at=forge.close + 5, id=holder.name, sk=secret_of(holder.name))
