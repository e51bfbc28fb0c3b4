"""How far an application is: for the agency that fills it in, and for the office that checks it."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from market.agencies import rules as agency_rules
from market.agencies.models import Agency
from market.agencies.queries import (
    AgencyCard,
    Line,
    QualificationCard,
    card,
    lines,
    qualifications,
)
from market.agencies.rules import State
from market.catalogue import queries as catalogue
from market.catalogue.queries import DeferrableCard, ItemCard
from market.db import Work
from market.enrolment import rules
from market.enrolment.models import Correction, Enrolment
from market.enrolment.queries.departures import DepartureCard, departure
from market.enrolment.queries.documents import DocumentCard, documents
from market.enrolment.queries.filling import commitment_text_of, filled
from market.enrolment.queries.representative import RepresentativeCard, representative
from market.enrolment.queries.rows import due_in, last_enrolment
from market.enrolment.rules import Basics, Progress, Section
from market.kernel.errors import Invalid, NotFound
from market.windows import queries as windows_queries
from market.windows.queries import Due


@dataclasses.dataclass(frozen=True)
class CorrectionCard:
    """One line of the correction list."""

    section: Section
    field: str | None
    text: str
    mended_at: dt.datetime | None
    answer: str | None


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
    representative: RepresentativeCard | None
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
    def is_enrolled(self) -> bool:
        """Whether the agency is in business and nothing has begun that may end it."""
        return self.card.state in agency_rules.GROWING

    @property
    def is_editable(self) -> bool:
        return self.card.state in agency_rules.EDITABLE


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
        commitment=commitment_text_of(row, what, catalogued),
        signed=row.commitment,
        signed_at=row.committed_at,
        progress=rules.progress(what, waiting, work.today),
        owed=rules.owed(what, work.today),
        corrections=found,
        round=last.round if last else 1,
        due=due_in(work, row.state, _case_of(row, last)) if last else None,
        answer=row.answer,
        addition=windows_queries.live(work, rules.ADDITION, row.ref) if row.ref else None,
        representative=representative(work, row),
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
    return [
        CorrectionCard(row.section, row.field, row.text, row.mended_at, row.answer) for row in rows
    ]


def _case_of(row: Agency, last: Enrolment) -> str:
    """The number under which an agency's days run: its own once it is enrolled."""
    return str(row.ref) if row.state is State.REVOKING else last.number


def specialities(items: Sequence[ItemCard]) -> list[str]:
    """The specialities that would do for these items, in their order."""
    return list(
        dict.fromkeys(
            name for item in items for group in item.requirement.specialities for name in group
        )
    )


def qualification_names(items: Sequence[ItemCard]) -> list[str]:
    """The certificates and filings that would do for these items, in their order."""
    return list(dict.fromkeys(name for item in items for name in item.requirement.names))
