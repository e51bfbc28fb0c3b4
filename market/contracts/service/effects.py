"""What becomes of a contract when a change counts: more days, another amount, a stop, an end."""

from collections.abc import Callable, Mapping

from market.contracts import queries
from market.contracts.events.change import (
    ChangeVoid,
    ContractChanged,
    ContractTerminated,
    SettlementDue,
)
from market.contracts.models import Contract, ContractChange
from market.contracts.rules.change import (
    ANSWER,
    OBJECT,
    SETTLE,
    STOPPED,
    Change,
    ChangeState,
    days_stood,
    is_reason_public,
    move_change,
)
from market.contracts.rules.matter import (
    DELIVER,
    INSPECT,
    PAY,
    PROGRESS,
    REWORK,
    START,
    ContractState,
    move_contract,
)
from market.contracts.service.course import open_delivery
from market.contracts.service.paying import close_paid
from market.db import Work
from market.kernel.clock import local_date
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.notices.rules.states import NoticeState
from market.selection.results import service as result_service
from market.windows import service as windows
from market.windows.rules import State as WindowState

WORKING = (DELIVER, REWORK, PROGRESS)


def take_effect(work: Work, contract: Contract, row: ContractChange) -> None:
    """A change counts from now on: both want it, one side may do it alone, or an end by one side has
    come (`stood`).
    """
    row.was = contract.state
    work.session.flush()  # What is counted below sees this change.
    EFFECTS[row.change](work, contract, row)
    changes_amount = row.change in AMOUNTS and row.state is ChangeState.AGREED
    record(
        work,
        ContractChanged(
            subject=contract.notice_number,
            contract=contract.number,
            no=row.no,
            change=row.change.value,
            reason=row.reason.value if is_reason_public(row.change) else None,
            by=row.side.value,
            days=row.days,
            amount_fen=row.amount_fen if changes_amount and contract.is_public_money else None,
        ),
    )
    if contract.state is ContractState.ENDED:
        close_paid(work, contract)


AMOUNTS = frozenset({Change.AMOUNT, Change.END, Change.CANCEL, Change.SETTLE})


def _extend(work: Work, contract: Contract, row: ContractChange) -> None:
    """More days from the start; before it they are kept for it."""
    if contract.started_on is not None:
        windows.close(work, DELIVER, contract.number, state=WindowState.CANCELLED)
        open_delivery(work, contract, contract.started_on)


def _reprice(work: Work, contract: Contract, row: ContractChange) -> None:
    contract.amount_fen = int(row.amount_fen or 0)


def _rescope(work: Work, contract: Contract, row: ContractChange) -> None:
    """What is done stands in the words of the change, which both sides have signed."""


def _lead(work: Work, contract: Contract, row: ContractChange) -> None:
    contract.head = row.person


def _stop(work: Work, contract: Contract, row: ContractChange) -> None:
    """The clocks of the work stand still; after `stop_days` the owner owes an end or a resumption."""
    contract.state = move_contract(contract.state, ContractState.STOPPED)
    for kind in WORKING:
        windows.pause(work, kind, contract.number)
    book = rulebooks.version(work, contract.rulebook)
    windows.open_counted(
        work,
        STOPPED,
        subject=contract.number,
        span=book.window(Rulebook.stop_days),
        rulebook=book.version,
        responsible_id=contract.owner_organisation_id,
    )


def _resume(work: Work, contract: Contract, row: ContractChange) -> None:
    """The work goes on where it stood; the days of the stop are known now."""
    stop = queries.last_stop(work, contract.id)
    stop.days = days_stood(local_date(stop.answered_at or stop.asked_at), work.today)
    contract.state = move_contract(contract.state, stop.was)
    for kind in WORKING:
        windows.resume_counting(work, kind, contract.number)
    windows.close(work, STOPPED, contract.number)


def _end(work: Work, contract: Contract, row: ContractChange) -> None:
    """Nothing more is delivered; what was done is paid as both have agreed."""
    stop_work(work, contract, ContractState.ENDED)
    _settled(work, contract, row)


def _cancel(work: Work, contract: Contract, row: ContractChange) -> None:
    """One side has ended the contract. Where the other takes the amount, it is paid; else both have
    `settle_days` to agree on one.
    """
    if row.state is ChangeState.AGREED:
        _end(work, contract, row)
        return
    stop_work(work, contract, ContractState.SETTLING)
    _ask_settlement(work, contract)


def _settle(work: Work, contract: Contract, row: ContractChange) -> None:
    """Both have agreed on what is paid for the work that was done."""
    contract.state = move_contract(contract.state, ContractState.ENDED)
    windows.close(work, SETTLE, contract.number)
    _settled(work, contract, row)


def _settled(work: Work, contract: Contract, row: ContractChange) -> None:
    contract.amount_fen = int(row.amount_fen or 0)
    if contract.amount_fen:
        windows.open_counted(
            work,
            PAY,
            subject=contract.number,
            span=(contract.pay_days, "calendar_day"),
            rulebook=contract.rulebook,
            responsible_id=contract.owner_organisation_id,
        )


def stop_work(work: Work, contract: Contract, to: ContractState) -> None:
    """The work is over before it was done: its clocks stop, and what it was bought for may be listed
    again.
    """
    contract.state = move_contract(contract.state, to)
    for kind in (START, *WORKING, INSPECT, STOPPED):
        windows.close(work, kind, contract.number, state=WindowState.CANCELLED)
    result_service.move_service(work, number=contract.notice_number, to=NoticeState.TERMINATED)


def _ask_settlement(work: Work, contract: Contract) -> None:
    book = rulebooks.version(work, contract.rulebook)
    due = windows.open_counted(
        work,
        SETTLE,
        subject=contract.number,
        span=book.window(Rulebook.settle_days),
        rulebook=book.version,
        responsible_id=contract.owner_organisation_id,
    )
    record(
        work,
        SettlementDue(subject=contract.notice_number, contract=contract.number, due=due.due_at),
    )


def terminate(work: Work, contract: Contract, *, by: str) -> None:
    """A decision ends the contract (`by` is the body's reference): a change that waits falls, and both
    agree on what is paid for the work that was done.
    """
    drop_change(work, contract)
    contract.terminated_at = work.now
    stop_work(work, contract, ContractState.SETTLING)
    _ask_settlement(work, contract)
    record(
        work,
        ContractTerminated(
            subject=contract.notice_number,
            contract=contract.number,
            winner=contract.winner,
            body=by,
        ),
    )


def drop_change(work: Work, contract: Contract) -> None:
    """What waits for a word is worth nothing any more: the contract has gone on without it."""
    if not queries.waits_for_change(work, contract.id):
        return
    row = queries.open_change(work, contract.id)
    row.state = move_change(row.state, ChangeState.VOID)
    for kind in (ANSWER, OBJECT):
        windows.close(work, kind, contract.number, state=WindowState.CANCELLED)
    record(work, ChangeVoid(subject=contract.notice_number, contract=contract.number, no=row.no))


EFFECTS: Mapping[Change, Callable[[Work, Contract, ContractChange], None]] = {
    Change.EXTEND: _extend,
    Change.AMOUNT: _reprice,
    Change.SCOPE: _rescope,
    Change.PERSON: _lead,
    Change.STOP: _stop,
    Change.RESUME: _resume,
    Change.END: _end,
    Change.CANCEL: _cancel,
    Change.SETTLE: _settle,
}
"""What becomes of the contract when a change counts."""
