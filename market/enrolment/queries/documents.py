"""Documents of the published list (容缺材料清单): what an agency still owes, and until when."""

import dataclasses
import datetime as dt
from collections.abc import Collection

from sqlalchemy import ColumnElement, select

from market.agencies.models import Agency
from market.db import Work
from market.enrolment import rules
from market.enrolment.models import AgencyDocument
from market.kernel.errors import NotFound
from market.kernel.shown import Parts, token
from market.windows import queries as windows_queries
from market.windows.queries import Due

OUTSTANDING = (AgencyDocument.owed_at.is_not(None), AgencyDocument.accepted_at.is_(None))
"""Put off at the enrolment and not accepted yet."""


@dataclasses.dataclass(frozen=True)
class DocumentCard:
    """A document that an agency owes or has handed in. `days` are working days; `file_id` is not
    for the public.

    `submitted_at` is None while the agency must act; `due` is its window, None once it was accepted
    or before the application has passed.
    """

    id: int
    name: str
    days: int
    file_id: int | None
    submitted_at: dt.datetime | None
    owed_at: dt.datetime | None
    returned_at: dt.datetime | None
    reason: str | None
    accepted_at: dt.datetime | None
    due: Due | None

    @property
    def is_outstanding(self) -> bool:
        """Whether it was put off at the enrolment and is not accepted yet."""
        return self.owed_at is not None and self.accepted_at is None

    @property
    def is_missing(self) -> bool:
        """Whether it is the agency's turn."""
        return self.is_outstanding and self.submitted_at is None

    @property
    def is_late(self) -> bool:
        """Whether the clock has seen its due pass, and it is still the agency's turn."""
        return self.is_missing and self.due is not None and self.due.overdue_at is not None

    @property
    def parts(self) -> Parts:
        """What the office looks at before it accepts or returns it."""
        return {
            "document.id": self.id,
            "document.file": self.file_id,
            "document.submitted_at": self.submitted_at,
        }

    @property
    def shown(self) -> str:
        """The token that the office's deed carries."""
        return token(self.parts)

    def is_due(self, now: dt.datetime) -> bool:
        """Whether its due has passed by then, swept or not; one that is provisional has none
        (docs/rules.md#calendar).
        """
        return (
            self.is_missing
            and self.due is not None
            and self.due.due_at <= now
            and not self.due.is_provisional
        )


def outstanding_documents(work: Work, organisation_id: int) -> tuple[DocumentCard, ...]:
    """What an agency has still to complete of its enrolment, by name; empty: it may be confirmed as
    winner.

    A document counts until the office has accepted it.
    """
    return tuple(
        each
        for each in _cards(work, Agency.organisation_id == organisation_id)
        if each.is_outstanding
    )


def documents(work: Work, agency_id: int) -> list[DocumentCard]:
    """Every document of the list that an agency has handed in or promised, by name."""
    return _cards(work, Agency.id == agency_id)


def documents_by_id(work: Work, ids: Collection[int]) -> dict[int, DocumentCard]:
    """These documents, by their ids."""
    return {each.id: each for each in _cards(work, AgencyDocument.id.in_(ids))}


def document_shown(work: Work, document_id: int) -> Parts:
    """A document that came later, as the desk shows it."""
    found = documents_by_id(work, [document_id]).get(document_id)
    return {} if found is None else found.parts


def owner_of_document(work: Work, document_id: int) -> str:
    """The platform number of the agency that owes a document. Refuses `agency.no_document`."""
    ref = work.session.scalar(
        select(Agency.ref)
        .join(AgencyDocument, AgencyDocument.agency_id == Agency.id)
        .where(AgencyDocument.id == document_id, AgencyDocument.owed_at.is_not(None))
    )
    if ref is None:
        raise NotFound("agency.no_document")
    return str(ref)


def due_until(work: Work, agency_id: int) -> Due | None:
    """The earliest window of what an agency has still to hand in: what the public is told, and not
    of which document.
    """
    dues = [each.due for each in documents(work, agency_id) if each.is_outstanding and each.due]
    return min(dues, key=lambda due: due.due_at, default=None)


def matter(ref: str | None, document_id: int) -> str:
    """The key of a document's windows."""
    return f"{ref}:{document_id}"


def _cards(work: Work, condition: ColumnElement[bool]) -> list[DocumentCard]:
    rows = work.session.execute(
        select(AgencyDocument, Agency.ref)
        .join(Agency, Agency.id == AgencyDocument.agency_id)
        .where(condition)
        .order_by(AgencyDocument.name)
    )
    return [
        DocumentCard(
            row.id,
            row.name,
            row.days,
            row.file_id,
            row.submitted_at,
            row.owed_at,
            row.returned_at,
            row.reason,
            row.accepted_at,
            windows_queries.live(work, rules.DEFERRED, matter(ref, row.id)),
        )
        for row, ref in rows
    ]
