"""The clauses of the model contracts that come with the product (docs/rules.md#model-contract).

`clauses.tsv`: one line a clause; the category is the catalogue's, `*` stands for every one. A contract
is a text of the parties in Chinese, so its clauses are not translated.
"""

import csv
import functools
import pathlib

from market.contracts.rules.model import Clause

FILE = pathlib.Path(__file__).parent / "data" / "clauses.tsv"


@functools.cache
def clauses() -> tuple[Clause, ...]:
    """Every clause in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(Clause(row["category"], row["heading"], row["text"]) for row in rows)
