"""The catalogue that comes with the product: 瑞昌市, 6 categories, 78 items, 20 of them tied to an
approval (Ruichang).

`ruichang.tsv` holds what people read; `ruichang-requirements.tsv` the same qualifications in a form
that is computed, read out of the first by hand; `english.tsv` their names for readers of English.
"""

import csv
import functools
import pathlib

FOLDER = pathlib.Path(__file__).parent / "data"


def ruichang() -> list[dict[str, str]]:
    """The rows of both files, joined by code: what `service.load` takes."""
    computed = {line["code"]: line for line in table(FOLDER / "ruichang-requirements.tsv")}
    return [line | computed[line["code"]] for line in table(FOLDER / "ruichang.tsv")]


def table(path: pathlib.Path) -> list[dict[str, str]]:
    """A file of tab-separated lines with a head."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@functools.cache
def bodies() -> dict[str, str]:
    """English names of the shipped place, of those that it lies in and of its bodies, by the Chinese
    ones without the place.
    """
    return {line["chinese"]: line["english"] for line in table(FOLDER / "bodies.tsv")}


def english() -> dict[str, str]:
    """English names of the shipped items, categories and regulators, by the Chinese ones."""
    return {line["chinese"]: line["english"] for line in table(FOLDER / "english.tsv")}
