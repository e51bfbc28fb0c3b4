"""A matter after its letter: the contract that both sides registered, the service, its acceptance, the
money (合同与履约). Pure.

Sources: docs/rules.md#after-the-award; 《保障中小企业款项支付条例》（国令第802号）第九条、第十条.
"""

import dataclasses
import datetime as dt
import enum
from collections.abc import Sequence

from market.kernel.errors import Invalid, Refusal, all_told
from market.kernel.money import Amount
from market.kernel.states import move
from market.kernel.visible import folded
from market.windows.rules import Kind, Nature

CHECK = Kind("contracts.check", Nature.DUTY, "核对对方登记的合同")
START = Kind("contracts.start", Nature.DUTY, "开始服务")
PROGRESS = Kind("contracts.progress", Nature.DUTY, "报告服务进展")
DELIVER = Kind("contracts.deliver", Nature.DUTY, "交付成果")
REWORK = Kind("contracts.rework", Nature.DUTY, "按清单修改后再次交付")
INSPECT = Kind("contracts.inspect", Nature.DUTY, "验收成果")
PAY = Kind("contracts.pay", Nature.DUTY, "支付服务费用")
RECEIPT = Kind("contracts.receipt", Nature.RIGHT, "核对业主登记的付款", remind_before=(1, 0))
MATTER_WINDOWS = {
    kind.name: kind for kind in (CHECK, START, PROGRESS, DELIVER, REWORK, INSPECT, PAY, RECEIPT)
}
MOST_ITEMS = 50
LONGEST_ITEM = 300


class Side(enum.StrEnum):
    """One of the two who sign."""

    OWNER = "owner"
    AGENCY = "agency"


class Track(enum.StrEnum):
    """How much of a course a matter has: every step, or four acts (docs/rules.md#short-track)."""

    LONG = "long"
    SHORT = "short"


class ContractState(enum.StrEnum):
    """Where a matter stands. The clock never takes a step; it notes what is late."""

    PROPOSED = "proposed"  # registered by one side
    QUESTIONED = "questioned"  # the other says that this is not what was signed
    NOT_STARTED = "not_started"
    RUNNING = "running"
    STOPPED = "stopped"
    DELIVERED = "delivered"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    SETTLING = (
        "settling"  # ended by one side or a decision; what is paid for the work is not agreed
    )
    ENDED = "ended"  # before it was done, by both; what was done is paid
    VOID = "void"  # its letter has ended before both had confirmed


_ENDINGS = (ContractState.ENDED, ContractState.SETTLING)
NEXT_CONTRACT = {
    ContractState.PROPOSED: frozenset(
        {
            ContractState.QUESTIONED,
            ContractState.NOT_STARTED,
            ContractState.RUNNING,
            ContractState.VOID,
        }
    ),
    ContractState.QUESTIONED: frozenset({ContractState.PROPOSED, ContractState.VOID}),
    ContractState.NOT_STARTED: frozenset({ContractState.RUNNING, *_ENDINGS}),
    ContractState.RUNNING: frozenset({ContractState.DELIVERED, ContractState.STOPPED, *_ENDINGS}),
    ContractState.STOPPED: frozenset({ContractState.RUNNING, ContractState.RETURNED, *_ENDINGS}),
    ContractState.DELIVERED: frozenset({ContractState.RETURNED, ContractState.ACCEPTED, *_ENDINGS}),
    ContractState.RETURNED: frozenset({ContractState.DELIVERED, ContractState.STOPPED, *_ENDINGS}),
    ContractState.SETTLING: frozenset({ContractState.ENDED}),
    ContractState.ACCEPTED: frozenset({ContractState.CLOSED}),
    ContractState.VOID: frozenset({ContractState.PROPOSED}),  # its letter came back
}
AGAIN = frozenset({ContractState.QUESTIONED, ContractState.VOID})
"""It is registered anew."""
UNCONFIRMED = frozenset({ContractState.PROPOSED, ContractState.QUESTIONED})
IN_SERVICE = frozenset({ContractState.RUNNING, ContractState.RETURNED})
PAYABLE = frozenset({ContractState.ACCEPTED, ContractState.ENDED})
BINDING = frozenset(ContractState) - UNCONFIRMED - {ContractState.VOID}
"""Both have confirmed it: the matter has a public page."""


class PaymentState(enum.StrEnum):
    """What has become of a payment that the owner registered."""

    REGISTERED = "registered"
    CONFIRMED = "confirmed"  # by the agency
    STANDS = "stands"  # the agency said nothing in its days: the owner's voucher stands
    DENIED = "denied"  # the agency says that nothing came


NEXT_PAYMENT = {
    PaymentState.REGISTERED: frozenset(
        {PaymentState.CONFIRMED, PaymentState.STANDS, PaymentState.DENIED}
    ),
}
COUNTED = frozenset({PaymentState.REGISTERED, PaymentState.CONFIRMED, PaymentState.STANDS})
SETTLED = frozenset({PaymentState.CONFIRMED, PaymentState.STANDS})


@dataclasses.dataclass(frozen=True, kw_only=True)
class Signed:
    """A contract as it was signed, in the words of who registers it. `amount_fen` in fen,
    `service_days` calendar days from the start, `pay_days` calendar days from the acceptance.
    `is_sme`: the agency declared itself a small or medium enterprise (支付条例 3).
    `head` leads the project, "" where the contract names nobody. `requirements` are judged at the
    inspection besides those of the notice.
    """

    signed_on: dt.date
    owner_name: str
    agency_name: str
    amount_fen: int
    service_days: int
    pay_days: int
    is_long: bool = False
    is_sme: bool = False
    head: str = ""
    requirements: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, kw_only=True)
class Promised:
    """What notice and award bind both to. `service_days` None: the notice left it to the contract.
    `most_pay_days` is the longest time for paying, None where no regulation bounds it.
    """

    owner_name: str
    agency_name: str
    amount_fen: int
    service_days: int | None
    most_pay_days: int | None


def move_contract(old: ContractState, new: ContractState) -> ContractState:
    """The step, or the refusal `contract.wrong_state`."""
    return move(NEXT_CONTRACT, old, new, "contract.wrong_state")


def move_payment(old: PaymentState, new: PaymentState) -> PaymentState:
    """The step, or the refusal `contract.payment_answered`."""
    return move(NEXT_PAYMENT, old, new, "contract.payment_answered")


def check_as_promised(signed: Signed, promised: Promised) -> None:
    """Refuse a contract that is not what notice and award say, every difference at once: one fen is
    one (docs/rules.md#after-the-award).

    `contract.amount_differs`, `contract.days_differ`, `contract.party_differs` (fields amount,
    service_days, owner_name, agency_name), `contract.pays_too_late` (pay_days).
    """
    all_told(
        lambda: _check_party("owner_name", signed.owner_name, promised.owner_name),
        lambda: _check_party("agency_name", signed.agency_name, promised.agency_name),
        lambda: _check_amount(signed, promised),
        lambda: _check_days(signed, promised),
        lambda: _check_pay_days(signed, promised),
    )


def _check_party(field: str, typed: str, promised: str) -> None:
    if folded(typed) != folded(promised):
        raise Invalid("contract.party_differs", field=field, name=promised)


def _check_amount(signed: Signed, promised: Promised) -> None:
    if signed.amount_fen != promised.amount_fen:
        raise Invalid("contract.amount_differs", field="amount", amount=Amount(promised.amount_fen))


def _check_days(signed: Signed, promised: Promised) -> None:
    if promised.service_days not in (None, signed.service_days):
        raise Invalid("contract.days_differ", field="service_days", days=promised.service_days)


def _check_pay_days(signed: Signed, promised: Promised) -> None:
    most = promised.most_pay_days
    if most is not None and signed.pay_days > most:
        raise Invalid("contract.pays_too_late", field="pay_days", most=most)


def track_of(amount_fen: int, short_below_fen: int, *, is_social: bool, is_long: bool) -> Track:
    """The short track below its amount; social funds take it whatever the amount unless both choose
    the long one (docs/rules.md#short-track).
    """
    if is_social:
        return Track.LONG if is_long else Track.SHORT
    return Track.SHORT if amount_fen < short_below_fen else Track.LONG


def check_started_on(started_on: dt.date, signed_on: dt.date, today: dt.date) -> None:
    """Refuse `contract.started_when` (field started_on) unless the day is from the signing to today."""
    if not signed_on <= started_on <= today:
        raise Invalid(
            "contract.started_when",
            field="started_on",
            signed=signed_on.isoformat(),
            today=today.isoformat(),
        )


def check_head(typed: str, head: str) -> None:
    """Refuse `contract.head_differs` (field head) unless who confirms a version is the contract's head of
    the project; a contract that names none takes any.
    """
    if head and folded(typed) != folded(head):
        raise Invalid("contract.head_differs", field="head", name=head)


def check_list(items: Sequence[str], field: str = "items") -> None:
    """Lines of a list that people type are not more than a person reads. Refuses `contract.list_long`."""
    if len(items) > MOST_ITEMS or any(len(item) > LONGEST_ITEM for item in items):
        raise Invalid("contract.list_long", field=field, most=MOST_ITEMS, longest=LONGEST_ITEM)


def check_acceptor(
    person_id: int | None, others: frozenset[int | None], *, is_public: bool
) -> None:
    """In a public body who accepts has neither drafted nor signed (docs/rules.md#separation-1).
    Refuses `contract.acceptor_signed`.
    """
    if is_public and person_id in others:
        raise Refusal("contract.acceptor_signed")


def check_payment(
    amount_fen: int, paid_on: dt.date, *, left_fen: int, today: dt.date, disputed_fen: int = 0
) -> None:
    """Refuse `contract.pays_nothing`, `contract.overpaid`, where a part is disputed `contract.pays_disputed`
    (field amount), and `contract.paid_when` (field paid_on); each that is so. `left_fen` is not disputed.
    """
    all_told(
        lambda: _check_paid(amount_fen, left_fen, disputed_fen),
        lambda: _check_paid_on(paid_on, today),
    )


def _check_paid(amount_fen: int, left_fen: int, disputed_fen: int) -> None:
    if amount_fen <= 0:
        raise Invalid("contract.pays_nothing", field="amount")
    if amount_fen > left_fen and disputed_fen:
        facts = {"left": Amount(left_fen), "disputed": Amount(disputed_fen)}
        raise Invalid("contract.pays_disputed", field="amount", **facts)
    if amount_fen > left_fen:
        raise Invalid("contract.overpaid", field="amount", left=Amount(left_fen))


def _check_paid_on(paid_on: dt.date, today: dt.date) -> None:
    if paid_on > today:
        raise Invalid("contract.paid_when", field="paid_on", today=today.isoformat())
