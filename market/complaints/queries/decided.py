"""What everybody may read of a decision once it is published (docs/rules.md#decision-20): remedies,
basis, the way against it, and how timely each step was.
"""

import dataclasses
import datetime as dt

from sqlalchemy import select

from market.complaints import rules
from market.complaints.models import Complaint, Proposal
from market.complaints.queries.rows import by_key
from market.complaints.rules import Outcome, ProposalKind, ProposalState, Remedy
from market.db import Work
from market.kernel.errors import Invalid
from market.windows import queries as windows_queries
from market.windows.rules import State as WindowState

STEPS = (rules.ACCEPT, rules.DECIDE, rules.PUBLISH, rules.REMEDY, rules.CALL_BACK)
"""The duties of the bodies, in the order in which they fall due."""


@dataclasses.dataclass(frozen=True)
class Step:
    """One duty on the way: until when it was owed (exclusive), and when it was done. `is_late` also
    while it is still owed after its due.
    """

    kind: str
    due_at: dt.datetime
    done_at: dt.datetime | None
    is_late: bool


@dataclasses.dataclass(frozen=True)
class Published:
    """A published decision. `legal_basis` and `remedy_note` are "" where they hold what may not be
    published: the published text says it then.
    """

    outcome: Outcome
    decided_at: dt.datetime
    published_at: dt.datetime
    remedies: tuple[Remedy, ...]
    agency_ref: str
    legal_basis: str
    remedy_note: str
    steps: tuple[Step, ...]


def published(work: Work, number: str) -> Published | None:
    """The decision of a complaint as it is public; None before its publication. Refuses
    `complaint.none`.
    """
    row = by_key(work, number)
    if row.published_at is None or row.outcome is None:
        return None
    signed = work.session.scalars(
        select(Proposal)
        .where(
            Proposal.complaint_id == row.id,
            Proposal.kind == ProposalKind.DECIDE,
            Proposal.state == ProposalState.SIGNED,
        )
        .order_by(Proposal.id.desc())
        .limit(1)
    ).one()
    return Published(
        outcome=row.outcome,
        decided_at=signed.settled_at or row.published_at,
        published_at=row.published_at,
        remedies=tuple(Remedy(code) for code in signed.remedies.split()),
        agency_ref=signed.agency_ref,
        legal_basis=_unless_personal(row, signed.legal_basis),
        remedy_note=_unless_personal(row, signed.remedy_note),
        steps=_steps(work, number),
    )


def _unless_personal(row: Complaint, text: str) -> str:
    try:
        rules.check_redacted(text, [row.complainant_name, row.complainant_phone])
    except Invalid:
        return ""
    return text


def _steps(work: Work, number: str) -> tuple[Step, ...]:
    """Every duty that was met or is still owed; what was handed on is shown with whoever has it."""
    order = {kind.name: place for place, kind in enumerate(STEPS)}
    counted = [
        due
        for due in windows_queries.of_subject(work, number)
        if due.kind in order and due.state is not WindowState.CANCELLED
    ]
    return tuple(
        Step(
            due.kind,
            due.due_at,
            due.closed_at,
            due.overdue_at is not None
            or (due.closed_at is not None and due.closed_at >= due.due_at),
        )
        for due in sorted(counted, key=lambda due: (order[due.kind], due.id))
    )
