"""Opening service lines by the certificates that the office has checked."""

from sqlalchemy import select

from market.agencies import queries as agencies
from market.agencies import rules as agency_rules
from market.agencies.models import Agency, Qualification
from market.agencies.rules import LineState
from market.agencies.service import cover, end_of, entered_lines, pending_lines
from market.catalogue import queries as catalogue
from market.db import Work
from market.enrolment import queries
from market.windows import service as windows
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
        windows.close(work, agency_rules.QUALIFICATION, matter, state=WindowState.CANCELLED)
        if held.valid_to is not None and held.valid_to >= work.today:
            windows.open_at(
                work,
                agency_rules.QUALIFICATION,
                subject=ref,
                due_at=end_of(held.valid_to),
                matter=matter,
            )
    work.session.flush()  # What is checked now is read below.
    what = agencies.covering(work, row.id)
    owing = _items_owing(work, row)
    opened: list[str] = []
    refused: list[str] = []
    for line in pending_lines(work, row):
        is_covered = cover(work, line, what)
        fit = LineState.PROVISIONAL if line.item_code in owing else LineState.ACTIVE
        line.state = agency_rules.move_line(line.state, fit if is_covered else LineState.REFUSED)
        (opened if is_covered else refused).append(line.item_code)
    for line in entered_lines(work, row):
        cover(work, line, what)
    return opened, refused


def _items_owing(work: Work, row: Agency) -> set[str]:
    """The items of the published list for which the agency has a document outstanding."""
    names = {each.name for each in queries.outstanding_documents(work, row.organisation_id)}
    return (
        {code for each in catalogue.deferrable(work) if each.name in names for code in each.items}
        if names
        else set()
    )
