"""Verify one draw from its evidence.json: `python verify_draw.py evidence.json [--keys keys.json]
[--receipt FILE]`.

Exit: 0 verified, 1 refused (it says what is wrong and where), 2 wrong usage, 3 undecided.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from zjcs import jurors_file, receipts, scores, terminal, witnessed
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
        help="the witness's list (/cosignatures/list?over=INDEX, or cosignatures.json of the draw's"
        " page): was a timely cosignature hidden? A postponed draw is undecided without it",
    )
    parser.add_argument(
        "--scores",
        type=Path,
        help="scores.json of the same draw: does it say what the evidence says?",
    )
    parser.add_argument(
        "--jurors",
        type=Path,
        help="jurors.json of the same draw (for entrants and who oversees): does each member of the"
        " pool stand in the list of the experts' lot once?",
    )
    parser.add_argument(
        "--lottery",
        action="append",
        default=[],
        metavar="VALUE",
        help="a lottery value that you have compared with the public result yourself",
    )
    return parser


def experts_asked(data: bytes | str) -> bool:
    """Whether the evidence is of jurors who were drawn: only who has their list can check each member."""
    text = data if isinstance(data, str) else data.decode(errors="replace")
    return '\\"jurors.drawn\\"' in text


def main(arguments: list[str] | None = None) -> int:
    """Check the file, then the receipt and the witness's list when given."""
    given = _parser().parse_args(arguments)

    def steps() -> Iterator[Step]:
        keys = terminal.pinned(given.keys)
        data = terminal.read(given.evidence)
        yield from check(data, keys, given.lottery)
        if given.receipt:
            yield receipts.of_entry(terminal.read(given.receipt), data, keys)
        if given.scores:
            yield scores.step(terminal.read(given.scores), data)
        if given.jurors:
            yield jurors_file.step(terminal.read(given.jurors), data)
        elif experts_asked(data):
            notes.append("experts_word")
        lists = [terminal.read(path) for path in given.cosignatures]
        if not lists and witnessed.failures(data) and not witnessed.is_seen(data, keys):
            notes.append("failure_word")
        elif lists or witnessed.is_asked_for(data):
            yield from witnessed.steps(lists, data, keys)

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
