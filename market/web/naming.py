"""Names of data in the reader's language: services, categories, public bodies of this place.

The room of the catalogue, which stands above, says the names (`NAMES.keep`). A body of the place
(瑞昌市水利局) is named by what it is and where; a name that nobody has given in English stays whole.
"""

from collections.abc import Mapping

from flask import current_app

from market.fabric import Memory
from market.web.locale import is_english

NAMES: Memory[Mapping[str, str]] = Memory(dict)
"""English names by the Chinese ones, names of places among them."""


def named(name: str | None) -> str:
    """A name as this page's reader reads it."""
    if not name or not is_english():
        return name or ""
    config = current_app.config
    place = str(config.get("SITE_JURISDICTION") or "")
    names = NAMES.of()
    return in_english(
        name, names, place, str(config.get("SITE_JURISDICTION_EN") or names.get(place, ""))
    )


def in_english(
    name: str, names: Mapping[str, str], place: str = "", place_in_english: str = ""
) -> str:
    """The same, by a table, of a name and of a body of a place. Pure."""
    if name in names:
        return names[name]
    rest = names.get(name.removeprefix(place)) if place and name.startswith(place) else None
    return f"{rest} of {place_in_english}" if rest and place_in_english else name
