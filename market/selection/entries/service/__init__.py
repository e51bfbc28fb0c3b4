"""The use cases of entries, one function each."""

from market.selection.entries.service.barring import DECIDER, barred
from market.selection.entries.service.enter import Receipt, enter, enter_anew, note_late, withdraw
from market.selection.entries.service.seal import begin_sealing, seal
from market.selection.notices.rules import SEAL

WINDOWS = {SEAL.name: begin_sealing}

__all__ = [
    "DECIDER",
    "WINDOWS",
    "Receipt",
    "barred",
    "begin_sealing",
    "enter",
    "enter_anew",
    "note_late",
    "seal",
    "withdraw",
]
