"""The award letter (中选通知书): its states, its numbers, whether it is valid. Pure (states.md 7; domain.md 3.5, 3.6)."""
import datetime as dt
import enum
import re

from market.kernel.errors import Invalid, Malformed
from market.kernel.states import move
from market.windows.rules import Kind, Nature

SIGN = Kind("contracts.sign", Nature.DUTY, "签订合同")
WINDOWS = {SIGN.name: SIGN}
DOCUMENT = re.compile("(?P<word>[一-鿿]{1,10})[〔\\[(\uff08【](?P<year>\\d{4})[〕\\])\uff09】](?P<serial>\\d{1,6})号?")
WORD = "瑞中选"


class State(enum.StrEnum):
    """What has become of a letter. The clock issues it; only a person ends it."""

    ISSUED = "issued"
    HELD = "held"  # a complaint that was in time reached us as the letter left
    CONTRACT_OVERDUE = "contract_overdue"
    DECLINED = "declined"
    CONTRACTED = "contracted"
    VOID = "void"


NEXT = {
    State.ISSUED: frozenset({State.HELD, State.CONTRACT_OVERDUE, State.CONTRACTED, State.DECLINED, State.VOID}),
    State.HELD: frozenset({State.ISSUED, State.VOID}),
    State.CONTRACT_OVERDUE: frozenset({State.HELD, State.CONTRACTED, State.DECLINED, State.VOID}),
}
VALID = frozenset({State.ISSUED, State.CONTRACT_OVERDUE, State.CONTRACTED})
SIGNABLE = frozenset({State.ISSUED, State.CONTRACT_OVERDUE})
LIVE = frozenset({State.ISSUED, State.HELD, State.CONTRACT_OVERDUE})


class Decline(enum.StrEnum):
    """Why a winner gives the award up; the first three are no fault of his (domain.md 3.5)."""

    FORCE_MAJEURE = "force_majeure"
    TERMS_CHANGED = "terms_changed"
    OWNER_LATE = "owner_late"
    CAPACITY = "capacity"
    OTHER = "other"


def move_state(old: State, new: State) -> State:
    """The step, or the refusal `award.wrong_state`."""
    return move(NEXT, old, new, "award.wrong_state")


def check_signed_on(signed_on: dt.date, issued_on: dt.date, today: dt.date) -> None:
    """Refuse `award.signed_when` (field signed_on) unless the day is from the letter's to today."""
    if not issued_on <= signed_on <= today:
        raise Invalid("award.signed_when", field="signed_on", issued=issued_on.isoformat(), today=today.isoformat())


def document_number(word: str, year: int, serial: int) -> str:
    """E.g. 瑞中选〔2026〕12号."""
    return f"{word}〔{year}〕{serial}号"


def read_document_number(typed: str) -> str:
    """A document number as people type it (other brackets, no 号, spaces) in the form it was given in.

    Refuses `award.not_a_number`.
    """
    found = DOCUMENT.fullmatch(re.sub(r"\s", "", typed))
    if found is None:
        raise Malformed("award.not_a_number")
    return document_number(found["word"], int(found["year"]), int(found["serial"]))
