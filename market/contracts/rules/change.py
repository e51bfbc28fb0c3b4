"""What both sides change of a contract that binds them: its days, its amount, a stop, an end; and how
one side ends it. Pure.

Sources: docs/rules.md#contract-changes, docs/rules.md#one-sided-end; 《保障中小企业款项支付条例》（国令第802号）第九条.
"""

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterable

from market.contracts.rules.matter import IN_SERVICE, ContractState, Side
from market.kernel.errors import Invalid, Refusal, all_told
from market.kernel.money import Amount
from market.kernel.states import move
from market.kernel.visible import folded
from market.windows.rules import Kind, Nature

ANSWER = Kind("contracts.change", Nature.DUTY, "答复合同变更")
STOPPED = Kind("contracts.stopped", Nature.DUTY, "恢复服务，或者终止合同")
OBJECT = Kind("contracts.object", Nature.RIGHT, "对解除合同提出意见", remind_before=(1, 0))
SETTLE = Kind("contracts.settle", Nature.RIGHT, "商定结算金额", remind_before=(5, 1, 0))
CHANGE_WINDOWS = {kind.name: kind for kind in (ANSWER, STOPPED, OBJECT, SETTLE)}
CAP_PERCENT = 10
"""Of the contract's first amount: above it a change needs more hands (docs/rules.md#contract-changes)."""
MOST_DAYS = 3650


class Change(enum.StrEnum):
    """What is changed."""

    EXTEND = "extend"
    AMOUNT = "amount"
    STOP = "stop"
    RESUME = "resume"
    END = "end"
    CANCEL = "cancel"  # by one side alone, after the other could speak
    SCOPE = "scope"  # what is done, within what was published
    PERSON = "person"  # the head of the project
    SETTLE = "settle"  # what is paid for the work, once a contract has ended without agreement


class Reason(enum.StrEnum):
    """Why, as a code; who may read it says `is_reason_public`."""

    OWNER_INPUT_LATE = "owner_input_late"
    AUTHORITY_LATE = "authority_late"
    FORCE_MAJEURE = "force_majeure"
    OWN_DELAY = "own_delay"
    SCOPE = "scope"
    AGREED = "agreed"
    PROJECT_ENDED = "project_ended"
    CAUSE_GONE = "cause_gone"
    AGENCY_FAULT = "agency_fault"
    OWNER_FAULT = "owner_fault"
    RULED = "ruled"
    OWNER_NEED = "owner_need"
    RULES_CHANGED = "rules_changed"
    CANNOT_SERVE = "cannot_serve"


class ChangeState(enum.StrEnum):
    """Where a change stands. Silence grants nothing."""

    ASKED = "asked"
    SECOND = "second"  # agreed; above the cap another person of the owner signs too
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    STOOD = "stood"  # an end by one side: the other objected, or said nothing
    VOID = "void"  # the contract has ended meanwhile


NEXT_CHANGE = {
    ChangeState.ASKED: frozenset(
        {
            ChangeState.SECOND,
            ChangeState.AGREED,
            ChangeState.REFUSED,
            ChangeState.WITHDRAWN,
            ChangeState.STOOD,
            ChangeState.VOID,
        }
    ),
    ChangeState.SECOND: frozenset(
        {ChangeState.AGREED, ChangeState.REFUSED, ChangeState.WITHDRAWN, ChangeState.VOID}
    ),
}
OPEN = frozenset(NEXT_CHANGE)
IN_FORCE = frozenset({ChangeState.AGREED, ChangeState.STOOD})
WORKED_ON = frozenset({ContractState.NOT_STARTED, *IN_SERVICE})
ENDABLE = frozenset({*WORKED_ON, ContractState.STOPPED, ContractState.DELIVERED})
STATES = {
    Change.EXTEND: frozenset({ContractState.NOT_STARTED, ContractState.RUNNING}),
    Change.AMOUNT: ENDABLE,
    Change.SCOPE: ENDABLE,
    Change.PERSON: frozenset({*WORKED_ON, ContractState.STOPPED}),
    Change.STOP: IN_SERVICE,
    Change.RESUME: frozenset({ContractState.STOPPED}),
    Change.END: ENDABLE,
    Change.CANCEL: ENDABLE,
    Change.SETTLE: frozenset({ContractState.SETTLING}),
}
"""Of which contracts each can be asked, and in which it takes effect."""
_CAUSES = frozenset({Reason.OWNER_INPUT_LATE, Reason.AUTHORITY_LATE, Reason.FORCE_MAJEURE})
REASONS = {
    Change.EXTEND: _CAUSES | {Reason.OWN_DELAY},
    Change.AMOUNT: frozenset({Reason.SCOPE}),
    Change.SCOPE: frozenset({Reason.OWNER_NEED, Reason.RULES_CHANGED}),
    Change.PERSON: frozenset({Reason.CANNOT_SERVE, Reason.OWNER_NEED}),
    Change.STOP: _CAUSES | {Reason.AGREED},
    Change.RESUME: frozenset({Reason.CAUSE_GONE}),
    Change.END: frozenset({Reason.AGREED, Reason.FORCE_MAJEURE, Reason.PROJECT_ENDED}),
    Change.CANCEL: frozenset(
        {Reason.AGENCY_FAULT, Reason.OWNER_FAULT, Reason.FORCE_MAJEURE, Reason.PROJECT_ENDED}
    ),
    Change.SETTLE: frozenset({Reason.AGREED, Reason.RULED}),
}
NOT_OF = {
    Reason.AGENCY_FAULT: Side.AGENCY,
    Reason.OWNER_FAULT: Side.OWNER,
    Reason.PROJECT_ENDED: Side.AGENCY,
}
"""Which side cannot end a contract alone for a reason: its own fault is none, and the project is the owner's."""
ENDS = frozenset({Change.END, Change.CANCEL, Change.SETTLE})
"""What names an amount that is paid for the work that was done."""
AT_ONCE = frozenset(
    {(Change.STOP, Side.OWNER), (Change.RESUME, Side.OWNER), (Change.RESUME, Side.AGENCY)}
)
"""What one side does alone: an owner may stop the work, either lets it go on."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Asked:
    """A change as one side asks for it. `days`: calendar days more, of an extension. `amount_fen`: the
    new amount of the contract, or of an end what is paid for the work that was done. `approval`: the
    number of the approval that public money needs above the cap. `person`: the new head of the project. `statement`: in words, for both.
    """

    change: Change
    reason: Reason
    statement: str
    days: int | None = None
    amount_fen: int | None = None
    approval: str = ""
    person: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Bound:
    """What a change is held against: the contract's state, its amounts (fen) at first and now, and
    whose money it is. `side` asks. `head` is the head of the project now, "" where none was named.
    """

    state: ContractState
    first_fen: int
    amount_fen: int
    is_public_money: bool
    side: Side
    head: str = ""


def move_change(old: ChangeState, new: ChangeState) -> ChangeState:
    """The step, or the refusal `contract.change_answered`."""
    return move(NEXT_CHANGE, old, new, "contract.change_answered")


def check_change(asked: Asked, bound: Bound) -> None:
    """Refuse what cannot be changed so, everything at once: `contract.change_when`,
    `contract.change_reason` (field reason), `contract.change_days` (days),
    `contract.change_amount`, `contract.change_same` and `contract.end_amount` (amount),
    `contract.change_approval` (approval), `contract.change_person` (person).
    """
    if bound.state not in STATES[asked.change]:
        raise Refusal("contract.change_when")
    if asked.reason not in REASONS[asked.change]:
        raise Invalid("contract.change_reason", field="reason")
    if asked.change is Change.CANCEL and NOT_OF.get(asked.reason) is bound.side:
        raise Invalid("contract.change_reason", field="reason")
    all_told(
        lambda: _check_days(asked),
        lambda: _check_amount(asked, bound),
        lambda: _check_approval(asked, bound),
        lambda: _check_person(asked, bound),
    )


def _check_days(asked: Asked) -> None:
    if asked.change is Change.EXTEND and not 1 <= (asked.days or 0) <= MOST_DAYS:
        raise Invalid("contract.change_days", field="days", most=MOST_DAYS)


def _check_amount(asked: Asked, bound: Bound) -> None:
    if asked.change is Change.AMOUNT:
        if (asked.amount_fen or 0) <= 0:
            raise Invalid("contract.change_amount", field="amount")
        if asked.amount_fen == bound.amount_fen:
            raise Invalid("contract.change_same", field="amount")
    if asked.change not in ENDS:
        return
    is_ruled = asked.reason is Reason.RULED  # a court may add damages to what was agreed
    most = None if is_ruled else bound.amount_fen
    if (asked.amount_fen or 0) < 0 or (most is not None and (asked.amount_fen or 0) > most):
        raise Invalid("contract.end_amount", field="amount", most=Amount(bound.amount_fen))


def _check_person(asked: Asked, bound: Bound) -> None:
    """Who leads the work is somebody, and somebody else than before."""
    if asked.change is not Change.PERSON:
        return
    if not folded(asked.person) or folded(asked.person) == folded(bound.head):
        raise Invalid("contract.change_person", field="person")


def _check_approval(asked: Asked, bound: Bound) -> None:
    if bound.is_public_money and not asked.approval and is_above_cap(asked, bound):
        raise Invalid("contract.change_approval", field="approval", percent=CAP_PERCENT)


def is_above_cap(asked: Asked, bound: Bound) -> bool:
    """Whether the amount would lie more than CAP_PERCENT away from the first one: of all changes
    together, since the first amount stays what it was.
    """
    if asked.change is not Change.AMOUNT or asked.amount_fen is None:
        return False
    return abs(asked.amount_fen - bound.first_fen) * 100 > CAP_PERCENT * bound.first_fen


def is_reason_public(change: Change) -> bool:
    """Whether everybody may read why: both agreed on it, or it concerns the own side. Why one side ends
    a contract alone accuses the other, and no court has found it.
    """
    return change is not Change.CANCEL


def days_allowed(promised: int, granted: Iterable[int]) -> int:
    """Calendar days from the start for delivering: those of the contract, and what was granted or
    stood still.
    """
    return promised + sum(granted)


def days_stood(since: dt.date, until: dt.date) -> int:
    """Calendar days that a stop took: the day on which the work goes on counts again."""
    return (until - since).days
