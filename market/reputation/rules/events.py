"""The life of one recorded act, from the proposal to the archive. Pure.

Source: docs/rules.md#credit. Nothing counts before the party was heard and another person decided.
"""

import datetime as dt
import enum

from market.kernel.errors import Invalid, Refusal
from market.kernel.states import move
from market.kernel.visible import trimmed
from market.reputation.rules.behaviours import REPAIRED_AFTER, Grade
from market.reputation.rules.months import months_after
from market.windows import rules as windows

DAY = dt.timedelta(days=1)
MOST_FACT = 200  # characters: one sentence
MOST_TEXT = 2000
SUSPENDING = -6
"""From so many points on an appeal stops the effect while it is decided, once."""


class CreditState(enum.StrEnum):
    """Where a recorded act stands."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    DROPPED = "dropped"
    APPEALED = "appealed"
    VOID = "void"
    REPAIRING = "repairing"
    REPAIRED = "repaired"
    EXPIRED = "expired"


NEXT: dict[CreditState, frozenset[CreditState]] = {
    CreditState.PROPOSED: frozenset({CreditState.IN_FORCE, CreditState.DROPPED}),
    CreditState.IN_FORCE: frozenset(
        {CreditState.APPEALED, CreditState.REPAIRING, CreditState.EXPIRED}
    ),
    CreditState.APPEALED: frozenset({CreditState.IN_FORCE, CreditState.VOID, CreditState.EXPIRED}),
    CreditState.REPAIRING: frozenset(
        {CreditState.IN_FORCE, CreditState.REPAIRED, CreditState.EXPIRED}
    ),
}
LIVING = frozenset({CreditState.IN_FORCE, CreditState.APPEALED, CreditState.REPAIRING})
"""While an act is shown and may count."""


class Act(enum.StrEnum):
    """One step of a recorded act; steps are only ever added."""

    PROPOSED = "proposed"
    STATED = "stated"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"
    APPEALED = "appealed"
    UPHELD = "upheld"
    REJECTED = "rejected"
    REPAIR_ASKED = "repair_asked"
    REPAIRED = "repaired"
    REPAIR_REFUSED = "repair_refused"
    EXPIRED = "expired"


STATEMENT = windows.Kind("credit.statement", windows.Nature.RIGHT, "履约记录的陈述申辩")
APPEAL = windows.Kind("credit.appeal", windows.Nature.RIGHT, "对履约记录的申诉")
APPEAL_DECISION = windows.Kind("credit.appeal_decision", windows.Nature.DUTY, "履约记录申诉待决定")
REPAIR_DECISION = windows.Kind("credit.repair_decision", windows.Nature.DUTY, "履约记录修复待决定")
VALIDITY = windows.Kind("credit.validity", windows.Nature.ACT, "履约记录期满归档")


def move_event(old: CreditState, new: CreditState) -> CreditState:
    """The step, or the refusal `credit.wrong_state`."""
    return move(NEXT, old, new, "credit.wrong_state")


def check_fact(fact: str, evidence: str, happened_on: dt.date, today: dt.date) -> None:
    """Hold that a proposal says what was done, by what it is shown, and when.

    Refuses `credit.fact`, `credit.evidence`, `credit.future`.
    """
    if not 0 < len(trimmed(fact)) <= MOST_FACT:
        raise Invalid("credit.fact", field="fact", most=MOST_FACT)
    if not 0 < len(trimmed(evidence)) <= MOST_TEXT:
        raise Invalid("credit.evidence", field="evidence", most=MOST_TEXT)
    if happened_on > today:
        raise Invalid("credit.future", field="happened_on")


def check_text(text: str | None, field: str) -> str:
    """What somebody has to say, trimmed. Refuses `credit.text` at its field."""
    said = trimmed(text or "")
    if not 0 < len(said) <= MOST_TEXT:
        raise Invalid("credit.text", field=field, most=MOST_TEXT)
    return said


def counts_until(decided_on: dt.date, months: int) -> dt.date:
    """The first day on which an act counts no more: so many months after the day of its decision."""
    return months_after(decided_on, months)


def check_commitment(has_committed: bool) -> None:
    """A repair needs the public commitment. Refuses `credit.no_commitment`."""
    if not has_committed:
        raise Invalid("credit.no_commitment", field="has_committed")


def is_suspended(points: int, state: CreditState) -> bool:
    """Whether an appeal keeps an act from counting while it is decided."""
    return state is CreditState.APPEALED and points <= SUSPENDING


def repairable_from(grade: Grade, decided_on: dt.date) -> dt.date | None:
    """The first day on which a repair may be asked for; None of what is no fault of an agency."""
    days = REPAIRED_AFTER.get(grade)
    return None if days is None else decided_on + dt.timedelta(days=days)


def check_repairable(grade: Grade, decided_on: dt.date, today: dt.date, *, again: bool) -> None:
    """Hold that a repair may be asked for. `again`: the agency did something of the same grade since.

    Refuses `credit.not_repairable`, `credit.repair_early`, `credit.repair_again`.
    """
    first = repairable_from(grade, decided_on)
    if first is None:
        raise Refusal("credit.not_repairable")
    if today < first:
        raise Refusal("credit.repair_early", first=first.isoformat())
    if again:
        raise Refusal("credit.repair_again")
