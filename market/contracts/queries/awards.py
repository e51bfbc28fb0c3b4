"""Reading awards and their letters."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, Select, or_, select

from market.accounts.rules import ADMINISTRATORS
from market.contracts import rules
from market.contracts.models import AwardLetter, AwardOffer
from market.contracts.permissions import OVERSEERS
from market.contracts.rules import Decline, Offer, State
from market.db import Work, under_lock
from market.kernel import ids
from market.kernel.errors import NotFound
from market.windows import queries as windows_queries
from market.windows.queries import Due


@dataclasses.dataclass(frozen=True)
class Letter:
    """A letter as its owner, its winner and the overseers see it. Money in fen; `contract_due`
    exclusive, as its window has
    it: a new calendar moves it.
    """

    number: str
    document: str
    notice_number: str
    rank: int
    state: State
    title: str
    item_name: str
    owner_organisation_id: int
    owner_name: str
    agency_organisation_id: int
    agency_name: str
    winner: str
    amount_fen: int
    service_days: int | None
    issued_at: dt.datetime
    contract_due: dt.datetime
    overdue_at: dt.datetime | None
    declined_at: dt.datetime | None
    decline_reason: Decline | None
    statement: str
    voided_at: dt.datetime | None
    contract_number: str | None
    signed_on: dt.date | None

    @property
    def is_valid(self) -> bool:
        return self.state in rules.VALID


@dataclasses.dataclass(frozen=True)
class Offered:
    """An award before its letter, as its owner, its winner and the overseers see it. Money in fen.

    `due` is the window in which the winner confirms, None when he was not asked.
    """

    number: str
    notice_number: str
    rank: int
    state: Offer
    title: str
    owner_organisation_id: int
    owner_name: str
    agency_organisation_id: int
    agency_name: str
    winner: str
    amount_fen: int
    opened_at: dt.datetime
    confirmed_at: dt.datetime | None
    declined_at: dt.datetime | None
    decline_reason: Decline | None
    statement: str
    lapsed_at: dt.datetime | None
    due: Due | None


@dataclasses.dataclass(frozen=True)
class Issued:
    """What is public of a letter: the log has said all of it. Money in fen."""

    notice_number: str
    number: str
    document: str
    rank: int
    state: State
    winner: str
    amount_fen: int
    issued_at: dt.datetime
    overdue_at: dt.datetime | None
    declined_at: dt.datetime | None
    decline_reason: Decline | None
    voided_at: dt.datetime | None
    contract_number: str | None
    signed_on: dt.date | None
    registered_at: dt.datetime | None


def issued(work: Work, notice_numbers: Collection[str]) -> dict[tuple[str, int], Issued]:
    """The letters about these notices, by notice and rank."""
    rows = work.session.scalars(
        select(AwardLetter).where(AwardLetter.notice_number.in_(notice_numbers))
    )
    fields = [field.name for field in dataclasses.fields(Issued)]
    found = [Issued(**{name: getattr(row, name) for name in fields}) for row in rows]
    return {(each.notice_number, each.rank): each for each in found}


def letter(work: Work, number: str) -> Letter:
    """The newest letter under a number TZ-..., for those who may read it. Refuses `award.none`."""
    card = _newest(work, AwardLetter.number == number)
    if card is None or not may_read(work, card):
        raise NotFound("award.none")
    return card


def paper(work: Work, number: str) -> Letter | Offered:
    """The newest under a number TZ-... that the actor may read: a letter, or an award whose letter
    is not out.

    Refuses `award.none`.
    """
    letters = work.session.scalars(select(AwardLetter).where(AwardLetter.number == number))
    offers = work.session.scalars(select(AwardOffer).where(AwardOffer.number == number))
    papers: list[Letter | Offered] = [*_cards(work, letters), *_offered(work, offers)]
    found = _newest_rank(each for each in papers if may_read(work, each))
    if found is None:
        raise NotFound("award.none")
    return found


def _newest_rank(papers: Iterable[Letter | Offered]) -> Letter | Offered | None:
    """That of the last rank; of one rank the first, so that a letter goes before what preceded it."""
    return max(papers, key=lambda each: each.rank, default=None)


def may_read(work: Work, card: Letter | Offered) -> bool:
    """Whether the actor is a party of an award, or oversees."""
    actor = work.actor
    oversees = actor.kind in OVERSEERS and bool(
        actor.duties - ADMINISTRATORS
    )  # who run the platform read no business
    return oversees or actor.organisation_id in (
        card.owner_organisation_id,
        card.agency_organisation_id,
    )


@dataclasses.dataclass(frozen=True)
class GivenUp:
    """An award that its winner gave up; `reason` None where it was silent."""

    notice_number: str
    agency_organisation_id: int
    reason: Decline | None


def given_up(work: Work, number: str) -> GivenUp | None:
    """The newest award under a number TZ-... that was given up, with or before its letter."""
    letter = work.session.scalar(
        select(AwardLetter)
        .where(AwardLetter.number == number, AwardLetter.state == State.DECLINED)
        .order_by(AwardLetter.id.desc())
        .limit(1)
    )
    offer = work.session.scalar(
        select(AwardOffer)
        .where(AwardOffer.number == number, AwardOffer.state == Offer.DECLINED)
        .order_by(AwardOffer.id.desc())
        .limit(1)
    )
    given = [each for each in (letter, offer) if each is not None]
    if not given:
        return None
    last = max(given, key=lambda each: each.rank)
    return GivenUp(last.notice_number, last.agency_organisation_id, last.decline_reason)


def verified(work: Work, typed: str) -> Letter:
    """The letter that a TZ number or a document number names, for anybody who holds the paper.

    Refuses `award.none`, `award.not_a_number`.
    """
    numbers = ids.typed(typed)
    condition = (
        AwardLetter.number.in_(numbers)
        if numbers
        else AwardLetter.document == rules.read_document_number(typed)
    )
    card = _newest(work, condition)
    if card is None:
        raise NotFound("award.none")
    return card


def mine(work: Work, limit: int = 100) -> list[Letter]:
    """Letters of the actor's organisation, as owner or as winner, newest first."""
    own = work.actor.organisation_id
    rows = work.session.scalars(
        select(AwardLetter)
        .where(
            or_(AwardLetter.owner_organisation_id == own, AwardLetter.agency_organisation_id == own)
        )
        .order_by(AwardLetter.id.desc())
        .limit(limit)
    )
    return _cards(work, rows)


def my_offers(work: Work, limit: int = 100) -> list[Offered]:
    """Awards of the actor's organisation without a letter, as owner or as winner, newest first."""
    own = work.actor.organisation_id
    rows = work.session.scalars(
        select(AwardOffer)
        .where(
            AwardOffer.state != Offer.ISSUED,
            or_(AwardOffer.owner_organisation_id == own, AwardOffer.agency_organisation_id == own),
        )
        .order_by(AwardOffer.id.desc())
        .limit(limit)
    )
    return _offered(work, rows)


def on_notice(work: Work, notice_number: str) -> Letter | Offered | None:
    """What has become of the award of a notice now, whoever looks; None before there is one."""
    return _newest_rank((*of_notice(work, notice_number), *offers_of_notice(work, notice_number)))


def offers_of_notice(work: Work, notice_number: str) -> list[Offered]:
    """Every award of a notice whose letter did not leave at once, by rank."""
    return _offered(
        work,
        work.session.scalars(
            select(AwardOffer)
            .where(AwardOffer.notice_number == notice_number)
            .order_by(AwardOffer.rank)
        ),
    )


def of_notice(work: Work, notice_number: str) -> list[Letter]:
    """Every letter about a notice, oldest first."""
    rows = work.session.scalars(
        select(AwardLetter)
        .where(AwardLetter.notice_number == notice_number)
        .order_by(AwardLetter.id)
    )
    return _cards(work, rows)


def owed_by(work: Work, ref: str) -> list[AwardLetter]:
    """The letters of an agency by which it owes a service, oldest first."""
    return list(
        work.session.scalars(
            select(AwardLetter)
            .where(
                AwardLetter.winner == ref,
                AwardLetter.state.in_((*rules.LIVE, State.CONTRACTED)),
            )
            .order_by(AwardLetter.id)
        )
    )


def live_row(work: Work, notice_number: str) -> AwardLetter | None:
    """The letter about a notice that has not been declined or voided, locked."""
    return work.session.scalar(
        under_lock(
            select(AwardLetter).where(
                AwardLetter.notice_number == notice_number, AwardLetter.state.in_(rules.LIVE)
            )
        )
    )


def pending_offer(work: Work, number: str) -> AwardOffer | None:
    """The award under a number that waits for its letter, locked."""
    return work.session.scalar(
        _locked(AwardOffer.number == number, AwardOffer.state.in_(rules.PENDING))
    )


def pending_offers(work: Work, **of: str) -> list[AwardOffer]:
    """Awards that wait for their letter, locked, of a notice or a winner (platform number)."""
    columns = {"notice": AwardOffer.notice_number, "winner": AwardOffer.winner}
    return list(
        work.session.scalars(
            _locked(
                AwardOffer.state.in_(rules.PENDING),
                *(columns[name] == value for name, value in of.items()),
            )
        )
    )


def offer_of(work: Work, number: str, organisation_id: int | None) -> AwardOffer | None:
    """The newest award under a number that was an agency's, whatever became of it, locked."""
    return work.session.scalar(
        _locked(AwardOffer.number == number, AwardOffer.agency_organisation_id == organisation_id)
    )


def _locked(*conditions: ColumnElement[bool]) -> Select[AwardOffer]:
    return under_lock(select(AwardOffer).where(*conditions).order_by(AwardOffer.id.desc()))


def row(work: Work, number: str) -> AwardLetter:
    """The newest letter under a number, locked. Refuses `award.none`."""
    found = work.session.scalar(
        under_lock(
            select(AwardLetter)
            .where(AwardLetter.number == number)
            .order_by(AwardLetter.id.desc())
            .limit(1)
        )
    )
    if found is None:
        raise NotFound("award.none")
    return found


def _newest(work: Work, condition: object) -> Letter | None:
    found = work.session.scalar(
        select(AwardLetter)
        .where(condition)  # type: ignore[arg-type]
        .order_by(AwardLetter.id.desc())
        .limit(1)
    )
    return _cards(work, [found])[0] if found else None


def _cards(work: Work, rows: Iterable[AwardLetter]) -> list[Letter]:
    letters = list(rows)
    dues = windows_queries.of_kind(work, rules.SIGN, {row.number for row in letters})
    return [
        Letter(**{name: getattr(row, name) for name in KEPT}, contract_due=_due(row, dues))
        for row in letters
    ]


def _offered(work: Work, rows: Iterable[AwardOffer]) -> list[Offered]:
    offers = list(rows)
    dues = windows_queries.of_kind(work, rules.CONFIRM, {row.number for row in offers})
    return [
        Offered(**{name: getattr(row, name) for name in KEPT_OF_OFFER}, due=_asked(row, dues))
        for row in offers
    ]


def _asked(row: AwardOffer, dues: Sequence[Due]) -> Due | None:
    """The last window in which this winner was asked: ranks share a number, one ends before the
    next.
    """
    return next(
        (
            due
            for due in reversed(dues)
            if due.subject == row.number and due.responsible_id == row.agency_organisation_id
        ),
        None,
    )


def _due(row: AwardLetter, dues: Sequence[Due]) -> dt.datetime:
    """The due of the last window that was opened under this letter: ranks share a number, one
    letter ends before the next.
    """
    ended = row.declined_at or row.voided_at
    return [
        due.due_at
        for due in dues
        if due.subject == row.number
        and due.trigger_at >= row.issued_at
        and (ended is None or due.trigger_at <= ended)
    ][-1]


KEPT = [field.name for field in dataclasses.fields(Letter) if field.name != "contract_due"]
KEPT_OF_OFFER = [field.name for field in dataclasses.fields(Offered) if field.name != "due"]
