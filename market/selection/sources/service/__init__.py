"""The use cases of sources, one function each."""

from market.selection.sources.rules import DRAW
from market.selection.sources.service.anchors import anchor_chain
from market.selection.sources.service.carried import advance_lot, fix_lot, give_lot_value
from market.selection.sources.service.failing import (
    confirm_lottery,
    lose_chain,
    note_failed,
    report_lottery,
)
from market.selection.sources.service.lists import keep_list
from market.selection.sources.service.lots import advance, reach_slot, submit_value

WINDOW_HANDLERS = {DRAW.name: reach_slot}

__all__ = [
    "WINDOW_HANDLERS",
    "advance",
    "advance_lot",
    "anchor_chain",
    "confirm_lottery",
    "fix_lot",
    "give_lot_value",
    "keep_list",
    "lose_chain",
    "note_failed",
    "reach_slot",
    "report_lottery",
    "submit_value",
]
