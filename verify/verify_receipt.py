"""Verify the receipt of one act, offline: `python verify_receipt.py FILE.tlog-proof --keys
keys.json [--leaf FILE]`.

The receipt carries its leaf; with --leaf it is held to the leaf that you bring. Exit codes as
verify_draw.py.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from zjcs import receipts, terminal
from zjcs.evidence import Step


def main(arguments: list[str] | None = None) -> int:
    """Check one receipt."""
    parser = terminal.parser("Verify the receipt of one act (an entry, a complaint).")
    parser.add_argument("receipt", type=Path, help="the .tlog-proof file")
    parser.add_argument("--leaf", type=Path, help="the leaf's bytes, when you keep them yourself")
    given = parser.parse_args(arguments)
    if not given.keys:
        parser.error("--keys is needed: a receipt does not name its keys")

    def steps() -> Iterator[Step]:
        keys = terminal.pinned(given.keys)
        if keys:
            leaf = terminal.read(given.leaf) if given.leaf else None
            yield receipts.of_act(terminal.read(given.receipt), leaf, keys)

    return terminal.show(steps(), given.lang)


if __name__ == "__main__":
    sys.exit(main())
