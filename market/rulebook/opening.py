"""What must be named before a place opens its data. Pure."""

from market.kernel.errors import Invalid
from market.rulebook.rules import Rulebook, Value

NAMED_WITH_OPEN_DATA = (
    Rulebook.open_data_catalogue,
    Rulebook.open_data_class,
    Rulebook.open_data_licence,
)
"""What a data authority's licence says; without it nothing is opened."""


def opened(catalogue: str, sort: str, licence: str) -> dict[str, Value]:
    """Open data as switched on: in which catalogue, in which class, under which licence."""
    named = dict(zip(NAMED_WITH_OPEN_DATA, (catalogue, sort, licence), strict=True))
    words = {parameter.name: Value(text, "") for parameter, text in named.items()}
    return {Rulebook.open_data.name: Value(amount=True, unit=""), **words}


def check_together(rulebook: Rulebook) -> None:
    """Refuse values that may not stand beside one another.

    `rulebook.open_data_unnamed`: data are opened, and catalogue, class or licence is not named.
    """
    if not rulebook.open_data:
        return
    for named in NAMED_WITH_OPEN_DATA:
        if not rulebook.amount(named).strip():
            raise Invalid("rulebook.open_data_unnamed", field=named.name, name=named.title)
