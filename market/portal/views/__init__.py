"""The front pages, for people and for programs."""

from market.portal.views import front, installed, machines
from market.portal.views.blueprint import bp

BLUEPRINTS = [bp]
__all__ = ["BLUEPRINTS", "front", "installed", "machines"]
