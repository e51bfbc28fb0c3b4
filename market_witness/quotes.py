"""The witness's share of sealed quotes: a key for each draw, given away only after the close.

Its root is `quote.root`, 32 bytes in hex (mode 0600): escrow a copy with a third body. Nothing else is
kept; each draw's key is derived. Which keys were given stands in `released.jsonl`.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

from market_witness import folder as store
from market_witness.promises import Promised, Promises
from market_witness.reading import Reader
from verify.zjcs import note, quote_keys
from verify.zjcs.quote_keys import Trustee

DRAW = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,69}")


class Withheld(Exception):
    """Why a key is not given: an HTTP status and a sentence."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = f"{text}\n"


class Keeper(Protocol):
    """What the quote keys need of the witness that keeps them."""

    settings: dict[str, Any]
    signer: note.Signer
    vkey: note.Key
    journal: store.Journal
    reader: Reader | None
    clock: Callable[[], float]


class Quotes:
    """The quote keys of one witness over its folder."""

    def __init__(self, folder: Path, witness: Keeper) -> None:
        self.witness = witness
        self.root = store.quote_root(folder)
        self.journal = folder / "released.jsonl"
        self.given = {line["draw"] for line in self._lines()}

    def key(self, draw: str) -> dict[str, Any]:
        """The public key of a draw, signed; derived on the spot. Withheld 400, 404."""
        trustee = Trustee(self.witness.signer.name, quote_keys.public_of(self._sk(draw)))
        text = quote_keys.note_text(str(self.witness.settings["origin"]), draw, trustee)
        signed = note.format_note(text, [self.witness.signer.sign(text)])
        return {"draw": draw, "id": trustee.id, "note": signed, "pk": trustee.pk}

    def release(self, draw: str) -> dict[str, Any]:
        """The private key of a draw whose entries (of `<draw>.price`: whose jurors' sheets) are closed by
        what this witness has read and cosigned and by its own clock. Withheld 403, 404.
        """
        sk = self._sk(draw)
        if draw not in self.given:
            self._require_closed(draw, quote_keys.public_of(sk))
            self._remember(draw)
        return {"draw": draw, "id": self.witness.signer.name, "sk": sk}

    def released(self, draw: str) -> dict[str, Any]:
        """The private key of a draw that was given away before. Withheld 404."""
        if draw not in self.given:
            raise Withheld(404, "this key was not given")
        return self.release(draw)

    def _sk(self, draw: str) -> str:
        if self.root is None or self.witness.reader is None:
            raise Withheld(404, "this witness gives no quote keys")
        if not DRAW.fullmatch(draw):
            raise Withheld(400, "draw is not the number of a draw")
        origin = str(self.witness.settings["origin"])
        return quote_keys.derive(self.root, origin, draw, self.witness.signer.name)

    def _require_closed(self, draw: str, pk: str) -> None:
        promised = self.promises.draws.get(draw)
        if promised is None or promised.pk != pk:
            raise Withheld(404, "no notice that was read promises a key of this witness")
        if promised.closed is None:
            raise Withheld(
                403,
                "the log does not say that the entries, or the sheets of every juror, are closed",
            )
        if min(self.witness.clock(), promised.closed[1]) < promised.close:
            raise Withheld(403, f"the entries close at {promised.close}")
        self._require_cosigned(promised)

    @property
    def promises(self) -> Promises:
        """What was read of notices."""
        if self.witness.reader is None:
            raise Withheld(404, "this witness gives no quote keys")
        return self.witness.reader.promises

    def _require_cosigned(self, promised: Promised) -> None:
        """The first head over the closed leaf was cosigned here, and not before the close."""
        index = promised.closed[0] if promised.closed else 0
        first = next((text for text in self.witness.journal if _size(text) > index), None)
        if first is None:
            raise Withheld(403, "no head over the closed entries was cosigned here")
        time = note.verify_signature(note.parse_note(first), self.witness.vkey)
        if time is None or time < promised.close:
            raise Withheld(403, "the entries were called closed before their close")

    def _remember(self, draw: str) -> None:
        """The line is on the disk before the key leaves."""
        line = {"at": int(self.witness.clock()), "draw": draw}
        self.journal.touch(mode=0o644)
        with self.journal.open("ab") as file:
            file.write(json.dumps(line).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        self.given.add(draw)

    def _lines(self) -> Iterable[dict[str, Any]]:
        if self.journal.exists():
            for line in self.journal.read_bytes().splitlines():
                yield json.loads(line)


def _size(text: str) -> int:
    """The size of a cosigned checkpoint: its second line."""
    return int(text.split("\n", 2)[1])
