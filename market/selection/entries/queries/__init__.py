"""Reading entries. Before the seal nothing here says who entered or what was quoted."""

from market.selection.entries.queries.entrants import entrant_organisations
from market.selection.entries.queries.namesakes import Namesakes, namesakes
from market.selection.entries.queries.own import affected, late_entry, late_of
from market.selection.entries.queries.pending import to_seal

__all__ = [
    "Namesakes",
    "affected",
    "entrant_organisations",
    "late_entry",
    "late_of",
    "namesakes",
    "to_seal",
]
