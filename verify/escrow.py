"""Keep a trustee's root of quote keys in escrow, on a machine of your own.

`python escrow.py new --out FOLDER` makes the pair of keys: give the public one to the trustee.
`python escrow.py derive FILE --secret FOLDER/escrow.secret --notice LEAF.json` derives the trustee's key of
that one draw, holds it to the notice and prints it: hand it in on the draw's page. Where a notice promises
keys of prices and of proposals, each has a line: the draw's id with `.price` or alone, a space, the key. Of a draw that is over
this is the yearly drill: it fits, and nothing is revealed that the log does not say.
Exit codes: 0 done, 1 refused, 2 wrong usage or a file that cannot be read or written.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from zjcs import escrow, proposed, scoring_result, sealing, terminal
from zjcs.canonical import parse
from zjcs.case import Leaf
from zjcs.faults import Fault
from zjcs.quote_keys import CURVE, public_of
from zjcs.words import sentence

KEPT_IN = "escrow.secret"


def main(arguments: list[str] | None = None) -> int:
    """Make keys, or derive one."""
    parser = terminal.parser("Keep a root of quote keys in escrow.")
    parser.add_argument("deed", choices=("new", "derive"))
    parser.add_argument("file", type=Path, nargs="?", help="the trustee's sealed root (derive)")
    parser.add_argument("--out", type=Path, default=Path(), help="folder of the secret key (new)")
    parser.add_argument("--secret", type=Path, help="the file of the secret key (derive)")
    parser.add_argument("--notice", type=Path, help="the notice's leaf, a JSON file (derive)")
    given = parser.parse_args(arguments)
    try:
        if given.deed == "new":
            return new(given.out)
        if not (given.file and given.secret and given.notice):
            parser.error("derive wants FILE, --secret and --notice")
        terminal.say(derived(given.file, given.secret, given.notice))
    except terminal.Unreadable as fault:
        terminal.say(f"✗ {sentence(fault, given.lang)}")
        return terminal.USAGE
    except Fault as fault:
        terminal.say(f"✗ {sentence(fault, given.lang)}")
        return terminal.BROKEN
    return terminal.HOLDS


def new(folder: Path) -> int:
    """Make the keeper's keys; the secret one is never written over and read by its owner alone."""
    number = ec.generate_private_key(CURVE).private_numbers().private_value
    secret = f"{number:064x}"
    path = folder / KEPT_IN
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secret + "\n")
    except OSError as error:
        raise terminal.Unreadable("log.missing", path=path, reason=error.strerror) from None
    terminal.say(public_of(secret))
    return terminal.HOLDS


PROMISES = {
    "sealed_prices": scoring_result.promise_of,
    "sealed_proposals": proposed.promise_of,
}
"""What scored ways promise beside the quotes of a draw: by the member of the leaf."""


def promises(value: dict[str, Any]) -> list[sealing.Promise]:
    """All that a notice's leaf promises to seal. Raises Fault `quote.promise`."""
    try:
        found = [of(Leaf(0, value, "")) for key, of in PROMISES.items() if key in value]
    except (KeyError, TypeError):
        raise Fault("quote.promise") from None
    return found or [sealing.promise_of(value)]


def derived(file: Path, secret: Path, notice: Path) -> str:
    """The trustee's key of the notice's draw, held to the public key in the notice; of a scored way one
    line for each promise, its id before the key.
    """
    kept = escrow.read(terminal.read(file))
    leaf = parse(terminal.read(notice))
    known = promises(leaf if isinstance(leaf, dict) else {})
    words = terminal.read(secret).decode(errors="replace").strip()
    keys = {promise.draw: _key(kept, words, promise) for promise in known}
    if len(keys) == 1 and isinstance(leaf, dict) and "sealed_quotes" in leaf:
        return "".join(keys.values())
    return "\n".join(f"{draw} {key}" for draw, key in keys.items())


def _key(kept: escrow.Escrow, words: str, promise: sealing.Promise) -> str:
    own = [each.pk for each in promise.trustees if each.id == kept.id]
    if not own:
        raise Fault("escrow.other_key", id=kept.id, draw=promise.draw)
    return escrow.key_of(kept, words, promise.draw, own[0])


if __name__ == "__main__":
    sys.exit(main())
