"""Reading the changes of a contract."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select

from market.contracts.models import AwardLetter, Contract, ContractChange
from market.contracts.rules.change import (
    ENDS,
    OPEN,
    Change,
    ChangeState,
    Reason,
    is_reason_public,
)
from market.contracts.rules.matter import Side
from market.db import Work, under_lock
from market.kernel.errors import NotFound
from market.kernel.shown import Parts


@dataclasses.dataclass(frozen=True)
class Changed:
    """One change. `days` calendar days, `amount_fen` the amount that the contract then has, `by` the
    side that asked.
    """

    no: int
    change: Change
    reason: Reason
    by: Side
    state: ChangeState
    statement: str
    objection: str
    person: str
    days: int | None
    amount_fen: int | None
    approval: str
    asked_at: dt.datetime
    asked_by: int
    answered_at: dt.datetime | None
    seconded_at: dt.datetime | None

    @property
    def names_settlement(self) -> bool:
        """Whether its amount is what is paid for the work that was done."""
        return self.change in ENDS

    @property
    def is_reason_public(self) -> bool:
        """Whether everybody may read why."""
        return is_reason_public(self.change)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


def changes_of(work: Work, contract_ids: Sequence[int]) -> dict[int, list[Changed]]:
    """The changes of contracts by their rows, in order."""
    found: dict[int, list[Changed]] = {}
    for row in work.session.scalars(
        select(ContractChange)
        .where(ContractChange.contract_id.in_(contract_ids))
        .order_by(ContractChange.no)
    ):
        found.setdefault(row.contract_id, []).append(_changed(row))
    return found


def _changed(row: ContractChange) -> Changed:
    return Changed(
        row.no,
        row.change,
        row.reason,
        row.side,
        row.state,
        row.statement,
        row.objection,
        row.person,
        row.days,
        row.amount_fen,
        row.approval,
        row.asked_at,
        row.asked_by,
        row.answered_at,
        row.seconded_at,
    )


def open_change(work: Work, contract_id: int) -> ContractChange:
    """The change that waits for a word, locked. Refuses `contract.no_change`."""
    row = _open(work, contract_id, lock=True)
    if row is None:
        raise NotFound("contract.no_change")
    return row


def waits_for_change(work: Work, contract_id: int) -> bool:
    """Whether a change waits for a word."""
    return _open(work, contract_id) is not None


def last_stop(work: Work, contract_id: int) -> ContractChange:
    """The stop that holds the work now: the newest that both know of. Refuses `contract.no_change`."""
    row = work.session.scalar(
        select(ContractChange)
        .where(
            ContractChange.contract_id == contract_id,
            ContractChange.change == Change.STOP,
            ContractChange.state == ChangeState.AGREED,
        )
        .order_by(ContractChange.no.desc())
        .limit(1)
    )
    if row is None:
        raise NotFound("contract.no_change")
    return row


def next_no(work: Work, contract_id: int) -> int:
    """The number of the next change, from 1."""
    asked = select(func.count(ContractChange.id)).where(ContractChange.contract_id == contract_id)
    return int(work.session.scalar(asked) or 0) + 1


def granted_days(work: Work, contract_id: int) -> list[int]:
    """Calendar days that extensions and stops have added to the time for delivering."""
    return [
        days
        for days in work.session.scalars(
            select(ContractChange.days).where(
                ContractChange.contract_id == contract_id,
                ContractChange.state == ChangeState.AGREED,
                ContractChange.days.is_not(None),
            )
        )
        if days is not None
    ]


def first_amount(work: Work, contract: Contract) -> int:
    """The amount (fen) of the award, which the contract had at first."""
    letter = work.session.get_one(AwardLetter, contract.award_id)
    return letter.amount_fen


def change_shown(work: Work, number: str) -> Parts:
    """The change that waits, as its page shows it to who answers or signs second."""
    row = work.session.scalar(
        select(ContractChange)
        .join(Contract, Contract.id == ContractChange.contract_id)
        .where(Contract.number == number, ContractChange.state.in_(tuple(OPEN)))
        .order_by(ContractChange.id.desc())
        .limit(1)
    )
    if row is None:
        return {}
    return {
        "contract_change.no": row.no,
        "contract_change.state": row.state.value,
        "contract_change.change": row.change.value,
        "contract_change.reason": row.reason.value,
        "contract_change.days": row.days,
        "contract_change.amount_fen": row.amount_fen,
        "contract_change.approval": row.approval,
        "contract_change.person": row.person,
        "contract_change.statement": row.statement,
    }


def _open(work: Work, contract_id: int, *, lock: bool = False) -> ContractChange | None:
    asked = select(ContractChange).where(
        ContractChange.contract_id == contract_id, ContractChange.state.in_(tuple(OPEN))
    )
    if lock:
        asked = under_lock(asked)
    return work.session.scalar(asked)
