"""Who an agency's legal representative is said to be, and by whose number he is told from others."""

import dataclasses
import datetime as dt

from sqlalchemy import select

from market.accounts import queries as accounts
from market.agencies import rules as agency_rules
from market.agencies.models import Agency
from market.agencies.queries import AgencyCard, by_refs, card
from market.db import Work
from market.enrolment import rules
from market.enrolment.models import RepresentativeChange
from market.windows import queries as windows_queries
from market.windows.queries import Due


@dataclasses.dataclass(frozen=True)
class RepresentativeCard:
    """The last that an agency told of its representative. `due`: the office's window while it waits;
    `reason`: why it was returned. His number is nowhere.
    """

    id: int
    name: str
    is_other: bool  # another name than the registered one
    told_at: dt.datetime
    due: Due | None
    reason: str | None

    @property
    def waits(self) -> bool:
        return self.due is not None


def waiting_row(work: Work, agency_id: int) -> RepresentativeChange | None:
    """What an agency told and nobody has answered yet."""
    last = _last(work, agency_id)
    is_open = last is not None and last.confirmed_at is None and last.returned_at is None
    return last if is_open else None


def representative(work: Work, row: Agency) -> RepresentativeCard | None:
    """The last that an agency told of its representative, None where it told nothing since it was
    enrolled.
    """
    last = _last(work, row.id)
    if last is None:
        return None
    return RepresentativeCard(
        last.id,
        last.name,
        last.name != row.legal_representative,
        last.told_at,
        windows_queries.live(work, rules.REPRESENTATIVE, str(row.ref)),
        last.reason,
    )


def representatives(work: Work, limit: int = 200) -> list[tuple[AgencyCard, Due]]:
    """Agencies whose representative waits for the office, soonest due first."""
    dues = [
        due
        for due in windows_queries.waiting_for(work, accounts.office(work).id, limit=limit)
        if due.kind == rules.REPRESENTATIVE.name
    ]
    cards = by_refs(work, [due.subject for due in dues])
    return [(cards[due.subject], due) for due in dues]


def owing_representative(work: Work) -> list[AgencyCard]:
    """The actor's own agency, where it was enrolled before numbers were asked for and has told none
    since.
    """
    row = work.session.scalar(
        select(Agency).where(
            Agency.organisation_id == work.actor.organisation_id,
            Agency.state.in_(agency_rules.GROWING),
            Agency.representative_digest.is_(None),
        )
    )
    return [card(row)] if row is not None and waiting_row(work, row.id) is None else []


def _last(work: Work, agency_id: int) -> RepresentativeChange | None:
    return work.session.scalar(
        select(RepresentativeChange)
        .where(RepresentativeChange.agency_id == agency_id)
        .order_by(RepresentativeChange.id.desc())
        .limit(1)
    )
