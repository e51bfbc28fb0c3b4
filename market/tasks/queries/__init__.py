"""What waits for the actor, what his organisation's others have, and what others owe overdue."""

import dataclasses
from collections.abc import Iterable, Mapping

from market.accounts import queries as accounts
from market.complaints import queries as complaints
from market.db import Work
from market.enrolment import queries as enrolments
from market.enrolment.rules import DEFERRED
from market.kernel.permits import SIGNED_IN, Permits, holds
from market.selection.results import queries as result_queries
from market.tasks import rules
from market.tasks.queries import sources
from market.tasks.queries.holders import Stage, holders, stages
from market.tasks.queries.names import name_of
from market.tasks.queries.sources import Item
from market.windows import queries as windows_queries
from market.windows.queries import Due
from market.windows.rules import Kind, Show, State
from market.workdays import queries as workdays
from market.workdays.rules import WorkCalendar, working_days_left

NAMED = 3  # holders who are named
MOST_OVERDUE = 50


@dataclasses.dataclass(frozen=True)
class Task:
    """One thing that waits: what, about which number and matter, where it is done, until when, and
    who has it.

    `due` is None where no clock runs; `days_left` are working days. `holder` is "" where it is the
    reader himself. `document` is what a deferred document's own sentence is about, `entries` how
    many entries hang on it.
    """

    title: str
    subject: str
    name: str
    path: str
    due: Due | None = None
    days_left: int | None = None
    holder: str = ""
    document: enrolments.DocumentCard | None = None
    entries: int = 0

    @property
    def is_paused(self) -> bool:
        return self.due is not None and self.due.state is State.PAUSED


@dataclasses.dataclass(frozen=True)
class Desk:
    """A person's whole list: what he has himself, soonest due first, and what others of his
    organisation have.
    """

    mine: list[Task]
    ours: list[Task]


def tasks(work: Work, permissions: Permits, kinds: Mapping[str, Kind]) -> Desk:
    """Everything that waits for the actor or his organisation."""
    dues = _dues(work)
    found = stages(work, dues)
    calendar = workdays.calendar(work)
    signs = {row.number for row in complaints.to_sign(work)}
    mine: list[Task] = []
    ours: list[Task] = []
    for due in dues:
        stage = found.get(due.id)
        if stage is None:
            continue
        task = _task(work, due, stage.name, kinds, calendar)
        is_mine = _may(work, stage.name, permissions) and stage.first != work.actor.person_id
        if is_mine and (stage.name != "complaint.sign" or due.subject in signs):
            mine.append(task)
        else:
            ours.append(_held(work, task, due, stage, permissions))
    whole = _with_documents(work, mine)
    return Desk(whole + _unclocked(work, permissions, kinds, calendar, whole), ours)


def overdue(work: Work, permissions: Permits, kinds: Mapping[str, Kind]) -> tuple[list[Task], bool]:
    """What others owe and have not done in time, the longest overdue first, and whether there is
    more: for those who oversee all (the board of windows), and for a body over those below it.
    """
    if holds(work.actor, permissions["windows.board"]):
        below = None
    else:
        below = accounts.subordinates(work, work.actor.organisation_id)
        if not below:
            return [], False
    page = windows_queries.board(work, windows_queries.Filter(Show.OVERDUE), None, MOST_OVERDUE)
    late = [
        due
        for due in page
        if due.responsible_id != work.actor.organisation_id
        and (below is None or due.responsible_id in below)
    ]
    named = stages(work, late)
    calendar = workdays.calendar(work)
    return [
        dataclasses.replace(
            _task(work, due, named[due.id].name, kinds, calendar), holder=_body(work, due)
        )
        for due in late
        if due.id in named
    ], page.next is not None


def _may(work: Work, name: str, permissions: Permits) -> bool:
    may = rules.desk(name).may
    return work.actor.is_signed_in and (may == SIGNED_IN or holds(work.actor, permissions[may]))


def _dues(work: Work) -> list[Due]:
    own = (
        windows_queries.waiting_for(work, None, work.actor.person_id)
        if work.actor.person_id
        else []
    )
    if work.actor.organisation_id is not None:
        own += windows_queries.waiting_for(work, work.actor.organisation_id)
    return sorted(own, key=lambda due: due.due_at)


def _task(
    work: Work, due: Due, name: str, kinds: Mapping[str, Kind], calendar: WorkCalendar
) -> Task:
    desk = rules.desk(name)
    return Task(
        desk.title or kinds[due.kind].title,
        due.subject,
        name_of(work, due.subject, due.matter),
        desk.page.format(subject=due.subject, row=due.matter.rpartition(":")[2]),
        due,
        working_days_left(work.now, due.due_at, calendar),
    )


def _held(work: Work, task: Task, due: Due, stage: Stage, permissions: Permits) -> Task:
    """The same, in the hands of colleagues: with their names, and a link to what the reader himself
    may open of it.
    """
    others = [
        one for one in holders(work, due, stage, permissions) if one.id != work.actor.person_id
    ]
    own = rules.OF_WINDOWS[due.kind]
    path = own.page.format(subject=due.subject, row=due.matter.rpartition(":")[2])
    return dataclasses.replace(
        task,
        path=path if _may(work, due.kind, permissions) else "",
        holder="、".join(one.name for one in others[:NAMED]),
    )


def _body(work: Work, due: Due) -> str:
    if due.responsible_id is not None:
        return accounts.organisation(work, due.responsible_id).name
    return accounts.person(work, due.person_id).name if due.person_id is not None else ""


def _with_documents(work: Work, found: list[Task]) -> list[Task]:
    """The same, each deferred document named to the agency that owes it."""
    if not any(each.due and each.due.kind == DEFERRED.name for each in found):
        return found
    owed = {
        each.due.id: each
        for each in enrolments.outstanding_documents(work, work.actor.organisation_id or 0)
        if each.due
    }
    entries = len(result_queries.unfinished(work, work.actor.organisation_id))
    return [
        dataclasses.replace(each, document=owed[each.due.id], entries=entries)
        if each.due and each.due.id in owed
        else each
        for each in found
    ]


def _unclocked(
    work: Work,
    permissions: Permits,
    kinds: Mapping[str, Kind],
    calendar: WorkCalendar,
    known: Iterable[Task],
) -> list[Task]:
    """What waits though no window of the actor's own runs on it, once for each page; one that runs
    for another body is shown with it.
    """
    seen = {task.path for task in known}
    found: list[Task] = []
    for name, item in sources.items(work, permissions):
        desk = rules.desk(name)
        path = desk.page.format(subject=item.subject, row=item.row)
        if path in seen and "{" in desk.page:
            continue
        due = _running(work, name, item.subject)
        left = working_days_left(work.now, due.due_at, calendar) if due else None
        called = item.name if item.name is not None else name_of(work, item.subject)
        found.append(Task(desk.title or "", item.subject, called, path, due, left))
    return found


def _running(work: Work, name: str, subject: str) -> Due | None:
    kind = KIND_OF.get(name)
    return windows_queries.live_of(work, kind, subject) if kind else None


KIND_OF = {
    "decision.publish": "complaint.publish",
    "decision.remedy": "complaint.remedy",
    "decision.call_back": "complaint.call_back",
}
"""What runs for one body and may be done by another."""

__all__ = [
    "Desk",
    "Item",
    "Stage",
    "Task",
    "holders",
    "name_of",
    "overdue",
    "stages",
    "tasks",
]
