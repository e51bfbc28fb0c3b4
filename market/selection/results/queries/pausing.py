"""Pauses that owners ask for."""

import dataclasses
import datetime as dt

from sqlalchemy import ColumnElement, func, select

from market.accounts import queries as accounts
from market.db import Work, under_lock
from market.kernel.errors import NotFound
from market.kernel.shown import Parts
from market.selection.notices.queries import rows as notice_rows
from market.selection.results.models import Pause
from market.selection.results.rules.pausing import LIVE, WAITING, PauseCode, PauseState

IN_FORCE = (PauseState.IN_FORCE, PauseState.ENDED)


@dataclasses.dataclass(frozen=True, kw_only=True)
class PauseCard:
    """A pause as it is read. `body` decides, or has decided."""

    id: int
    number: str
    state: PauseState
    code: PauseCode
    days: int
    reason: str
    note: str
    body_id: int | None
    body: str
    proposed_at: dt.datetime
    proposed_by: int
    signed_at: dt.datetime | None
    decided_at: dt.datetime | None
    until: dt.datetime | None
    ended_at: dt.datetime | None
    how: str | None


SAME = [each.name for each in dataclasses.fields(PauseCard) if each.name != "body"]


def pauses(work: Work, number: str, *, public: bool = False) -> list[PauseCard]:
    """The pauses of a notice, newest first; for the public those that came into force."""
    public_alone = (Pause.state.in_(IN_FORCE),) if public else ()
    return _cards(work, Pause.number == number, *public_alone)


def live_pause(work: Work, number: str) -> Pause | None:
    """The row of the pause that is asked for or in force, locked."""
    asked = select(Pause).where(Pause.number == number, Pause.state.in_(LIVE))
    return work.session.scalar(under_lock(asked))


def pause_of(work: Work, number: str) -> PauseCard:
    """The last pause of a notice, for its owner and whoever decides. Refuses `notice.none`."""
    notice = notice_rows.by_number(work, number)
    found = pauses(work, number)
    actor = work.actor
    is_owner = actor.organisation_id == notice.owner_id
    if not found or not (is_owner or actor.organisation_id == found[0].body_id):
        raise NotFound("notice.none")
    return found[0]


def used_days(work: Work, number: str) -> int:
    """How many working days of pause an owner has had of a notice."""
    asked = select(func.coalesce(func.sum(Pause.days), 0)).where(
        Pause.number == number, Pause.state.in_(IN_FORCE)
    )
    return int(work.session.scalar(asked) or 0)


def pauses_to_sign(work: Work) -> list[str]:
    """The notices whose pause waits for the actor's signature in its owner's body."""
    found = _cards(
        work, Pause.state == PauseState.PROPOSED, Pause.proposed_by != work.actor.person_id
    )
    own = work.actor.organisation_id
    return [
        card.number for card in found if notice_rows.by_number(work, card.number).owner_id == own
    ]


def pause_shown(work: Work, number: str) -> Parts:
    """What is shown of a pause before it is signed or decided."""
    notice = notice_rows.by_number(work, number)
    said: dict[str, object] = {
        "notice.entry_close": notice.entry_close,
        "notice.draw_at": notice.draw_at,
    }
    found = pauses(work, number)
    if found and found[0].state in WAITING:
        card = found[0]
        said |= {
            "pause.state": [card.id, card.state, card.body_id],
            "pause.days": card.days,
            "pause.reason": card.reason,
        }
    return said


def _cards(work: Work, *conditions: ColumnElement[bool]) -> list[PauseCard]:
    found = work.session.scalars(select(Pause).where(*conditions).order_by(Pause.id.desc()))
    return [
        PauseCard(
            **{name: getattr(row, name) for name in SAME},
            body=accounts.organisation(work, row.body_id).name if row.body_id else "",
        )
        for row in found
    ]
