"""The windows of a complaint: how long each is, opening, ending, days of one's own after a takeover."""

import datetime as dt

from market.complaints.models import Complaint
from market.complaints.queries.bodies import book_for
from market.complaints.rules import (
    ACCEPT,
    ANSWER,
    CALL_BACK,
    COMPLETE,
    DECIDE,
    HOLD_CAP,
    PUBLISH,
    REMEDY,
    TAKEOVER,
    TRANSFER,
)
from market.complaints.service.steps import number_of
from market.db import Work
from market.rulebook.rules import Rulebook
from market.windows import queries as windows_queries
from market.windows import service as windows
from market.windows.rules import Kind
from market.windows.rules import State as WindowState

SPANS = {
    ACCEPT: Rulebook.accept_days,
    COMPLETE: Rulebook.completion_days,
    DECIDE: Rulebook.decide_days,
    ANSWER: Rulebook.answer_days,
    TAKEOVER: Rulebook.takeover_days,
    TRANSFER: Rulebook.transfer_days,
    HOLD_CAP: Rulebook.hold_cap_days,
    PUBLISH: Rulebook.publish_days,
    REMEDY: Rulebook.remedy_days,
    CALL_BACK: Rulebook.call_back_days,
}
"""Which parameter of the rulebook says how long a window is."""


def start(
    work: Work,
    row: Complaint,
    kind: Kind,
    *,
    trigger_at: dt.datetime | None = None,
    responsible_id: int | None = None,
    person_id: int | None = None,
) -> windows_queries.Due:
    """Open a window of this complaint for as long as the rulebook says that it was filed under."""
    book = book_for(work, row)
    return windows.open_counted(
        work,
        kind,
        subject=number_of(row),
        span=book.window(SPANS[kind]),
        trigger_at=trigger_at or work.now,
        rulebook=book.version,
        responsible_id=responsible_id,
        person_id=person_id,
    )


def stop(work: Work, row: Complaint, *kinds: Kind) -> None:
    """Cancel windows of this complaint that have lost their object."""
    for kind in kinds:
        windows.close(work, kind, number_of(row), state=WindowState.CANCELLED)


def live(work: Work, row: Complaint, kind: Kind) -> windows_queries.Due | None:
    """The live window of this complaint of a kind."""
    return windows_queries.live(work, kind, number_of(row))


def is_over(work: Work, due: windows_queries.Due) -> bool:
    """Whether a window's due has passed, also where the sweep has yet to say so (R9). A provisional
    due ends nothing, and a clock that stands is not over.
    """
    return due.state == WindowState.OPEN and not due.is_provisional and work.now >= due.due_at


def own_days(work: Work, row: Complaint, kind: Kind, since: dt.datetime | None = None) -> None:
    """Days of its own for a body that has taken on what another left overdue (decision 18; rulebook
    `takeover_days`).

    They keep it awake and are noted against it once when they are over. The legal due does not
    move: overdue stays overdue, on the complaint and with the body whose days those were.
    """
    stop(work, row, kind)
    work.session.flush()  # One live window of a kind: the old one first.
    book = book_for(work, row)
    windows.open_counted(
        work,
        kind,
        subject=number_of(row),
        span=book.window(SPANS[TAKEOVER]),
        trigger_at=since or work.now,
        rulebook=book.version,
        responsible_id=row.body_id,
    )
