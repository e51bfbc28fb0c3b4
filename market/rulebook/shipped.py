"""The two rulebooks that come with the product: a county's starter, with which five people can live,
and a city's, which runs all. What they do not name has the default of its parameter.
"""

import json
import pathlib
from collections.abc import Mapping

from market.kernel.plain import Json
from market.rulebook import rules
from market.rulebook.rules import MINUTE, STARTERS, Kind, Value

FOLDER = pathlib.Path(__file__).parent / "data"


def N_(text: str) -> str:  # noqa: N802  (the mark that the message catalogue looks for)
    """A title of the data that is shown through the catalogue."""
    return text


TITLES = (N_("出厂参数（市级）"), N_("出厂参数（县级）"), N_("演示参数（以分钟计）"))
"""What the shipped rulebooks are called, in the words of their files and of the demonstration's."""
IN_A_DEMONSTRATION = {
    "auction_lead_minutes": 2,
    "auction_first_minutes": 3,
    "auction_countdown_minutes": 1,
    "auction_hard_stop_minutes": 6,
    "auction_round_minutes": 1,
    "auction_pause_minutes": 1,
}
"""What of an auction is shorter where a minute stands for a day."""


def title(starter: str) -> str:
    """What a starter is called. KeyError for one that is not shipped."""
    return str(_file(starter)["title"])


def values(starter: str) -> dict[str, Value]:
    """Every parameter as a starter has it. KeyError for one that is not shipped."""
    said = _file(starter)["values"]
    own = {name: Value(amount, rules.PARAMETERS[name].unit) for name, amount in said.items()}
    return {**rules.defaults(), **own}


def in_minutes(whole: Mapping[str, Value]) -> dict[str, Value]:
    """A rulebook with a minute for every day and every ten hours: that of a demonstration
    (docs/rules.md#demonstration).
    """
    short = {
        name: Value(
            max(1, int(value.amount) // 10) if value.unit == "hour" else value.amount, MINUTE
        )
        for name, value in whole.items()
        if rules.PARAMETERS[name].kind is Kind.WINDOW
    }
    return {
        **whole,
        **short,
        "seal_gap_minutes": Value(1, rules.PARAMETERS["seal_gap_minutes"].unit),
        "drain_seconds": Value(5, rules.PARAMETERS["drain_seconds"].unit),
        **{name: Value(n, rules.PARAMETERS[name].unit) for name, n in IN_A_DEMONSTRATION.items()},
    }


def _file(starter: str) -> Json:
    if starter not in STARTERS:
        raise KeyError(starter)
    found: Json = json.loads((FOLDER / f"{starter}.json").read_text("utf-8"))
    return found
