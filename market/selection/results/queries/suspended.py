"""Orders that suspend a selection."""

import dataclasses
import datetime as dt

from sqlalchemy import func, select

from market.accounts import queries as accounts
from market.db import Work, under_lock
from market.kernel.shown import Parts
from market.selection.notices.queries import rows as notice_rows
from market.selection.results.models import Suspension
from market.selection.results.queries import pausing
from market.selection.results.rules.suspending import (
    HOLDS,
    LIVE,
    Effect,
    SuspensionState,
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class SuspensionCard:
    """An order as it is read. Persons by their ids, for telling the second from the first."""

    number: str
    body_id: int
    body: str
    state: SuspensionState
    effect: Effect
    days: int
    basis: str
    reason: str
    proposed_at: dt.datetime
    proposed_by: int
    signed_at: dt.datetime | None
    until: dt.datetime | None
    lift_reason: str
    lift_proposed_by: int | None
    ended_at: dt.datetime | None
    how: str | None


SAME = [each.name for each in dataclasses.fields(SuspensionCard) if each.name != "body"]


def is_suspended(work: Work, number: str) -> bool:
    """Whether an order in force holds the result of a notice."""
    asked = select(Suspension.id).where(
        Suspension.number == number,
        Suspension.state.in_(HOLDS),
        Suspension.effect == Effect.HOLD,
    )
    return work.session.scalar(asked.limit(1)) is not None


def live_suspension(work: Work, number: str) -> Suspension | None:
    """The row of the order that is proposed or in force, locked."""
    return work.session.scalar(
        under_lock(
            select(Suspension).where(Suspension.number == number, Suspension.state.in_(LIVE))
        )
    )


def suspensions(work: Work, number: str, *, public: bool = False) -> list[SuspensionCard]:
    """The orders about a notice, newest first; for the public those that were signed."""
    asked = select(Suspension).where(Suspension.number == number)
    if public:
        asked = asked.where(Suspension.signed_at.is_not(None))
    return [
        SuspensionCard(
            **{name: getattr(row, name) for name in SAME},
            body=accounts.organisation(work, row.body_id).name,
        )
        for row in work.session.scalars(asked.order_by(Suspension.id.desc()))
    ]


def paused_days(work: Work, number: str) -> int:
    """How many working days of pause a notice has had, by orders and by its owner."""
    asked = select(func.coalesce(func.sum(Suspension.days), 0)).where(
        Suspension.number == number,
        Suspension.effect == Effect.PAUSE,
        Suspension.signed_at.is_not(None),
    )
    return int(work.session.scalar(asked) or 0) + pausing.used_days(work, number)


def suspension_shown(work: Work, number: str) -> Parts:
    """What a second person signs: the order, or its end, and where the selection stands."""
    found = suspensions(work, number)
    row = notice_rows.by_number(work, number)
    said: dict[str, object] = {
        "notice.state": row.state.value,
        "notice.entry_close": row.entry_close,
    }
    if found and found[0].state in LIVE:
        order = found[0]
        said |= {
            "suspension.state": order.state.value,
            "suspension.days": order.days,
            "suspension.basis": order.basis,
            "suspension.reason": order.reason,
            "suspension.lift_reason": order.lift_reason,
        }
    return said


def suspensions_to_sign(work: Work) -> list[str]:
    """The numbers of notices of whose order, or its end, the actor may be the second person."""
    asked = select(Suspension).where(
        Suspension.body_id == work.actor.organisation_id,
        Suspension.state.in_((SuspensionState.PROPOSED, SuspensionState.LIFTING)),
    )
    me = work.actor.person_id
    return [
        row.number
        for row in work.session.scalars(asked.order_by(Suspension.id))
        if me
        != (row.proposed_by if row.state is SuspensionState.PROPOSED else row.lift_proposed_by)
    ]
