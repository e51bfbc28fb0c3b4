"""What waits: the bodies' desk, a person's own complaints, call-backs, tips."""
import dataclasses
import datetime as dt

from sqlalchemy import ColumnElement, or_, select

from market.complaints import rules
from market.complaints.models import Assistant, Complaint, Tip
from market.complaints.queries.erasures import Erased, erased
from market.complaints.queries.register import Row, body_names, public_row
from market.complaints.rules import State
from market.db import Work
from market.web.paging import Page, keyset
from market.windows import queries as windows
from market.windows.rules import LIVE, Nature

OWED = (rules.ACCEPT.name, rules.DECIDE.name, rules.TRANSFER.name)


@dataclasses.dataclass(frozen=True)
class DeskRow:
    """One complaint on a desk with what is owed next; `due` None when no clock runs."""

    complaint: Row
    due: windows.Due | None
    handler_id: int | None


def desk(work: Work, organisation_id: int | None, limit: int = 200) -> list[DeskRow]:
    """Complaints that a body handles or assists with, soonest due first. None: of every body (inspector, authority)."""
    working = (*rules.HANDLED, State.UPHELD, State.PARTLY, State.DISMISSED, State.REMEDYING)
    asked = select(Complaint).where(Complaint.state.in_(working)).order_by(Complaint.id).limit(limit)
    if organisation_id is not None:
        assists = select(Assistant.complaint_id).where(Assistant.organisation_id == organisation_id)
        asked = asked.where(or_(Complaint.body_id == organisation_id, Complaint.id.in_(assists)))
    names = body_names(work)
    rows = [DeskRow(public_row(row, names), _owed(work, row), row.handler_id) for row in work.session.scalars(asked)]
    return sorted(rows, key=lambda row: (row.due is None, row.due.due_at if row.due else row.complaint.filed_at))


def _owed(work: Work, row: Complaint) -> windows.Due | None:
    live = [due for due in windows.of_subject(work, row.number or "")
            if due.state in LIVE and due.nature is Nature.DUTY and due.kind in OWED]
    return live[0] if live else None


def mine(work: Work, after: str | None = None) -> Page:
    """Complaints that the actor filed, that his organisation filed, or that are about it; newest first: rows of `Row`."""
    ways: list[ColumnElement[bool]] = [Complaint.complainant_person_id == work.actor.person_id]
    if work.actor.organisation_id is not None:
        ways.append(Complaint.complainant_organisation_id == work.actor.organisation_id)
        ways.append((Complaint.respondent_id == work.actor.organisation_id) & Complaint.answer_asked_at.is_not(None))
    names = body_names(work)
    asked = select(Complaint).where(Complaint.state != State.DRAFT, or_(*ways))
    return (keyset(work.session, asked, [Complaint.filed_at.desc(), Complaint.id.desc()], after)
            .scalars().map(lambda row: public_row(row, names)))


def waiting_callbacks(work: Work, limit: int = 200) -> list[Row]:
    """Complaints that wait to be called back, the oldest first."""
    names = body_names(work)
    rows = work.session.scalars(select(Complaint).where(Complaint.state == State.CALLBACK).order_by(Complaint.id)
                                .limit(limit))
    return [public_row(row, names) for row in rows]


def fabricated(work: Work, limit: int = 50) -> list[Row]:
    """Complaints whose decision found that the facts were made up: what follows from it a person decides; newest first."""
    names = body_names(work)
    rows = work.session.scalars(select(Complaint).where(Complaint.is_fabricated, Complaint.outcome.is_not(None))
                                .order_by(Complaint.id.desc()).limit(limit))
    return [public_row(row, names) for row in rows]


@dataclasses.dataclass(frozen=True)
class TipCard:
    """A tip as the bodies read it."""

    number: str
    notice_number: str | None
    complaint_number: str | None
    content: str
    contact: str
    received_at: dt.datetime
    looked_at: dt.datetime | None
    note: str
    erased: Erased | None


def tips(work: Work, after: str | None = None) -> Page:
    """Tips, newest first: rows of `TipCard`."""
    names = [field.name for field in dataclasses.fields(TipCard) if field.name != "erased"]
    return (keyset(work.session, select(Tip), [Tip.id.desc()], after).scalars()
            .map(lambda row: TipCard(**{name: getattr(row, name) for name in names},
                                     erased=erased(work, [row.number]).get(row.number))))
