"""Seal a quote on your own machine: `python seal.py NOTICE --agency A000017 --quote 12345.00`.

NOTICE is the notice's leaf as the log has it (its page links it). Written are two files: the sealed
entry, which you upload, and its token, which you keep: with it you withdraw, and nobody can without
it. With --keys the keys in the notice are held to the signatures of who gave them. Exit codes: 0
sealed, 1 refused, 2 wrong usage or a file that cannot be read or written.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from zjcs import keys as verifier_keys
from zjcs import score, sealing, terminal
from zjcs.canonical import parse
from zjcs.faults import Fault
from zjcs.words import sentence


def main(arguments: list[str] | None = None) -> int:
    """Seal one quote."""
    parser = terminal.parser("Seal a quote so that nobody reads it before the close.")
    parser.add_argument("notice", type=Path, help="the notice's leaf, a JSON file")
    parser.add_argument("--agency", required=True, help="your platform number, A000017")
    parser.add_argument("--quote", required=True, help="yuan, or the discount in percent")
    parser.add_argument("--out", type=Path, default=Path(), help="folder of the two files")
    given = parser.parse_args(arguments)
    try:
        promise = _promise(given.notice, given.keys, given.lang)
        amount = _amount(given.quote)
        sealed = sealing.seal_entry(promise, given.agency, amount)
        posted = given.out / f"{promise.draw}-{given.agency}.sealed.json"
        kept = given.out / f"{promise.draw}-{given.agency}.token.json"
        _write(kept, sealed.kept)
        _write(posted, sealed.posted)
    except terminal.Unreadable as fault:
        terminal.say(f"✗ {sentence(fault, given.lang)}")
        return terminal.USAGE
    except Fault as fault:
        terminal.say(f"✗ {sentence(fault, given.lang)}")
        return terminal.BROKEN
    terminal.say(f"✓ {posted}\n✓ {kept}\n{sealed.posted['box_sha256']}")
    return terminal.HOLDS


def _promise(path: Path, keys: Path | None, language: str) -> sealing.Promise:
    leaf = parse(terminal.read(path))
    promise = sealing.promise_of(leaf if isinstance(leaf, dict) else {})
    if keys is None:
        terminal.say(f"! {terminal.words('claimed', language)}")
        return promise
    pinned = verifier_keys.load(terminal.read(keys))
    named = {key.name: key for key in (*pinned.log, *pinned.witnesses)}
    sealing.check_keys(promise, pinned.origin, named)
    return promise


def _amount(text: str) -> int:
    """Yuan in fen, percent in basis points: both are hundredths."""
    try:
        return score.hundredths(text.strip())
    except Fault:
        raise Fault("quote.amount", amount=text[:40]) from None


def _write(path: Path, value: object) -> None:
    """A new file that its owner alone reads; one that is there is never written over."""
    data = json.dumps(value, ensure_ascii=False, indent=1).encode()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data + b"\n")
    except OSError as error:
        raise terminal.Unreadable("log.missing", path=path, reason=error.strerror) from None


if __name__ == "__main__":
    sys.exit(main())
