"""What a witness has read of quotes: which notices promise that they are sealed to its key too, when they
close, and where the log says that they have closed.

A line a fact in `promises.jsonl`, on the disk before `read.json` says that its leaf was read.
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from verify.zjcs.quote_keys import PRICE

PUBLISHED = "notice.published"
AMENDED = "notice.amended"
CLOSED = "entries.closed"
SHEET = "sheet.sealed"
REPLACED = "juror.replaced"
DRAWN = "jurors.drawn"
SHEETS_CLOSED = "sheets.closed"
AT_CLOSE = ("sealed_quotes", "sealed_proposals")
"""Of a notice that is scored the quotes open when every seated juror's sheet is in (ADR 0055)."""


@dataclasses.dataclass
class Promised:
    """One draw: the public key of this witness in its first notice (hex), the close of its last
    amendment (epoch seconds), and index and instant of the leaf that lets its quotes open.

    Of a stage that opens after the sheets (`<draw>.price`): how many jurors sit, the seats whose
    sheet is in, and whether it is known who sits: named with the notice, or drawn after the close.
    """

    pk: str
    close: int
    closed: tuple[int, int] | None = None
    seats: int = 0
    sheets: set[int] = dataclasses.field(default_factory=set)
    seated: bool = True


class Promises:
    """What was read, by draw. The first notice of a draw counts, a second one is passed over."""

    def __init__(self, folder: Path, name: str, size: int) -> None:
        """`name`: the witness's; `size`: how many leaves were read, which says what of the file counts."""
        self.path = folder / "promises.jsonl"
        self.name = name
        self.draws: dict[str, Promised] = {}
        for line in self._lines():
            if line["index"] < size:
                self._take(line["index"], line)

    def _lines(self) -> Iterable[dict[str, Any]]:
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            for line in file:
                if line.endswith(b"\n"):  # else a power cut left it half-written
                    yield json.loads(line)

    def read(self, first: int, page: Iterable[dict[str, Any]]) -> None:
        """Keep what the leaves from index `first` on say of promises."""
        facts = [
            {"index": index, **fact}
            for index, leaf in enumerate(page, first)
            for fact in self._facts(leaf)
        ]
        if not facts:
            return
        self._mend()
        with self.path.open("ab") as file:
            for fact in facts:
                file.write(json.dumps(fact).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        for fact in facts:
            self._take(fact["index"], fact)

    def _mend(self) -> None:
        """Cut off a half-written line."""
        self.path.touch(mode=0o644)
        data = self.path.read_bytes()
        if not data.endswith(b"\n"):
            os.truncate(self.path, data.rfind(b"\n") + 1)

    def _facts(self, leaf: dict[str, Any]) -> list[dict[str, Any]]:
        """What a leaf says of promises; nothing of all others. Of a misshapen leaf nothing is taken."""
        draw = leaf.get("draw")
        kind = leaf["type"]
        if not isinstance(draw, str) or draw.endswith(PRICE) or "subject" in leaf:
            return []
        if kind == CLOSED and type(leaf.get("at")) is int:
            return [{"type": kind, "draw": draw, "at": leaf["at"]}]
        if kind in (SHEET, REPLACED) and type(leaf.get("seat")) is int:
            return [{"type": kind, "draw": draw + PRICE, "seat": leaf["seat"]}]
        if kind == DRAWN:
            return [{"type": kind, "draw": draw + PRICE}]
        if kind == SHEETS_CLOSED and type(leaf.get("at")) is int:
            return [{"type": kind, "draw": draw + PRICE, "at": leaf["at"]}]
        if kind not in (PUBLISHED, AMENDED) or type(leaf.get("entry_close")) is not int:
            return []
        return self._promised(leaf, {"type": kind, "draw": draw, "close": leaf["entry_close"]})

    def _promised(self, leaf: dict[str, Any], fact: dict[str, Any]) -> list[dict[str, Any]]:
        """The keys of a notice: of quotes, or of proposals, which open at the close; of what opens after
        the sheets.
        """
        found = []
        for name in AT_CLOSE:
            if (pk := self._own_key(leaf.get(name))) is not None:
                found.append({**fact, "pk": pk})
        pk = self._own_key(leaf.get("sealed_prices"))
        if pk is not None and type(leaf.get("jurors")) is int and "sealed_quotes" not in leaf:
            draw = fact["draw"] + PRICE
            seats = {"seats": leaf["jurors"], "drawn": isinstance(leaf.get("experts"), dict)}
            found.append({**fact, "draw": draw, "pk": pk, **seats})
        return found

    def _own_key(self, sealed: object) -> str | None:
        keys = sealed.get("keys") if isinstance(sealed, dict) else None
        own = [
            each.get("pk")
            for each in (keys if isinstance(keys, list) else ())
            if isinstance(each, dict) and each.get("id") == self.name
        ]
        return own[0] if len(own) == 1 and isinstance(own[0], str) else None

    def _take(self, index: int, fact: dict[str, Any]) -> None:
        known = self.draws.get(fact["draw"])
        if fact["type"] == PUBLISHED and known is None:
            self.draws[fact["draw"]] = Promised(
                fact["pk"],
                fact["close"],
                seats=fact.get("seats", 0),
                seated=not fact.get("drawn", False),
            )
        elif known is None or known.closed is not None:
            return
        elif fact["type"] == AMENDED:
            known.close = max(known.close, fact["close"])
        elif fact["type"] == DRAWN:
            known.seated = True
        elif fact["type"] == SHEET:
            known.sheets.add(fact["seat"])
        elif fact["type"] == REPLACED:
            known.sheets.discard(fact["seat"])
        elif fact["type"] == CLOSED or (fact["type"] == SHEETS_CLOSED and _is_complete(known)):
            known.closed = (index, fact["at"])


def _is_complete(promised: Promised) -> bool:
    """Whether it is known who sits, and the sheet of every seat is in: without that nothing closes them."""
    is_seated = promised.seats > 0 and promised.seated
    return is_seated and promised.sheets == set(range(1, promised.seats + 1))
