"""Rank examples or exported scores yourself: `python rank.py FILE` (`-`: standard input).

FILE holds one example or an array of them in the form of best_score.json: `id`, `method`, `input`;
`expected` is not read. Printed is an array of {"id", "expected"}; an example that cannot be ranked
gives {"id", "error"} and a sentence. Exit codes: 0 all ranked, 1 some not, 2 no readable file.
Standard library only.
"""

from __future__ import annotations

import argparse
import contextlib
import decimal
import json
import os
import sys
from pathlib import Path
from typing import Any

from zjcs import examples
from zjcs.faults import Fault
from zjcs.words import sentence

ALL = 0
SOME_NOT = 1
UNREADABLE = 2  # as argparse leaves when the usage is wrong

DEFAULT = "zh" if os.environ.get("LANG", "").startswith("zh") else "en"
MOST_BYTES = 64 * 1024 * 1024


def main(arguments: list[str] | None = None) -> int:
    """Rank what a file holds."""
    parser = argparse.ArgumentParser(description="Rank examples of the ways of selecting.")
    parser.add_argument("file", help="a JSON file, or - for standard input")
    parser.add_argument("--lang", choices=("en", "zh"), default=DEFAULT)
    given = parser.parse_args(arguments)
    try:
        rows = _examples(_text(given.file))
    except Fault as fault:
        sys.stderr.write(f"{sentence(fault, given.lang)}\n")
        return UNREADABLE
    ranked = [_ranked(row, given.lang) for row in rows]
    text = json.dumps(ranked, ensure_ascii=False, indent=1)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    return SOME_NOT if any("error" in row for row in ranked) else ALL


def _text(name: str) -> str:
    try:
        with (
            contextlib.nullcontext(sys.stdin.buffer)
            if name == "-"
            else Path(name).open("rb") as file
        ):
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Fault("log.missing", path=name, reason=error.strerror) from None
    if len(data) > MOST_BYTES:
        raise Fault("rank.size")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Fault("rank.json", reason="UTF-8") from None


def _examples(text: str) -> list[Any]:
    """The examples of a text: an array, one alone, or an object that holds them under `cases`."""
    try:
        value = json.loads(text, parse_float=decimal.Decimal, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise Fault("rank.json", reason=str(error)[:200]) from None
    if isinstance(value, dict) and "method" not in value and isinstance(value.get("cases"), list):
        value = value["cases"]
    return value if isinstance(value, list) else [value]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a key that stands twice would say two things."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _ranked(row: Any, language: str) -> dict[str, Any]:
    is_named = isinstance(row, dict)
    name = row.get("id") if is_named else None
    try:
        if not is_named:
            raise Fault("rank.shape", key="id")
        return {"id": name, "expected": examples.expected(row.get("method"), row.get("input"))}
    except Fault as fault:
        sys.stderr.write(f"{name}: {sentence(fault, language)}\n")
        return {"id": name, "error": str(fault)}


if __name__ == "__main__":
    sys.exit(main())
