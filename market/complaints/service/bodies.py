"""The bodies of a complaint: who reads its files, who assists the one that leads, handing it to another."""

from sqlalchemy import select

from market.accounts import queries as accounts
from market.complaints import queries
from market.complaints.models import Assistant, Complaint
from market.complaints.rules import (
    ACCEPT,
    DECIDE,
    OPINION,
)
from market.complaints.service.clocks import is_over, live, own_days
from market.complaints.service.steps import number_of
from market.db import Work
from market.files import service as files
from market.windows import service as windows
from market.windows.rules import State as WindowState


def show_files(work: Work, row: Complaint, body_id: int) -> None:
    """Let the body that handles a complaint read its files, those that assist it, and the
    inspector.
    """
    readers = {
        body_id,
        *assistants_of(work, row),
        *(card.id for card in accounts.organisations(work, "inspection")),
    }
    for exhibit in queries.exhibits(work, row.id):
        for reader in readers:
            files.grant(work, file_id=exhibit.file_id, organisation_id=reader)


def assistants_of(work: Work, row: Complaint) -> dict[int, Assistant]:
    """The bodies that assist the one that leads, by their ids; one that has come to lead assists no
    more.
    """
    found = work.session.scalars(
        select(Assistant).where(Assistant.complaint_id == row.id).order_by(Assistant.id)
    )
    return {one.organisation_id: one for one in found if one.organisation_id != row.body_id}


def opinion_of(row: Complaint, organisation_id: int) -> str:
    """The key of the window in which an assisting body owes its opinion: each body has its own."""
    return f"{number_of(row)}:{organisation_id}"


def release(work: Work, row: Complaint, *organisation_ids: int) -> None:
    """Nobody waits for the opinions of these bodies any more."""
    for organisation_id in organisation_ids:
        windows.close(work, OPINION, opinion_of(row, organisation_id), state=WindowState.CANCELLED)


def hand_over(work: Work, row: Complaint, body_id: int) -> None:
    """Give the complaint to another body. The clock goes on; a duty that is overdue stays the first
    body's fault, and the new one has days of its own (`own_days`). One that is over and not noted
    yet is noted against the first by the sweep.
    """
    row.body_id = body_id
    row.handler_id = None
    release(work, row, body_id)  # one that assisted leads from now on
    show_files(work, row, body_id)
    for kind in (ACCEPT, DECIDE):
        due = live(work, row, kind)
        if due is not None and due.overdue_at is not None:
            own_days(work, row, kind)
        elif due is not None and not is_over(work, due):
            windows.hand_over(work, kind, number_of(row), responsible_id=body_id)
