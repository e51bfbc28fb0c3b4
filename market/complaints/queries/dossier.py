"""What has been put forward and decided in a complaint."""

import dataclasses
import datetime as dt

from sqlalchemy import select

from market.accounts import queries as accounts
from market.complaints.models import Act, Complaint, Evidence, Finding, Proposal
from market.complaints.queries.bodies import book_for, recusal
from market.complaints.queries.relation import Relation, _assistants
from market.complaints.rules import (
    Outcome,
    ProposalKind,
    ProposalState,
    Reason,
    Remedy,
    Violation,
)
from market.db import Work
from market.files import queries as file_queries

PARTS = {
    Relation.REGISTRAR: {"complaint"},
    Relation.RESPONDENT: {"answer"},
    Relation.COMPLAINANT: {"complaint", "completion"},
}
"""Which files each sees; the others see all."""
SERVED = frozenset({ProposalKind.NOT_ACCEPT, ProposalKind.DECIDE})
"""What the parties are given to read once it is signed."""


@dataclasses.dataclass(frozen=True)
class Ruling:
    """A proposal, waiting or signed. People are person ids."""

    id: int
    kind: ProposalKind
    state: ProposalState
    reason: Reason | None
    outcome: Outcome | None
    remedies: tuple[Remedy, ...]
    agency_ref: str
    reasons: str
    legal_basis: str
    remedy_note: str
    corrections: tuple[
        tuple[str, object, object], ...
    ]  # field of the notice, what it says before and after
    is_fabricated: bool
    proposed_at: dt.datetime
    proposed_by: int
    settled_at: dt.datetime | None
    return_note: str


@dataclasses.dataclass(frozen=True)
class Exhibit:
    """A file of a complaint."""

    file_id: int
    name: str
    part: str
    added_at: dt.datetime
    is_readable: bool  # whether this reader may open it


@dataclasses.dataclass(frozen=True)
class Deed:
    """One line of the clock log; `person` None: the clock."""

    act: str
    person: str | None
    note: str
    at: dt.datetime


@dataclasses.dataclass(frozen=True)
class Dossier:
    """What only the handling bodies and the inspector see."""

    handler: str | None
    rulings: tuple[Ruling, ...]
    deeds: tuple[Deed, ...]
    assistants: tuple[tuple[accounts.OrganisationCard, str], ...]
    recused: str | None  # why this reader may not act, a code
    may_stop: bool  # whether the rulebook lets an appraisal stop the clock
    callback_note: str
    remedy_report: str
    rating_text: str
    fabricated_before: tuple[
        tuple[str, dt.datetime], ...
    ]  # number and instant of the complainant's complaints found made up
    finding: (
        tuple[Violation, str, dt.datetime] | None
    )  # the serious violation that was found, why, and when
    relist_waits: bool  # decided, and carried out when the selection's result is out


def exhibits(work: Work, complaint_id: int, parts: set[str] | None = None) -> tuple[Exhibit, ...]:
    """The files of a complaint, those of some parts only when named."""
    rows = work.session.scalars(
        select(Evidence).where(Evidence.complaint_id == complaint_id).order_by(Evidence.id)
    ).all()
    mine = file_queries.readable_among(work, [row.file_id for row in rows])
    return tuple(
        Exhibit(row.file_id, row.name, row.part, row.added_at, row.file_id in mine)
        for row in rows
        if parts is None or row.part in parts
    )


def _dossier(work: Work, row: Complaint) -> Dossier:
    person_id = work.actor.person_id or 0
    finding = work.session.get(Finding, row.id)
    return Dossier(
        handler=_name(work, row.handler_id),
        rulings=tuple(_rulings(work, row)),
        deeds=tuple(_deeds(work, row)),
        assistants=tuple(_assistants(work, row)),
        recused=recusal(work, row, person_id),
        may_stop=book_for(work, row).expert_stop_allowed,
        callback_note=row.callback_note,
        remedy_report=row.remedy_report,
        rating_text=row.rating_text,
        fabricated_before=_fabricated_before(work, row),
        finding=(finding.violation, finding.reasons, finding.found_at) if finding else None,
        relist_waits=row.relist_waits_since is not None,
    )


def _fabricated_before(work: Work, row: Complaint) -> tuple[tuple[str, dt.datetime], ...]:
    """Earlier complaints of the same complainant in which fabrication was found, newest first: to
    know, never to bar.
    """
    mine = (
        Complaint.complainant_organisation_id == row.complainant_organisation_id
        if row.complainant_organisation_id is not None
        else Complaint.complainant_person_id == row.complainant_person_id
    )
    if row.complainant_organisation_id is None and row.complainant_person_id is None:
        return ()
    found = work.session.execute(
        select(Complaint.number, Complaint.ended_at)
        .where(
            mine, Complaint.is_fabricated, Complaint.ended_at.is_not(None), Complaint.id != row.id
        )
        .order_by(Complaint.id.desc())
    )
    return tuple((number, at) for number, at in found if number and at)


def _rulings(work: Work, row: Complaint) -> list[Ruling]:
    found = work.session.scalars(
        select(Proposal).where(Proposal.complaint_id == row.id).order_by(Proposal.id)
    )
    return [
        Ruling(
            one.id,
            one.kind,
            one.state,
            one.reason,
            one.outcome,
            tuple(Remedy(code) for code in one.remedies.split()),
            one.agency_ref,
            one.reasons,
            one.legal_basis,
            one.remedy_note,
            tuple((name, before, after) for name, (before, after) in one.corrections.items()),
            one.is_fabricated,
            one.proposed_at,
            one.proposed_by,
            one.settled_at,
            one.return_note,
        )
        for one in found
    ]


def _deeds(work: Work, row: Complaint) -> list[Deed]:
    acts = work.session.scalars(select(Act).where(Act.complaint_id == row.id).order_by(Act.id))
    return [Deed(act.act, _name(work, act.person_id), act.note, act.at) for act in acts]


def _name(work: Work, person_id: int | None) -> str | None:
    return None if person_id is None else accounts.person(work, person_id).name
