"""What a notice buys, and what is known of it while one writes."""

from market.catalogue import queries as catalogue
from market.catalogue.queries import ItemCard
from market.catalogue.rules import Items
from market.db import Work
from market.kernel.plain import Json


def bought(work: Work, items: Items) -> list[ItemCard]:
    """The items, the lead's first. Refuses `catalogue.no_item`."""
    return [catalogue.item(work, code) for code in items.codes]


def known_of(work: Work, items: Items) -> Json:
    """What earlier awards cost (of one item alone: together they have no price of their own), and what
    was evaluated for zones already.
    """
    codes = [code for code in items.codes if code]
    return {
        "prices": catalogue.prices(work, codes[0]) if len(codes) == 1 else None,
        "zones": [zone for code in codes for zone in catalogue.zones(work, code, usable=True)],
    }
