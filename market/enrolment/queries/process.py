"""How far an application is: for the agency that fills it in, and for the office that checks it."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Select, select

from market.accounts import queries as accounts
from market.agencies import rules as agency_rules
from market.agencies.models import Agency
from market.agencies.queries import (
    AgencyCard,
    Line,
    QualificationCard,
    by_refs,
    card,
    lines,
    qualifications,
)
from market.agencies.rules import State
from market.catalogue import queries as catalogue
from market.catalogue.queries import DeferrableCard, ItemCard
from market.db import Work
from market.enrolment import rules
from market.enrolment.models import AgencyDocument, Correction, Enrolment, Objection
from market.enrolment.queries.departures import DepartureCard, departure
from market.enrolment.queries.documents import OUTSTANDING, DocumentCard, documents, documents_by_id
from market.enrolment.rules import Basics, Filled, Outcome, Progress, Section
from market.kernel.errors import Invalid, NotFound
from market.windows import queries as windows
from market.windows.queries import Due
from market.windows.rules import Kind

WAITS = {
    State.SUBMITTED: (rules.CHECK,),
    State.RETURNED: (rules.CORRECT,),
    State.REFUSING: (rules.STATE_CASE, rules.DECIDE),
    State.REVOKING: (rules.STATE_CASE, rules.DECIDE),
}
"""Which windows run in a state; a proposed refusal has two, one after the other."""


@dataclasses.dataclass(frozen=True)
class CorrectionCard:
    """One line of the correction list."""

    section: Section
    text: str
    mended_at: dt.datetime | None


@dataclasses.dataclass(frozen=True)
class Application:
    """Everything about one application. Of a draft the enrolment's own facts are None.

    `owed` is what stands between it and submission; `due` the window that runs. `listed` is what
    the published list says of the chosen items, `documents` what the agency has handed in or
    promised of it.
    """

    card: AgencyCard
    basics: Basics
    lines: list[Line]
    items: list[ItemCard]
    qualifications: list[QualificationCard]
    commitment: str | None
    signed: str | None
    signed_at: dt.datetime | None
    progress: dict[Section, Progress]
    owed: list[tuple[Section, Invalid]]
    corrections: list[CorrectionCard]
    number: str | None
    round: int
    submitted_at: dt.datetime | None
    submitted_by: int | None
    returned_at: dt.datetime | None
    resubmitted_at: dt.datetime | None
    proposed_at: dt.datetime | None
    reasons: str | None
    basis: str | None
    remedy: str | None
    statement: str | None
    stated_at: dt.datetime | None
    decided_at: dt.datetime | None
    lapsed_at: dt.datetime | None
    due: Due | None
    addition: Due | None
    answer: str | None
    departure: DepartureCard | None
    proposed_days: int | None
    listed: list[DeferrableCard]
    documents: list[DocumentCard]

    @property
    def outstanding(self) -> list[DocumentCard]:
        """What was put off at the enrolment and is not accepted yet."""
        return [each for each in self.documents if each.is_outstanding]

    @property
    def is_growing(self) -> bool:
        """Whether items and certificates may be added now."""
        return self.card.state in agency_rules.GROWING and self.addition is None

    @property
    def is_editable(self) -> bool:
        return self.card.state in agency_rules.EDITABLE


@dataclasses.dataclass(frozen=True)
class DeskRow:
    """One application on the office's desk."""

    number: str
    name: str
    state: State
    round: int
    submitted_at: dt.datetime
    due: Due | None


@dataclasses.dataclass(frozen=True)
class ObjectionCard:
    """One objection, for those who decide it."""

    id: int
    agency: AgencyCard
    reason: str
    filed_at: dt.datetime
    outcome: Outcome | None
    answer: str | None
    decided_at: dt.datetime | None
    due: Due | None


def last_enrolment(work: Work, agency_id: int) -> Enrolment | None:
    """The latest application of an agency."""
    return work.session.scalar(
        select(Enrolment)
        .where(Enrolment.agency_id == agency_id)
        .order_by(Enrolment.id.desc())
        .limit(1)
    )


def own_application(work: Work) -> Application | None:
    """The application of the agency for which the actor acts."""
    row = work.session.scalar(
        select(Agency).where(Agency.organisation_id == work.actor.organisation_id)
    )
    return _application(work, row, last_enrolment(work, row.id)) if row else None


def last_application(work: Work, of: AgencyCard) -> Application | None:
    """The latest application of an agency."""
    last = last_enrolment(work, of.id)
    return application(work, last.number) if last else None


def application(work: Work, number: str) -> Application:
    """An application by its number. Refuses `agency.no_enrolment`."""
    found = work.session.execute(
        select(Agency, Enrolment)
        .join(Enrolment, Enrolment.agency_id == Agency.id)
        .where(Enrolment.number == number)
    ).first()
    if found is None:
        raise NotFound("agency.no_enrolment", number=number)
    return _application(work, *found)


def _application(work: Work, row: Agency, last: Enrolment | None) -> Application:
    catalogued = catalogue.by_code(work)
    what = filled(work, row, catalogued)
    found = _corrections(work, last)
    facts = {name: getattr(last, name) if last else None for name in FACTS}
    waiting = (
        {each.section for each in found if each.mended_at is None}
        if row.state is State.RETURNED
        else set()
    )
    return Application(
        card=card(row),
        basics=what.basics,
        lines=lines(work, row.id),
        items=[catalogued[code] for code in what.requirements],
        qualifications=qualifications(work, row.id),
        commitment=_commitment(row, what, catalogued),
        signed=row.commitment,
        signed_at=row.committed_at,
        progress=rules.progress(what, waiting, work.today),
        owed=rules.owed(what, work.today),
        corrections=found,
        round=last.round if last else 1,
        due=_due(work, row.state, _case_of(row, last)) if last else None,
        answer=row.answer,
        addition=windows.live(work, rules.ADDITION, row.ref) if row.ref else None,
        departure=departure(work, row.id),
        listed=catalogue.deferrable(work, list(what.requirements)),
        documents=documents(work, row.id),
        **facts,
    )


FACTS = (
    "number",
    "submitted_at",
    "submitted_by",
    "returned_at",
    "resubmitted_at",
    "proposed_at",
    "reasons",
    "basis",
    "remedy",
    "statement",
    "stated_at",
    "decided_at",
    "lapsed_at",
    "proposed_days",
)


def _corrections(work: Work, last: Enrolment | None) -> list[CorrectionCard]:
    if last is None:
        return []
    rows = work.session.scalars(
        select(Correction).where(Correction.enrolment_id == last.id).order_by(Correction.id)
    )
    return [CorrectionCard(row.section, row.text, row.mended_at) for row in rows]


def _case_of(row: Agency, last: Enrolment) -> str:
    """The number under which an agency's days run: its own once it is enrolled."""
    return str(row.ref) if row.state is State.REVOKING else last.number


def _due(work: Work, state: State, number: str) -> Due | None:
    return _first_live(work, WAITS.get(state, ()), number)


def _first_live(work: Work, kinds: Sequence[Kind], matter: str) -> Due | None:
    return next((found for kind in kinds if (found := windows.live(work, kind, matter))), None)


def filled(work: Work, row: Agency, catalogued: Mapping[str, ItemCard] | None = None) -> Filled:
    """What an agency has filled in, as the rules look at it."""
    return _filled(work, row, catalogued or catalogue.by_code(work), qualifications(work, row.id))


def checked(work: Work, row: Agency) -> Filled:
    """The same with nothing but the certificates that the office has checked."""
    held = [each for each in qualifications(work, row.id) if each.is_checked]
    return _filled(work, row, catalogue.by_code(work), held)


def _filled(
    work: Work, row: Agency, catalogued: Mapping[str, ItemCard], held: Sequence[QualificationCard]
) -> Filled:
    what = Filled(
        basics=Basics(
            **{field.name: getattr(row, field.name) for field in dataclasses.fields(Basics)}
        ),
        uscc=row.uscc,
        requirements={
            line.item_code: catalogued[line.item_code].requirement for line in lines(work, row.id)
        },
        held=[each.held for each in held],
        unscanned=[each.name for each in held if each.file_id is None],
        is_committed=False,
    )
    what = _with_documents(work, row, what)
    text = _commitment(row, what, catalogued)
    return dataclasses.replace(what, is_committed=text is not None and row.commitment == text)


def _with_documents(work: Work, row: Agency, what: Filled) -> Filled:
    """The same with what the published list asks for the chosen items."""
    asked = [each.name for each in catalogue.deferrable(work, list(what.requirements))]
    kept = documents(work, row.id)
    known = [each for each in kept if each.name in asked]
    promised = [each for each in known if each.submitted_at is None]
    broken = (
        {each.name for each in promised if each.owed_at is not None}
        if row.state in agency_rules.EDITABLE
        else set()
    )
    names = {each.name for each in promised}
    still = row.state in agency_rules.GROWING and any(
        each.is_outstanding for each in kept
    )  # also while it is being checked
    return dataclasses.replace(
        what,
        unanswered=rules.unanswered(asked, {each.name for each in known} - names, names, broken),
        defers=still or bool(names),
    )


def commitment_of(work: Work, row: Agency) -> str | None:
    """The commitment as it must be signed now; None while no item is chosen."""
    catalogued = catalogue.by_code(work)
    return _commitment(row, filled(work, row, catalogued), catalogued)


def _commitment(row: Agency, what: Filled, catalogued: Mapping[str, ItemCard]) -> str | None:
    names = [catalogued[code].name for code in what.requirements]
    return rules.commitment_text(row.name, row.uscc, names, defers=what.defers) if names else None


def qualification_names(items: Sequence[ItemCard]) -> list[str]:
    """The certificates and filings that would do for these items, in their order."""
    return list(dict.fromkeys(name for item in items for name in item.requirement.names))


# --- the office's desk --------------------------------------------------------------------


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
            _due(work, who.state, each.number),
        )
        for each, who in rows
    ]


def objections(work: Work, limit: int = 200) -> list[ObjectionCard]:
    """Objections that wait for a decision, oldest first."""
    return [
        _objection(work, row.Objection, row.Agency)
        for row in work.session.execute(
            _objections(Objection.decided_at.is_(None)).order_by(Objection.id).limit(limit)
        )
    ]


def revocations(work: Work, limit: int = 200) -> list[tuple[AgencyCard, Due | None]]:
    """Agencies whose revocation waits for a statement or a signature, with the window that runs."""
    rows = work.session.scalars(
        select(Agency).where(Agency.state == State.REVOKING).order_by(Agency.id).limit(limit)
    )
    return [
        (card(row), _first_live(work, (rules.STATE_CASE, rules.DECIDE), row.ref or ""))
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
        if windows.live(work, rules.STATE_CASE, row.ref or "") is None
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
        for due in windows.waiting_for(work, accounts.office(work).id, limit=limit)
        if due.kind == rules.ADDITION.name
    ]
    cards = by_refs(work, [due.subject for due in dues])
    return [(cards[due.subject], due) for due in dues]


def objection(work: Work, objection_id: int) -> ObjectionCard:
    """One objection. Refuses `agency.no_objection`."""
    row = work.session.execute(_objections(Objection.id == objection_id)).first()
    if row is None:
        raise NotFound("agency.no_objection")
    return _objection(work, row.Objection, row.Agency)


def _objections(condition: ColumnElement[bool]) -> Select[Objection, Agency]:
    return (
        select(Objection, Agency)
        .join(Enrolment, Enrolment.id == Objection.enrolment_id)
        .join(Agency, Agency.id == Enrolment.agency_id)
        .where(condition)
    )


def _objection(work: Work, row: Objection, who: Agency) -> ObjectionCard:
    return ObjectionCard(
        row.id,
        card(who),
        row.reason,
        row.filed_at,
        row.outcome,
        row.answer,
        row.decided_at,
        windows.live(work, rules.OBJECTION, f"{who.ref}/{row.id}"),
    )
