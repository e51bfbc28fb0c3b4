"""The shape of what is typed about cases, for the knowledge base, about pain points."""

from market.cases.forms.answers import ListPain, MoveOn, Publish, Withdraw, WriteAnswer
from market.cases.forms.course import (
    CallBack,
    Contact,
    Enter,
    EnterOrders,
    Extend,
    Rectify,
    Report,
)
from market.cases.forms.steering import Assign, Meet, ReportBack, Supervise, TakeBack, Transfer

__all__ = [
    "Assign",
    "CallBack",
    "Contact",
    "Enter",
    "EnterOrders",
    "Extend",
    "ListPain",
    "Meet",
    "MoveOn",
    "Publish",
    "Rectify",
    "Report",
    "ReportBack",
    "Supervise",
    "TakeBack",
    "Transfer",
    "Withdraw",
    "WriteAnswer",
]
