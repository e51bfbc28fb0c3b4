"""Recorded acts: one with all its steps, those of a party, those of a body's desk."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, or_, select

from market.accounts import queries as accounts
from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.shown import Parts
from market.reputation.models import CreditEvent, CreditStep
from market.reputation.queries.basis import behaviour
from market.reputation.rules import (
    LIVING,
    PUBLIC_GRADES,
    Act,
    Behaviour,
    CreditState,
    Grade,
    Party,
    repairable_from,
)
from market.windows import queries as windows_queries
from market.windows.queries import Due


@dataclasses.dataclass(frozen=True)
class Step:
    """One step as it is read; `by` is "" of the clock."""

    act: Act
    at: dt.datetime
    by: str
    text: str
    person_id: int | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Record:
    """One recorded act as its page shows it."""

    number: str
    behaviour: Behaviour
    party: Party
    organisation_id: int
    organisation: str
    body_id: int
    body: str
    appeal_body_id: int | None
    grade: Grade
    points: int
    months: int
    measure: str
    article: str
    cap_days: int | None
    fact: str
    evidence: str
    matter: str | None
    happened_on: dt.date
    state: CreditState
    counts_from: dt.date | None
    counts_until: dt.date | None
    steps: tuple[Step, ...] = ()
    dues: tuple[Due, ...] = ()

    def said(self, act: Act) -> str:
        """The text of the last step of a kind, "" where there is none."""
        return next((step.text for step in reversed(self.steps) if step.act is act), "")

    @property
    def repairable_from(self) -> dt.date | None:
        """The first day on which a repair may be asked for."""
        return self.counts_from and repairable_from(self.grade, self.counts_from)


def row(work: Work, number: str, *, for_update: bool = False) -> CreditEvent:
    """The row of a number. Refuses `credit.none`."""
    asked = select(CreditEvent).where(CreditEvent.number == number)
    found = work.session.scalar(asked.with_for_update() if for_update else asked)
    if found is None:
        raise NotFound("credit.none")
    return found


def party_name(work: Work, number: str) -> str:
    """The name of the organisation that a record speaks of. Refuses `credit.none`."""
    return accounts.organisation(work, row(work, number).organisation_id).name


def record(work: Work, number: str) -> Record:
    """One recorded act with all that its readers are shown. Refuses `credit.none`, also to whoever
    may not read it.
    """
    found = row(work, number)
    if not may_read(work, found):
        raise NotFound("credit.none")
    dues = [due for due in windows_queries.of_subject(work, number) if due.closed_at is None]
    return dataclasses.replace(_record(work, found), steps=steps(work, found.id), dues=tuple(dues))


def may_read(work: Work, found: CreditEvent) -> bool:
    """The party, the body that decides, the one that hears the appeal, whoever proposed it, and the
    inspector.
    """
    mine = work.actor.organisation_id
    concerned = {found.organisation_id, found.body_id, found.appeal_body_id}
    if mine is not None and mine in concerned:
        return True
    return work.actor.has("inspector") or work.actor.person_id in hands(work, found)


def hands(work: Work, found: CreditEvent) -> set[int]:
    """The people who proposed or decided something of a record, on the side of the bodies."""
    asked = select(CreditStep.by).where(
        CreditStep.event_id == found.id,
        CreditStep.by.is_not(None),
        CreditStep.act.not_in([Act.STATED, Act.APPEALED, Act.REPAIR_ASKED]),
    )
    return {each for each in work.session.scalars(asked) if each is not None}


def proposer(work: Work, found: CreditEvent) -> int | None:
    """Who proposed it; None of the clock."""
    asked = select(CreditStep.by).where(
        CreditStep.event_id == found.id, CreditStep.act == Act.PROPOSED
    )
    return work.session.scalar(asked)


def steps(work: Work, event_id: int) -> tuple[Step, ...]:
    """Every step of a record, oldest first."""
    rows = work.session.scalars(
        select(CreditStep).where(CreditStep.event_id == event_id).order_by(CreditStep.id)
    )
    return tuple(
        Step(
            each.act,
            each.at,
            accounts.person(work, each.by).name if each.by else "",
            each.text,
            each.by,
        )
        for each in rows
    )


def shown(work: Work, number: str) -> Parts:
    """A record as whoever decides about it is shown it. Refuses `credit.none`."""
    found = row(work, number)
    taken = steps(work, found.id)
    return {
        "credit.behaviour": found.behaviour,
        "credit.fact": found.fact,
        "credit.points": found.points,
        "credit.state": found.state.value,
        "credit.steps": [f"{step.act} {step.text}" for step in taken],
    }


def of_party(work: Work, organisation_id: int, *states: CreditState) -> list[Record]:
    """The records of an organisation, in these states where any are named; the newest first."""
    where = [CreditEvent.organisation_id == organisation_id]
    if states:
        where.append(CreditEvent.state.in_(states))
    return _records(work, where)


def living(work: Work, organisation_id: int, grades: Collection[Grade]) -> list[Record]:
    """The records of these grades that are shown and may count now."""
    return _records(
        work,
        [
            CreditEvent.organisation_id == organisation_id,
            CreditEvent.state.in_(LIVING),
            CreditEvent.grade.in_(grades),
        ],
    )


def faults(work: Work) -> list[CreditEvent]:
    """The decided faults (效能问题) of public bodies that have not fallen: what cards are counted of."""
    asked = select(CreditEvent).where(
        CreditEvent.grade == Grade.FAULT,
        CreditEvent.party.in_([Party.OWNER, Party.OFFICE, Party.REGULATOR]),
        CreditEvent.state.in_(LIVING),
    )
    return list(work.session.scalars(asked.order_by(CreditEvent.happened_on, CreditEvent.id)))


@dataclasses.dataclass(frozen=True, kw_only=True)
class PublicRecord:
    """A record in force of an agency, as everybody may take it away: no fact, no evidence, no text."""

    number: str
    organisation_id: int
    behaviour: str
    grade: Grade
    points: int
    measure: str
    article: str
    body_id: int
    state: CreditState
    happened_on: dt.date
    counts_from: dt.date | None
    counts_until: dt.date | None


def public_records(work: Work, numbers: Collection[str]) -> dict[str, PublicRecord]:
    """Those of some records that an agency's public page shows, by number: in force, and not minor."""
    asked = select(CreditEvent).where(
        CreditEvent.number.in_(numbers),
        CreditEvent.party == Party.AGENCY,
        CreditEvent.grade.in_(PUBLIC_GRADES),
        CreditEvent.state.in_(LIVING),
    )
    names = [field.name for field in dataclasses.fields(PublicRecord)]
    return {
        row.number: PublicRecord(**{name: getattr(row, name) for name in names})
        for row in work.session.scalars(asked)
    }


def fallen(work: Work, numbers: Collection[str]) -> set[str]:
    """Those of some records that an appeal has made void."""
    asked = select(CreditEvent.number).where(
        CreditEvent.number.in_(numbers), CreditEvent.state == CreditState.VOID
    )
    return set(work.session.scalars(asked))


def of_desk(work: Work) -> list[Record]:
    """What the actor's body decides or hears, and what he proposed himself: the open ones first. An
    inspector sees all.
    """
    mine = work.actor.organisation_id
    own = select(CreditStep.event_id).where(
        CreditStep.by == work.actor.person_id, CreditStep.act == Act.PROPOSED
    )
    seen = or_(
        CreditEvent.body_id == mine, CreditEvent.appeal_body_id == mine, CreditEvent.id.in_(own)
    )
    return _records(work, [] if work.actor.has("inspector") else [seen])


def to_decide(work: Work) -> list[str]:
    """The numbers that wait for the actor's decision: of his body, of his duty, not proposed by
    himself, the party heard.
    """
    asked = select(CreditEvent).where(
        CreditEvent.body_id == work.actor.organisation_id,
        CreditEvent.state == CreditState.PROPOSED,
    )
    return [
        found.number
        for found in work.session.scalars(asked.order_by(CreditEvent.id))
        if behaviour(found.behaviour).decides in work.actor.duties
        and proposer(work, found) != work.actor.person_id
        and not may_still_state(work, found.number)
    ]


def may_still_state(work: Work, number: str) -> Due | None:
    """The days in which the party may still state its case, None where they are over or used."""
    return windows_queries.live_of(work, "credit.statement", number)


def did_again(work: Work, found: CreditEvent) -> bool:
    """Whether the party did something of the same grade since the decision."""
    asked = (
        select(CreditEvent.id)
        .where(
            CreditEvent.organisation_id == found.organisation_id,
            CreditEvent.grade == found.grade,
            CreditEvent.id != found.id,
            CreditEvent.happened_on > found.counts_from,
            CreditEvent.state.in_({*LIVING, CreditState.PROPOSED}),
        )
        .limit(1)
    )
    return work.session.scalar(asked) is not None


def _records(work: Work, where: Sequence[ColumnElement[bool]], limit: int = 200) -> list[Record]:
    open_first = CreditEvent.state.in_(
        [CreditState.PROPOSED, CreditState.APPEALED, CreditState.REPAIRING]
    ).desc()
    asked = select(CreditEvent).where(*where).order_by(open_first, CreditEvent.id.desc())
    return [_record(work, found) for found in work.session.scalars(asked.limit(limit))]


def _record(work: Work, found: CreditEvent) -> Record:
    return Record(
        number=found.number,
        behaviour=behaviour(found.behaviour),
        party=found.party,
        organisation_id=found.organisation_id,
        organisation=accounts.organisation(work, found.organisation_id).name,
        body_id=found.body_id,
        body=accounts.organisation(work, found.body_id).name,
        appeal_body_id=found.appeal_body_id,
        grade=found.grade,
        points=found.points,
        months=found.months,
        measure=found.measure,
        article=found.article,
        cap_days=found.cap_days,
        fact=found.fact,
        evidence=found.evidence,
        matter=found.matter,
        happened_on=found.happened_on,
        state=found.state,
        counts_from=found.counts_from,
        counts_until=found.counts_until,
    )
