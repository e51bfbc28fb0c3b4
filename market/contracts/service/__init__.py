"""The use cases of awards: what comes before the letter, the letter, giving up, following the log."""

from market.contracts.rules import CONFIRM, LAPSE, SIGN
from market.contracts.service.decline import DECLINED, decline
from market.contracts.service.follow import BATCH, READER, follow
from market.contracts.service.letter import contract_overdue, register_contract
from market.contracts.service.offer import confirm, days_over, lapse, standstill_over
from market.selection.results.rules import STANDSTILL

WINDOW_HANDLERS = {
    STANDSTILL.name: standstill_over,
    CONFIRM.name: days_over,
    LAPSE.name: lapse,
    SIGN.name: contract_overdue,
}

__all__ = [
    "BATCH",
    "DECLINED",
    "READER",
    "WINDOW_HANDLERS",
    "confirm",
    "contract_overdue",
    "days_over",
    "decline",
    "follow",
    "lapse",
    "register_contract",
    "standstill_over",
]
