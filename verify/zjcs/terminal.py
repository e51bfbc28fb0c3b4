"""How the verifiers speak on a terminal: ticks, a sentence for a fault, exit codes."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from . import keys as verifier_keys
from .canonical import bound
from .evidence import Step
from .faults import Fault, Undecided
from .keys import Keys
from .words import STEPS, sentence

# argparse itself leaves with 2
HOLDS = 0
BROKEN = 1
USAGE = 2
UNDECIDED = 3
LISTED = frozenset(
    {"open", "open_derived", "unsealed"}
)  # no rule refuses it, and yet somebody has to answer for it


class Unreadable(Fault):
    """A file named on the command line cannot be read: wrong usage, which says nothing about the
    draw.
    """


def parser(description: str) -> argparse.ArgumentParser:
    """The arguments that all verifiers share."""
    arguments = argparse.ArgumentParser(description=description)
    arguments.add_argument("--keys", type=Path, help="keys.json, obtained from the regulator")
    arguments.add_argument(
        "--lang",
        choices=("en", "zh"),
        help="language of the sentences",
        default="zh" if os.environ.get("LANG", "").startswith("zh") else "en",
    )
    return arguments


def words(name: str, language: str) -> str:
    """The words of a step."""
    return STEPS.get(name, (name, name))[language == "zh"]


def pinned(path: Path | None) -> Keys | None:
    """Keys of `--keys`, or None. Raises Fault `keys.*`."""
    return verifier_keys.load(read(path)) if path else None


def now() -> int:
    """This machine's time, epoch seconds: what a fresh head is held to."""
    return int(time.time())


def instant(text: str) -> int:
    """An instant of the command line: epoch seconds, or an ISO date or time (UTC where it names no
    zone). ValueError for anything else.
    """
    if text.isdecimal():
        return int(text)
    given = dt.datetime.fromisoformat(text)
    return int((given if given.tzinfo else given.replace(tzinfo=dt.UTC)).timestamp())


def read(path: Path) -> bytes:
    """Bytes of a file. Raises Unreadable `log.missing`, Fault `work.file` before it reads one that is
    too long.
    """
    try:
        bound(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise Unreadable("log.missing", path=path, reason=error.strerror) from None


def show(steps: Iterable[Step], language: str) -> int:
    """Print each step as it comes; give the exit code: 0 holds, 1 broken, 2 a file cannot be read,
    3 undecided.
    """
    code = HOLDS
    marks = 0
    try:
        for step in steps:
            _line(step, language)
            marks += step.mark is not None
            if step.fault:
                code = UNDECIDED if isinstance(step.fault, Undecided) and code != BROKEN else BROKEN
    except Unreadable as fault:
        say(f"✗ {sentence(fault, language)}")
        return USAGE
    except Fault as fault:
        say(f"✗ {sentence(fault, language)}")
        code = BROKEN
    verdict = words({HOLDS: "good", BROKEN: "bad", UNDECIDED: "undecided"}[code], language)
    say(verdict + (f" · {words('marked', language)} {marks}" if marks else ""))
    return code


def _line(step: Step, language: str) -> None:
    rule = f" [{step.rule}]" if step.rule else ""
    if step.mark:
        about = f"{step.detail}: " if step.detail else ""
        say(f"! {about}{sentence(step.mark, language)}")
        return
    if step.fault:
        mark = "?" if isinstance(step.fault, Undecided) else "✗"
        name = f"{step.detail}: " if step.name == "draw" else ""
        say(f"{mark} {name}{words(step.name, language)}{rule}: {sentence(step.fault, language)}")
    else:
        detail = words(step.detail, language) if step.detail in STEPS else step.detail
        why = f" ({sentence(step.why, language)})" if step.why else ""
        mark = "!" if step.name in LISTED else "✓"
        say(
            f"{mark} {words(step.name, language)}{rule}"
            + (f": {detail}" if detail not in ("", "-") else "")
            + why
        )


def say(line: str) -> None:
    """One line of output; a terminal without UTF-8 gets replacement marks and no traceback."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(line.encode(encoding, "replace").decode(encoding) + "\n")
