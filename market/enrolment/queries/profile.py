"""What the public sees of one agency."""

import dataclasses
import datetime as dt

from sqlalchemy import func, select

from market.agencies import queries as agencies
from market.agencies import rules as agency_rules
from market.agencies.models import Agency
from market.agencies.queries import AgencyCard, Line, QualificationCard
from market.db import Work
from market.enrolment.models import Enrolment, Objection
from market.kernel.errors import NotFound


@dataclasses.dataclass(frozen=True)
class Profile:
    """The public part of an agency (docs/rules.md#agency-fields). The contact is empty unless the
    agency
    shows it.
    """

    card: AgencyCard
    capital_fen: int | None
    established_on: dt.date | None
    address: str | None
    intro: str | None
    commitment: str | None
    committed_at: dt.datetime | None
    contact_person: str | None
    contact_phone: str | None
    contact_email: str | None
    lines: list[Line]
    qualifications: list[QualificationCard]
    enrolment_number: str | None
    objections_open: int


def profile(work: Work, uscc: str) -> Profile:
    """An agency's public page. Refuses `agency.none`, also while the agency is not public."""
    row = work.session.scalar(
        select(Agency).where(Agency.uscc == uscc, Agency.state.in_(agency_rules.PUBLIC))
    )
    if row is None:
        raise NotFound("agency.none")
    contact = (
        (row.contact_person, row.contact_phone, row.contact_email)
        if row.shows_contact
        else (None, None, None)
    )
    checked = [each for each in agencies.qualifications(work, row.id) if each.is_checked]
    return Profile(
        agencies.card(row),
        row.capital_fen,
        row.established_on,
        row.address,
        row.intro,
        row.commitment,
        row.committed_at,
        *contact,
        agencies.public_lines(work, row.id),
        checked,
        _passed_number(work, row.id),
        _objections_open(work, row.id),
    )


def _passed_number(work: Work, agency_id: int) -> str | None:
    """The number of the latest application that passed."""
    return work.session.scalar(
        select(Enrolment.number)
        .where(Enrolment.agency_id == agency_id, Enrolment.passed_at.is_not(None))
        .order_by(Enrolment.id.desc())
        .limit(1)
    )


def _objections_open(work: Work, agency_id: int) -> int:
    """How many objections to an agency wait for a decision."""
    found = work.session.scalar(
        select(func.count())
        .select_from(Objection)
        .join(Enrolment)
        .where(Enrolment.agency_id == agency_id, Objection.decided_at.is_(None))
    )
    return found or 0
