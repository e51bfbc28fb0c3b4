"""The text in law that gives a behaviour its effect: what is in force, what waits."""

import dataclasses
import datetime as dt

from sqlalchemy import select

from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.shown import Parts
from market.reputation.models import BehaviourBasis
from market.reputation.rules import BasisState, Behaviour, Effect, Source, effect
from market.reputation.shipped import behaviours, english


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of the public table, with what it leads to today."""

    behaviour: Behaviour
    effect: Effect
    since: dt.date | None = None


@dataclasses.dataclass(frozen=True)
class BasisCard:
    """One named article as the desk shows it."""

    id: int
    behaviour: Behaviour
    source: Source
    article: str
    cap_days: int | None
    in_force_from: dt.date
    state: BasisState
    proposed_at: dt.datetime
    proposed_by: int


def behaviour(code: str) -> Behaviour:
    """One line of the table. Refuses `credit.no_behaviour`."""
    found = behaviours().get(code)
    if found is None:
        raise NotFound("credit.no_behaviour", behaviour=code)
    return found


def behaviour_name(one: Behaviour, *, in_english: bool) -> str:
    """What a line of the table is called."""
    return english()[one.code] if in_english else one.text


def table(work: Work) -> list[Row]:
    """The whole table as it stands today, in its own order."""
    bases = _in_force(work)
    return [_row(each, bases.get(code)) for code, each in behaviours().items()]


def effect_of(work: Work, code: str) -> Effect:
    """What a behaviour leads to today. Refuses `credit.no_behaviour`."""
    return _row(behaviour(code), _in_force(work, code).get(code)).effect


def bases(work: Work) -> list[BasisCard]:
    """What was ever proposed, newest first."""
    rows = work.session.scalars(select(BehaviourBasis).order_by(BehaviourBasis.id.desc()))
    return [_card(row) for row in rows]


def bases_to_decide(work: Work) -> list[BasisCard]:
    """What waits for the second person: not what the actor has proposed himself."""
    return [
        card
        for card in bases(work)
        if card.state is BasisState.PROPOSED and card.proposed_by != work.actor.person_id
    ]


def basis(work: Work, basis_id: int) -> BasisCard:
    """One named article. Refuses `credit.no_basis`."""
    return _card(basis_row(work, basis_id, for_update=False))


def basis_row(work: Work, basis_id: int, *, for_update: bool = True) -> BehaviourBasis:
    """Its row, locked for this room's service. Refuses `credit.no_basis`."""
    asked = select(BehaviourBasis).where(BehaviourBasis.id == basis_id)
    row = work.session.scalar(asked.with_for_update() if for_update else asked)
    if row is None:
        raise NotFound("credit.no_basis")
    return row


def basis_shown(work: Work, basis_id: int) -> Parts:
    """A named article as its second person is shown it. Refuses `credit.no_basis`."""
    row = basis_row(work, basis_id, for_update=False)
    return {
        "basis.code": row.code,
        "basis.source": row.source.value,
        "basis.article": row.article,
        "basis.cap_days": row.cap_days,
        "basis.in_force_from": row.in_force_from,
    }


def _in_force(work: Work, code: str | None = None) -> dict[str, BehaviourBasis]:
    """The newest approved article of each code that is in force today."""
    asked = select(BehaviourBasis).where(
        BehaviourBasis.state == BasisState.APPROVED, BehaviourBasis.in_force_from <= work.today
    )
    if code is not None:
        asked = asked.where(BehaviourBasis.code == code)
    in_order = asked.order_by(BehaviourBasis.in_force_from, BehaviourBasis.id)
    return {row.code: row for row in work.session.scalars(in_order)}


def _row(of: Behaviour, named: BehaviourBasis | None) -> Row:
    if named is None or named.source is Source.NONE:
        return Row(of, effect(of))
    return Row(of, effect(of, named.article, named.cap_days), named.in_force_from)


def _card(row: BehaviourBasis) -> BasisCard:
    return BasisCard(
        id=row.id,
        behaviour=behaviour(row.code),
        source=row.source,
        article=row.article,
        cap_days=row.cap_days,
        in_force_from=row.in_force_from,
        state=row.state,
        proposed_at=row.proposed_at,
        proposed_by=row.proposed_by,
    )
