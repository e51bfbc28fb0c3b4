"""What every step of a complaint shares: whose complaint it is, who may touch it, what is put on
the log and on its clock log.
"""

from market.accounts.rules import organisation_ref
from market.complaints import permissions, queries, rules
from market.complaints.models import Act, Complaint
from market.db import Work
from market.kernel.errors import NotFound, NotPermitted
from market.kernel.events import Event
from market.ledger.service import record

ref = organisation_ref


def put(work: Work, row: Complaint, event: Event, note: str = "") -> None:
    """Record a fact on the public log and, with the words that are not public, on the complaint's
    clock log.
    """
    record(work, event)
    work.session.add(
        Act(
            complaint_id=row.id,
            act=event.kind,
            person_id=work.actor.person_id,
            organisation_id=work.actor.organisation_id,
            note=note,
            at=work.now,
        )
    )


def number_of(row: Complaint) -> str:
    """The number of a filed complaint."""
    if row.number is None:
        raise AssertionError("unreachable")
    return row.number


def to_handle(work: Work, number: str, action: str) -> Complaint:
    """The complaint, locked, for one of the body that handles it who need not keep out.

    Refuses `not_permitted`, `complaint.none` (also for another body's) and `complaint.recused_*`.
    """
    permissions.require(work.actor, action)
    row = queries.locked(work, number)
    if row.body_id != work.actor.organisation_id:
        raise NotFound("complaint.none")
    keep_out(work, row)
    return row


def keep_out(work: Work, row: Complaint) -> None:
    """Refuse one who may not touch this complaint: `complaint.recused_` with complainant, reviewer,
    member, interest.
    """
    why = queries.recusal(work, row, work.actor.person_id or 0)
    if why is not None:
        raise NotPermitted(f"complaint.recused_{why}")


def is_complainant(work: Work, row: Complaint) -> bool:
    """Whether the actor filed it, or acts for the organisation that did."""
    # neither where staff registered it
    person = row.complainant_person_id
    firm = row.complainant_organisation_id
    return (person is not None and person == work.actor.person_id) or (
        firm is not None and firm == work.actor.organisation_id
    )


def own(work: Work, number: str) -> Complaint:
    """The complainant's own complaint, locked. Refuses `complaint.none`."""
    row = queries.locked(work, number)
    if not is_complainant(work, row):
        raise NotFound("complaint.none")
    return row


def move(row: Complaint, new: rules.State) -> None:
    """Take the step to a state. Refuses `complaint.wrong_state`."""
    row.state = rules.move_state(row.state, new)
