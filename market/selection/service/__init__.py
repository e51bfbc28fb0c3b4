"""The use cases of selection, one function each, split by who acts and when."""

from market.selection.rules import DRAW, SEAL
from market.selection.service.after import (
    annul,
    annul_to_next,
    disqualify,
    draft_again,
    hold,
    mark_awarded,
    mark_contracted,
    release,
    relist,
)
from market.selection.service.amend import amend, changes_of, check_correction, correct
from market.selection.service.barring import DECIDER, barred
from market.selection.service.draft import draft, save, send_back, sign, submit
from market.selection.service.draw import advance, anchor_chain, reach_slot, submit_value
from market.selection.service.enter import Receipt, enter, enter_anew, note_late, withdraw
from market.selection.service.exits import ask_exit, confirm_exit
from market.selection.service.publish import (
    approve,
    cancel,
    confirm_refusal,
    give_back,
    propose_refusal,
    publish,
)
from market.selection.service.seal import begin_sealing, seal
from market.selection.service.sources import (
    confirm_lottery,
    lose_chain,
    note_failed,
    report_lottery,
)

WINDOW_HANDLERS = {SEAL.name: begin_sealing, DRAW.name: reach_slot}

__all__ = [
    "DECIDER",
    "WINDOW_HANDLERS",
    "Receipt",
    "advance",
    "amend",
    "anchor_chain",
    "annul",
    "annul_to_next",
    "approve",
    "ask_exit",
    "barred",
    "begin_sealing",
    "cancel",
    "changes_of",
    "check_correction",
    "confirm_exit",
    "confirm_lottery",
    "confirm_refusal",
    "correct",
    "disqualify",
    "draft",
    "draft_again",
    "enter",
    "enter_anew",
    "give_back",
    "hold",
    "lose_chain",
    "mark_awarded",
    "mark_contracted",
    "note_failed",
    "note_late",
    "propose_refusal",
    "publish",
    "reach_slot",
    "release",
    "relist",
    "report_lottery",
    "save",
    "seal",
    "send_back",
    "sign",
    "submit",
    "submit_value",
    "withdraw",
]
