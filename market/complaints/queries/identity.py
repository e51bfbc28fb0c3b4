"""Whether it is known who complains (实名, ADR 0035), and who may check it."""

import dataclasses
import datetime as dt

from sqlalchemy import select

from market.accounts import queries as accounts
from market.accounts.queries import CheckCard
from market.accounts.rules import Duty
from market.agencies import queries as agencies
from market.complaints.models import Complaint
from market.complaints.queries.bodies import book_for, free_of, last_resort, recusal
from market.complaints.rules import HANDLED, Channel, Known
from market.db import Work
from market.kernel.errors import NotFound
from market.owners import queries as owners

CHECKERS = (Duty.INTAKE_CLERK, Duty.COMPLAINT_OFFICER)


@dataclasses.dataclass(frozen=True)
class IdentityCard:
    """How well it is known who complains. `check` is there where a person's claim is or was
    checked.
    """

    known: Known
    check: CheckCard | None
    hold_began_at: dt.datetime | None


def known_of(work: Work, row: Complaint) -> Known:
    """Who complains: taken in by staff, an organisation that is enrolled here, or a person, whose
    claim is checked, waits, or was refused.
    """
    if row.channel is not Channel.ONLINE:
        return Known.BY_STAFF
    if row.complainant_organisation_id is not None and is_organisation_known(
        work, row.complainant_organisation_id
    ):
        return Known.BY_ORGANISATION
    person = accounts.person(work, row.complainant_person_id or 0)
    if person.is_checked:
        return Known.CHECKED
    return Known.CLAIMED if person.is_named else Known.REFUSED


def is_organisation_known(work: Work, organisation_id: int) -> bool:
    """Whether the office has looked at an organisation: an enrolled agency, an approved owner."""
    agency = agencies.of_organisation(work, organisation_id)
    if agency is not None and agency.is_public:
        return True
    try:
        return owners.owner(work, organisation_id).is_approved
    except NotFound:
        return False


def identity_of(work: Work, number: str) -> IdentityCard | None:
    """For who may read the complaint: how well its complainant is known; None once he is erased."""
    row = work.session.scalars(select(Complaint).where(Complaint.number == number)).one()
    if row.channel is Channel.ONLINE and row.complainant_person_id is None:
        return None
    known = known_of(work, row)
    is_persons = known in (Known.CLAIMED, Known.CHECKED, Known.REFUSED)
    check = accounts.last_check(work, row.complainant_person_id or 0) if is_persons else None
    return IdentityCard(known, check, row.hold_began_at)


def open_of(work: Work, person_id: int) -> list[Complaint]:
    """What a person has filed online and is being handled, the earliest first."""
    return list(
        work.session.scalars(
            select(Complaint)
            .where(
                Complaint.complainant_person_id == person_id,
                Complaint.channel == Channel.ONLINE,
                Complaint.state.in_(HANDLED),
            )
            .order_by(Complaint.id)
        )
    )


def why_no_check(work: Work, person_id: int) -> str | None:
    """Why the actor keeps out of the check of who this person is: he is concerned by what that
    person complains of. The code of a refusal, or None.
    """
    for row in open_of(work, person_id):
        if (why := recusal(work, row, work.actor.person_id or 0)) is not None:
            return f"complaint.recused_{why}"
    return None


def checking_body(work: Work, row: Complaint) -> tuple[int, list[int]]:
    """Who is to check the complainant, and the bodies that must not: the office, else the body that
    hears the complaint, else the last resort. A body is out where nobody of it is free.
    """
    bodies = [accounts.office(work).id, row.body_id, row.chosen_body_id]
    bodies += [card.id for card in last_resort(work, book_for(work, row))]
    others = [other for other in open_of(work, row.complainant_person_id or 0) if other is not row]
    out = [
        body
        for body in dict.fromkeys(bodies)
        if not all(_is_free(work, each, body) for each in (row, *others))
    ]
    able = (body for body in bodies if body not in out)
    return next(able, row.body_id), out


def _is_free(work: Work, row: Complaint, body_id: int) -> bool:
    return any(free_of(work, row, body_id, duty) for duty in CHECKERS)


IDENTITY_RECUSALS = {"complaints": why_no_check}
"""Asked by accounts before anybody settles a check; the factory hands it down."""
