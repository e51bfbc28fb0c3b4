"""Reading the disputes about a contract's money."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select

from market.contracts.models import Contract, ContractDispute
from market.contracts.rules.disputing import DisputeState, Ground
from market.db import Work, under_lock
from market.kernel.errors import NotFound
from market.kernel.shown import Parts


@dataclasses.dataclass(frozen=True)
class Disputed:
    """One dispute. Money in fen."""

    no: int
    amount_fen: int
    ground: Ground
    statement: str
    state: DisputeState
    raised_at: dt.datetime
    ended_at: dt.datetime | None


def disputes_of(work: Work, ids: Sequence[int]) -> dict[int, list[Disputed]]:
    """The disputes of contracts by their rows' ids, oldest first."""
    found: dict[int, list[Disputed]] = {}
    asked = (
        select(ContractDispute)
        .where(ContractDispute.contract_id.in_(ids))
        .order_by(ContractDispute.id)
    )
    for row in work.session.scalars(asked):
        kept = {field.name: getattr(row, field.name) for field in dataclasses.fields(Disputed)}
        found.setdefault(row.contract_id, []).append(Disputed(**kept))
    return found


def last_dispute(work: Work, contract_id: int) -> int:
    """The number of a contract's newest dispute; 0 without one."""
    asked = select(func.max(ContractDispute.no)).where(ContractDispute.contract_id == contract_id)
    return int(work.session.scalar(asked) or 0)


def open_dispute(work: Work, contract_id: int) -> ContractDispute:
    """The dispute that is open, locked. Refuses `contract.no_dispute`."""
    row = work.session.scalar(
        under_lock(
            select(ContractDispute).where(
                ContractDispute.contract_id == contract_id,
                ContractDispute.state == DisputeState.OPEN,
            )
        )
    )
    if row is None:
        raise NotFound("contract.no_dispute")
    return row


def dispute_shown(work: Work, number: str) -> Parts:
    """The dispute that is open, as its page shows it to who ends it."""
    row = work.session.scalar(
        select(ContractDispute)
        .join(Contract, Contract.id == ContractDispute.contract_id)
        .where(Contract.number == number, ContractDispute.state == DisputeState.OPEN)
        .order_by(ContractDispute.id.desc())
        .limit(1)
    )
    if row is None:
        return {}
    return {"contract_dispute.no": row.no, "contract_dispute.amount_fen": row.amount_fen}
