"""Talks about records: one as its page shows it, those that wait."""

import dataclasses
import datetime as dt

from sqlalchemy import ColumnElement, select

from market.db import Work
from market.kernel.shown import Parts
from market.reputation.models import CreditEvent, CreditTalk
from market.reputation.queries.records import shown
from market.reputation.rules import TalkState


@dataclasses.dataclass(frozen=True, kw_only=True)
class Talk:
    """One talk as it is read."""

    state: TalkState
    on: dt.date
    place: str
    topic: str
    minutes: str
    remark: str
    signed_at: dt.datetime | None


def talk_row(work: Work, number: str) -> CreditTalk | None:
    """The newest talk about a record."""
    return work.session.scalar(
        select(CreditTalk)
        .join(CreditEvent, CreditEvent.id == CreditTalk.event_id)
        .where(CreditEvent.number == number)
        .order_by(CreditTalk.id.desc())
        .limit(1)
    )


def talk(work: Work, number: str) -> Talk | None:
    """The same as it is read."""
    found = talk_row(work, number)
    names = [field.name for field in dataclasses.fields(Talk)]
    return Talk(**{name: getattr(found, name) for name in names}) if found else None


def talks_to_hold(work: Work) -> list[str]:
    """The numbers of records whose talk the actor's body has called, from its day on."""
    return _waiting(
        work,
        CreditTalk.state == TalkState.CALLED,
        CreditTalk.on <= work.today,
        CreditEvent.body_id == work.actor.organisation_id,
    )


def talks_to_sign(work: Work) -> list[str]:
    """The numbers of records of the actor's agency whose talk it has not signed."""
    return _waiting(
        work,
        CreditTalk.state == TalkState.HELD,
        CreditEvent.organisation_id == work.actor.organisation_id,
    )


def talk_shown(work: Work, number: str) -> Parts:
    """A record with its talk as whoever signs is shown it. Refuses `credit.none`."""
    found = talk_row(work, number)
    own = {} if found is None else {"credit.talk": found.id, "credit.minutes": found.minutes}
    return {**shown(work, number), **own}


def _waiting(work: Work, *where: ColumnElement[bool]) -> list[str]:
    asked = select(CreditEvent.number).join(CreditTalk, CreditTalk.event_id == CreditEvent.id)
    return list(work.session.scalars(asked.where(*where).order_by(CreditTalk.id)))
