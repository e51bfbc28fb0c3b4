"""A published notice as pages and other rooms see it: frozen, and sealed while sealed."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterator

from sqlalchemy import func, select

from market.accounts import queries as accounts
from market.catalogue import queries as catalogue
from market.catalogue.queries import ItemCard
from market.catalogue.rules import Items, Joined
from market.db import Work
from market.kernel.actor import Actor
from market.kernel.clock import local_date
from market.kernel.ids import Prefix, sibling
from market.kernel.sought import Sought
from market.owners import queries as owners
from market.selection.kinds import Fund, Method
from market.selection.notices.models import Notice, NoticeAmendment
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.states import OPENED, NoticeState
from market.selection.notices.rules.terms import TERMS, items_of

OVERSEE = frozenset({"office", "regulator", "authority", "inspection"})
"""Kinds of bodies whose work needs the name of a natural person who buys."""


@dataclasses.dataclass(frozen=True)
class NoticeCard:
    """Everything public of a notice. Money in fen; instants aware UTC."""

    id: int
    number: str
    state: NoticeState
    division: str
    title: str
    owner_organisation_id: int
    owner_name: str
    owner_is_person: bool
    item_code: str
    item_name: str
    bought: tuple[ItemCard, ...]
    joined: Joined | None
    category: str
    regulator_id: int | None
    regulator_name: str
    regulator_phone: str | None
    fund: Fund
    fiscal_percent: int
    method: Method
    ceiling_fen: int
    price_note: str
    scale: str
    location: str
    content: str
    service_days: int | None
    requirement: str
    qualification: str
    exclusions: tuple[tuple[str, str], ...]
    urgent: bool
    urgent_reason: str
    entry_close: dt.datetime
    draw_at: dt.datetime
    contact_phone: str
    complaint_phone: str
    project_code: str
    plea: str
    override_reason: str | None
    rulebook: int
    listing: int
    predecessor: str | None
    successor: str | None
    published_at: dt.datetime
    is_amended: bool
    entries: int
    failure: str | None
    cancel_reason: str | None
    reviewer_person_ids: frozenset[int]
    result_published_at: dt.datetime | None

    @property
    def items(self) -> Items:
        """Everything that is bought."""
        return items_of(self.item_code, [each.code for each in self.bought[1:]], self.joined)

    @property
    def item_names(self) -> str:
        """The names of everything that is bought, the lead item's first."""
        return "；".join(each.name for each in self.bought)

    @property
    def regulators(self) -> tuple[int, ...]:
        """The bodies that oversee any of the items, the lead regulator first."""
        of_each = (self.regulator_id, *(each.regulator_id for each in self.bought[1:]))
        return tuple(dict.fromkeys(each for each in of_each if each is not None))

    @property
    def draw_number(self) -> str:
        return sibling(self.number, Prefix.DRAW)

    @property
    def result_number(self) -> str:
        return sibling(self.number, Prefix.RESULT)

    def owner_for(self, actor: Actor) -> str:
        """The owner's name as a reader may know it (docs/rules.md#decision-21): that of a natural
        person only he himself and those whose work needs it, "" for anybody else. Whoever is to
        contract with him reads it on the offer and in the letter.
        """
        knows = actor.kind in OVERSEE or actor.organisation_id == self.owner_organisation_id
        return self.owner_name if knows or not self.owner_is_person else ""

    @property
    def is_social(self) -> bool:
        """Whether no public money is in it."""
        return self.fund is Fund.SOCIAL

    @property
    def is_opened(self) -> bool:
        """Whether who entered is public."""
        return self.state in OPENED and self.failure != "CANCELLED"


def notice(work: Work, number: str) -> NoticeCard:
    """A published notice. Refuses `notice.none`."""
    return _card(work, notice_rows.by_number(work, number))


def exists(work: Work, number: str) -> bool:
    """Whether a notice with this number was published."""
    return work.session.scalar(select(Notice.id).where(Notice.number == number)) is not None


def sought(work: Work, numbers: Collection[str] | None = None) -> Iterator[Sought]:
    """Every published notice as the search knows it, or those of these numbers; oldest first."""
    columns = (Notice.number, Notice.title, Notice.item_code, Notice.further)
    asked = select(*columns).where(Notice.published_at.is_not(None))
    names = {code: card.name for code, card in catalogue.by_code(work).items()}
    if numbers is not None:
        asked = asked.where(Notice.number.in_(numbers))
    for row in work.session.execute(asked.order_by(Notice.published_at, Notice.id)):
        number, title, lead, further = row
        several = (lead, *(code for code, _ in further)) if further else ()
        more = " ".join(f"{code} {names[str(code)]}" for code in several)
        yield Sought(str(number), f"/notices/{number}", title, more)


def _card(work: Work, row: Notice) -> NoticeCard:
    number = str(row.number)
    bought = tuple(catalogue.item(work, code) for code in row.items.codes)
    item = bought[0]
    regulator = accounts.organisation(work, row.regulator_id) if row.regulator_id else None
    same = {
        field.name: getattr(row, field.name)
        for field in dataclasses.fields(NoticeCard)
        if field.name in SAME
    }
    return NoticeCard(
        **same,
        owner_organisation_id=row.owner_id,
        owner_name=accounts.organisation(work, row.owner_id).name,
        owner_is_person=owners.is_natural(work, row.owner_id),
        item_name=item.name,
        bought=bought,
        qualification=item.qualification,
        regulator_name=item.regulator_name,
        regulator_phone=regulator.phone if regulator else None,
        exclusions=tuple((uscc, reason) for uscc, reason in row.exclusions),
        is_amended=row.amended_at is not None,
        entries=row.entries_live,
        reviewer_person_ids=frozenset(filter(None, (row.reviewed_by, row.published_by))),
        result_published_at=row.announced_at,
        successor=work.session.scalar(
            select(Notice.number).where(Notice.predecessor == number, Notice.number.is_not(None))
        ),
    )


SAME = {*TERMS} - {"beacon"} | {
    "id",
    "number",
    "state",
    "division",
    "category",
    "regulator_id",
    "override_reason",
    "rulebook",
    "listing",
    "predecessor",
    "published_at",
    "failure",
    "cancel_reason",
}
"""What a card says as the row has it."""


def document(work: Work, number: str) -> str:
    """A published notice's text as canonical JSON. Refuses `notice.none`."""
    return str(notice_rows.by_number(work, number).document)


@dataclasses.dataclass(frozen=True)
class AmendmentCard:
    """One change of times, later, with its public reason; `changes` (field, what it said, what it
    says) by a decision.
    """

    old_close: dt.datetime
    new_close: dt.datetime
    old_draw: dt.datetime
    new_draw: dt.datetime
    reason: str
    made_at: dt.datetime
    changes: tuple[tuple[str, object, object], ...] = ()


def amendments(work: Work, number: str) -> list[AmendmentCard]:
    """The amendments of a notice, in order."""
    found = work.session.scalars(
        select(NoticeAmendment)
        .join(Notice, Notice.id == NoticeAmendment.notice_id)
        .where(Notice.number == number)
        .order_by(NoticeAmendment.id)
    )
    return [
        AmendmentCard(
            row.old_close,
            row.new_close,
            row.old_draw,
            row.new_draw,
            row.reason,
            row.made_at,
            tuple((name, before, after) for name, (before, after) in row.changes.items()),
        )
        for row in found
    ]


PAUSES = ("paused", "suspended")
"""Why times moved, as codes of amendments: the owner's pause, an order of the regulator."""


def promised_day(work: Work, notice_id: int) -> dt.date | None:
    """The day of the close before a notice was first paused; None of one that never was. A paper that
    was valid then and lapsed only through the pause shuts nobody out (ADR 0081).
    """
    asked = select(func.min(NoticeAmendment.old_close)).where(
        NoticeAmendment.notice_id == notice_id, NoticeAmendment.reason.in_(PAUSES)
    )
    first = work.session.scalar(asked)
    return local_date(first) if first is not None else None
