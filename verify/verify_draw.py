"""Verify one draw from its evidence.json: `python verify_draw.py evidence.json [--keys keys.json]
[--receipt FILE]`.

Exit: 0 verified, 1 refused (it says what is wrong and where), 2 wrong usage, 3 undecided.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from zjcs import receipts, terminal
from zjcs.evidence import Step, check
from zjcs.faults import Fault


def _parser() -> argparse.ArgumentParser:
    """What may be given beside the evidence."""
    parser = terminal.parser("Verify one draw from its evidence file.")
    parser.add_argument("evidence", type=Path, help="evidence.json of the draw")
    parser.add_argument(
        "--receipt", type=Path, help="an entrant's .tlog-proof: is this entry in the sealed list?"
    )
    parser.add_argument(
        "--cosignatures",
        type=Path,
        action="append",
        default=[],
        help="/cosignatures?over=INDEX of the witness: was a timely one hidden? (again for another INDEX)",
    )
    parser.add_argument(
        "--lottery",
        action="append",
        default=[],
        metavar="VALUE",
        help="a lottery value that you have compared with the public result yourself",
    )
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Check the file, then the receipt and the witness's list when given."""
    given = _parser().parse_args(arguments)

    def steps() -> Iterator[Step]:
        keys = terminal.pinned(given.keys)
        data = terminal.read(given.evidence)
        yield from check(data, keys, given.lottery)
        if given.receipt:
            yield receipts.of_entry(terminal.read(given.receipt), data, keys)
        if given.cosignatures:
            lists = [terminal.read(path) for path in given.cosignatures]
            yield receipts.nothing_hidden(lists, data, keys)
            yield from receipts.failures_seen(lists, data, keys)
        elif receipts.failures(data):
            notes.append("failure_word")

    notes: list[str] = []
    code = terminal.show(steps(), given.lang)
    for name in notes:
        terminal.say(terminal.words(name, given.lang))
    terminal.say(terminal.words("as_of", given.lang))
    if not given.keys:
        terminal.say(terminal.words("claimed", given.lang))
    return code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Fault as fault:
        sys.exit(str(fault))
