"""The use cases of draws, one function each."""

from market.selection.draws.service.draw import advance, reach_slot, submit_value
from market.selection.sources.rules import DRAW

WINDOWS = {DRAW.name: reach_slot}

__all__ = ["WINDOWS", "advance", "reach_slot", "submit_value"]
