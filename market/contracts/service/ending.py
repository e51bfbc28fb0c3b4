"""A decision about a complaint ends a contract that binds both (docs/rules.md#remedies-after-contract)."""

from market.contracts import queries
from market.contracts.rules.change import ENDABLE
from market.contracts.service.effects import terminate
from market.db import Work
from market.kernel.errors import Refusal


def can_end(work: Work, notice_number: str) -> bool:
    """Whether the matter of a notice can still be ended: its work is not accepted, and it has not
    ended.
    """
    return queries.state_on_notice(work, notice_number) in ENDABLE


def end_by_decision(work: Work, notice_number: str, by: str) -> None:
    """End the matter of a notice at the signature; `by` is the reference of the body that decided.

    Refuses `complaint.remedy_impossible` where it cannot be ended any more.
    """
    contract = queries.row_on_notice(work, notice_number)
    if contract is None or contract.state not in ENDABLE:
        raise Refusal("complaint.remedy_impossible")
    terminate(work, contract, by=by)
