"""What a witness has read of the log: every leaf up to a size, proved by heads that the log signed.

A witness that holds a chain of random values does not cosign over a leaf that misstates that chain: its
times beside its hash, or its hash under another name (rule 13). So it must read the leaves; the operator
hands them over page by page, each proved to be the beginning of a signed head.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from market_witness import folder as store
from market_witness.promises import Promises
from verify.zjcs import leaves, merkle, note

PAGE_BYTES = 1024 * 1024


class Reader:
    """The right edge of the tree that was read, and the first leaf that misstates the chain; both in
    `read.json`, which is replaced as a whole.
    """

    def __init__(self, folder: Path, anchors: dict[str, dict[str, Any]], name: str) -> None:
        self.path = folder / "read.json"
        self.anchors = anchors  # of this body's own chains, whole
        known = json.loads(self.path.read_text(encoding="ascii")) if self.path.exists() else {}
        peaks = [bytes.fromhex(peak) for peak in known.get("peaks", ())]
        self.edge = merkle.Frontier(known.get("size", 0), peaks)
        self.misstated: str | None = known.get("misstated")
        self.promises = Promises(folder, name, self.edge.size)

    @property
    def size(self) -> int:
        """How many leaves were read."""
        return self.edge.size

    def take(self, page: list[bytes], head: note.Checkpoint, proof: list[bytes]) -> str | None:
        """Read the next leaves, which `proof` shows to be the beginning of a signed head. Gives what
        is misstated in them, None for nothing. Raises Fault `consistency.*`, `canonical.*`, `leaf.*`.
        """
        edge = merkle.Frontier(self.edge.size, self.edge.peaks)
        edge.extend(map(merkle.leaf_hash, page))
        merkle.verify_consistency(edge.size, head.size, edge.root(), head.root, proof)
        values = [leaves.read_leaf(data) for data in page]
        found = self._misstated(values)
        self.promises.read(self.edge.size, values)
        self.edge = edge
        self.misstated = self.misstated or found
        self._keep()
        return found

    def _misstated(self, page: Iterable[dict[str, Any]]) -> str | None:
        for index, leaf in enumerate(page, self.edge.size):
            if leaf["type"] == "source.anchor" and not self._is_true(leaf):
                return f"leaf {index} misstates the chain {leaf.get('source')}"
        return None

    def _is_true(self, leaf: dict[str, Any]) -> bool:
        """Whether an anchor is another body's, or says of one of ours what is so."""
        own = self.anchors.get(str(leaf.get("source")))
        if own is not None:
            return all(leaf.get(key) == own[key] for key in store.WHOLE)
        return leaf.get("anchor") not in {each["anchor"] for each in self.anchors.values()}

    def _keep(self) -> None:
        fresh = self.path.with_suffix(".new")
        with fresh.open("w", encoding="ascii") as file:
            json.dump(
                {
                    "size": self.edge.size,
                    "peaks": [peak.hex() for peak in self.edge.peaks],
                    "misstated": self.misstated,
                },
                file,
            )
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)
