"""The use cases of cases, of the knowledge base and of the register of pain points."""

from market.cases.service.answers import (
    publish_answer,
    rewrite_answer,
    withdraw_answer,
    write_answer,
)
from market.cases.service.course import (
    call_back,
    contact,
    enter,
    enter_orders,
    extend,
    open_case,
    rectify,
    report,
)
from market.cases.service.pains import list_pain, move_on
from market.cases.service.steering import (
    assign,
    meet,
    report_back,
    supervise,
    take_back,
    transfer,
)

__all__ = [
    "assign",
    "call_back",
    "contact",
    "enter",
    "enter_orders",
    "extend",
    "list_pain",
    "meet",
    "move_on",
    "open_case",
    "publish_answer",
    "rectify",
    "report",
    "report_back",
    "rewrite_answer",
    "supervise",
    "take_back",
    "transfer",
    "withdraw_answer",
    "write_answer",
]
