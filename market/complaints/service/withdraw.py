"""The complainant takes his complaint back."""
from market.complaints import permissions, rules
from market.complaints.events import ComplaintWithdrawn
from market.complaints.rules import State
from market.complaints.service.accept import void_proposal
from market.complaints.service.course import let_go, move, own, put
from market.db import Work


def withdraw(work: Work, *, number: str, note: str = "") -> None:
    """Withdraw one's own complaint, until it is decided; the hold ends, and the same facts are not heard again.

    Refuses `not_permitted`, `complaint.none`, `complaint.wrong_state`: who comes second, the signatory or the complainant,
    finds what the first did.
    """
    permissions.require(work.actor, "complaint.withdraw")
    row = own(work, number)
    rules.move_state(row.state, State.WITHDRAWN)
    void_proposal(work, row)
    move(row, State.WITHDRAWN)
    put(work, row, ComplaintWithdrawn(subject=number), note)
    let_go(work, row)
