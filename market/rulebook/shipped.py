"""The two rulebooks that come with the product: a county's starter, with which five people can live,
and a city's, which runs all. What they do not name has the default of its parameter.
"""

import json
import pathlib
from typing import Any

from market.rulebook import rules
from market.rulebook.rules import STARTERS, Value

FOLDER = pathlib.Path(__file__).parent / "data"


def title(starter: str) -> str:
    """What a starter is called. KeyError for one that is not shipped."""
    return str(_file(starter)["title"])


def values(starter: str) -> dict[str, Value]:
    """Every parameter as a starter has it. KeyError for one that is not shipped."""
    said = _file(starter)["values"]
    own = {name: Value(amount, rules.PARAMETERS[name].unit) for name, amount in said.items()}
    return {**rules.defaults(), **own}


def _file(starter: str) -> dict[str, Any]:
    if starter not in STARTERS:
        raise KeyError(starter)
    found: dict[str, Any] = json.loads((FOLDER / f"{starter}.json").read_text("utf-8"))
    return found
