"""Reading windows: what is due, what waits for whom, what a matter's deadlines are."""
import dataclasses
import datetime as dt

from sqlalchemy import ColumnElement, select, tuple_

from market.db import Work
from market.windows import rules
from market.windows.models import Window
from market.windows.rules import Nature, State


@dataclasses.dataclass(frozen=True)
class Due:
    """One window as others see it. `due_at` is exclusive: shown as the last day's 24:00."""

    id: int
    kind: str
    nature: Nature
    subject: str
    matter: str
    trigger_at: dt.datetime
    due_at: dt.datetime
    last_day: dt.date | None
    certainty: str
    state: State
    overdue_at: dt.datetime | None
    closed_at: dt.datetime | None
    responsible_id: int | None
    person_id: int | None

    @property
    def is_provisional(self) -> bool:
        return self.certainty == "provisional"


def due_of(window: Window) -> Due:
    """The frozen view of a row."""
    return Due(**{field.name: getattr(window, field.name) for field in dataclasses.fields(Due)})


def is_due(now: dt.datetime) -> tuple[ColumnElement[bool], ...]:
    """What makes a window due: the condition of the sweep and of each firing."""
    return Window.state == State.OPEN, Window.overdue_at.is_(None), Window.due_at <= now


def is_to_remind(now: dt.datetime) -> tuple[ColumnElement[bool], ...]:
    """What makes a duty's reminder due."""
    return Window.state == State.OPEN, Window.remind_at <= now


def due(work: Work, after: tuple[dt.datetime, int] | None = None, limit: int = 200) -> list[tuple[dt.datetime, int]]:
    """(due_at, id) of due windows in that order, after the last one seen."""
    asked = select(Window.due_at, Window.id).where(*is_due(work.now)).order_by(Window.due_at, Window.id).limit(limit)
    if after is not None:
        asked = asked.where(tuple_(Window.due_at, Window.id) > after)
    return [(row.due_at, row.id) for row in work.session.execute(asked)]


def to_remind(work: Work, limit: int = 200) -> list[int]:
    """Ids of duties whose reminder is due."""
    return list(work.session.scalars(select(Window.id).where(*is_to_remind(work.now)).order_by(Window.remind_at).limit(limit)))


def live_row(work: Work, kind: str, matter: str) -> Window | None:
    """The live window of a kind and matter, locked for a change."""
    return work.session.scalar(select(Window).where(
        Window.kind == kind, Window.matter == matter, Window.state.in_(rules.LIVE)).with_for_update())


def live(work: Work, kind: rules.Kind, matter: str) -> Due | None:
    """The live window of a kind and matter."""
    row = work.session.scalar(select(Window).where(
        Window.kind == kind.name, Window.matter == matter, Window.state.in_(rules.LIVE)))
    return due_of(row) if row else None


def of_subject(work: Work, subject: str) -> list[Due]:
    """Every window of a public number, earliest due first."""
    return [due_of(row) for row in work.session.scalars(
        select(Window).where(Window.subject == subject).order_by(Window.due_at, Window.id))]


def waiting_for(work: Work, organisation_id: int | None, person_id: int | None = None, limit: int = 200) -> list[Due]:
    """Live duties of an organisation, or of a person, soonest due first: what waits for me."""
    mine = Window.responsible_id == organisation_id if organisation_id is not None else Window.person_id == person_id
    return [due_of(row) for row in work.session.scalars(
        select(Window).where(Window.state.in_(rules.LIVE), Window.nature == Nature.DUTY, mine)
        .order_by(Window.due_at, Window.id).limit(limit))]
