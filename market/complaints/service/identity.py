"""The complainant's identity and the hold on the award (ADR 0035).

From the filing on no letter leaves, whoever complains (`queries.holding`). The public hold begins
when it is known who complains, when the office has not looked in time, or when the body accepts.
"""

from market.accounts import queries as accounts
from market.accounts import service as accounts_service
from market.complaints import queries
from market.complaints.events import HoldBegan
from market.complaints.models import Complaint
from market.complaints.queries.identity import checking_body, known_of, open_of
from market.complaints.rules import HoldCause, Known
from market.complaints.service.holds import settle_hold
from market.complaints.service.steps import number_of, put
from market.db import Work


def look_at_complainant(work: Work, row: Complaint) -> bool:
    """Part of filing: whether the public hold begins at once. Else the check of who complains is
    asked for; where one is overdue already, nobody waits for it.
    """
    if known_of(work, row).is_enough:
        return True
    body, out = checking_body(work, row)
    check = accounts_service.ask_check(
        work, person_id=row.complainant_person_id or 0, body_id=body, out=out
    )
    return check.overdue_at is not None


def begin_hold(work: Work, row: Complaint, cause: HoldCause) -> None:
    """The public hold of a complaint that waited for the check begins; nothing where it has."""
    if row.hold_began_at is not None or row.notice_number is None:
        return
    row.hold_began_at = work.now
    put(work, row, HoldBegan(subject=number_of(row), cause=cause.value))
    work.session.flush()  # The count asks the database.
    settle_hold(work, row.notice_number)


def identity_settled(work: Work, check: str, cause: HoldCause) -> None:
    """Who somebody is was checked, or not in time: his complaints hold from now on."""
    person_id = accounts.check_by_number(work, check).person.id
    for found in open_of(work, person_id):
        row = queries.locked(work, number_of(found))
        if known_of(work, row) is not Known.REFUSED:
            begin_hold(work, row, cause)
