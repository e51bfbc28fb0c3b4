"""One complaint, as each may see it: the public, the complainant, the respondent, the bodies."""

import dataclasses
import datetime as dt
import enum
from typing import Any

from sqlalchemy import select

from market.accounts import queries as accounts
from market.complaints.models import Act, Assistant, Complaint, Evidence, Finding, Proposal
from market.complaints.permissions import MAY, STAFF
from market.complaints.queries.bodies import book_for, recusal, superior_of
from market.complaints.queries.erasures import Erased, erased
from market.complaints.queries.register import Row, body_names, public_row
from market.complaints.queries.standing import Part, parts_of
from market.complaints.rules import (
    HANDLED,
    CallbackResult,
    Channel,
    Complainant,
    Outcome,
    ProposalKind,
    ProposalState,
    Reason,
    Remedy,
    Respondent,
    State,
    Violation,
)
from market.db import Work
from market.files import queries as files
from market.kernel.errors import NotFound
from market.windows import queries as windows


class Relation(enum.StrEnum):
    """What a reader is to a complaint; each sees what the ones before him see, and more of his own."""

    PUBLIC = "public"
    # entered it for whoever came by paper, counter or telephone: reads that again, decides nothing
    REGISTRAR = "registrar"
    RESPONDENT = "respondent"
    COMPLAINANT = "complainant"
    CALLER = "caller"  # calls the complainant back
    BODY = "body"
    INSPECTOR = "inspector"


CONFIDANTS = frozenset({Relation.COMPLAINANT, Relation.CALLER, Relation.BODY, Relation.INSPECTOR})
INSIDERS = frozenset({Relation.BODY, Relation.INSPECTOR})
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
        tuple[str, Any, Any], ...
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
class Content:
    """What the parties see: the respondent the allegations, the confidants also who makes them."""

    respondent: Respondent
    matters: str
    request: str
    complainant: Complainant
    name: str | None  # None: hidden from this reader
    phone: str | None
    channel: Channel
    external_number: str | None
    completion_request: str
    completion: str
    answer: str | None  # None: not for this reader
    exhibits: tuple[Exhibit, ...]
    salt: str | None
    digest: str | None


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


@dataclasses.dataclass(frozen=True)
class Card:
    """A complaint for one reader. `content` and `dossier` are None for those who may not see them."""

    relation: Relation
    parts: frozenset[Part]
    public: Row
    body: accounts.OrganisationCard
    reason: Reason | None
    act_on: dt.date | None
    received_at: dt.datetime | None
    accepted_at: dt.datetime | None
    completion_asked_at: dt.datetime | None
    answer_asked_at: dt.datetime | None
    answered_at: dt.datetime | None
    published_at: dt.datetime | None
    public_text: str
    hold_ended_at: dt.datetime | None
    hold_reasons: str
    callback_result: CallbackResult | None
    rating: int | None
    withdrawn_at: dt.datetime | None
    has_finding: bool  # for its parties: a withdrawal does not end it
    is_past_due: bool  # what is owed now is overdue, whoever has it
    joint: tuple[str, ...]
    windows: tuple[windows.Due, ...]
    content: Content | None
    ruling: Ruling | None  # the signed one that a party was served with
    dossier: Dossier | None
    erased: Erased | None = None  # then nobody sees content, ruling or dossier any more

    @property
    def number(self) -> str:
        return self.public.number

    @property
    def state(self) -> State:
        return self.public.state


def view(work: Work, number: str) -> Card:
    """A complaint for the actor. Refuses `complaint.none`."""
    row = by_key(work, number)
    relation = relation_of(work, row)
    signed = [ruling for ruling in _rulings(work, row) if ruling.state is ProposalState.SIGNED]
    gone = erased(work, [number]).get(number)
    is_party = relation not in (Relation.PUBLIC, Relation.REGISTRAR) and gone is None
    is_reader = relation is not Relation.PUBLIC and gone is None
    return Card(
        relation=relation,
        parts=parts_of(work, row),
        body=accounts.organisation(work, row.body_id),
        public=public_row(row, body_names(work), knows=is_reader),
        windows=tuple(windows.of_subject(work, number)),
        has_finding=is_party and work.session.get(Finding, row.id) is not None,
        is_past_due=_is_past_due(row),
        joint=tuple(card.name for card, _ in _assistants(work, row) if card.id != row.body_id),
        content=_content(work, row, relation) if is_reader else None,
        ruling=signed[-1] if signed and is_party and signed[-1].kind in SERVED else None,
        dossier=_dossier(work, row) if relation in INSIDERS and gone is None else None,
        erased=gone,
        **{
            name: getattr(row, name)
            for name in (
                "reason",
                "act_on",
                "received_at",
                "accepted_at",
                "completion_asked_at",
                "answer_asked_at",
                "answered_at",
                "published_at",
                "public_text",
                "hold_ended_at",
                "hold_reasons",
                "callback_result",
                "rating",
                "withdrawn_at",
            )
        },
    )


def _is_past_due(row: Complaint) -> bool:
    late = row.acceptance_overdue_at if row.accepted_at is None else row.decision_overdue_at
    return late is not None and row.state in HANDLED


def relation_of(work: Work, row: Complaint) -> Relation:
    """What the actor is to a complaint. Staff who must keep out of it see what the public sees, and
    what they entered.
    """
    actor = work.actor
    if actor.person_id is None:
        return Relation.PUBLIC
    if actor.has("inspector"):
        return Relation.INSPECTOR
    if actor.person_id == row.complainant_person_id or (
        row.complainant_organisation_id is not None
        and row.complainant_organisation_id == actor.organisation_id
    ):
        return Relation.COMPLAINANT
    if _is_of_body(work, row) and recusal(work, row, actor.person_id) is None:
        return Relation.BODY
    if row.state is State.CALLBACK and actor.has("callback_officer"):
        return Relation.CALLER
    if row.answer_asked_at is not None and actor.organisation_id == row.respondent_id:
        return Relation.RESPONDENT
    return Relation.REGISTRAR if _entered(work, row) else Relation.PUBLIC


def _entered(work: Work, row: Complaint) -> bool:
    """Whether the actor registered it for its complainant and still does such work."""
    return row.registered_by == work.actor.person_id and work.actor.has(*MAY["complaint.register"])


def _is_of_body(work: Work, row: Complaint) -> bool:
    actor = work.actor
    if actor.has("authority_assigner"):
        return True
    if not actor.has(*STAFF):
        return False
    bodies = {row.body_id, *(card.id for card, _ in _assistants(work, row))}
    return actor.organisation_id in bodies


def _content(work: Work, row: Complaint, relation: Relation) -> Content:
    knows = (is_confidant := relation in CONFIDANTS) or _entered(work, row)
    shows_name = knows or (
        row.complainant_kind is Complainant.ORGANISATION and not row.hides_complainant
    )
    return Content(
        respondent=row.respondent,
        matters=row.matters,
        request=row.request,
        complainant=row.complainant_kind,
        name=row.complainant_name if shows_name else None,
        phone=row.complainant_phone if knows else None,
        channel=row.channel,
        external_number=row.external_number if knows else None,
        completion_request=row.completion_request if is_confidant else "",
        completion=row.completion if is_confidant else "",
        answer=None
        if relation in (Relation.REGISTRAR, Relation.COMPLAINANT, Relation.CALLER)
        else row.answer,
        exhibits=exhibits(work, row.id, PARTS.get(relation)),
        salt=row.salt if knows else None,
        digest=row.commit_digest if knows else None,
    )


def exhibits(work: Work, complaint_id: int, parts: set[str] | None = None) -> tuple[Exhibit, ...]:
    """The files of a complaint, those of some parts only when named."""
    rows = work.session.scalars(
        select(Evidence).where(Evidence.complaint_id == complaint_id).order_by(Evidence.id)
    ).all()
    mine = files.readable_among(work, [row.file_id for row in rows])
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


def _assistants(work: Work, row: Complaint) -> list[tuple[accounts.OrganisationCard, str]]:
    rows = work.session.scalars(
        select(Assistant).where(Assistant.complaint_id == row.id).order_by(Assistant.id)
    )
    return [(accounts.organisation(work, one.organisation_id), one.opinion) for one in rows]


def _name(work: Work, person_id: int | None) -> str | None:
    return None if person_id is None else accounts.person(work, person_id).name


# --- rows for the services ----------------------------------------------------------------


def by_key(work: Work, number: str) -> Complaint:
    """The row of a filed complaint. Refuses `complaint.none`."""
    row = work.session.scalar(select(Complaint).where(Complaint.number == number))
    if row is None:
        raise NotFound("complaint.none")
    return row


def superior_over(work: Work, number: str, body_id: int) -> accounts.OrganisationCard | None:
    """The superior of a body that handled this complaint. Refuses `complaint.none`."""
    return superior_of(work, by_key(work, number), body_id)


def locked(work: Work, number: str) -> Complaint:
    """The row, locked until the commit and read afresh: who comes second sees what the first did."""
    row = work.session.scalar(
        select(Complaint)
        .where(Complaint.number == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound("complaint.none")
    return row


def locked_draft(work: Work, draft_id: int, *, discarded: bool = False) -> Complaint:
    """The actor's own draft, locked; filed meanwhile it is found too. With `discarded` one that was
    thrown away, else none of those. Refuses `complaint.none`.
    """
    row = work.session.get(Complaint, draft_id, with_for_update=True, populate_existing=True)
    if row is None or row.drafted_by != work.actor.person_id:
        raise NotFound("complaint.none")
    if (row.discarded_at is not None) is not discarded:
        raise NotFound("complaint.none")
    return row


def by_submission(work: Work, submission_key: str) -> Complaint | None:
    """What was made of a form that was sent before."""
    return work.session.scalar(
        select(Complaint).where(
            Complaint.submission_key == submission_key, Complaint.drafted_by == work.actor.person_id
        )
    )


# --- drafts -------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class DraftCard:
    """A draft for the one who writes it."""

    id: int
    number: str | None
    notice_number: str | None
    title: str
    body_name: str  # to whom it is addressed
    fields: dict[str, object]  # column: value, for filling the form again
    exhibits: tuple[Exhibit, ...]

    def __getitem__(self, name: str) -> object:
        return self.fields[name]


def draft(work: Work, draft_id: int) -> DraftCard:
    """One's own draft. Refuses `complaint.none`."""
    row = work.session.get(Complaint, draft_id)
    if row is None or row.drafted_by != work.actor.person_id or row.discarded_at is not None:
        raise NotFound("complaint.none")
    return _draft_card(work, row)


def drafts(work: Work, *, discarded: bool = False) -> list[DraftCard]:
    """The drafts that the actor has not filed yet, newest first; or those that he has thrown away
    and can still take back.
    """
    is_discarded = Complaint.discarded_at.is_not(None)
    rows = work.session.scalars(
        select(Complaint)
        .where(Complaint.drafted_by == work.actor.person_id, Complaint.state == State.DRAFT)
        .where(is_discarded if discarded else ~is_discarded)
        .order_by(Complaint.id.desc())
    )
    return [_draft_card(work, row) for row in rows]


def _draft_card(work: Work, row: Complaint) -> DraftCard:
    fields = {column.key: getattr(row, column.key) for column in Complaint.__table__.columns}
    body = accounts.organisation(work, row.chosen_body_id)
    return DraftCard(
        row.id,
        row.number,
        row.notice_number,
        row.notice_title,
        body.name,
        fields,
        exhibits(work, row.id),
    )


@dataclasses.dataclass(frozen=True)
class Parties:
    """Whom letters about a complaint go to. Ids of people and organisations; None: nobody to reach."""

    number: str
    notice_number: str | None
    complainant_person_id: int | None
    complainant_organisation_id: int | None
    respondent_id: int | None  # None until his answer was asked for: before that he is not told
    body_id: int
    handler_id: int | None


def parties(work: Work, number: str) -> Parties:
    """Who has to do with a complaint. Refuses `complaint.none`."""
    row = by_key(work, number)
    return Parties(
        number,
        row.notice_number,
        row.complainant_person_id,
        row.complainant_organisation_id,
        row.respondent_id if row.answer_asked_at else None,
        row.body_id,
        row.handler_id,
    )
