"""Reading tips: each body its own, and whoever gave one how it stands."""

import dataclasses
import datetime as dt
from collections.abc import Collection

from sqlalchemy import Select, func, or_, select

from market.accounts import queries as accounts
from market.accounts.rules import Duty, Kind
from market.complaints import rules
from market.complaints.models import Tip, TipFile, TipHandOver
from market.complaints.queries.erasures import Erased, erased
from market.db import Work
from market.kernel.errors import NotFound
from market.kernel.shown import Parts, token
from market.web.paging import Page, keyset
from market.windows import queries as windows_queries
from market.windows.queries import Due

AT_ONCE = 100
BODIES = (Kind.OFFICE, Kind.REGULATOR, Kind.AUTHORITY, Kind.INSPECTION)
TIP_READERS = (
    Duty.COMPLAINT_OFFICER,
    Duty.COMPLAINT_SIGNATORY,
    Duty.INSPECTOR,
    Duty.CASE_OFFICER,
    Duty.AUTHORITY_ASSIGNER,
)


@dataclasses.dataclass(frozen=True)
class TipFileCard:
    """A file of a tip."""

    file_id: int
    name: str
    added_at: dt.datetime


@dataclasses.dataclass(frozen=True)
class HandedOver:
    """That a tip goes to a discipline body."""

    receiver: str
    since: dt.datetime
    handed_over_at: dt.datetime | None
    is_sealed: bool


@dataclasses.dataclass(frozen=True)
class TipCard:
    """A tip as the body that reads it has it."""

    number: str
    notice_number: str | None
    complaint_number: str | None
    content: str
    contact: str
    received_at: dt.datetime
    looked_at: dt.datetime | None
    looked_by: int | None
    note: str
    closed_at: dt.datetime | None
    files: tuple[TipFileCard, ...]
    erased: Erased | None
    shown: str  # the token that closing carries
    is_own: bool  # its reader; False: it was handed over to the actor's body, which owes nothing
    hand_over: HandedOver | None
    due: Due | None  # what the actor's body owes of it next

    @property
    def standing(self) -> rules.TipStanding:
        """How it stands for the body that reads it."""
        if self.erased:
            return rules.TipStanding.ERASED
        if not self.is_own:
            return rules.TipStanding.RECEIVED
        if self.closed_at:
            return rules.TipStanding.CLOSED
        if self.hand_over:
            return rules.TipStanding.HANDED_ON
        return rules.TipStanding.READ if self.looked_at else rules.TipStanding.NEW


COMPUTED = frozenset({"erased", "shown", "files", "is_own", "hand_over", "due"})
KEPT = [each.name for each in dataclasses.fields(TipCard) if each.name not in COMPUTED]


@dataclasses.dataclass(frozen=True)
class TipStatus:
    """How a tip stands, for whoever gave it."""

    number: str
    received_at: dt.datetime
    looked_at: dt.datetime | None
    handed_over_at: dt.datetime | None
    closed_at: dt.datetime | None


def tips(
    work: Work, after: str | None = None, *, number: str | None = None, limit: int = AT_ONCE
) -> Page[TipCard]:
    """The tips that the actor's body reads, newest first, or the one of that number: its own, and
    those handed over to it. Refuses `web.cursor`.
    """
    mine = work.actor.organisation_id
    asked = select(Tip).where(or_(Tip.body_id == mine, Tip.id.in_(handed_to(mine))))
    if number is not None:
        asked = asked.where(Tip.number == number)

    found = keyset(work.session, asked, [Tip.id.desc()], after, limit)
    rows = [row[0] for row in found]
    numbers = [row.number for row in rows]
    files = tip_files(work, [row.id for row in rows])
    gone = erased(work, numbers)
    dues = windows_queries.soonest(work, numbers)

    def card(row: Tip) -> TipCard:
        due = dues.get(row.number)
        return TipCard(
            **{name: getattr(row, name) for name in KEPT},
            files=files.get(row.id, ()),
            erased=gone.get(row.number),
            shown=token(_parts(row)),
            is_own=row.body_id == mine,
            hand_over=state_of_hand_over(work, row.id),
            due=due if due is not None and due.responsible_id == mine else None,
        )

    return found.map(lambda row: card(row[0]))


def tip(work: Work, number: str) -> TipCard:
    """One of them. Refuses `complaint.none`, also for a tip that another body reads."""
    found = next(iter(tips(work, number=number)), None)
    if found is None:
        raise NotFound("complaint.none")
    return found


def handed_to(organisation_id: int | None) -> Select[int]:
    """The tips that another body has handed over to this one."""
    return select(TipHandOver.tip_id).where(TipHandOver.receiver_id == organisation_id)


def tip_readers(work: Work, row: Tip) -> set[int]:
    """The bodies that read a tip and its files: its own, and whom it was handed over to."""
    asked = select(TipHandOver.receiver_id).where(TipHandOver.tip_id == row.id)
    return {body for body in (row.body_id, *work.session.scalars(asked)) if body is not None}


def state_of_hand_over(work: Work, tip_id: int) -> HandedOver | None:
    """Whither a tip is handed over, if it is."""
    row = work.session.scalar(select(TipHandOver).where(TipHandOver.tip_id == tip_id))
    if row is None:
        return None
    name = accounts.organisation(work, row.receiver_id).name
    return HandedOver(name, row.since, row.handed_over_at, row.is_sealed)


def tip_files(work: Work, tip_ids: Collection[int]) -> dict[int, tuple[TipFileCard, ...]]:
    """The files of tips, by tip, the first first."""
    found: dict[int, tuple[TipFileCard, ...]] = {}
    rows = select(TipFile).where(TipFile.tip_id.in_(tip_ids)).order_by(TipFile.id)
    for row in work.session.scalars(rows):
        card = TipFileCard(row.file_id, row.name, row.added_at)
        found[row.tip_id] = (*found.get(row.tip_id, ()), card)
    return found


def tip_file_count(work: Work, number: str) -> int:
    """How many files a tip has: all that its giver is told of them."""
    asked = select(func.count()).select_from(TipFile).join(Tip, Tip.id == TipFile.tip_id)
    return work.session.scalar(asked.where(Tip.number == number)) or 0


def tips_waiting(work: Work, *, is_read: bool, limit: int = 200) -> list[str]:
    """The numbers of the actor's body's tips that nobody has read, or that another than the actor has
    read and he may close, oldest first. Discipline bodies are asked for nothing
    (docs/rules.md#separation-11).
    """
    if work.actor.kind == Kind.INSPECTION:
        return []
    asked = select(Tip.number).where(
        Tip.body_id == work.actor.organisation_id,
        Tip.closed_at.is_(None),
        Tip.looked_by != work.actor.person_id if is_read else Tip.looked_at.is_(None),
    )
    return list(work.session.scalars(asked.order_by(Tip.id).limit(limit)))


def tip_shown(work: Work, number: str) -> Parts:
    """What came of a tip, as the desk shows it to whoever closes it."""
    row = work.session.scalar(select(Tip).where(Tip.number == number))
    return {} if row is None else _parts(row)


def _parts(row: Tip) -> Parts:
    return {"tip.number": row.number, "tip.looked_by": row.looked_by, "tip.note": row.note}


def tip_reader(work: Work, number: str) -> int | None:
    """The body that reads a tip."""
    return work.session.scalar(select(Tip.body_id).where(Tip.number == number))


def tip_code(work: Work, number: str) -> str:
    """The code of a tip, to be told once to whoever gave it. Refuses `complaint.none`."""
    salt = work.session.scalar(select(Tip.salt).where(Tip.number == number))
    if not salt:
        raise NotFound("complaint.none")
    return rules.status_code(bytes.fromhex(salt))


def tip_status(work: Work, number: str, code: str) -> TipStatus:
    """How a tip stands, by number and code. Refuses `tip.no_status` whichever of them is wrong."""
    row = work.session.scalar(select(Tip).where(Tip.number == number))
    if row is None or not row.salt or not rules.is_code(code, bytes.fromhex(row.salt)):
        raise NotFound("tip.no_status")
    found = state_of_hand_over(work, row.id)
    handed_over_at = found.handed_over_at if found else None
    return TipStatus(row.number, row.received_at, row.looked_at, handed_over_at, row.closed_at)


def tip_bodies(work: Work) -> list[rules.Reader]:
    """The public bodies that a tip may concern, and those that may read one."""
    return [
        rules.Reader(
            card.id,
            card.kind.value,
            card.name,
            card.superior_id,
            bool(accounts.members(work, card.id, *TIP_READERS)),
        )
        for kind in BODIES
        for card in accounts.organisations(work, kind)
    ]
