"""The register of pain points (堵点问题台账): what many could not get done, told in batches, with who
solves it by when and what was done, all public. Pure.

Source: docs/rules.md#ratings.
"""

import dataclasses
import datetime as dt
import enum
import re

from market.kernel.errors import Invalid
from market.kernel.states import move
from market.kernel.visible import trimmed

BATCH = re.compile(r"[0-9]{4}-[1-9][0-9]?", re.ASCII)
MOST_TITLE = 80
MOST_SAID = 1000


class PainState(enum.StrEnum):
    """Where a pain point stands."""

    WORKING = "working"
    SOLVED = "solved"  # with what was done; who reported it may say that it is not
    DROPPED = "dropped"  # it cannot be solved here, for a public reason


NEXT = {
    PainState.WORKING: frozenset({PainState.SOLVED, PainState.DROPPED}),
    PainState.SOLVED: frozenset({PainState.WORKING}),
}


def move_pain(old: PainState, new: PainState) -> PainState:
    """The step, or the refusal `pain.wrong_state`."""
    return move(NEXT, old, new, "pain.wrong_state")


class Progress(enum.StrEnum):
    """What a step of a pain point is."""

    WORKED = "worked"
    SOLVED = "solved"
    DROPPED = "dropped"
    REOPENED = "reopened"


TO = {
    Progress.SOLVED: PainState.SOLVED,
    Progress.DROPPED: PainState.DROPPED,
    Progress.REOPENED: PainState.WORKING,
}
"""The state that a step leads to; what is merely reported leads nowhere."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Pain:
    """What is registered: the `batch` (2026-1 is the first of 2026), who solves it, until which day,
    and the numbers of the cases that it comes from.
    """

    batch: str
    title: str
    said: str
    body_id: int
    due_on: dt.date
    cases: tuple[str, ...] = ()


def check_pain(pain: Pain, today: dt.date) -> Pain:
    """The same, trimmed. Refuses `pain.batch`, `pain.missing`, `pain.long`, `pain.due` at their fields."""
    batch = trimmed(pain.batch)
    if BATCH.fullmatch(batch) is None:
        raise Invalid("pain.batch", field="batch")
    title = check_said(pain.title, "title", MOST_TITLE)
    said = check_said(pain.said, "said", MOST_SAID)
    if pain.due_on <= today:
        raise Invalid("pain.due", field="due_on")
    return dataclasses.replace(pain, batch=batch, title=title, said=said)


def check_said(text: str, field: str, most: int = MOST_SAID) -> str:
    """A text that says something, trimmed. Refuses `pain.missing`, `pain.long` at the field."""
    said = trimmed(text)
    if not said:
        raise Invalid("pain.missing", field=field)
    if len(said) > most:
        raise Invalid("pain.long", field=field, most=most)
    return said
