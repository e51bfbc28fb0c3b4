"""Verify a whole log: `python verify_log.py URL-or-folder [--keys keys.json] [--since
OLD-CHECKPOINT] [--tiles]`.

Exit: 0 verified, 1 refused (it says what is wrong and where), 2 wrong usage, 3 undecided.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from zjcs import logcheck, terminal
from zjcs.evidence import Step
from zjcs.faults import Fault


def main(arguments: list[str] | None = None) -> int:
    """Check every leaf and every draw of a log."""
    parser = terminal.parser("Verify a whole log: every leaf, every draw.")
    parser.add_argument("log", help="https://host/log, or a folder with the same files")
    parser.add_argument(
        "--since", type=Path, help="a signed checkpoint that you kept: the log must begin with it"
    )
    parser.add_argument("--tiles", action="store_true", help="compare every hash tile too")
    parser.add_argument(
        "--receipt", type=Path, action="append", default=[], help="a .tlog-proof to check as well"
    )
    parser.add_argument(
        "--as-of",
        type=terminal.instant,
        metavar="TIME",
        help="the day on which the head should be fresh, for an archive: epoch seconds or a date"
        " (default: now)",
    )
    given = parser.parse_args(arguments)

    def steps() -> Iterator[Step]:
        keys = terminal.pinned(given.keys)
        source = logcheck.open_source(given.log)
        since = terminal.read(given.since).decode(errors="replace") if given.since else None
        mine = {str(path): terminal.read(path) for path in given.receipt}
        as_of = terminal.now() if given.as_of is None else given.as_of
        yield from logcheck.check(
            source, keys, since, given.tiles, progress, as_of=as_of, mine=mine
        )

    code = terminal.show(steps(), given.lang)
    if not given.keys:
        terminal.say(terminal.words("claimed", given.lang))
    return code


def progress(done: int, size: int) -> None:
    """A bar of plain text on standard error, drawn anew at each whole per cent."""
    if done * 100 // size != max(done - 256, 0) * 100 // size or done == size:
        bar = "#" * (done * 40 // size)
        sys.stderr.write(f"\r[{bar:<40}] {done}/{size}" + ("\n" if done == size else ""))
        sys.stderr.flush()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Fault as fault:
        sys.exit(str(fault))
