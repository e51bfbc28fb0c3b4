"""The owner disputes a part of the money; the rest is due as before (docs/rules.md#payment)."""

from market.contracts import permissions, queries
from market.contracts.events.dispute import DisputeEnded, PaymentDisputed
from market.contracts.models import Contract, ContractDispute
from market.contracts.rules.disputing import (
    Dispute,
    DisputeState,
    check_dispute,
    move_dispute,
)
from market.contracts.service.course import agencys, owners_own
from market.contracts.service.paying import close_paid, let_run
from market.db import Work
from market.kernel.shown import check_shown, signs
from market.ledger.service import record
from market.submissions import sent


def dispute(
    work: Work, *, number: str, disputed: Dispute, submission_key: str | None = None
) -> None:
    """The owner says that a part of what is unpaid is not owed. With nothing else unpaid the time for
    paying stands still. The same form sent again disputes nothing more.

    Refuses `not_permitted`, `contract.none` and what `check_dispute` refuses.
    """
    permissions.require(work.actor, "contract.dispute")
    contract = owners_own(work, number)
    once = sent(work, submission_key, f"contract.dispute {number}", disputed)
    if once.again:
        return
    check_dispute(disputed, contract.state, queries.due_fen(work, contract), contract.disputed_fen)
    row = ContractDispute(
        contract_id=contract.id,
        no=queries.last_dispute(work, contract.id) + 1,
        submission_key=once.key,
        amount_fen=disputed.amount_fen,
        ground=disputed.ground,
        statement=disputed.statement,
        state=DisputeState.OPEN,
        raised_at=work.now,
        raised_by=work.actor.person_id or 0,
    )
    work.session.add(row)
    contract.disputed_fen = disputed.amount_fen
    let_run(work, contract)
    record(work, PaymentDisputed(subject=contract.notice_number, contract=number, no=row.no))


@signs(queries.dispute_shown, key="number")
def drop_dispute(work: Work, *, number: str, shown: str) -> None:
    """The owner says no more that the part is not owed: it is due, and the time for paying goes on.

    Refuses `not_permitted`, `contract.none`, `contract.no_dispute`, `shown.changed`.
    """
    permissions.require(work.actor, "contract.dispute")
    _end(work, owners_own(work, number), shown, DisputeState.DROPPED)


@signs(queries.dispute_shown, key="number")
def allow_dispute(work: Work, *, number: str, shown: str) -> None:
    """The agency agrees that the part is not owed; with the rest paid the matter closes.

    Refuses as `drop_dispute` does.
    """
    permissions.require(work.actor, "contract.allow")
    contract = agencys(work, number)
    _end(work, contract, shown, DisputeState.ALLOWED)
    close_paid(work, contract)


def _end(work: Work, contract: Contract, shown: str, to: DisputeState) -> None:
    row = queries.open_dispute(work, contract.id)
    check_shown(shown, queries.dispute_shown(work, contract.number))
    row.state = move_dispute(row.state, to)
    row.ended_at = work.now
    row.ended_by = work.actor.person_id
    contract.disputed_fen = 0
    if to is DisputeState.ALLOWED:
        contract.waived_fen += row.amount_fen
    let_run(work, contract)
    record(
        work,
        DisputeEnded(
            subject=contract.notice_number,
            contract=contract.number,
            no=row.no,
            outcome=to.value,
        ),
    )
