"""The API: the tables of open data for everybody, a hotline's orders for the program of a body."""

from market.api.views import hotline, tables
from market.api.views.blueprint import bp

BLUEPRINTS = [bp]
__all__ = ["BLUEPRINTS", "hotline", "tables"]
