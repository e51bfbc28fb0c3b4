"""What waits: the bodies' desk, a person's own complaints, call-backs, tips."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Collection

from sqlalchemy import ColumnElement, Select, and_, func, literal, not_, or_, select, true

from market.accounts import queries as accounts
from market.accounts.rules import Duty, Kind
from market.complaints import rules
from market.complaints.events import BodyReassigned, CalledBack, ComplaintClosed, ComplaintFiled
from market.complaints.models import Act, Assistant, Complaint, Proposal
from market.complaints.queries.bodies import recusal
from market.complaints.queries.register import Row, body_names, public_row
from market.complaints.rules import ProposalState, State
from market.db import Instant, Work
from market.web.paging import Page, keyset
from market.windows import queries as windows_queries
from market.windows.rules import LIVE, Nature

AT_ONCE = 50
FILING = (ComplaintFiled.kind, BodyReassigned.kind)  # what entering a complaint puts down
OWED = tuple(
    kind.name
    for kind in (
        rules.ACCEPT,
        rules.DECIDE,
        rules.TRANSFER,
        rules.OPINION,
        rules.PUBLISH,
        rules.REMEDY,
    )
)
NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


@dataclasses.dataclass(frozen=True)
class DeskRow:
    """One complaint on a desk with what is owed next; `due` None when no clock runs."""

    complaint: Row
    due: windows_queries.Due | None
    handler_id: int | None


def desk(
    work: Work, organisation_id: int | None, after: str | None = None, limit: int = AT_ONCE
) -> Page[DeskRow]:
    """One page of the complaints that a body handles or assists with, soonest due first: rows of
    `DeskRow`. None: of every body (inspector, authority).

    What a complaint about conduct is about are its complainant's words: who must keep out of it is
    not shown them. Refuses `web.cursor`.
    """
    working = (*rules.HANDLED, State.UPHELD, State.PARTLY, State.DISMISSED, State.REMEDYING)
    asked = select(Complaint).where(Complaint.state.in_(working))
    if organisation_id is not None:
        assists = select(Assistant.complaint_id).where(Assistant.organisation_id == organisation_id)
        asked = asked.where(or_(Complaint.body_id == organisation_id, Complaint.id.in_(assists)))
    names = body_names(work)
    due = func.coalesce(
        windows_queries.next_due(Complaint.number, OWED, organisation_id), literal(NEVER, Instant())
    )
    found = keyset(work.session, asked, [due, Complaint.id.asc()], after, limit)
    return found.map(lambda row: _desk_row(work, row[0], names, organisation_id))


def _desk_row(
    work: Work, row: Complaint, names: dict[int, str], organisation_id: int | None
) -> DeskRow:
    return DeskRow(
        public_row(row, names, knows=_knows(work, row)),
        _owed(work, row, organisation_id),
        row.handler_id,
    )


def _knows(work: Work, row: Complaint) -> bool:
    if row.notice_number is not None or work.actor.has("inspector"):
        return True
    return recusal(work, row, work.actor.person_id or 0) is None


def _owed(work: Work, row: Complaint, organisation_id: int | None) -> windows_queries.Due | None:
    """What is owed next: of a body that assists its opinion, if that is still to come."""
    live = [
        due
        for due in windows_queries.of_subject(work, row.number or "")
        if due.state in LIVE and due.nature is Nature.DUTY
    ]
    own = [
        due
        for due in live
        if due.kind == rules.OPINION.name and due.responsible_id == organisation_id
    ]
    leading = (due for due in live if due.kind in OWED and due.kind != rules.OPINION.name)
    return next(iter([*own, *leading]), None)


def mine(work: Work, after: str | None = None) -> Page[Row]:
    """Complaints that the actor filed, that his organisation filed, or that are about it; newest
    first: rows of `Row`.
    """
    ways: list[ColumnElement[bool]] = [Complaint.complainant_person_id == work.actor.person_id]
    if work.actor.organisation_id is not None:
        ways.append(Complaint.complainant_organisation_id == work.actor.organisation_id)
        ways.append(
            (Complaint.respondent_id == work.actor.organisation_id)
            & Complaint.answer_asked_at.is_not(None)
        )
    names = body_names(work)
    asked = select(Complaint).where(Complaint.state != State.DRAFT, or_(*ways))
    return keyset(work.session, asked, [Complaint.filed_at.desc(), Complaint.id.desc()], after).map(
        lambda row: public_row(row[0], names, knows=True)
    )


def waiting_callbacks(work: Work, after: str | None = None, limit: int = AT_ONCE) -> Page[Row]:
    """Complaints that wait to be called back, the oldest first: rows of `Row`. Refuses
    `web.cursor`.
    """
    names = body_names(work)
    asked = select(Complaint).where(Complaint.state == State.CALLBACK)
    return keyset(work.session, asked, [Complaint.id.asc()], after, limit).map(
        lambda row: public_row(row[0], names, knows=True)
    )


# --- what waits for one person (a clock runs on none of it) -------------------------------


def to_sign(work: Work) -> list[Row]:
    """Complaints of the actor's body with a proposal by somebody else that waits for a signature,
    the oldest first.
    """
    return _free_of(
        work,
        select(Complaint)
        .join(Proposal, Proposal.complaint_id == Complaint.id)
        .where(
            Proposal.state == ProposalState.PROPOSED,
            Proposal.proposed_by != work.actor.person_id,
            Complaint.body_id == work.actor.organisation_id,
        ),
    )


def proposed(work: Work, numbers: Collection[str]) -> dict[str, int]:
    """Of some complaints those about which a proposal waits for its second person, with the first."""
    found = work.session.execute(
        select(Complaint.number, Proposal.proposed_by)
        .join(Proposal, Proposal.complaint_id == Complaint.id)
        .where(Complaint.number.in_(numbers), Proposal.state == ProposalState.PROPOSED)
    )
    return {number: first for number, first in found if number is not None}


def to_publish(work: Work) -> list[Row]:
    """Decided complaints of the actor's body whose decision is not published yet."""
    return _free_of(
        work,
        select(Complaint).where(
            Complaint.state.in_((State.UPHELD, State.PARTLY, State.DISMISSED)),
            Complaint.body_id == work.actor.organisation_id,
        ),
    )


def to_remedy(work: Work) -> list[Row]:
    """Complaints of the actor's body of which it is to be reported that they are put right."""
    return _free_of(
        work,
        select(Complaint).where(
            Complaint.state == State.REMEDYING,
            Complaint.relist_waits_since.is_(None),
            Complaint.body_id == work.actor.organisation_id,
        ),
    )


def to_call_back(work: Work) -> list[Row]:
    """Complaints that the actor may call back: he has had no hand in them
    (docs/rules.md#separation-6).
    """
    return _free_of(
        work,
        select(Complaint).where(Complaint.state == State.CALLBACK),
        lambda row: work.actor.person_id not in handlers(work, row),
    )


def caller_body(work: Work, row: Complaint) -> int:
    """The body that is to call a complainant back: the first of managing authority and office with a
    call-back officer who had no hand in the case; the office where there is none yet.
    """
    concerned = handlers(work, row)
    for kind in (Kind.AUTHORITY, Kind.OFFICE):
        for body in accounts.organisations(work, kind):
            members = accounts.members(work, body.id, Duty.CALLBACK_OFFICER)
            if any(member.id not in concerned for member in members):
                return body.id
    return accounts.office(work).id


def _free_of(
    work: Work, asked: Select[Complaint], fits: Callable[[Complaint], bool] = lambda row: True
) -> list[Row]:
    names = body_names(work)
    person_id = work.actor.person_id or 0
    rows = work.session.scalars(asked.order_by(Complaint.id).limit(AT_ONCE))
    return [
        public_row(row, names, knows=True)
        for row in rows
        if fits(row) and recusal(work, row, person_id) is None
    ]


def handlers(work: Work, row: Complaint) -> set[int | None]:
    """Everybody who had the case in hand: who acted on it for a body, proposed or signed. Whoever
    only entered what came on paper or by telephone decided nothing (docs/rules.md#small-county).
    """
    entered = and_(Act.act.in_(FILING), Act.person_id == row.registered_by)
    acted = work.session.scalars(
        select(Act.person_id).where(
            Act.complaint_id == row.id,
            Act.person_id.is_not(None),
            Act.act.not_in([CalledBack.kind, ComplaintClosed.kind]),
            not_(entered) if row.registered_by is not None else true(),
        )
    )
    proposals = work.session.execute(
        select(Proposal.proposed_by, Proposal.settled_by).where(Proposal.complaint_id == row.id)
    )
    return {row.handler_id, *acted, *(person for pair in proposals for person in pair)} - {None}


def handlers_about(work: Work, notice_number: str) -> set[int]:
    """Everybody who had a complaint about a notice in hand."""
    rows = work.session.scalars(select(Complaint).where(Complaint.notice_number == notice_number))
    return {person for row in rows for person in handlers(work, row) if person is not None}


HANDS = {"complaints": handlers_about}
"""Who worked on complaints about a notice, for whoever must not decide about what followed from it."""
