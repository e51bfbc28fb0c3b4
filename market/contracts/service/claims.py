"""The agency asks the owner to confirm what it owes, or demands it (docs/rules.md#claims)."""

import base64

from market.contracts import permissions, queries
from market.contracts.events.claim import ClaimAnswered, ClaimAsked, PaymentDemanded
from market.contracts.models import Contract, ContractClaim
from market.contracts.rules.claim import (
    ANSWER_DAYS,
    CONFIRM_CLAIM,
    Claim,
    ClaimState,
    check_claim,
    move_claim,
)
from market.contracts.service.course import agencys, owners_own
from market.db import Work
from market.kernel.errors import Invalid
from market.kernel.shown import check_shown, signs
from market.ledger.service import record
from market.submissions import sent
from market.windows import service as windows
from market.windows.rules import State as WindowState

CODE_BYTES = 10


@signs(queries.owed_shown, key="number")
def ask_claim(work: Work, *, number: str, shown: str, submission_key: str | None = None) -> int:
    """The agency asks the owner to confirm what it owes, for a bank; the owner has ANSWER_DAYS. The same
    form sent again asks once. Returns the claim's number.

    Refuses `not_permitted`, `contract.none`, `contract.nothing_owed`, `contract.claim_waits`,
    `shown.changed`.
    """
    permissions.require(work.actor, "contract.claim")
    contract = agencys(work, number)
    once = sent(work, submission_key, f"contract.claim {number}")
    if once.again:
        return queries.last_claim(work, contract.id)
    check_shown(shown, queries.owed_shown(work, number))
    row = _claimed(work, contract, Claim.RECEIVABLE, once.key)
    due = windows.open_counted(
        work,
        CONFIRM_CLAIM,
        subject=number,
        matter=f"{number}:{row.no}",
        span=(ANSWER_DAYS, "calendar_day"),
        rulebook=contract.rulebook,
        responsible_id=contract.owner_organisation_id,
    )
    record(
        work,
        ClaimAsked(subject=contract.notice_number, contract=number, no=row.no, due=due.due_at),
    )
    return row.no


@signs(queries.owed_shown, key="number")
def demand(work: Work, *, number: str, shown: str, submission_key: str | None = None) -> int:
    """The agency demands what is late; the letter leaves at its click and never before. The same form
    sent again sends one. Returns the claim's number.

    Refuses `not_permitted`, `contract.none`, `contract.nothing_owed`, `contract.not_late`,
    `contract.demanded_lately`, `shown.changed`.
    """
    permissions.require(work.actor, "contract.claim")
    contract = agencys(work, number)
    once = sent(work, submission_key, f"contract.demand {number}")
    if once.again:
        return queries.last_claim(work, contract.id)
    check_shown(shown, queries.owed_shown(work, number))
    row = _claimed(work, contract, Claim.DEMAND, once.key)
    record(
        work,
        PaymentDemanded(
            subject=contract.notice_number, contract=number, no=row.no, days=row.days_late
        ),
    )
    return row.no


def _claimed(work: Work, contract: Contract, claim: Claim, key: str) -> ContractClaim:
    standing = queries.standing(work, contract)
    check_claim(claim, standing, work.today)
    row = ContractClaim(
        contract_id=contract.id,
        no=queries.last_claim(work, contract.id) + 1,
        submission_key=key,
        claim=claim,
        state=ClaimState.ASKED if claim is Claim.RECEIVABLE else ClaimState.SENT,
        amount_fen=standing.left_fen,
        days_late=standing.days_late,
        code=base64.b32encode(work.entropy(CODE_BYTES)).decode(),
        asked_at=work.now,
        asked_by=work.actor.person_id or 0,
    )
    work.session.add(row)
    return row


@signs(queries.claim_shown, key="number")
def answer_claim(
    work: Work, *, number: str, is_confirmed: bool, shown: str, reasons: str = ""
) -> None:
    """The owner confirms what it owes, or says in words why not. What was paid meanwhile is not owed and
    cannot be confirmed.

    Refuses `not_permitted`, `contract.none`, `contract.no_claim`, `contract.claim_reasons` (field
    reasons), `contract.claim_paid` (field decision), `shown.changed`.
    """
    permissions.require(work.actor, "contract.claim_answer")
    contract = owners_own(work, number)
    row = queries.open_claim(work, contract.id)
    check_shown(shown, queries.claim_shown(work, number))
    if not is_confirmed and not reasons:
        raise Invalid("contract.claim_reasons", field="reasons")
    if is_confirmed and row.amount_fen > queries.money_owed(work, contract)[0]:
        raise Invalid("contract.claim_paid", field="decision")
    row.state = move_claim(row.state, ClaimState.CONFIRMED if is_confirmed else ClaimState.REFUSED)
    row.reasons = "" if is_confirmed else reasons
    row.answered_at = work.now
    row.answered_by = work.actor.person_id
    windows.close(work, CONFIRM_CLAIM, f"{number}:{row.no}")
    record(
        work,
        ClaimAnswered(
            subject=contract.notice_number, contract=number, no=row.no, confirmed=is_confirmed
        ),
    )


def overtake_claim(work: Work, contract: Contract) -> None:
    """The whole money came before the owner answered: nothing is left to confirm."""
    row = queries.waiting_claim(work, contract.id)
    if row is None:
        return
    row.state = move_claim(row.state, ClaimState.REFUSED)
    windows.close(work, CONFIRM_CLAIM, f"{contract.number}:{row.no}", state=WindowState.CANCELLED)
