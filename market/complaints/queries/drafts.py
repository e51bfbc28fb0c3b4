"""Drafts, for those who write them."""

import dataclasses

from sqlalchemy import select

from market.accounts import queries as accounts
from market.complaints.models import Complaint
from market.complaints.queries.dossier import Exhibit, exhibits
from market.complaints.rules import (
    State,
)
from market.db import Work
from market.kernel.errors import NotFound


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
