"""The use cases of sources, one function each."""

from market.selection.sources.service.anchors import anchor_chain
from market.selection.sources.service.failing import (
    confirm_lottery,
    lose_chain,
    note_failed,
    report_lottery,
)

__all__ = ["anchor_chain", "confirm_lottery", "lose_chain", "note_failed", "report_lottery"]
