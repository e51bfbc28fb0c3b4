"""Reading ratings: a step by its link, and the figures that are published."""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from market.accounts import queries as accounts
from market.cases import queries as cases
from market.db import Work, under_lock
from market.kernel.clock import local_date
from market.kernel.errors import NotFound
from market.ratings.models import ServiceRating
from market.ratings.rules import BAD, Month, Step
from market.reputation.rules.months import months_after

MONTHS = 12
DAY_MS = 86_400_000


@dataclasses.dataclass(frozen=True, kw_only=True)
class Card:
    """A step as its rating page shows it to whoever has the link: no name of who is asked."""

    subject: str
    step: Step
    body: str
    finished_at: dt.datetime
    due_at: dt.datetime
    is_rated: bool
    is_over: bool


def row(work: Work, subject: str, step: str, *, for_update: bool = False) -> ServiceRating:
    """A finished step. Refuses `rating.none`."""
    asked = select(ServiceRating).where(
        ServiceRating.subject == subject, ServiceRating.step == step
    )
    if for_update:
        asked = under_lock(asked)
    found = work.session.scalar(asked)
    if found is None:
        raise NotFound("rating.none")
    return found


def known(work: Work, subject: str, step: Step) -> ServiceRating | None:
    """The row of a step, if it is there."""
    return work.session.scalar(
        select(ServiceRating)
        .where(ServiceRating.subject == subject, ServiceRating.step == step)
        .with_for_update()
    )


def card(work: Work, subject: str, step: str) -> Card:
    """A step for its page. Refuses `rating.none`."""
    found = row(work, subject, step)
    return Card(
        subject=found.subject,
        step=found.step,
        body=accounts.organisation(work, found.body_id).name,
        finished_at=found.finished_at,
        due_at=found.due_at,
        is_rated=found.given_at is not None,
        is_over=work.received_at >= found.due_at,
    )


def waiting(work: Work) -> list[tuple[str, str]]:
    """Subject and step of what may still be rated, oldest first."""
    rows = work.session.execute(
        select(ServiceRating.subject, ServiceRating.step)
        .where(ServiceRating.given_at.is_(None), ServiceRating.due_at > work.now)
        .order_by(ServiceRating.id)
    )
    return [(subject, step.value) for subject, step in rows]


def given(work: Work, number: str) -> ServiceRating:
    """A rating by its number PJ-... Refuses `rating.none`."""
    found = work.session.scalar(select(ServiceRating).where(ServiceRating.number == number))
    if found is None:
        raise NotFound("rating.none")
    return found


@dataclasses.dataclass(frozen=True)
class Served:
    """Who was served in a matter, by which body and person: whom a call-back asks, and who does not
    call.
    """

    party: str
    phone: str
    body_id: int
    staff_id: int | None


def served(work: Work, subject: str) -> Served | None:
    """Who was served in the last finished step of a matter; None where nobody was, or not yet."""
    asked = select(ServiceRating).where(ServiceRating.subject == subject)
    found = work.session.scalar(asked.order_by(ServiceRating.id.desc()).limit(1))
    if found is None:
        return None
    if found.rater_organisation_id is not None:
        body = accounts.organisation(work, found.rater_organisation_id)
        return Served(body.name, body.phone or "", found.body_id, found.staff_id)
    person = accounts.person(work, found.rater_person_id or 0)
    return Served(person.name, person.phone or "", found.body_id, found.staff_id)


@dataclasses.dataclass(frozen=True)
class Figures:
    """What is published of one body: month by month, newest first."""

    body_id: int
    body: str
    months: tuple[Month, ...]


def figures(work: Work) -> list[Figures]:
    """The figures of the last twelve months, each step in the month in which it was finished. Of
    persons there are none.
    """
    today = work.today
    first = months_after(today.replace(day=1), 1 - MONTHS)
    since = dt.datetime(first.year, first.month, 1, tzinfo=dt.UTC) - dt.timedelta(hours=8)
    rows = work.session.scalars(
        select(ServiceRating).where(ServiceRating.finished_at >= since).order_by(ServiceRating.id)
    ).all()
    courses = cases.courses(work, [each.case_number for each in rows if each.case_number])
    found: dict[int, dict[str, list[ServiceRating]]] = defaultdict(lambda: defaultdict(list))
    for each in rows:
        found[each.body_id][f"{local_date(each.finished_at):%Y-%m}"].append(each)
    return [
        Figures(
            body,
            accounts.organisation(work, body).name,
            tuple(
                _month(name, found[body][name], courses)
                for name in sorted(found[body], reverse=True)
            ),
        )
        for body in sorted(found)
    ]


def _month(name: str, rows: Iterable[ServiceRating], courses: dict[str, cases.Course]) -> Month:
    steps = list(rows)
    rated = [each for each in steps if each.level is not None]
    opened = [courses[each.case_number] for each in rated if each.case_number in courses]
    done = [each for each in opened if each.rectified_at is not None]
    spans = [
        (each.rectified_at - each.opened_at) // dt.timedelta(milliseconds=1)
        for each in done
        if each.rectified_at is not None
    ]
    return Month(
        month=name,
        finished=len(steps),
        rated=len(rated),
        good=sum(each.level is not None and each.level > BAD for each in rated),
        bad=sum(each.case_number is not None for each in rated),
        rectified=len(done),
        in_time=sum(not each.was_late for each in done),
        called=sum(each.closed_at is not None for each in opened),
        days=sum(spans) * 100 // (DAY_MS * len(spans)) if spans else None,
    )
