"""The award letter: issued by the clock when the standstill is over and no complaint holds it; declined by the winner."""
import datetime as dt

from market.complaints import queries as complaints
from market.complaints.events import EndedOnNotice, OpenOnNotice
from market.contracts import permissions, queries, rules
from market.contracts.events import (
    AwardDeclined,
    AwardHeld,
    AwardIssued,
    AwardResumed,
    AwardVoided,
    ContractOverdue,
    ContractRegistered,
)
from market.contracts.models import AwardLetter
from market.contracts.rules import SIGN, Decline, State
from market.contracts.settings import document_word
from market.db import Work
from market.kernel.clock import CHINA, local_date
from market.kernel.errors import NotFound, Refusal
from market.kernel.ids import Prefix, sibling
from market.ledger import queries as ledger
from market.ledger.service import move_bookmark, record
from market.rulebook import queries as rulebooks
from market.selection import queries as selection_cards
from market.selection import rules as selection_rules
from market.selection import service as selections
from market.selection.events import ResultAnnulled
from market.selection.queries import NoticeCard
from market.selection.rules.states import Notice, Rank
from market.windows import service as windows
from market.windows.queries import Due
from market.windows.rules import State as WindowState

READER = "contracts"
BATCH = 500
DECLINED = "declined"


def award_due(work: Work, due: Due) -> None:
    """The standstill is over: issue the letter, unless the result is held or a complaint holds it (seed 003; decision 17).

    A complaint from before the result holds it now; when it ends, selection lets the standstill come due once more.
    """
    permissions.require(work.actor, "award.issue")
    notice = selection_cards.notice(work, due.matter)
    if notice.state is not Notice.ANNOUNCED or notice.winner is None:
        return
    if complaints.holding(work, notice.number):
        selections.hold(work, number=notice.number)
        return
    selections.mark_awarded(work, number=notice.number)
    _issue(work, notice)


def _issue(work: Work, notice: NoticeCard) -> None:
    if notice.winner is None:
        raise AssertionError("unreachable")
    number, book = sibling(notice.number, Prefix.AWARD), rulebooks.version(work, notice.rulebook)
    year, word = work.now.astimezone(CHINA).year, document_word()
    document = rules.document_number(word, year, work.next_in(f"document-{word}-{year}"))
    to_sign = windows.open_counted(
        work, SIGN, subject=number, span=book.window("contract_days"), rulebook=book.version,
        responsible_id=notice.owner_organisation_id)
    work.session.add(AwardLetter(
        division=work.division, number=number, document=document, notice_number=notice.number, rank=notice.winner.rank,
        state=State.ISSUED, title=notice.title, item_name=notice.item_name,
        owner_organisation_id=notice.owner_organisation_id, owner_name=notice.owner_name,
        agency_organisation_id=notice.winner.organisation_id, agency_name=notice.winner.name, winner=notice.winner.ref,
        amount_fen=notice.winner.amount_fen, service_days=notice.service_days, issued_at=work.now))
    record(work, AwardIssued(
        subject=notice.number, letter=number, document=document, winner=notice.winner.ref, rank=notice.winner.rank,
        amount_fen=notice.winner.amount_fen, contract_due=to_sign.due_at))


def decline(work: Work, *, number: str, reason: Decline, statement: str) -> str | None:
    """The winner gives the award up; the next rank is announced with a publicity of its own (放弃中选).

    Returns the next agency's platform number, None when the order is exhausted. Refuses `not_permitted`, `award.none`
    (also for another agency's), `award.wrong_state`.
    """
    permissions.require(work.actor, "award.decline")
    row = queries.row(work, number)
    if row.agency_organisation_id != work.actor.organisation_id:
        raise NotFound("award.none")
    if complaints.holding(work, row.notice_number):  # also before `follow` has seen it: the rank may not move meanwhile
        raise Refusal("award.complaint_open")
    row.state = rules.move_state(row.state, State.DECLINED)
    row.declined_at, row.declined_by = work.now, work.actor.person_id
    row.decline_reason, row.statement = reason, statement
    windows.close(work, SIGN, number, state=WindowState.CANCELLED)
    record(work, AwardDeclined(subject=row.notice_number, letter=number, document=row.document, reason=reason.value))
    return selections.annul_to_next(work, number=row.notice_number, reason=DECLINED, by=row.winner, as_=Rank.DECLINED)


def register_contract(work: Work, *, number: str, signed_on: dt.date) -> str:
    """The owner registers that the contract was signed; the order is final from now on. Returns the contract's number HT-...

    Registering again what is registered returns the same number. Refuses `not_permitted`, `award.none` (also for another
    owner's), `award.signed_when`, `award.complaint_open`, `award.wrong_state`.
    """
    permissions.require(work.actor, "award.contract")
    row = queries.row(work, number)
    if row.owner_organisation_id != work.actor.organisation_id:
        raise NotFound("award.none")
    if row.contract_number is not None:
        return row.contract_number
    if complaints.holding(work, row.notice_number):
        raise Refusal("award.complaint_open")
    rules.check_signed_on(signed_on, local_date(row.issued_at), work.today)
    row.state = rules.move_state(row.state, State.CONTRACTED)
    row.contract_number = sibling(row.notice_number, Prefix.CONTRACT)
    row.signed_on, row.registered_at, row.registered_by = signed_on, work.now, work.actor.person_id
    windows.close(work, SIGN, number)
    selections.mark_contracted(work, number=row.notice_number)
    record(work, ContractRegistered(subject=row.notice_number, letter=number, contract=row.contract_number, signed_on=signed_on))
    return row.contract_number


def contract_overdue(work: Work, due: Due) -> None:
    """No contract in time: noted once; whose fault it is a person finds."""
    row = queries.row(work, due.matter)
    row.state = rules.move_state(row.state, State.CONTRACT_OVERDUE)
    row.overdue_at = work.now
    record(work, ContractOverdue(subject=row.notice_number, letter=row.number, document=row.document, due=due.due_at))


def follow(work: Work) -> int:
    """Let letters follow what the log says of their notices since the last time; returns how many entries were read.

    A result that was annulled makes its letter void. A complaint that came in time while the letter left holds it.
    """
    position = ledger.position(work, READER)
    entries = ledger.after(work, position, BATCH)
    for entry in entries:
        if entry.type in FOLLOWS:
            row = queries.live_row(work, entry.subject)
            if row is not None:
                FOLLOWS[entry.type](work, row)
    if entries:
        move_bookmark(work, READER, entries[-1].index + 1)
    return len(entries)


def _void(work: Work, row: AwardLetter) -> None:
    notice = selection_cards.notice(work, row.notice_number)
    if notice.winner is not None and notice.winner.ref == row.winner and notice.state is Notice.AWARDED:
        return  # the entry is older than this letter
    row.state = rules.move_state(row.state, State.VOID)
    row.voided_at = work.now
    windows.close(work, SIGN, row.number, state=WindowState.CANCELLED)
    record(work, AwardVoided(subject=row.notice_number, letter=row.number, document=row.document))


def _weigh(work: Work, row: AwardLetter) -> None:
    """Hold a letter while a complaint holds its award, and let it go when none does."""
    is_held = complaints.holding(work, row.notice_number) > 0
    if is_held and row.state is not State.HELD:
        row.state = rules.move_state(row.state, State.HELD)
        windows.close(work, SIGN, row.number, state=WindowState.CANCELLED)
        record(work, AwardHeld(subject=row.notice_number, letter=row.number, document=row.document))
    elif not is_held and row.state is State.HELD:
        row.state = rules.move_state(row.state, State.ISSUED)
        _reopen(work, row)
        record(work, AwardResumed(subject=row.notice_number, letter=row.number, document=row.document))


def _reopen(work: Work, row: AwardLetter) -> None:
    """The days for the contract begin again with the letter's return."""
    book = rulebooks.version(work, selection_cards.notice(work, row.notice_number).rulebook)
    windows.open_counted(
        work, SIGN, subject=row.number, span=book.window("contract_days"), rulebook=book.version,
        responsible_id=row.owner_organisation_id)


FOLLOWS = {ResultAnnulled.kind: _void, OpenOnNotice.kind: _weigh, EndedOnNotice.kind: _weigh}
WINDOWS = {selection_rules.STANDSTILL.name: award_due, SIGN.name: contract_overdue}
