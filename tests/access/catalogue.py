"""The rows of what may be bought (table.py)."""

from collections.abc import Mapping

from tests.access.rows import Row, only, public

CATALOGUE: Mapping[str, Row] = {
    "catalogue.deferrable": public(),
    "catalogue.index": public(),
    "catalogue.item": public("item"),
    "zones.index": public(),
    "zones.desk": only("checker head"),
    "zones.publish": only("checker head"),
    "zones.withdraw": only("checker head", "zone"),
    "catalogue.items_sheet": public("ending"),
}
