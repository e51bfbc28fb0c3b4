"""Both sides change what binds them: one asks, the other answers, and only then it counts.

An owner may stop the work alone, and either lets it go on. Silence grants nothing and is noted
(docs/rules.md#contract-changes).
"""

import datetime as dt
from collections.abc import Callable, Mapping

from market.contracts import permissions, queries
from market.contracts.events.change import (
    ChangeAgreed,
    ChangeAsked,
    ChangeRefused,
    ChangeWithdrawn,
    ContractChanged,
)
from market.contracts.models import Contract, ContractChange
from market.contracts.rules.change import (
    ANSWER,
    AT_ONCE,
    STATES,
    STOPPED,
    Asked,
    Bound,
    Change,
    ChangeState,
    check_change,
    days_stood,
    is_above_cap,
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
    Side,
    move_contract,
)
from market.contracts.service.course import open_delivery
from market.contracts.service.paying import close_paid
from market.db import Work
from market.kernel.clock import local_date
from market.kernel.errors import NotFound, Refusal
from market.kernel.shown import another_person, check_shown, signs
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.notices.rules.states import NoticeState
from market.selection.results import service as result_service
from market.windows import service as windows
from market.windows.rules import State as WindowState

WORKING = (DELIVER, REWORK, PROGRESS)


def ask_change(work: Work, *, number: str, asked: Asked) -> None:
    """One side asks for a change of its contract; the other has `change_days` to answer. What a side
    may do alone counts at once.

    Refuses `not_permitted`, `contract.none`, `contract.change_waits` and what `check_change` refuses.
    """
    permissions.require(work.actor, "contract.change")
    contract, side = _of_side(work, number)
    if queries.waits_for_change(work, contract.id):
        raise Refusal("contract.change_waits")
    check_change(asked, _bound(work, contract))
    row = _written(work, contract, side, asked)
    if (asked.change, side) in AT_ONCE:
        row.state = move_change(row.state, ChangeState.AGREED)
        _take_effect(work, contract, row)
        return
    _ask_other(work, contract, row)


def _of_side(work: Work, number: str) -> tuple[Contract, Side]:
    contract = queries.contract_row(work, number)
    side = queries.side_of(contract, work.actor.organisation_id)
    if side is None:
        raise NotFound("contract.none")
    return contract, side


def _bound(work: Work, contract: Contract) -> Bound:
    return Bound(
        state=contract.state,
        first_fen=queries.first_amount(work, contract),
        amount_fen=contract.amount_fen,
        is_public_money=contract.is_public_money,
    )


def _written(work: Work, contract: Contract, side: Side, asked: Asked) -> ContractChange:
    row = ContractChange(
        contract_id=contract.id,
        no=queries.next_no(work, contract.id),
        change=asked.change,
        reason=asked.reason,
        side=side,
        state=ChangeState.ASKED,
        statement=asked.statement,
        days=asked.days,
        amount_fen=asked.amount_fen,
        approval=asked.approval,
        was=contract.state,
        asked_at=work.now,
        asked_by=work.actor.person_id or 0,
    )
    work.session.add(row)
    return row


def _ask_other(work: Work, contract: Contract, row: ContractChange) -> None:
    due = _open_answer(work, contract, _other_side(contract, row.side))
    record(
        work,
        ChangeAsked(
            subject=contract.notice_number,
            contract=contract.number,
            no=row.no,
            change=row.change.value,
            reason=row.reason.value,
            by=row.side.value,
            due=due,
        ),
    )


def _open_answer(work: Work, contract: Contract, organisation_id: int) -> dt.datetime:
    book = rulebooks.version(work, contract.rulebook)
    return windows.open_counted(
        work,
        ANSWER,
        subject=contract.number,
        span=book.window(Rulebook.change_days),
        rulebook=book.version,
        responsible_id=organisation_id,
    ).due_at


def _other_side(contract: Contract, side: Side) -> int:
    if side is Side.OWNER:
        return contract.agency_organisation_id
    return contract.owner_organisation_id


def _answering(work: Work, number: str, shown: str) -> tuple[Contract, ContractChange]:
    """The change that the actor's side has before it. Refuses as its callers say."""
    permissions.require(work.actor, "contract.change")
    contract, side = _of_side(work, number)
    row = queries.open_change(work, contract.id)
    if row.state is ChangeState.ASKED and side is row.side:
        raise Refusal("contract.waits")
    if row.state is ChangeState.SECOND and side is not Side.OWNER:
        raise Refusal("contract.waits")
    check_shown(shown, queries.change_shown(work, number))
    return contract, row


@signs(queries.change_shown, key="number")
def agree_change(work: Work, *, number: str, shown: str) -> None:
    """The other side agrees, and the change counts. A change of the amount above the cap waits for
    another person of the owner, and counts when that one has agreed too.

    Refuses `not_permitted`, `contract.none`, `contract.no_change`, `contract.waits`,
    `contract.change_when` (the contract has gone on meanwhile), `contract.second_same_person`,
    `shown.changed`.
    """
    contract, row = _answering(work, number, shown)
    if contract.state not in STATES[row.change]:
        raise Refusal("contract.change_when")
    if row.state is ChangeState.SECOND:
        another_person(work.actor.person_id, _owners_hand(row), code="contract.second_same_person")
        row.seconded_at = work.now
        row.seconded_by = work.actor.person_id
    else:
        row.answered_at = work.now
        row.answered_by = work.actor.person_id
        if is_above_cap(_asked(row), _bound(work, contract)):
            _ask_second(work, contract, row)
            return
    row.state = move_change(row.state, ChangeState.AGREED)
    windows.close(work, ANSWER, number)
    _take_effect(work, contract, row)


def _owners_hand(row: ContractChange) -> int | None:
    """Who of the owner asked for the change, or agreed to it."""
    return row.asked_by if row.side is Side.OWNER else row.answered_by


def _asked(row: ContractChange) -> Asked:
    return Asked(
        change=row.change,
        reason=row.reason,
        statement=row.statement,
        days=row.days,
        amount_fen=row.amount_fen,
        approval=row.approval,
    )


def _ask_second(work: Work, contract: Contract, row: ContractChange) -> None:
    """Both want it; the owner's other person has `change_days` to sign."""
    row.state = move_change(row.state, ChangeState.SECOND)
    windows.close(work, ANSWER, contract.number)
    due = _open_answer(work, contract, contract.owner_organisation_id)
    record(
        work,
        ChangeAgreed(subject=contract.notice_number, contract=contract.number, no=row.no, due=due),
    )


@signs(queries.change_shown, key="number")
def refuse_change(work: Work, *, number: str, shown: str) -> None:
    """Who is asked says no: the contract stays as it is.

    Refuses `not_permitted`, `contract.none`, `contract.no_change`, `contract.waits`,
    `shown.changed`.
    """
    contract, row = _answering(work, number, shown)
    if row.state is ChangeState.ASKED:
        row.answered_at = work.now
        row.answered_by = work.actor.person_id
    row.state = move_change(row.state, ChangeState.REFUSED)
    windows.close(work, ANSWER, number)
    record(work, ChangeRefused(subject=contract.notice_number, contract=number, no=row.no))


def withdraw_change(work: Work, *, number: str) -> None:
    """Who asked asks no more. Refuses `not_permitted`, `contract.none`, `contract.no_change`,
    `contract.waits`.
    """
    permissions.require(work.actor, "contract.change")
    contract, side = _of_side(work, number)
    row = queries.open_change(work, contract.id)
    if side is not row.side:
        raise Refusal("contract.waits")
    row.state = move_change(row.state, ChangeState.WITHDRAWN)
    windows.close(work, ANSWER, number, state=WindowState.CANCELLED)
    record(work, ChangeWithdrawn(subject=contract.notice_number, contract=number, no=row.no))


def _take_effect(work: Work, contract: Contract, row: ContractChange) -> None:
    row.was = contract.state
    work.session.flush()  # What is counted below sees this change.
    EFFECTS[row.change](work, contract, row)
    changes_amount = row.change in (Change.AMOUNT, Change.END) and contract.is_public_money
    record(
        work,
        ContractChanged(
            subject=contract.notice_number,
            contract=contract.number,
            no=row.no,
            change=row.change.value,
            reason=row.reason.value,
            by=row.side.value,
            days=row.days,
            amount_fen=row.amount_fen if changes_amount else None,
        ),
    )
    if row.change is Change.END:
        close_paid(work, contract)


def _extend(work: Work, contract: Contract, row: ContractChange) -> None:
    """More days from the start; before it they are kept for it."""
    if contract.started_on is not None:
        windows.close(work, DELIVER, contract.number, state=WindowState.CANCELLED)
        open_delivery(work, contract, contract.started_on)


def _reprice(work: Work, contract: Contract, row: ContractChange) -> None:
    contract.amount_fen = int(row.amount_fen or 0)


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
    contract.state = move_contract(contract.state, ContractState.ENDED)
    contract.amount_fen = int(row.amount_fen or 0)
    for kind in (START, *WORKING, INSPECT, STOPPED):
        windows.close(work, kind, contract.number, state=WindowState.CANCELLED)
    result_service.move_service(work, number=contract.notice_number, to=NoticeState.TERMINATED)
    if contract.amount_fen:
        windows.open_counted(
            work,
            PAY,
            subject=contract.number,
            span=(contract.pay_days, "calendar_day"),
            rulebook=contract.rulebook,
            responsible_id=contract.owner_organisation_id,
        )


EFFECTS: Mapping[Change, Callable[[Work, Contract, ContractChange], None]] = {
    Change.EXTEND: _extend,
    Change.AMOUNT: _reprice,
    Change.STOP: _stop,
    Change.RESUME: _resume,
    Change.END: _end,
}
"""What becomes of the contract when a change counts."""
