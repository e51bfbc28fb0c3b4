"""The owner registers what it has paid, the agency says whether it came; then the matter closes.

Silence of the agency leaves the owner's voucher standing; what was denied is owed on.
"""

import datetime as dt

from sqlalchemy import func, select

from market.contracts import permissions, queries
from market.contracts.events.matter import (
    ContractClosed,
    PaymentConfirmed,
    PaymentDenied,
    PaymentRegistered,
    PaymentReminded,
    PaymentStands,
)
from market.contracts.models import Contract, ContractPayment
from market.contracts.rules.matter import (
    PAY,
    PAYABLE,
    RECEIPT,
    SETTLED,
    ContractState,
    PaymentState,
    check_payment,
    move_contract,
    move_payment,
)
from market.contracts.rules.payment import REMIND, REMIND_AFTER
from market.contracts.service.claims import overtake_claim
from market.contracts.service.course import agencys, owners_own
from market.db import Work
from market.kernel.errors import Refusal
from market.kernel.shown import check_shown, signs
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.notices.rules.states import NoticeState
from market.selection.results import service as result_service
from market.submissions import sent
from market.windows import queries as windows_queries
from market.windows import service as windows
from market.windows.queries import Due
from market.windows.rules import State as WindowState


def register_payment(
    work: Work,
    *,
    number: str,
    amount_fen: int,
    paid_on: dt.date,
    voucher: str,
    submission_key: str | None = None,
) -> None:
    """The owner registers a payment (fen); the agency has `receipt_days` to object. With the last
    one the time for paying stands still. The same form sent again registers nothing more.

    Refuses `not_permitted`, `contract.none`, `contract.wrong_state`, `contract.pays_nothing`,
    `contract.overpaid`, `contract.pays_disputed`, `contract.paid_when`.
    """
    permissions.require(work.actor, "contract.pay")
    contract = owners_own(work, number)
    once = sent(
        work, submission_key, f"contract.pay {number}", amount_fen, paid_on.isoformat(), voucher
    )
    if once.again:
        return
    if contract.state not in PAYABLE:
        raise Refusal("contract.wrong_state")
    due_fen = queries.due_fen(work, contract)
    check_payment(
        amount_fen,
        paid_on,
        left_fen=due_fen,
        today=work.today,
        disputed_fen=contract.disputed_fen,
    )
    row = _registered(work, contract, once.key)
    row.amount_fen = amount_fen
    row.paid_on = paid_on
    row.voucher = voucher
    work.session.add(row)
    work.session.flush()  # What is due below counts it.
    let_run(work, contract)
    _ask_agency(work, contract, row)


def let_run(work: Work, contract: Contract) -> None:
    """The time for paying runs while something is due, and stands still while all that is unpaid is
    disputed or looked at.
    """
    if queries.due_fen(work, contract) == 0:
        windows.pause(work, PAY, contract.number)
    else:
        windows.resume_counting(work, PAY, contract.number)


def _registered(work: Work, contract: Contract, key: str) -> ContractPayment:
    return ContractPayment(
        contract_id=contract.id,
        no=_next_no(work, contract),
        submission_key=key,
        state=PaymentState.REGISTERED,
        registered_at=work.now,
        registered_by=work.actor.person_id or 0,
    )


def _next_no(work: Work, contract: Contract) -> int:
    asked = select(func.count(ContractPayment.id)).where(ContractPayment.contract_id == contract.id)
    return int(work.session.scalar(asked) or 0) + 1


def _ask_agency(work: Work, contract: Contract, row: ContractPayment) -> None:
    book = rulebooks.version(work, contract.rulebook)
    due = windows.open_counted(
        work,
        RECEIPT,
        subject=contract.number,
        matter=f"{contract.number}:{row.no}",
        span=book.window(Rulebook.receipt_days),
        rulebook=book.version,
        responsible_id=contract.agency_organisation_id,
    )
    record(
        work,
        PaymentRegistered(
            subject=contract.notice_number,
            contract=contract.number,
            payment=row.no,
            paid_on=row.paid_on,
            due=due.due_at,
        ),
    )


def _answer(work: Work, number: str, no: int, shown: str, to: PaymentState) -> Contract:
    permissions.require(work.actor, "contract.receive")
    contract = agencys(work, number)
    row = queries.payment_row(work, contract.id, no)
    check_shown(shown, queries.matter_shown(work, number))
    row.state = move_payment(row.state, to)
    row.answered_at = work.now
    row.answered_by = work.actor.person_id
    windows.close(work, RECEIPT, f"{number}:{no}")
    return contract


@signs(queries.matter_shown, key="number")
def confirm_receipt(work: Work, *, number: str, no: int, shown: str) -> None:
    """The agency has received a payment; with the last one the matter closes.

    Refuses `not_permitted`, `contract.none`, `contract.no_payment`, `contract.payment_answered`,
    `shown.changed`.
    """
    contract = _answer(work, number, no, shown, PaymentState.CONFIRMED)
    record(work, PaymentConfirmed(subject=contract.notice_number, contract=number, payment=no))
    close_paid(work, contract)


@signs(queries.matter_shown, key="number")
def deny_receipt(work: Work, *, number: str, no: int, shown: str) -> None:
    """The agency says that a payment has not come: it counts for nothing, and the owner's time for
    paying goes on where it stood.

    Refuses as `confirm_receipt` does.
    """
    contract = _answer(work, number, no, shown, PaymentState.DENIED)
    work.session.flush()  # It counts for nothing any more.
    let_run(work, contract)
    record(work, PaymentDenied(subject=contract.notice_number, contract=number, payment=no))


def receipt_over(work: Work, due: Due) -> None:
    """The agency said nothing in its days: what the owner registered stands."""
    number, _, no = due.matter.rpartition(":")
    contract = queries.contract_row(work, number)
    row = queries.payment_row(work, contract.id, int(no))
    if row.state is not PaymentState.REGISTERED:
        return
    row.state = move_payment(row.state, PaymentState.STANDS)
    row.lapsed_at = work.now
    record(work, PaymentStands(subject=contract.notice_number, contract=number, payment=row.no))
    close_paid(work, contract)


def payment_overdue(work: Work, due: Due) -> None:
    """The days for paying are over, which the window's own fact tells the owner: it is reminded
    again later, so that the agency need not ask (《保障中小企业款项支付条例》第二十条).
    """
    _remind_at(work, due.matter, due.due_at, REMIND_AFTER[0])


def _remind_at(work: Work, number: str, since: dt.datetime, days: int) -> None:
    windows.open_at(work, REMIND, subject=number, due_at=since + dt.timedelta(days=days))


def remind(work: Work, due: Due) -> None:
    """Remind the owner where the whole amount is not registered yet; the last time is the last."""
    owed = windows_queries.live(work, PAY, due.matter)
    if owed is None or owed.overdue_at is None:
        return
    contract = queries.contract_row(work, due.matter)
    days = (due.due_at - owed.due_at).days
    if owed.state is not WindowState.PAUSED:
        record(
            work,
            PaymentReminded(subject=contract.notice_number, contract=contract.number, days=days),
        )
    later = [each for each in REMIND_AFTER if each > days]
    if later:
        _remind_at(work, due.matter, owed.due_at, later[0])


def close_paid(work: Work, contract: Contract) -> None:
    """Close a matter that is paid whole; one that both have ended stays ended. A question about what is
    owed waits for nothing any more.
    """
    work.session.flush()  # The sum below sees what was answered just now.
    owed_fen = contract.amount_fen - contract.waived_fen
    if contract.disputed_fen or queries.sums(work, contract.id, SETTLED) != owed_fen:
        return
    contract.closed_at = work.now
    windows.close(work, PAY, contract.number)
    windows.close(work, REMIND, contract.number, state=WindowState.CANCELLED)
    overtake_claim(work, contract)
    if contract.state is not ContractState.ENDED:
        contract.state = move_contract(contract.state, ContractState.CLOSED)
        result_service.move_service(work, number=contract.notice_number, to=NoticeState.CLOSED)
    record(
        work,
        ContractClosed(
            subject=contract.notice_number, contract=contract.number, winner=contract.winner
        ),
    )
