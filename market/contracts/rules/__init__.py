"""The award: what precedes its letter (中选通知书), the letter's states, numbers and validity.
Pure.

Sources: docs/rules.md#states, docs/rules.md#deferred-documents, docs/rules.md#giving-up,
docs/rules.md#result-and-award.
"""

import dataclasses
import datetime as dt
import enum

from market.contracts.rules.change import CHANGE_WINDOWS
from market.contracts.rules.claim import CLAIM_WINDOWS
from market.contracts.rules.matter import MATTER_WINDOWS
from market.contracts.rules.payment import PAYMENT_WINDOWS
from market.contracts.rules.unsigned import UNSIGNED_WINDOWS
from market.kernel import papers
from market.kernel.errors import Invalid, Malformed
from market.kernel.states import move
from market.windows.rules import Kind, Nature

SIGN = Kind("contracts.sign", Nature.DUTY, "签订合同")
CONFIRM = Kind("contracts.confirm", Nature.RIGHT, "确认是否接受中选", remind_before=(1, 0))
LAPSE = Kind("contracts.lapse", Nature.ACT, "中选确认期满")
WINDOW_KINDS = {
    SIGN.name: SIGN,
    CONFIRM.name: CONFIRM,
    LAPSE.name: LAPSE,
    **MATTER_WINDOWS,
    **CHANGE_WINDOWS,
    **CLAIM_WINDOWS,
    **UNSIGNED_WINDOWS,
    **PAYMENT_WINDOWS,
}
WORD = "瑞中选"


class State(enum.StrEnum):
    """What has become of a letter. The clock issues it; only a person ends it."""

    ISSUED = "issued"
    HELD = "held"  # a complaint that was in time reached us as the letter left
    CONTRACT_OVERDUE = "contract_overdue"
    DECLINED = "declined"
    CONTRACTED = "contracted"
    VOID = "void"
    FORFEITED = "forfeited"  # found: the winner would not sign
    RELEASED = "released"  # found: the owner would not, or neither could


NEXT = {
    State.ISSUED: frozenset(
        {State.HELD, State.CONTRACT_OVERDUE, State.CONTRACTED, State.DECLINED, State.VOID}
    ),
    State.HELD: frozenset({State.ISSUED, State.VOID}),
    State.CONTRACT_OVERDUE: frozenset(
        {
            State.HELD,
            State.ISSUED,
            State.CONTRACTED,
            State.DECLINED,
            State.VOID,
            State.FORFEITED,
            State.RELEASED,
        }
    ),
}
VALID = frozenset({State.ISSUED, State.CONTRACT_OVERDUE, State.CONTRACTED})
SIGNABLE = frozenset({State.ISSUED, State.CONTRACT_OVERDUE})
LIVE = frozenset({State.ISSUED, State.HELD, State.CONTRACT_OVERDUE})


class Offer(enum.StrEnum):
    """What becomes of an award before its letter, where it does not leave at once
    (docs/rules.md#states).
    """

    AWAITING = "awaiting_confirmation"
    BLOCKED = "blocked_documents"
    HELD = "held"
    ISSUED = "issued"
    DECLINED = "declined"
    VOID = "void"


NEXT_OFFER = {
    Offer.AWAITING: frozenset(
        {Offer.ISSUED, Offer.DECLINED, Offer.BLOCKED, Offer.HELD, Offer.VOID}
    ),
    Offer.BLOCKED: frozenset(
        {Offer.ISSUED, Offer.DECLINED, Offer.AWAITING, Offer.HELD, Offer.VOID}
    ),
    Offer.HELD: frozenset({Offer.ISSUED, Offer.AWAITING, Offer.BLOCKED, Offer.VOID}),
}
PENDING = frozenset({Offer.AWAITING, Offer.BLOCKED, Offer.HELD})
GIVABLE = frozenset({Offer.AWAITING, Offer.BLOCKED})


@dataclasses.dataclass(frozen=True, kw_only=True)
class Facts:
    """What decides about an award whose standstill is over and whose letter is not out."""

    complaint_holds: bool
    has_left: bool  # or the winner's certificate for the item has run out
    owes_documents: bool
    is_to_confirm: bool


STEPS = (
    ("complaint_holds", Offer.HELD),
    ("has_left", Offer.VOID),
    ("owes_documents", Offer.BLOCKED),
    ("is_to_confirm", Offer.AWAITING),
)
"""The first fact that is so decides: while a complaint is open nothing moves; nobody is asked who could not be issued to."""


class Decline(enum.StrEnum):
    """Why a winner gives the award up; the first three are no fault of his
    (docs/rules.md#giving-up).
    """

    FORCE_MAJEURE = "force_majeure"
    TERMS_CHANGED = "terms_changed"
    OWNER_LATE = "owner_late"
    CAPACITY = "capacity"
    OTHER = "other"


NO_REASON = frozenset({Decline.CAPACITY, Decline.OTHER})
"""Giving up for these is without a good reason (AG-D01)."""


def is_served(signed_on: dt.date | None, service_days: int | None, today: dt.date) -> bool:
    """Whether the service is still owed on a day: until its days after the signing are over, and for
    as long as nobody has said how many they are.
    """
    if signed_on is None or service_days is None:
        return True
    return today <= signed_on + dt.timedelta(days=service_days)


def move_state(old: State, new: State) -> State:
    """The step, or the refusal `award.wrong_state`."""
    return move(NEXT, old, new, "award.wrong_state")


def move_offer(old: Offer, new: Offer) -> Offer:
    """The step, or the refusal `award.wrong_state`."""
    return move(NEXT_OFFER, old, new, "award.wrong_state")


def next_step(facts: Facts) -> Offer:
    """What happens next to an award before its letter; `issued` when nothing stands in its way."""
    return next((step for fact, step in STEPS if getattr(facts, fact)), Offer.ISSUED)


def check_signed_on(signed_on: dt.date, issued_on: dt.date, today: dt.date) -> None:
    """Refuse `award.signed_when` (field signed_on) unless the day is from the letter's to today."""
    if not issued_on <= signed_on <= today:
        raise Invalid(
            "award.signed_when",
            field="signed_on",
            issued=issued_on.isoformat(),
            today=today.isoformat(),
        )


def document_number(word: str, year: int, serial: int) -> str:
    """E.g. 瑞中选〔2026〕12号."""
    return f"{word}〔{year}〕{serial}号"


def read_document_number(typed: str) -> str:
    """A document number as people type it (other brackets, no 号, spaces) in the form it was given
    in.

    Refuses `award.not_a_number`.
    """
    found = papers.meant(typed)
    if found is None:
        raise Malformed("award.not_a_number")
    return found
