"""The closed loop of a case: contact, rectification with an answer, call-back by another person; it cannot
end without a call-back. Pure.

Source: docs/rules.md#decision-24, docs/rules.md#ratings.
"""

import enum

from market.kernel.errors import Invalid
from market.kernel.states import move
from market.kernel.visible import trimmed
from market.windows.rules import Kind, Nature

CONTACT = Kind("cases.contact", Nature.DUTY, "联系评价人")
RECTIFY = Kind("cases.rectify", Nature.DUTY, "整改并答复")
CALL_BACK = Kind("cases.call_back", Nature.DUTY, "回访整改结果")
WINDOW_KINDS = {kind.name: kind for kind in (CONTACT, RECTIFY, CALL_BACK)}
MOST_TEXT = 2000


class Source(enum.StrEnum):
    """What opened a case."""

    RATING = "rating"


class CaseState(enum.StrEnum):
    """Where a case stands. The clock takes no step; it notes what is late."""

    OPEN = "open"  # to be contacted
    CONTACTED = "contacted"  # to be rectified
    RECTIFIED = "rectified"  # to be called back
    CLOSED = "closed"


NEXT = {
    CaseState.OPEN: frozenset({CaseState.CONTACTED}),
    CaseState.CONTACTED: frozenset({CaseState.RECTIFIED}),
    CaseState.RECTIFIED: frozenset({CaseState.CONTACTED, CaseState.CLOSED}),
}


class Result(enum.StrEnum):
    """What a call-back found."""

    SOLVED = "solved"
    UNSOLVED = "unsolved"  # it goes on
    UNREACHED = "unreached"  # three tries at different hours


def move_case(old: CaseState, new: CaseState) -> CaseState:
    """The step, or the refusal `case.wrong_state`."""
    return move(NEXT, old, new, "case.wrong_state")


def after_call_back(result: Result) -> CaseState:
    """What is not solved is rectified again; everything else ends."""
    return CaseState.CONTACTED if result is Result.UNSOLVED else CaseState.CLOSED


def check_text(text: str, field: str) -> str:
    """A text that says something, trimmed. Refuses `case.text_missing`, `case.text_long` at the
    field.
    """
    said = trimmed(text)
    if not said:
        raise Invalid("case.text_missing", field=field)
    if len(said) > MOST_TEXT:
        raise Invalid("case.text_long", field=field, most=MOST_TEXT)
    return said
