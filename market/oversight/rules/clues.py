"""问题线索移交单: what an overseer hands over to a discipline body. The receiver has no clock; the days
are the sender's (docs/rules.md#clues). Pure.
"""

import dataclasses
import datetime as dt
import enum
import functools
import hashlib
import json

from market.kernel.errors import Invalid, Refusal, all_told
from market.kernel.visible import trimmed
from market.windows.rules import Kind, Nature

HAND_OVER = Kind("oversight.hand_over", Nature.DUTY, "移交问题线索")
ASK_FROM = Kind("oversight.hand_over_waits", Nature.ACT, "移交后可以询问一次")
ASK = Kind("oversight.hand_over_ask", Nature.DUTY, "询问移交线索的办理情况")
MOST_TEXT = 4000
MOST_NAME = 60


class ClueKind(enum.StrEnum):
    """What a clue is about."""

    COLLUSION = "collusion"
    BRIBERY = "bribery"
    FALSE_DOCUMENT = "false_document"
    INTERFERENCE = "interference"
    SPLITTING = "splitting"
    OFF_PLATFORM = "off_platform"
    RETALIATION = "retaliation"


class ClueStanding(enum.StrEnum):
    """Where a clue stands; told by its dates."""

    TO_HAND_OVER = "to_hand_over"
    HANDED_OVER = "handed_over"
    TO_ASK = "to_ask"
    ASKED = "asked"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Found:
    """What is handed over: whom it concerns, the facts by date, what was looked at and what was not."""

    kind: ClueKind
    receiver: str
    subjects: str
    facts: str
    checked: str
    unchecked: str
    is_urgent: bool = False


REQUIRED = ("receiver", "subjects", "facts", "checked", "unchecked")


def check_found(found: Found) -> Found:
    """A clue that says what it owes, trimmed. Refuses `clue.no_words` at each field that says nothing."""
    texts = {name: trimmed(getattr(found, name)) for name in REQUIRED}
    all_told(*(functools.partial(_says, name, text) for name, text in texts.items()))
    return Found(kind=found.kind, is_urgent=found.is_urgent, **texts)


def _says(field: str, text: str) -> None:
    if not text:
        raise Invalid("clue.no_words", field=field)


def digest(salt: str, number: str, notice: str, found: Found) -> str:
    """What binds a clue on the log: SHA-256 (hex) over a JSON list of salt, number, notice and words."""
    said = [salt, number, notice, *dataclasses.astuple(found)]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def standing(
    handed_over_at: dt.datetime | None, ask_due_at: dt.datetime | None, asked_at: dt.datetime | None
) -> ClueStanding:
    """Where a clue with these dates stands."""
    if asked_at is not None:
        return ClueStanding.ASKED
    if ask_due_at is not None:
        return ClueStanding.TO_ASK
    return ClueStanding.TO_HAND_OVER if handed_over_at is None else ClueStanding.HANDED_OVER


def check_day(signed_on: dt.date, begun: dt.date, today: dt.date) -> None:
    """A receipt was signed between the day of the clue and today. Refuses `clue.receipt_day`."""
    if not begun <= signed_on <= today:
        raise Invalid("clue.receipt_day", field="signed_on")


def check_ask(standing_now: ClueStanding) -> None:
    """It is asked once, after its days. Refuses `clue.ask_early`, `clue.asked_before`."""
    if standing_now is ClueStanding.ASKED:
        raise Refusal("clue.asked_before")
    if standing_now is not ClueStanding.TO_ASK:
        raise Refusal("clue.ask_early")
