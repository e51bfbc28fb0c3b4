"""Reading what agencies ask for about money that is owed."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select

from market.contracts.models import Contract, ContractClaim
from market.contracts.queries.payments import money_owed
from market.contracts.rules.claim import Claim, ClaimState, Standing
from market.db import Work, under_lock
from market.kernel.clock import local_date
from market.kernel.errors import NotFound
from market.kernel.shown import Parts


@dataclasses.dataclass(frozen=True)
class Claimed:
    """One claim. Money in fen; `days_late` when it was made; `code` is on its paper, for whoever checks
    it.
    """

    no: int
    claim: Claim
    state: ClaimState
    amount_fen: int
    days_late: int
    code: str
    reasons: str
    asked_at: dt.datetime
    answered_at: dt.datetime | None

    @property
    def is_overtaken(self) -> bool:
        """Whether the money came before the owner answered."""
        return self.state is ClaimState.REFUSED and self.answered_at is None


def claims_of(work: Work, contract_ids: Sequence[int]) -> dict[int, list[Claimed]]:
    """The claims of contracts by their rows, in order."""
    found: dict[int, list[Claimed]] = {}
    asked = select(ContractClaim).where(ContractClaim.contract_id.in_(contract_ids))
    for row in work.session.scalars(asked.order_by(ContractClaim.no)):
        found.setdefault(row.contract_id, []).append(_card(row))
    return found


def _card(row: ContractClaim) -> Claimed:
    return Claimed(
        **{field.name: getattr(row, field.name) for field in dataclasses.fields(Claimed)}
    )


def confirmed_claim(work: Work, code: str) -> tuple[Contract, Claimed]:
    """The confirmation that a paper's code names, with its contract, for whoever holds the paper.
    Refuses `contract.no_claim`.
    """
    row = work.session.scalar(
        select(ContractClaim).where(
            ContractClaim.code == code.strip().upper(), ContractClaim.state == ClaimState.CONFIRMED
        )
    )
    if row is None:
        raise NotFound("contract.no_claim")
    return work.session.get_one(Contract, row.contract_id), _card(row)


def contract_of(work: Work, number: str) -> Contract:
    """The newest matter under a number, for its papers; who may read it its caller asks. Refuses
    `contract.none`.
    """
    row = work.session.scalar(
        select(Contract).where(Contract.number == number).order_by(Contract.id.desc()).limit(1)
    )
    if row is None:
        raise NotFound("contract.none")
    return row


def last_claim(work: Work, contract_id: int) -> int:
    """The number of a matter's newest claim, 0 without one."""
    asked = select(func.max(ContractClaim.no)).where(ContractClaim.contract_id == contract_id)
    return int(work.session.scalar(asked) or 0)


def open_claim(work: Work, contract_id: int) -> ContractClaim:
    """The claim that waits for the owner, locked. Refuses `contract.no_claim`."""
    row = waiting_claim(work, contract_id)
    if row is None:
        raise NotFound("contract.no_claim")
    return row


def waiting_claim(work: Work, contract_id: int) -> ContractClaim | None:
    """The claim that waits for the owner, locked, if there is one."""
    return work.session.scalar(
        under_lock(
            select(ContractClaim).where(
                ContractClaim.contract_id == contract_id, ContractClaim.state == ClaimState.ASKED
            )
        )
    )


def standing(work: Work, contract: Contract) -> Standing:
    """What a claim about a matter is held against."""
    known = claims_of(work, [contract.id]).get(contract.id, [])
    demands = [local_date(each.asked_at) for each in known if each.claim is Claim.DEMAND]
    left_fen, days = money_owed(work, contract)
    return Standing(
        state=contract.state,
        left_fen=left_fen,
        days_late=days,
        demanded_on=demands[-1] if demands else None,
        is_asked=any(each.state is ClaimState.ASKED for each in known),
    )


def claim_shown(work: Work, number: str) -> Parts:
    """The claim that waits, as its page shows it to the owner, and what is unpaid beside it."""
    row = work.session.scalar(
        select(ContractClaim)
        .join(Contract, Contract.id == ContractClaim.contract_id)
        .where(Contract.number == number, ContractClaim.state == ClaimState.ASKED)
        .order_by(ContractClaim.id.desc())
        .limit(1)
    )
    if row is None:
        return {}
    return {
        "contract_claim.no": row.no,
        "contract_claim.amount_fen": row.amount_fen,
        **owed_shown(work, number),
    }


def owed_shown(work: Work, number: str) -> Parts:
    """What is unpaid, as the agency reads it before it asks for it."""
    return {"contract.left_fen": money_owed(work, contract_of(work, number))[0]}
