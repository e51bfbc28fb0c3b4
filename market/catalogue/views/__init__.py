"""Pages of the catalogue."""

from market.catalogue.views import items, zones

BLUEPRINTS = [items.bp, zones.bp]
