"""A notice, its result, its draw and its entries as pages and other rooms see them: frozen, and sealed while sealed."""
import dataclasses
import datetime as dt
from typing import Any

from sqlalchemy import or_, select

from market.accounts import queries as accounts
from market.agencies import queries as agencies
from market.catalogue import queries as catalogue
from market.db import Work
from market.kernel.clock import from_epoch
from market.kernel.errors import NotFound
from market.kernel.ids import Prefix, sibling
from market.selection import rules
from market.selection.models import Draw, Entry, Notice, NoticeAmendment, NoticeReview, Ranking, SourceValue
from market.selection.queries import rows
from market.selection.rules import states
from market.selection.rules.states import Rank
from market.selection.rules.terms import Fund, Method
from market.windows import queries as windows
from market.windows.queries import Due
from verify.zjcs.draw import drand_time

STANDING = (Rank.PROPOSED, Rank.WON)


@dataclasses.dataclass(frozen=True)
class Winner:
    """Who stands first in the order now: platform number, organisation, name, quote (fen), rank."""

    ref: str
    organisation_id: int
    name: str
    amount_fen: int
    rank: int


@dataclasses.dataclass(frozen=True)
class NoticeCard:
    """Everything public of a notice. Money in fen; instants aware UTC; `standstill_due` exclusive."""

    id: int
    number: str
    state: states.Notice
    division: str
    title: str
    owner_organisation_id: int
    owner_name: str
    item_code: str
    item_name: str
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
    draw_number: str
    level: str
    result_published_at: dt.datetime | None
    standstill_due: dt.datetime | None
    winner: Winner | None

    @property
    def result_number(self) -> str:
        return sibling(self.number, Prefix.RESULT)

    @property
    def is_opened(self) -> bool:
        """Whether who entered is public."""
        return self.state in states.OPENED and self.failure != "CANCELLED"


def notice(work: Work, number: str) -> NoticeCard:
    """A published notice. Refuses `notice.none`."""
    return _card(work, rows.by_number(work, number))


def exists(work: Work, number: str) -> bool:
    """Whether a notice with this number was published."""
    return work.session.scalar(select(Notice.id).where(Notice.number == number)) is not None


def _card(work: Work, row: Notice) -> NoticeCard:
    number = str(row.number)
    item = catalogue.item(work, row.item_code)
    regulator = accounts.organisation(work, row.regulator_id) if row.regulator_id else None
    draw = rows.draw_of(work, row.id)
    due = standstill(work, number)
    same = {field.name: getattr(row, field.name) for field in dataclasses.fields(NoticeCard) if field.name in SAME}
    return NoticeCard(
        **same, owner_organisation_id=row.owner_id, owner_name=accounts.organisation(work, row.owner_id).name,
        item_name=item.name, qualification=item.qualification, regulator_name=item.regulator_name,
        regulator_phone=regulator.phone if regulator else None,
        exclusions=tuple((uscc, reason) for uscc, reason in row.exclusions), is_amended=row.amended_at is not None,
        entries=row.entries_live, reviewer_person_ids=frozenset({row.reviewed_by, row.published_by} - {None}),
        draw_number=draw.number, level=draw.level, result_published_at=row.announced_at,
        standstill_due=due.due_at if due else None, winner=_winner(work, draw.id),
        successor=work.session.scalar(select(Notice.number).where(
            Notice.predecessor == number, Notice.number.is_not(None))))


SAME = frozenset({
    "id", "number", "state", "division", "title", "item_code", "category", "regulator_id", "fund", "fiscal_percent", "method",
    "ceiling_fen", "price_note", "scale", "location", "content", "service_days", "requirement", "urgent", "urgent_reason",
    "entry_close", "draw_at", "contact_phone", "complaint_phone", "project_code", "plea", "override_reason", "rulebook",
    "listing", "predecessor", "published_at", "failure", "cancel_reason"})


def standstill(work: Work, number: str) -> Due | None:
    """The last standstill of a result that was counted in days (a release only lets it go on), live or over."""
    counted = [due for due in windows.of_subject(work, number)
               if due.kind == rules.STANDSTILL.name and due.last_day is not None]
    return max(counted, key=lambda due: due.id, default=None)


def _winner(work: Work, draw_id: int) -> Winner | None:
    row = work.session.execute(
        select(Ranking.ref, Ranking.rank, Entry.agency_id, Entry.quote_fen).join(Entry, Entry.id == Ranking.entry_id)
        .where(Ranking.draw_id == draw_id, Ranking.state.in_(STANDING))).first()
    if row is None:
        return None
    name = accounts.organisation(work, row.agency_id).name
    return Winner(row.ref, row.agency_id, name, row.quote_fen or 0, row.rank)


# --- the list and the order -------------------------------------------------------------------------------------------

@dataclasses.dataclass(frozen=True)
class EntryRow:
    """One entry after the seal: the public list. `rank`, `ticket`, `rank_state` once drawn; `reason` why not listed."""

    no: int
    ref: str
    name: str
    uscc: str | None
    organisation_id: int
    quote_fen: int
    received_at: dt.datetime
    state: states.Entry
    reason: str | None
    rank: int | None
    ticket: str | None
    rank_state: Rank | None
    rank_reason: str | None


@dataclasses.dataclass(frozen=True)
class DrawCard:
    """A draw. `sources`, in order: id, kind (chain, drand), slot (or round), due (instant), value and signature (hex) once
    known, revealed_at."""

    number: str
    notice_number: str
    state: states.Draw
    level: str
    winners: int
    reserves: int
    draw_at: dt.datetime
    postponed_at: dt.datetime | None
    notice_leaf: str
    seal_leaf: str | None
    sealed_at: dt.datetime | None
    entrants: int | None
    seed: str | None
    drawn_at: dt.datetime | None
    sources: tuple[dict[str, Any], ...]


@dataclasses.dataclass(frozen=True)
class ResultCard:
    """A 中选公告: the notice, its draw, the list with quotes and the order."""

    notice: NoticeCard
    draw: DrawCard
    entries: tuple[EntryRow, ...]

    @property
    def number(self) -> str:
        return self.notice.result_number


def result(work: Work, number: str) -> ResultCard:
    """The result of a notice, by the notice's number. Refuses `notice.none`, and `result.none` before the announcement."""
    card = notice(work, number)
    if card.result_published_at is None:
        raise NotFound("result.none")
    return ResultCard(card, draw(work, card.draw_number), entry_list(work, number))


def draw(work: Work, draw_no: str) -> DrawCard:
    """A draw by its number XQ-... Refuses `draw.none`."""
    row = rows.draw_by_number(work, draw_no)
    same = {field.name: getattr(row, field.name) for field in dataclasses.fields(DrawCard)
            if field.name not in ("notice_number", "sources")}
    return DrawCard(**same, notice_number=sibling(row.number, Prefix.NOTICE), sources=_sources(work, row))


def _sources(work: Work, row: Draw) -> tuple[dict[str, Any], ...]:
    chains = {chain.source: chain for chain in rows.chains(work)}
    out = []
    for planned in rows.plan_of(work, row.id):
        value = work.session.get(SourceValue, (planned.source, planned.slot))
        due = chains[planned.source].due_at(planned.slot) if planned.kind == "chain" else drand_time(planned.slot)
        out.append({"id": planned.source, "kind": planned.kind, "slot": planned.slot, "due": from_epoch(due),
                    "value": value.value if value else None, "signature": value.signature if value else None,
                    "revealed_at": value.revealed_at if value else None})
    return tuple(out)


def entry_list(work: Work, number: str) -> tuple[EntryRow, ...]:
    """The opened list of a notice, by rank, else by number; empty while it is sealed. Refuses `notice.none`."""
    row = rows.by_number(work, number)
    found = work.session.execute(
        select(Entry, Ranking).outerjoin(Ranking, Ranking.entry_id == Entry.id)
        .where(Entry.notice_id == row.id, Entry.state.in_((states.Entry.LISTED, states.Entry.INELIGIBLE)))
        .order_by(Ranking.rank.is_(None), Ranking.rank, Entry.no)).all()
    known = agencies.by_refs(work, [entry.ref for entry, _ in found])
    return tuple(_entry_row(entry, ranked, known.get(entry.ref)) for entry, ranked in found)


def _entry_row(entry: Entry, ranked: Ranking | None, agency: agencies.AgencyCard | None) -> EntryRow:
    return EntryRow(
        entry.no, entry.ref, agency.name if agency else entry.ref, agency.uscc if agency else None, entry.agency_id,
        entry.quote_fen or 0, entry.received_at, entry.state, entry.reason, ranked.rank if ranked else None,
        ranked.ticket if ranked else None, ranked.state if ranked else None, ranked.reason if ranked else None)


def entrant_organisations(work: Work, number: str) -> list[int]:
    """Organisations on the opened list, by entry number; none before the seal (identities are sealed)."""
    row = rows.by_number(work, number)
    return [entry.agency_id for entry in rows.entries(work, row.id, states.Entry.LISTED, states.Entry.INELIGIBLE)]


# --- one's own --------------------------------------------------------------------------------------------------------

@dataclasses.dataclass(frozen=True)
class OwnEntry:
    """An entry as its own agency sees it: never the quote before the seal, which the platform cannot read."""

    notice_number: str
    title: str
    no: int
    receipt: str
    commit: str
    received_at: dt.datetime
    state: states.Entry
    reason: str | None
    quote_fen: int | None
    withdrawn_at: dt.datetime | None
    notice_state: states.Notice
    entry_close: dt.datetime
    draw_at: dt.datetime
    rank: int | None
    rank_state: Rank | None


def entry_of(work: Work, number: str, organisation_id: int | None) -> OwnEntry | None:
    """The live entry of an agency to a notice, else its last withdrawn one; None when it never entered."""
    found = _own(work, Entry.agency_id == organisation_id, Notice.number == number)
    return next((entry for entry in found if entry.state is not states.Entry.WITHDRAWN), found[0] if found else None)


def entries_of(work: Work, organisation_id: int | None, limit: int = 200) -> list[OwnEntry]:
    """The entries of an agency, newest first."""
    return _own(work, Entry.agency_id == organisation_id, limit=limit)


def _own(work: Work, *conditions: Any, limit: int = 200) -> list[OwnEntry]:
    found = work.session.execute(
        select(Entry, Notice, Ranking.rank, Ranking.state.label("rank_state")).join(Notice, Notice.id == Entry.notice_id)
        .outerjoin(Ranking, Ranking.entry_id == Entry.id).where(*conditions).order_by(Entry.id.desc()).limit(limit))
    return [OwnEntry(
        str(of.number), of.title, entry.no, entry.receipt, entry.commit, entry.received_at, entry.state, entry.reason,
        entry.quote_fen, entry.withdrawn_at, of.state, of.entry_close, of.draw_at, rank, rank_state)
        for entry, of, rank, rank_state in found]


# --- drafts and the desk ----------------------------------------------------------------------------------------------

@dataclasses.dataclass(frozen=True)
class DraftCard:
    """A notice of an owner, published or not, as owner and office see it in their lists."""

    id: int
    number: str | None
    title: str
    state: states.Notice
    owner_id: int
    owner_name: str
    item_code: str
    drafted_at: dt.datetime
    drafted_by: int
    submitted_at: dt.datetime | None
    reviewed_at: dt.datetime | None
    published_at: dt.datetime | None
    entry_close: dt.datetime | None
    entries: int
    predecessor: str | None


@dataclasses.dataclass(frozen=True)
class ReviewCard:
    """One answer of the office: returned, proposed (a refusal), refused; reasons one a line."""

    round: int
    outcome: str
    reasons: tuple[str, ...]
    channel: str | None
    given_at: dt.datetime
    given_by: int


def drafts(work: Work, *conditions: Any, limit: int = 200) -> list[DraftCard]:
    """Notices under conditions, newest first."""
    found = work.session.scalars(select(Notice).where(*conditions).order_by(Notice.id.desc()).limit(limit)).all()
    names = {owner: accounts.organisation(work, owner).name for owner in {row.owner_id for row in found}}
    return [DraftCard(row.id, row.number, row.title, row.state, row.owner_id, names[row.owner_id], row.item_code,
                      row.drafted_at, row.drafted_by, row.submitted_at, row.reviewed_at, row.published_at,
                      row.entry_close, row.entries_live, row.predecessor) for row in found]


def of_owner(work: Work, organisation_id: int | None) -> list[DraftCard]:
    """An owner's notices."""
    return drafts(work, Notice.owner_id == organisation_id)


def desk(work: Work) -> list[DraftCard]:
    """What waits for the office: handed in, and not yet published."""
    return drafts(work, Notice.state == states.Notice.SUBMITTED)


def reviews(work: Work, notice_id: int) -> list[ReviewCard]:
    """The office's answers to a notice, in order."""
    found = work.session.scalars(
        select(NoticeReview).where(NoticeReview.notice_id == notice_id).order_by(NoticeReview.round))
    return [ReviewCard(row.round, row.outcome, tuple(row.reasons.splitlines()), row.channel, row.given_at, row.given_by)
            for row in found]


@dataclasses.dataclass(frozen=True)
class AmendmentCard:
    """One change of times, later, with its public reason."""

    old_close: dt.datetime
    new_close: dt.datetime
    old_draw: dt.datetime
    new_draw: dt.datetime
    reason: str
    made_at: dt.datetime


def amendments(work: Work, number: str) -> list[AmendmentCard]:
    """The amendments of a notice, in order."""
    found = work.session.scalars(select(NoticeAmendment).join(Notice, Notice.id == NoticeAmendment.notice_id)
                                 .where(Notice.number == number).order_by(NoticeAmendment.id))
    return [AmendmentCard(row.old_close, row.new_close, row.old_draw, row.new_draw, row.reason, row.made_at)
            for row in found]


def by_receipt(work: Work, receipt: str, organisation_id: int | None) -> OwnEntry | None:
    """An agency's own entry by its receipt."""
    found = _own(work, Entry.receipt == receipt, Entry.agency_id == organisation_id)
    return found[0] if found else None


# --- for the clock ----------------------------------------------------------------------------------------------------

def to_seal(work: Work) -> list[str]:
    """Numbers of notices whose drain is over and whose list is not sealed."""
    return list(work.session.scalars(
        select(Notice.number).join(Draw, Draw.notice_id == Notice.id)
        .where(Draw.state == states.Draw.SEALING).order_by(Draw.draw_at, Draw.id)))


@dataclasses.dataclass(frozen=True)
class Wanted:
    """A draw that is due, and one source whose value it lacks."""

    draw_no: str
    source: str | None
    kind: str | None
    slot: int | None


def wanted(work: Work) -> list[Wanted]:
    """Draws whose instant has come with each source that has not given its value; one line without source when none lacks."""
    due = work.session.scalars(
        select(Draw).where(or_(Draw.state == states.Draw.WAITING_SLOT, Draw.state == states.Draw.WAITING_VALUE),
                           Draw.draw_at <= work.now).order_by(Draw.draw_at, Draw.id).limit(200)).all()
    return [line for row in due for line in _lacking(work, row)]


def _lacking(work: Work, row: Draw) -> list[Wanted]:
    lacking = [Wanted(row.number, planned.source, planned.kind, planned.slot) for planned in rows.plan_of(work, row.id)
               if work.session.get(SourceValue, (planned.source, planned.slot)) is None]
    return lacking or [Wanted(row.number, None, None, None)]
