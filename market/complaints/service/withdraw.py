"""The complainant takes his complaint back: online by himself, else through the body, where two
persons see to it.
"""

from market.complaints import permissions, queries
from market.complaints.models import Proposal
from market.complaints.rules import ProposalKind
from market.complaints.service.accept import propose, void_proposal
from market.complaints.service.holds import check_withdrawable, finding_of, withdrawn
from market.complaints.service.steps import own, to_handle
from market.db import Work
from market.kernel.errors import Invalid, Refusal
from market.kernel.shown import signs
from market.kernel.visible import trimmed


def withdraw(work: Work, *, number: str, note: str) -> None:
    """Withdraw one's own complaint in writing and with the reason, until it is decided; the hold
    ends, and the same facts are not heard again. Where a serious violation was found already, it is
    noted
    and the body goes on (docs/rules.md#investigation).

    Refuses `not_permitted`, `complaint.none`, `complaint.withdrawn_before`,
    `complaint.wrong_state`: who comes second, the signatory or the complainant, finds what the
    first did; `complaint.no_withdrawal_reason`.
    """
    permissions.require(work.actor, "complaint.withdraw")
    row = own(work, number)
    check_withdrawable(row)
    if not trimmed(note):
        raise Invalid("complaint.no_withdrawal_reason", field="note")
    if finding_of(work, row) is None:
        void_proposal(work, row)
    withdrawn(work, row, trimmed(note))


@signs(queries.case_shown, key="number")
def propose_withdrawal(work: Work, *, number: str, reasons: str, shown: str) -> int:
    """Propose that a complaint which staff registered be withdrawn, as its complainant asked, who
    has no account to do it; `reasons` says how he asked. Once another person signs it acts as
    `withdraw`. Returns the proposal's id.

    Refuses as `to_handle`, `complaint.withdrawn_online` when it was filed online,
    `complaint.withdrawn_before`, `complaint.wrong_state`, `complaint.proposal_waits`,
    `shown.changed`.
    """
    row = to_handle(work, number, "complaint.handle")
    if row.registered_by is None:
        raise Refusal("complaint.withdrawn_online")
    check_withdrawable(row)
    return propose(
        work,
        row,
        Proposal(kind=ProposalKind.WITHDRAW, reasons=reasons, legal_basis="", remedy_note=""),
        shown=shown,
    )
