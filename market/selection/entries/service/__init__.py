"""The use cases of entries, one function each."""

from market.selection.entries.service.admitting import Asked, Receipt
from market.selection.entries.service.barring import DECIDER, barred
from market.selection.entries.service.bidders import seal_bidders
from market.selection.entries.service.confirming import confirm, holds
from market.selection.entries.service.documents import (
    Documents,
    forget_unknown,
    keep_document,
    open_documents,
)
from market.selection.entries.service.enter import (
    Late,
    enter,
    enter_anew,
    missed,
    note_late,
    receive_late,
    withdraw,
)
from market.selection.entries.service.keys import give_key
from market.selection.entries.service.likeness import erase_likeness
from market.selection.entries.service.open_notice import open_notice
from market.selection.entries.service.processes import leave, report
from market.selection.entries.service.proposing import LONGEST, hand_in_proposal
from market.selection.entries.service.seal import begin_sealing, close_entries, seal
from market.selection.entries.service.together import enter_together, receive
from market.selection.entries.service.uploading import (
    SealedFile,
    check_upload,
    erase_unnamed,
    seal_here,
    upload,
)
from market.selection.notices.rules import SEAL

WINDOW_HANDLERS = {SEAL.name: begin_sealing}

__all__ = [
    "DECIDER",
    "LONGEST",
    "WINDOW_HANDLERS",
    "Asked",
    "Documents",
    "Late",
    "Receipt",
    "SealedFile",
    "barred",
    "begin_sealing",
    "check_upload",
    "close_entries",
    "confirm",
    "enter",
    "enter_anew",
    "enter_together",
    "erase_likeness",
    "erase_unnamed",
    "forget_unknown",
    "give_key",
    "hand_in_proposal",
    "holds",
    "keep_document",
    "leave",
    "missed",
    "note_late",
    "open_documents",
    "open_notice",
    "receive",
    "receive_late",
    "report",
    "seal",
    "seal_bidders",
    "seal_here",
    "upload",
    "withdraw",
]
