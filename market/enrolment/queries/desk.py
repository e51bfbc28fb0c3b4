"""The office's desk: what waits for a check or a signature."""

import dataclasses
import datetime as dt

from sqlalchemy import select

from market.accounts import queries as accounts
from market.agencies import rules as agency_rules
from market.agencies.models import Agency
from market.agencies.queries import (
    AgencyCard,
    by_refs,
    card,
)
from market.agencies.rules import State
from market.db import Work
from market.enrolment import rules
from market.enrolment.models import AgencyDocument, Enrolment
from market.enrolment.queries.documents import OUTSTANDING, DocumentCard, documents, documents_by_id
from market.enrolment.queries.rows import due_in, first_live
from market.windows import queries as windows_queries
from market.windows.queries import Due


@dataclasses.dataclass(frozen=True)
class DeskRow:
    """One application on the office's desk."""

    number: str
    name: str
    state: State
    round: int
    submitted_at: dt.datetime
    due: Due | None


def desk(work: Work, limit: int = 200) -> list[DeskRow]:
    """Applications that are not decided, oldest first."""
    rows = work.session.execute(
        select(Enrolment, Agency)
        .join(Agency, Agency.id == Enrolment.agency_id)
        .where(
            Agency.state.in_((State.SUBMITTED, State.RETURNED, State.REFUSING)),
            Enrolment.decided_at.is_(None),
            Enrolment.lapsed_at.is_(None),
        )
        .order_by(Enrolment.id)
        .limit(limit)
    )
    return [
        DeskRow(
            each.number,
            who.name,
            who.state,
            each.round,
            each.submitted_at,
            due_in(work, who.state, each.number),
        )
        for each, who in rows
    ]


def revocations(work: Work, limit: int = 200) -> list[tuple[AgencyCard, Due | None]]:
    """Agencies whose revocation waits for a statement or a signature, with the window that runs."""
    rows = work.session.scalars(
        select(Agency).where(Agency.state == State.REVOKING).order_by(Agency.id).limit(limit)
    )
    return [
        (card(row), first_live(work, (rules.STATE_CASE, rules.DECIDE), row.ref or ""))
        for row in rows
    ]


def to_propose(work: Work, limit: int = 200) -> list[AgencyCard]:
    """Agencies with a document late, for whose revocation, or a new due, the first of two persons
    is awaited: they have spoken, or their days have passed.
    """
    last = (
        select(Enrolment.proposed_at)
        .where(Enrolment.agency_id == Agency.id)
        .order_by(Enrolment.id.desc())
        .limit(1)
    )
    rows = work.session.scalars(
        select(Agency)
        .where(Agency.state == State.REVOKING, last.scalar_subquery().is_(None))
        .order_by(Agency.id)
        .limit(limit)
    )
    return [
        card(row)
        for row in rows
        if windows_queries.live(work, rules.STATE_CASE, row.ref or "") is None
        and any(each.is_late for each in documents(work, row.id))
    ]


def desk_documents(work: Work, limit: int = 200) -> list[tuple[AgencyCard, DocumentCard]]:
    """Documents that agencies still owe of their enrolment: what waits for the office first, then
    what was put off first; those that are listed, by due.
    """
    wanted = work.session.execute(
        select(AgencyDocument.id, Agency)
        .join(Agency, Agency.id == AgencyDocument.agency_id)
        .where(*OUTSTANDING, Agency.state.in_(agency_rules.IN_BUSINESS))
        .order_by(
            AgencyDocument.submitted_at.is_(None),
            AgencyDocument.submitted_at,
            AgencyDocument.owed_at,
            AgencyDocument.id,
        )
        .limit(limit)
    ).all()
    cards = documents_by_id(work, [document_id for document_id, _ in wanted])
    return sorted(
        ((card(row), cards[document_id]) for document_id, row in wanted),
        key=lambda of: (of[1].submitted_at is None, of[1].due.due_at if of[1].due else work.now),
    )


def additions(work: Work, limit: int = 200) -> list[tuple[AgencyCard, Due]]:
    """Enrolled agencies whose addition waits for the office, soonest due first."""
    dues = [
        due
        for due in windows_queries.waiting_for(work, accounts.office(work).id, limit=limit)
        if due.kind == rules.ADDITION.name
    ]
    cards = by_refs(work, [due.subject for due in dues])
    return [(cards[due.subject], due) for due in dues]
