"""Opening and closing service lines by the certificates that the office has checked."""

import datetime as dt

from sqlalchemy import select

from market.agencies import queries, rules
from market.agencies.events import LineLapsed
from market.agencies.models import Agency, Qualification, ServiceLine
from market.agencies.rules import Filled, LineState
from market.catalogue import queries as catalogue
from market.db import Work
from market.kernel.clock import CHINA
from market.ledger.service import record
from market.windows import service as windows
from market.windows.queries import Due
from market.windows.rules import State as WindowState


def open_lines(work: Work, row: Agency, ref: str) -> tuple[list[str], list[str]]:
    """Count every certificate as checked and open the pending lines that one covers; (opened,
    refused) item codes.

    A line for whose item a document is outstanding is open all the same, and says so
    (容缺，可报名). The clock closes each line at the end of its last certificate, whose window is
    opened anew.
    """
    for held in work.session.scalars(
        select(Qualification).where(Qualification.agency_id == row.id).order_by(Qualification.id)
    ):
        held.checked_at = held.checked_at or work.now
        matter = f"{ref}/{held.id}"
        windows.close(work, rules.QUALIFICATION, matter, state=WindowState.CANCELLED)
        if held.valid_to is not None and held.valid_to >= work.today:
            windows.open_at(
                work, rules.QUALIFICATION, subject=ref, due_at=end_of(held.valid_to), matter=matter
            )
    work.session.flush()  # What is checked now is read below.
    what = queries.checked(work, row)
    owing = _items_owing(work, row)
    opened: list[str] = []
    refused: list[str] = []
    for line in pending_lines(work, row):
        is_covered = _cover(work, line, what)
        fit = LineState.PROVISIONAL if line.item_code in owing else LineState.ACTIVE
        line.state = rules.move_line(line.state, fit if is_covered else LineState.REFUSED)
        (opened if is_covered else refused).append(line.item_code)
    for line in entered_lines(work, row):
        _cover(work, line, what)
    return opened, refused


def _items_owing(work: Work, row: Agency) -> set[str]:
    """The items of the published list for which the agency has a document outstanding."""
    names = {each.name for each in queries.outstanding_documents(work, row.organisation_id)}
    return (
        {code for each in catalogue.deferrable(work) if each.name in names for code in each.items}
        if names
        else set()
    )


def qualification_due(work: Work, due: Due) -> None:
    """A qualification has expired: lines that nothing else covers lapse at 24:00 of its last day."""
    row = work.session.scalars(
        select(Agency).where(Agency.ref == due.subject).with_for_update()
    ).one()
    what = queries.checked(work, row)
    for line in entered_lines(work, row):
        if not _cover(work, line, what):
            line.state = rules.move_line(line.state, LineState.LAPSED)
            record(work, LineLapsed(subject=due.subject, item=line.item_code))


def pending_lines(work: Work, row: Agency) -> list[ServiceLine]:
    """The lines that wait for a check, by item."""
    return lines_in(work, row, LineState.PENDING)


def entered_lines(work: Work, row: Agency) -> list[ServiceLine]:
    """The lines that are open for entries, by item."""
    return lines_in(work, row, *rules.LINE_OPEN)


def lines_in(work: Work, row: Agency, *states: LineState) -> list[ServiceLine]:
    """The lines of an agency in any of these states, by item."""
    return list(
        work.session.scalars(
            select(ServiceLine)
            .where(ServiceLine.agency_id == row.id, ServiceLine.state.in_(states))
            .order_by(ServiceLine.item_code)
        )
    )


def _cover(work: Work, line: ServiceLine, what: Filled) -> bool:
    """Note until when a line is covered; False when it is not covered today."""
    until = rules.covered_until(what.requirements[line.item_code], what.held, work.today)
    if until is not None:
        line.valid_to = None if until == rules.LASTING else until
    return until is not None


def end_of(day: dt.date) -> dt.datetime:
    """24:00 of a day in China, as the instant at which it is over."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), CHINA).astimezone(dt.UTC)
