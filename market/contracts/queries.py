"""Reading award letters."""
import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select

from market.accounts.rules import ADMINISTRATORS
from market.contracts import rules
from market.contracts.models import AwardLetter
from market.contracts.permissions import OVERSEERS
from market.contracts.rules import Decline, State
from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.ids import NUMBER
from market.windows import queries as windows
from market.windows.queries import Due


@dataclasses.dataclass(frozen=True)
class Letter:
    """A letter as its owner, its winner and the overseers see it. Money in fen; `contract_due` exclusive, as its window has
    it: a new calendar moves it."""

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


def letter(work: Work, number: str) -> Letter:
    """The newest letter under a number TZ-..., for those who may read it. Refuses `award.none`."""
    actor, card = work.actor, _newest(work, AwardLetter.number == number)
    oversees = actor.kind in OVERSEERS and bool(actor.duties - ADMINISTRATORS)  # who run the platform read no business
    if card is None or not (oversees or actor.organisation_id in (card.owner_organisation_id, card.agency_organisation_id)):
        raise NotFound("award.none")
    return card


def verified(work: Work, typed: str) -> Letter:
    """The letter that a TZ number or a document number names, for anybody who holds the paper.

    Refuses `award.none`, `award.not_a_number`.
    """
    plain = typed.strip().upper()
    condition = AwardLetter.number == plain if NUMBER.fullmatch(plain) else (
        AwardLetter.document == rules.read_document_number(typed))
    card = _newest(work, condition)
    if card is None:
        raise NotFound("award.none")
    return card


def mine(work: Work, limit: int = 100) -> list[Letter]:
    """Letters of the actor's organisation, as owner or as winner, newest first."""
    own = work.actor.organisation_id
    rows = work.session.scalars(
        select(AwardLetter).where(or_(AwardLetter.owner_organisation_id == own, AwardLetter.agency_organisation_id == own))
        .order_by(AwardLetter.id.desc()).limit(limit))
    return _cards(work, rows)


def of_notice(work: Work, notice_number: str) -> list[Letter]:
    """Every letter about a notice, oldest first."""
    rows = work.session.scalars(select(AwardLetter).where(AwardLetter.notice_number == notice_number)
                                .order_by(AwardLetter.id))
    return _cards(work, rows)


def live_row(work: Work, notice_number: str) -> AwardLetter | None:
    """The letter about a notice that has not been declined or voided, locked."""
    return work.session.scalar(
        select(AwardLetter).where(AwardLetter.notice_number == notice_number, AwardLetter.state.in_(rules.LIVE))
        .with_for_update().execution_options(populate_existing=True))


def row(work: Work, number: str) -> AwardLetter:
    """The newest letter under a number, locked. Refuses `award.none`."""
    found = work.session.scalar(select(AwardLetter).where(AwardLetter.number == number).order_by(AwardLetter.id.desc())
                                .limit(1).with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound("award.none")
    return found


def _newest(work: Work, condition: object) -> Letter | None:
    found = work.session.scalar(select(AwardLetter).where(condition)  # type: ignore[arg-type]
                                .order_by(AwardLetter.id.desc()).limit(1))
    return _cards(work, [found])[0] if found else None


def _cards(work: Work, rows: Iterable[AwardLetter]) -> list[Letter]:
    letters = list(rows)
    dues = windows.of_kind(work, rules.SIGN, {row.number for row in letters})
    return [Letter(**{name: getattr(row, name) for name in KEPT}, contract_due=_due(row, dues)) for row in letters]


def _due(row: AwardLetter, dues: Sequence[Due]) -> dt.datetime:
    """The due of the last window that was opened under this letter: ranks share a number, one letter ends before the next."""
    ended = row.declined_at or row.voided_at
    return [due.due_at for due in dues if due.subject == row.number and due.trigger_at >= row.issued_at
            and (ended is None or due.trigger_at <= ended)][-1]


KEPT = [field.name for field in dataclasses.fields(Letter) if field.name != "contract_due"]
