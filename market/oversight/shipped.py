"""The table of flags that comes with the product, by its version: `flags-1.tsv`."""

import csv
import functools
import pathlib

from market.oversight.rules.flags.table import Flag, read

VERSION = 1
FOLDER = pathlib.Path(__file__).parent / "data"


@functools.cache
def flags() -> dict[str, Flag]:
    """Every flag by its code, in the order of the file; those that nothing computes yet too."""
    path = FOLDER / f"flags-{VERSION}.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {line["code"]: read(line) for line in lines}
