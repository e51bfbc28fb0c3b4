"""Reading matters after the letter: for the public, for their parties, for the rooms above."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, func, or_, select

from market.accounts.rules import ADMINISTRATORS
from market.contracts.models import Contract, ContractDelivery, ContractNote, ContractPayment
from market.contracts.permissions import OVERSEERS
from market.contracts.queries.changes import Changed, changes_of
from market.contracts.queries.claims import Claimed, claims_of
from market.contracts.queries.disputes import Disputed, disputes_of
from market.contracts.rules.change import CHANGE_WINDOWS, ChangeState, days_allowed
from market.contracts.rules.claim import CLAIM_WINDOWS, ClaimState
from market.contracts.rules.inspecting import Said, Verdict
from market.contracts.rules.matter import (
    BINDING,
    COUNTED,
    MATTER_WINDOWS,
    PAY,
    SETTLED,
    ContractState,
    PaymentState,
    Side,
    Track,
)
from market.db import Work, under_lock
from market.kernel.clock import local_date
from market.kernel.errors import NotFound
from market.windows import queries as windows_queries
from market.windows.queries import Due
from market.windows.rules import LIVE


@dataclasses.dataclass(frozen=True)
class Delivered:
    """One version, with the owner's list where it was returned."""

    version: int
    note: str
    head: str
    file_id: int | None
    file_sha256: str | None
    delivered_at: dt.datetime
    answered_at: dt.datetime | None
    is_accepted: bool | None
    items: tuple[str, ...]
    verdicts: tuple[Said, ...]


@dataclasses.dataclass(frozen=True)
class Paid:
    """One registered payment. Money in fen."""

    no: int
    amount_fen: int
    paid_on: dt.date
    voucher: str
    state: PaymentState
    registered_at: dt.datetime
    answered_at: dt.datetime | None


@dataclasses.dataclass(frozen=True)
class Turn:
    """Who has the matter now, for what, and until when."""

    due: Due
    title: str
    holder: str


@dataclasses.dataclass(frozen=True)
class Matter:
    """A matter as pages and other rooms see it. Money in fen, `service_days` and `pay_days` calendar
    days.
    """

    id: int
    number: str
    award_number: str
    notice_number: str
    state: ContractState
    track: Track
    is_public_money: bool
    title: str
    item_code: str
    item_name: str
    owner_organisation_id: int
    owner_name: str
    agency_organisation_id: int
    agency_name: str
    winner: str
    amount_fen: int
    disputed_fen: int
    waived_fen: int
    service_days: int | None
    pay_days: int
    is_sme: bool | None
    head: str
    requirements: list[str]
    scope_sha256: str
    signed_on: dt.date
    file_id: int | None
    file_sha256: str | None
    registered_side: Side
    registered_at: dt.datetime
    registered_by: int
    question: str
    confirmed_at: dt.datetime | None
    started_on: dt.date | None
    accepted_at: dt.datetime | None
    terminated_at: dt.datetime | None
    closed_at: dt.datetime | None
    deliveries: tuple[Delivered, ...]
    payments: tuple[Paid, ...]
    notes: tuple[tuple[dt.datetime, str], ...]
    changes: tuple[Changed, ...]
    claims: tuple[Claimed, ...]
    disputes: tuple[Disputed, ...]
    turns: tuple[Turn, ...]

    @property
    def is_binding(self) -> bool:
        return self.state in BINDING

    @property
    def change(self) -> Changed | None:
        """The change that waits for a word."""
        return next((each for each in self.changes if each.is_open), None)

    @property
    def allowed_days(self) -> int | None:
        """Calendar days from the start for delivering, with what was granted or stood still."""
        if self.service_days is None:
            return None
        granted = (each.days or 0 for each in self.changes if each.state is ChangeState.AGREED)
        return days_allowed(self.service_days, granted)

    @property
    def returns(self) -> int:
        """How often a version was returned."""
        return sum(each.is_accepted is False for each in self.deliveries)

    @property
    def used_days(self) -> int | None:
        """Calendar days from the start to the version that was accepted; None before."""
        if self.started_on is None or self.accepted_at is None:
            return None
        return (local_date(self.deliveries[-1].delivered_at) - self.started_on).days

    @property
    def is_late(self) -> bool:
        """Whether money is unpaid after its due."""
        return any(
            turn.due.kind == PAY.name and turn.due.overdue_at is not None for turn in self.turns
        )

    @property
    def asks_for_claim(self) -> bool:
        """Whether the agency's question about what is owed waits for the owner."""
        return any(each.state is ClaimState.ASKED for each in self.claims)

    @property
    def paid_fen(self) -> int:
        """What the owner registered and the agency has not denied."""
        return sum(each.amount_fen for each in self.payments if each.state in COUNTED)

    @property
    def left_fen(self) -> int:
        """What is unpaid, disputed or not."""
        return self.amount_fen - self.waived_fen - self.paid_fen

    @property
    def due_fen(self) -> int:
        """What is unpaid and not disputed."""
        return self.left_fen - self.disputed_fen

    @property
    def is_settled(self) -> bool:
        """Whether the whole amount was paid and nothing of it waits for a word."""
        paid = sum(each.amount_fen for each in self.payments if each.state in SETTLED)
        return paid == self.amount_fen - self.waived_fen


OfContract = TypeVar("OfContract", ContractDelivery, ContractPayment, ContractNote)
ROW = [column.key for column in Contract.__table__.columns]
KEPT = [field.name for field in dataclasses.fields(Matter) if field.name in ROW]


def contract_row(work: Work, number: str) -> Contract:
    """The newest matter under a number HT-..., locked. Refuses `contract.none`."""
    found = work.session.scalar(under_lock(newest(Contract.number == number)))
    if found is None:
        raise NotFound("contract.none")
    return found


def row_on_notice(work: Work, notice_number: str) -> Contract | None:
    """The newest matter of a notice, locked."""
    return work.session.scalar(under_lock(newest(Contract.notice_number == notice_number)))


def state_on_notice(work: Work, notice_number: str) -> ContractState | None:
    """Where the newest matter of a notice stands; None without one."""
    found = work.session.scalar(newest(Contract.notice_number == notice_number))
    return None if found is None else found.state


def row_of_award(work: Work, award_id: int) -> Contract | None:
    """The contract that was registered under a letter's row, locked."""
    return work.session.scalar(under_lock(select(Contract).where(Contract.award_id == award_id)))


def matter(work: Work, number: str) -> Matter:
    """The newest matter under a number HT-... that the actor may read: everybody once both sides
    have confirmed it, before that its parties and the overseers. Refuses `contract.none`.
    """
    found = work.session.scalar(newest(Contract.number == number))
    if found is None:
        raise NotFound("contract.none")
    card = cards(work, [found])[0]
    if not card.is_binding and not reads_whole(work, card):
        raise NotFound("contract.none")
    return card


def on_award(work: Work, award_number: str) -> Matter | None:
    """The newest matter of a letter's number, whoever looks."""
    found = work.session.scalar(newest(Contract.award_number == award_number))
    return None if found is None else cards(work, [found])[0]


def of_organisation(work: Work, limit: int = 200) -> list[Matter]:
    """The matters of the actor's organisation, newest first."""
    own = work.actor.organisation_id
    rows = work.session.scalars(
        select(Contract)
        .where(or_(Contract.owner_organisation_id == own, Contract.agency_organisation_id == own))
        .order_by(Contract.id.desc())
        .limit(limit)
    )
    return cards(work, rows)


def reads_whole(work: Work, card: Matter) -> bool:
    """Whether the actor is a party, or oversees and does not merely run the platform."""
    actor = work.actor
    oversees = actor.kind in OVERSEERS and bool(actor.duties - ADMINISTRATORS)
    return oversees or side_of(card, actor.organisation_id) is not None


def side_of(card: Matter | Contract, organisation_id: int | None) -> Side | None:
    """Which side an organisation is of a matter."""
    if organisation_id is None:
        return None
    if organisation_id == card.owner_organisation_id:
        return Side.OWNER
    return Side.AGENCY if organisation_id == card.agency_organisation_id else None


def signers(row: Contract) -> frozenset[int | None]:
    """Who registered and who confirmed the contract."""
    return frozenset({row.registered_by, row.confirmed_by})


def last_delivery(work: Work, contract_id: int) -> ContractDelivery | None:
    """The newest version of a matter."""
    return work.session.scalar(
        select(ContractDelivery)
        .where(ContractDelivery.contract_id == contract_id)
        .order_by(ContractDelivery.version.desc())
        .limit(1)
    )


def payment_row(work: Work, contract_id: int, no: int) -> ContractPayment:
    """A payment of a matter, locked. Refuses `contract.no_payment`."""
    found = work.session.scalar(
        select(ContractPayment)
        .where(ContractPayment.contract_id == contract_id, ContractPayment.no == no)
        .with_for_update()
    )
    if found is None:
        raise NotFound("contract.no_payment")
    return found


def sums(work: Work, contract_id: int, states: Iterable[PaymentState]) -> int:
    """Fen of a matter's payments in some states."""
    asked = select(func.coalesce(func.sum(ContractPayment.amount_fen), 0)).where(
        ContractPayment.contract_id == contract_id, ContractPayment.state.in_(tuple(states))
    )
    return int(work.session.scalar(asked) or 0)


def due_fen(work: Work, contract: Contract) -> int:
    """Fen of a matter that are unpaid and not disputed."""
    owed_fen = contract.amount_fen - contract.waived_fen - contract.disputed_fen
    return owed_fen - sums(work, contract.id, COUNTED)


def newest(condition: ColumnElement[bool]) -> Select[Contract]:
    """The newest matter of a condition."""
    return select(Contract).where(condition).order_by(Contract.id.desc()).limit(1)


def cards(work: Work, rows: Iterable[Contract]) -> list[Matter]:
    """Rows with what belongs to them, in their order."""
    found = list(rows)
    ids = [row.id for row in found]
    turns = _turns(work, found)
    deliveries = _grouped(work, ContractDelivery, ids)
    payments = _grouped(work, ContractPayment, ids)
    notes = _grouped(work, ContractNote, ids)
    changes = changes_of(work, ids)
    claims = claims_of(work, ids)
    disputes = disputes_of(work, ids)
    return [
        Matter(
            **{name: getattr(row, name) for name in KEPT},
            deliveries=tuple(_delivered(each) for each in deliveries.get(row.id, ())),
            payments=tuple(_paid(each) for each in payments.get(row.id, ())),
            notes=tuple((each.said_at, each.note) for each in notes.get(row.id, ())),
            changes=tuple(changes.get(row.id, ())),
            claims=tuple(claims.get(row.id, ())),
            disputes=tuple(disputes.get(row.id, ())),
            turns=tuple(turns.get(row.number, ())),
        )
        for row in found
    ]


def _grouped(
    work: Work, model: type[OfContract], ids: Sequence[int]
) -> dict[int, list[OfContract]]:
    grouped: dict[int, list[OfContract]] = {}
    asked = select(model).where(model.contract_id.in_(ids)).order_by(model.id)
    for row in work.session.scalars(asked):
        grouped.setdefault(row.contract_id, []).append(row)
    return grouped


def _delivered(row: ContractDelivery) -> Delivered:
    kept = {
        field.name: getattr(row, field.name)
        for field in dataclasses.fields(Delivered)
        if field.name not in ("items", "verdicts")
    }
    verdicts = (Said(what, Verdict(verdict), note) for what, verdict, note in row.verdicts)
    return Delivered(**kept, items=tuple(row.items), verdicts=tuple(verdicts))


def _paid(row: ContractPayment) -> Paid:
    return Paid(**{field.name: getattr(row, field.name) for field in dataclasses.fields(Paid)})


def _turns(work: Work, rows: Sequence[Contract]) -> dict[str, list[Turn]]:
    """The live windows of matters, soonest due first."""
    found: dict[str, list[Turn]] = {}
    names = {row.owner_organisation_id: row.owner_name for row in rows}
    names |= {row.agency_organisation_id: row.agency_name for row in rows}
    numbers = {row.number for row in rows}
    for kind in (MATTER_WINDOWS | CHANGE_WINDOWS | CLAIM_WINDOWS).values():
        for due in windows_queries.of_kind(work, kind, numbers):
            if due.state in LIVE:
                holder = names.get(due.responsible_id or 0, "")
                found.setdefault(due.subject, []).append(Turn(due, kind.title, holder))
    return {
        number: sorted(turns, key=lambda turn: turn.due.due_at) for number, turns in found.items()
    }
