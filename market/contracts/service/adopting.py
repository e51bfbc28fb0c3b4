"""Letters from before a matter had a clock take up their course (docs/adr/0038)."""

from sqlalchemy import select

from market.contracts import permissions
from market.contracts.events.matter import ContractAdopted
from market.contracts.models import AwardLetter, Contract, Unsigned
from market.contracts.rules import State
from market.contracts.rules.matter import Side, track_of
from market.contracts.service.signing import bare, take_up
from market.contracts.service.unsigned import open_hearing
from market.db import Work
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.selection.notices.rules.states import NoticeState
from market.selection.results import queries as result_queries

TOGETHER = 50
PAY_DAYS = 30  # calendar days: docs/rules.md#decision-23
ADOPTED = 0  # whoever confirmed it did so outside of the platform


def adopt(work: Work) -> int:
    """Give so many contracted letters without a matter their matter; how many there were.

    The owner alone had registered them, on paper both had signed: they count as confirmed.
    """
    permissions.require(work.actor, "award.issue")
    letters = work.session.scalars(
        select(AwardLetter)
        .outerjoin(Contract, Contract.award_id == AwardLetter.id)
        .where(AwardLetter.state == State.CONTRACTED, Contract.id.is_(None))
        .order_by(AwardLetter.id)
        .limit(TOGETHER)
    ).all()
    for letter in letters:
        _adopt(work, letter)
    return len(letters)


def adopt_overdue(work: Work) -> int:
    """Open the hearing over so many overdue letters that have none; how many there were."""
    permissions.require(work.actor, "award.issue")
    letters = work.session.scalars(
        select(AwardLetter)
        .outerjoin(Unsigned, Unsigned.award_id == AwardLetter.id)
        .where(AwardLetter.state == State.CONTRACT_OVERDUE, Unsigned.id.is_(None))
        .order_by(AwardLetter.id)
        .limit(TOGETHER)
    ).all()
    for letter in letters:
        open_hearing(work, letter)
    return len(letters)


def _adopt(work: Work, letter: AwardLetter) -> None:
    notice = result_queries.notice(work, letter.notice_number)
    book = rulebooks.version(work, notice.rulebook)
    contract = bare(work, letter, notice)
    contract.track = track_of(
        letter.amount_fen,
        book.short_track_below_fen,
        is_social=notice.is_social,
        is_long=False,
    )
    contract.signed_on = letter.signed_on or work.today
    contract.service_days = letter.service_days
    contract.pay_days = PAY_DAYS
    contract.registered_side = Side.OWNER
    contract.registered_at = letter.registered_at or work.now
    contract.registered_by = letter.registered_by or ADOPTED
    contract.confirmed_at = contract.registered_at
    contract.confirmed_by = contract.registered_by
    work.session.add(contract)
    record(
        work,
        ContractAdopted(
            subject=letter.notice_number,
            contract=contract.number,
            winner=letter.winner,
            track=contract.track.value,
        ),
    )
    if notice.state is NoticeState.CONTRACTED:
        take_up(work, contract)
