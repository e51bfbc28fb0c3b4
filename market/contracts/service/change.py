"""Both sides change what binds them: one asks, the other answers, and only then it counts.

An owner may stop the work alone, and either lets it go on. Silence grants nothing and is noted
(docs/rules.md#contract-changes).
"""

import datetime as dt

from market.contracts import permissions, queries
from market.contracts.events.change import (
    CancelAsked,
    CancelObjected,
    ChangeAgreed,
    ChangeAsked,
    ChangeRefused,
    ChangeWithdrawn,
    SettlementOver,
)
from market.contracts.models import Contract, ContractChange
from market.contracts.rules.change import (
    ANSWER,
    AT_ONCE,
    OBJECT,
    STATES,
    Asked,
    Bound,
    Change,
    ChangeState,
    check_change,
    is_above_cap,
    move_change,
)
from market.contracts.rules.matter import ContractState, Side
from market.contracts.service.effects import drop_change, take_effect
from market.db import Work
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.shown import another_person, check_shown, signs
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.windows import service as windows
from market.windows.queries import Due
from market.windows.rules import State as WindowState


def ask_change(work: Work, *, number: str, asked: Asked) -> None:
    """One side asks for a change of its contract; the other has `change_days` to answer. What a side
    may do alone counts at once.

    Refuses `not_permitted`, `contract.none`, `contract.change_waits` and what `check_change` refuses.
    """
    permissions.require(work.actor, "contract.change")
    contract, side = _of_side(work, number)
    if queries.waits_for_change(work, contract.id):
        raise Refusal("contract.change_waits")
    check_change(asked, _bound(work, contract, side))
    row = _written(work, contract, side, asked)
    if (asked.change, side) in AT_ONCE:
        row.state = move_change(row.state, ChangeState.AGREED)
        take_effect(work, contract, row)
        return
    if asked.change is Change.CANCEL:
        _let_speak(work, contract, row)
        return
    _ask_other(work, contract, row)


def _of_side(work: Work, number: str) -> tuple[Contract, Side]:
    contract = queries.contract_row(work, number)
    side = queries.side_of(contract, work.actor.organisation_id)
    if side is None:
        raise NotFound("contract.none")
    return contract, side


def _bound(work: Work, contract: Contract, side: Side) -> Bound:
    return Bound(
        state=contract.state,
        first_fen=queries.first_amount(work, contract),
        amount_fen=contract.amount_fen,
        is_public_money=contract.is_public_money,
        side=side,
        head=contract.head,
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
        person=asked.person,
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


def _let_speak(work: Work, contract: Contract, row: ContractChange) -> None:
    """The other side may take the end or object to it; then, or when its days are over, it comes."""
    book = rulebooks.version(work, contract.rulebook)
    due = windows.open_counted(
        work,
        OBJECT,
        subject=contract.number,
        span=book.window(Rulebook.change_days),
        rulebook=book.version,
        responsible_id=_other_side(contract, row.side),
    )
    record(
        work,
        CancelAsked(
            subject=contract.notice_number,
            contract=contract.number,
            no=row.no,
            by=row.side.value,
            due=due.due_at,
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
        if is_above_cap(_asked(row), _bound(work, contract, row.side)):
            _ask_second(work, contract, row)
            return
    row.state = move_change(row.state, ChangeState.AGREED)
    _close_windows(work, number)
    take_effect(work, contract, row)


def _close_windows(work: Work, number: str, state: WindowState = WindowState.MET) -> None:
    for kind in (ANSWER, OBJECT):
        windows.close(work, kind, number, state=state)


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
        person=row.person,
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
def refuse_change(work: Work, *, number: str, shown: str, objection: str = "") -> None:
    """Who is asked says no: the contract stays as it is. Who objects to an end by the other side is
    on record with its words; the end comes all the same, and a court or arbitrator says whether it
    was right (docs/rules.md#one-sided-end).

    Refuses `not_permitted`, `contract.none`, `contract.no_change`, `contract.waits`,
    `contract.change_when`, `contract.objection_missing` (field objection), `shown.changed`.
    """
    contract, row = _answering(work, number, shown)
    if row.change is Change.CANCEL:
        _object(work, contract, row, objection)
        return
    if row.state is ChangeState.ASKED:
        row.answered_at = work.now
        row.answered_by = work.actor.person_id
    row.state = move_change(row.state, ChangeState.REFUSED)
    windows.close(work, ANSWER, number)
    record(work, ChangeRefused(subject=contract.notice_number, contract=number, no=row.no))


def _object(work: Work, contract: Contract, row: ContractChange, objection: str) -> None:
    if contract.state not in STATES[row.change]:
        raise Refusal("contract.change_when")
    if not objection:
        raise Invalid("contract.objection_missing", field="objection")
    row.answered_at = work.now
    row.answered_by = work.actor.person_id
    row.objection = objection
    row.state = move_change(row.state, ChangeState.STOOD)
    windows.close(work, OBJECT, contract.number)
    record(
        work,
        CancelObjected(subject=contract.notice_number, contract=contract.number, no=row.no),
    )
    take_effect(work, contract, row)


def objection_over(work: Work, due: Due) -> None:
    """The other side said nothing to an end: it comes, unless the work was accepted meanwhile."""
    contract = queries.contract_row(work, due.matter)
    if not queries.waits_for_change(work, contract.id):
        return
    row = queries.open_change(work, contract.id)
    if row.change is not Change.CANCEL:
        return
    if contract.state not in STATES[row.change]:
        drop_change(work, contract)
        return
    row.state = move_change(row.state, ChangeState.STOOD)
    take_effect(work, contract, row)


def settling_over(work: Work, due: Due) -> None:
    """Both sides have agreed on no amount in their days: the platform waits for nothing more. What a
    court, an arbitrator or both find later is registered as before.
    """
    contract = queries.contract_row(work, due.matter)
    if contract.state is not ContractState.SETTLING:
        return
    record(
        work,
        SettlementOver(
            subject=contract.notice_number, contract=contract.number, winner=contract.winner
        ),
    )


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
    _close_windows(work, number, WindowState.CANCELLED)
    record(work, ChangeWithdrawn(subject=contract.notice_number, contract=number, no=row.no))
