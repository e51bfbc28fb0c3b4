"""The table of behaviours that comes with the product: 84 faults and merits (docs/rules.md#credit).

`behaviours.tsv`: one line a behaviour. `proposes` and `decides` are duties, `clock` is the system;
an empty `effect_basis` means that no law, regulation, State Council document or provincial measure
is named: the behaviour counts 0 points then, and is answered with a reminder.
"""

import csv
import functools
import pathlib

from market.reputation.rules.behaviours import Behaviour, read

FOLDER = pathlib.Path(__file__).parent / "data"
FILE = FOLDER / "behaviours.tsv"


@functools.cache
def behaviours() -> dict[str, Behaviour]:
    """Every behaviour by its code, in the order of the file."""
    return {line["code"]: read(line) for line in _lines(FILE)}


@functools.cache
def english() -> dict[str, str]:
    """What each behaviour is called in English, by its code."""
    return {line["code"]: line["english"] for line in _lines(FOLDER / "english.tsv")}


def _lines(path: pathlib.Path) -> list[dict[str, str]]:
    """A file of tab-separated lines with a head."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
