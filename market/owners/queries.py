"""Reading owners."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterator

from sqlalchemy import ColumnElement, ScalarSelect, SQLColumnExpression, case, func, select

from market.accounts import queries as accounts
from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.shown import Parts
from market.kernel.sought import Sought
from market.owners.models import Owner
from market.owners.rules import Ground, Kind, State
from market.prepared import Many


def number_column(organisation_id: SQLColumnExpression[int]) -> ScalarSelect[str]:
    """Inside another room's statement: the number YZ-... of an owner by its organisation."""
    return select(Owner.number).where(Owner.organisation_id == organisation_id).scalar_subquery()


def public_name(
    organisation_id: SQLColumnExpression[int], name: SQLColumnExpression[str]
) -> ColumnElement[str]:
    """Inside another room's statement: the name of an owner as the public reads it, "" of a natural
    person (docs/rules.md#decision-21).
    """
    is_person = (
        select(Owner.id)
        .where(Owner.organisation_id == organisation_id, Owner.kind == Kind.PERSON)
        .exists()
    )
    return case((is_person, ""), else_=name)


def is_natural(work: Work, organisation_id: int) -> bool:
    """Whether an organisation is a natural person who buys."""
    asked = select(Owner.id).where(
        Owner.organisation_id == organisation_id, Owner.kind == Kind.PERSON
    )
    return work.session.scalar(asked) is not None


@dataclasses.dataclass(frozen=True)
class OwnerCard:
    """An owner as other rooms see it. `phone` is for questions, `complaint_phone` for complaints:
    both are public.
    """

    id: int
    organisation_id: int
    number: str
    name: str
    kind: Kind
    state: State
    uscc: str | None
    phone: str | None
    complaint_phone: str

    @property
    def is_approved(self) -> bool:
        return self.state is State.APPROVED


@dataclasses.dataclass(frozen=True)
class Registration:
    """An owner's registration with all that its own page and the desk show."""

    card: OwnerCard
    address: str
    authority_file_id: int | None
    round: int
    corrections: tuple[str, ...]
    ground: Ground | None
    reason: str | None
    submitted_at: dt.datetime
    submitted_by: int
    proposed_by: int | None
    decided_at: dt.datetime | None


def count_approved(work: Work) -> int:
    """How many owners are approved and may publish."""
    approved = select(func.count()).select_from(Owner).where(Owner.state == State.APPROVED)
    return work.session.scalar(approved) or 0


def owner(work: Work, organisation_id: int) -> OwnerCard:
    """The owner that an organisation is. Refuses `owners.none`."""
    return _card(
        work,
        _found(work.session.scalar(select(Owner).where(Owner.organisation_id == organisation_id))),
    )


def sought(work: Work, numbers: Collection[str] | None = None) -> Iterator[Sought]:
    """Every approved body and firm that buys, as the search knows it, or those of these numbers;
    oldest first. A natural person is found by nobody's name.
    """
    asked = select(Owner).where(Owner.state == State.APPROVED, Owner.kind != Kind.PERSON)
    if numbers is not None:
        asked = asked.where(Owner.number.in_(numbers))
    for row in work.session.scalars(asked.order_by(Owner.id)):
        name = accounts.organisation(work, row.organisation_id).name
        yield Sought(row.number, f"/notices?owner={row.organisation_id}", name)


BUYERS = Many(
    lambda asked: (
        select(
            Owner.id,
            Owner.organisation_id,
            Owner.number,
            accounts.NAMES.c.name,
            Owner.kind,
            Owner.state,
            accounts.NAMES.c.uscc,
            accounts.NAMES.c.phone,
            Owner.complaint_phone,
        )
        .select_from(Owner)
        .join(accounts.NAMES, accounts.NAMES.c.id == Owner.organisation_id)
        .where(Owner.organisation_id.in_(asked), Owner.kind != Kind.PERSON)
    )
)


def public_buyers(work: Work, organisation_ids: Collection[int]) -> dict[int, OwnerCard]:
    """The owners that these organisations are, by organisation; natural persons are left out."""
    cards = (OwnerCard(*row) for row in BUYERS.rows(work, organisation_ids))
    return {card.organisation_id: card for card in cards}


def of_numbers(work: Work, numbers: Collection[str]) -> dict[str, OwnerCard]:
    """The approved bodies and firms that buy of these numbers, by number; no natural person."""
    asked = select(Owner).where(
        Owner.number.in_(numbers), Owner.state == State.APPROVED, Owner.kind != Kind.PERSON
    )
    return {row.number: _card(work, row) for row in work.session.scalars(asked)}


def of_actor(work: Work) -> OwnerCard | None:
    """The owner for which the actor acts, in whatever state; None when he acts for none."""
    row = work.session.scalar(
        select(Owner).where(Owner.organisation_id == work.actor.organisation_id)
    )
    return _card(work, row) if row else None


def by_number(work: Work, number: str) -> Registration:
    """A registration by its number. Refuses `owners.none`."""
    return _registration(
        work, _found(work.session.scalar(select(Owner).where(Owner.number == number)))
    )


def registration_shown(work: Work, number: str) -> Parts:
    """A registration as the office's desk shows it, with the refusal that was proposed. Refuses
    `owners.none`.
    """
    row = _found(work.session.scalar(select(Owner).where(Owner.number == number)))
    card = _card(work, row)
    return {
        "owner.id": [row.id, row.round, row.submitted_at, row.proposed_at],
        "owner.kind": card.kind,
        "owner.name": card.name,
        "owner.uscc": card.uscc,
        "owner.address": row.address,
        "owner.phone": card.phone,
        "owner.complaint_phone": card.complaint_phone,
        "owner.authority_file": row.authority_file_id,
        "owner.corrections": row.corrections,
        "owner.ground": row.ground,
        "owner.reason": row.reason,
    }


def own(work: Work) -> Registration:
    """The registration of the owner for which the actor acts. Refuses `owners.none`."""
    return _registration(
        work,
        _found(
            work.session.scalar(
                select(Owner).where(Owner.organisation_id == work.actor.organisation_id)
            )
        ),
    )


def in_state(work: Work, *states: State, limit: int = 200) -> list[Registration]:
    """Registrations in these states, the longest waiting first."""
    rows = work.session.scalars(
        select(Owner)
        .where(Owner.state.in_(states))
        .order_by(Owner.submitted_at, Owner.id)
        .limit(limit)
    )
    return [_registration(work, row) for row in rows]


def row_to_change(work: Work, number: str) -> Owner:
    """The row of a number, locked, for this room's service. Refuses `owners.none`."""
    return _found(
        work.session.scalar(select(Owner).where(Owner.number == number).with_for_update())
    )


def _found(row: Owner | None) -> Owner:
    if row is None:
        raise NotFound("owners.none")
    return row


def _card(work: Work, row: Owner) -> OwnerCard:
    of = accounts.organisation(work, row.organisation_id)
    return OwnerCard(
        row.id,
        of.id,
        row.number,
        of.name,
        row.kind,
        row.state,
        of.uscc,
        of.phone,
        row.complaint_phone,
    )


def _registration(work: Work, row: Owner) -> Registration:
    return Registration(
        _card(work, row),
        row.address,
        row.authority_file_id,
        row.round,
        tuple((row.corrections or "").splitlines()),
        row.ground,
        row.reason,
        row.submitted_at,
        row.submitted_by,
        row.proposed_by,
        row.decided_at,
    )
