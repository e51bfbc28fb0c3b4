"""The award letter: what issues it, what ends it, and what a complaint does to it."""

from market.complaints import queries as complaints
from market.contracts import queries, rules
from market.contracts.events.award import (
    AwardHeld,
    AwardIssued,
    AwardResumed,
    AwardVoided,
    ContractOverdue,
)
from market.contracts.models import AwardLetter
from market.contracts.rules import SIGN, State
from market.contracts.service.signing import drop_unconfirmed
from market.contracts.service.unsigned import end_unsigned, open_hearing
from market.contracts.settings import document_word
from market.db import Work
from market.kernel.clock import CHINA
from market.kernel.ids import Prefix, sibling
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.notices.rules.states import NoticeState
from market.selection.results import queries as result_queries
from market.selection.results.queries import Selection, Winner
from market.windows import service as windows
from market.windows.queries import Due
from market.windows.rules import State as WindowState


def _next_document(work: Work) -> str:
    """The next document number of the year (文号)."""
    year = work.now.astimezone(CHINA).year
    word = document_word()
    return rules.document_number(word, year, work.next_in(f"document-{word}-{year}"))


def _days(notice: Selection, winner: Winner) -> int | None:
    """How many days the service may take: what the winner promised where that was scored, never more than the
    notice says.
    """
    if notice.service_days is None or winner.days is None:
        return notice.service_days
    return min(notice.service_days, winner.days)


def _letter(work: Work, notice: Selection, winner: Winner, document: str) -> AwardLetter:
    """The letter's row, with names and amounts as they are now."""
    return AwardLetter(
        division=work.division,
        number=sibling(notice.number, Prefix.AWARD),
        document=document,
        notice_number=notice.number,
        rank=winner.rank,
        state=State.ISSUED,
        title=notice.title,
        item_name=notice.item_names,
        owner_organisation_id=notice.owner_organisation_id,
        owner_name=notice.owner_name,
        agency_organisation_id=winner.organisation_id,
        agency_name=winner.name,
        winner=winner.ref,
        amount_fen=winner.amount_fen,
        service_days=_days(notice, winner),
        issued_at=work.now,
    )


def issue(work: Work, notice: Selection, winner: Winner) -> None:
    """Write the letter to the winner, with the next document number of the year, and let the days
    for the contract begin.
    """
    number = sibling(notice.number, Prefix.AWARD)
    book = rulebooks.version(work, notice.rulebook)
    document = _next_document(work)
    to_sign = windows.open_counted(
        work,
        SIGN,
        subject=number,
        span=book.window(Rulebook.contract_days),
        rulebook=book.version,
        responsible_id=notice.owner_organisation_id,
    )
    work.session.add(_letter(work, notice, winner, document))
    record(
        work,
        AwardIssued(
            subject=notice.number,
            letter=number,
            document=document,
            winner=winner.ref,
            rank=winner.rank,
            amount_fen=winner.amount_fen,
            contract_due=to_sign.due_at,
        ),
    )


def contract_overdue(work: Work, due: Due) -> None:
    """No contract in time: noted once, and both sides are heard; whose fault it is persons find."""
    row = queries.row(work, due.matter)
    row.state = rules.move_state(row.state, State.CONTRACT_OVERDUE)
    row.overdue_at = work.now
    open_hearing(work, row)
    record(
        work,
        ContractOverdue(
            subject=row.notice_number, letter=row.number, document=row.document, due=due.due_at
        ),
    )


def void(work: Work, row: AwardLetter) -> None:
    """The result was annulled: the letter is worth nothing; does nothing when the annulment is
    older than the letter.
    """
    notice = result_queries.notice(work, row.notice_number)
    if (
        notice.winner is not None
        and notice.winner.ref == row.winner
        and notice.state is NoticeState.AWARDED
    ):
        return
    row.state = rules.move_state(row.state, State.VOID)
    row.voided_at = work.now
    drop_unconfirmed(work, row)
    end_unsigned(work, row)
    windows.close(work, SIGN, row.number, state=WindowState.CANCELLED)
    record(
        work,
        AwardVoided(
            subject=row.notice_number, letter=row.number, document=row.document, winner=row.winner
        ),
    )


def weigh(work: Work, row: AwardLetter) -> None:
    """Hold a letter while a complaint holds its award, and let it go when none does."""
    is_held = complaints.holding_publicly(work, row.notice_number) > 0
    if is_held and row.state is not State.HELD:
        row.state = rules.move_state(row.state, State.HELD)
        drop_unconfirmed(work, row)
        end_unsigned(work, row)
        windows.close(work, SIGN, row.number, state=WindowState.CANCELLED)
        record(work, AwardHeld(subject=row.notice_number, letter=row.number, document=row.document))
    elif not is_held and row.state is State.HELD:
        row.state = rules.move_state(row.state, State.ISSUED)
        _reopen(work, row)
        record(
            work, AwardResumed(subject=row.notice_number, letter=row.number, document=row.document)
        )


def _reopen(work: Work, row: AwardLetter) -> None:
    """The days for the contract begin again with the letter's return."""
    book = rulebooks.version(work, result_queries.notice(work, row.notice_number).rulebook)
    windows.open_counted(
        work,
        SIGN,
        subject=row.number,
        span=book.window(Rulebook.contract_days),
        rulebook=book.version,
        responsible_id=row.owner_organisation_id,
    )
