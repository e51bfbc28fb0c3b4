"""What an agency sees and is told of its own entries."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import bindparam, select

from market.agencies import queries as agencies
from market.catalogue.rules import Items
from market.db import Work
from market.kernel.errors import Refusal
from market.kernel.plain import Json
from market.ledger import queries as ledger
from market.prepared import Prepared
from market.reputation import queries as reputation
from market.selection.entries.events import EntryLate
from market.selection.entries.models import Entry, LateEntry
from market.selection.entries.rules.states import EntryState
from market.selection.kinds import Method
from market.selection.notices.models import Notice, NoticeAmendment
from market.selection.notices.rules.states import NoticeState


@dataclasses.dataclass(frozen=True)
class OwnEntry:
    """An entry as its own agency sees it: never the quote before the seal, which the platform
    cannot read.
    """

    notice_number: str
    title: str
    no: int
    receipt: str
    commit: str
    sealed_by: str | None
    box_sha256: str | None
    proposal_sha256: str | None
    proposal_b_sha256: str | None
    received_at: dt.datetime
    state: EntryState
    reason: str | None
    quote_fen: int | None
    withdrawn_at: dt.datetime | None
    method: Method
    notice_state: NoticeState
    entry_close: dt.datetime | None
    draw_at: dt.datetime | None


Own = TypeVar("Own", bound=OwnEntry)


def facts_of(entry: Entry, of: Notice) -> Json:
    """The fields of `OwnEntry`, by name."""
    return {
        "notice_number": str(of.number),
        "title": of.title,
        "no": entry.no,
        "receipt": entry.receipt,
        "commit": entry.commit,
        "sealed_by": entry.sealed_by,
        "box_sha256": entry.box_sha256,
        "proposal_sha256": entry.proposal_sha256,
        "proposal_b_sha256": entry.proposal_b_sha256,
        "received_at": entry.received_at,
        "state": entry.state,
        "reason": entry.reason,
        "quote_fen": entry.quote_fen,
        "withdrawn_at": entry.withdrawn_at,
        "method": of.method,
        "notice_state": of.state,
        "entry_close": of.entry_close,
        "draw_at": of.draw_at,
    }


def live_or_last(found: Sequence[Own]) -> Own | None:
    """Of an agency's entries to one notice, newest first, the live one, else the last withdrawn."""
    return next(
        (entry for entry in found if entry.state is not EntryState.WITHDRAWN),
        found[0] if found else None,
    )


def own_entry(work: Work, number: str, organisation_id: int | None) -> OwnEntry | None:
    """The live entry of an agency to a notice, else its last withdrawn one; None when it never
    entered.
    """
    found = work.session.execute(
        select(Entry, Notice)
        .join(Notice, Notice.id == Entry.notice_id)
        .where(Entry.agency_id == organisation_id, Notice.number == number)
        .order_by(Entry.id.desc())
    )
    return live_or_last([OwnEntry(**facts_of(entry, of)) for entry, of in found])


def barred_today(work: Work, items: Items) -> Refusal | None:
    """Why the actor's agency may not enter for items today, in the words of a refusal; None when it
    may.
    """
    return barred(work, work.actor.organisation_id or 0, items)


def barred(work: Work, agency_id: int, items: Items) -> Refusal | None:
    """The same of any agency: by its own standing, or by a suspension that is in force."""
    standing = agencies.standing(work, agency_id, items, work.today)
    if standing.refusal is not None:
        return standing.refusal
    led_by = {agency_id: standing.representative_digest}
    until = reputation.suspended(work, led_by, work.today).get(agency_id)
    return Refusal("credit.suspended", until=until) if until else None


def affected(work: Work, number: str, organisation_id: int | None) -> Refusal | None:
    """What an amendment since means to the agency's own live entry while the notice is open, in the
    words of a refusal (`entry.excluded_now`, `entry.ceiling_lowered`); None when nothing. Its quote
    nobody can read: it must compare itself.
    """
    found = work.session.execute(
        select(Entry.received_at, Notice.id, Notice.ceiling_fen, Notice.exclusions)
        .join(Notice, Notice.id == Entry.notice_id)
        .where(
            Notice.number == number,
            Entry.agency_id == organisation_id,
            Entry.state == EntryState.RECEIVED,
            Notice.state == NoticeState.ENTRY_OPEN,
            Notice.amended_at.is_not(None),
        )
    ).first()
    if found is None:
        return None
    agency = agencies.of_organisation(work, organisation_id or 0)
    excluded = dict(found.exclusions)
    if agency is not None and agency.uscc in excluded:
        return Refusal("entry.excluded_now", reason=excluded[agency.uscc])
    changes = work.session.scalars(
        select(NoticeAmendment.changes)
        .where(NoticeAmendment.notice_id == found.id, NoticeAmendment.made_at > found.received_at)
        .order_by(NoticeAmendment.id)
    )
    at_entry = next(
        (said["ceiling_fen"][0] for said in changes if "ceiling_fen" in said), found.ceiling_fen
    )
    if found.ceiling_fen < at_entry:
        return Refusal("entry.ceiling_lowered", ceiling=f"{found.ceiling_fen / 100:.2f}")
    return None


LATE = Prepared(
    select(LateEntry.received_at)
    .join(Notice, Notice.id == LateEntry.notice_id)
    .where(Notice.number == bindparam("number"), LateEntry.agency_id == bindparam("agency_id"))
)


def late_entry(work: Work, number: str, organisation_id: int | None) -> int | None:
    """The number of the log's entry that says when an agency's late entry to a notice came."""
    row = LATE.first(work, number=number, agency_id=organisation_id)
    if row is None:
        return None
    fact = EntryLate(subject=number, received=row[0])
    received = fact.leaf(row[0])["received"]
    said = ledger.backwards(work, EntryLate.kind, number)
    return next((index for index, fields in said if fields["received"] == received), None)


def late_of(work: Work, organisation_id: int | None) -> list[tuple[str, dt.datetime]]:
    """(notice number, arrival) of an agency's entries that came too late, newest first."""
    found = work.session.execute(
        select(Notice.number, LateEntry.received_at)
        .join(Notice, Notice.id == LateEntry.notice_id)
        .where(LateEntry.agency_id == organisation_id)
        .order_by(LateEntry.received_at.desc())
        .limit(200)
    )
    return [(str(number), received_at) for number, received_at in found]


def log_entry(work: Work, own: OwnEntry) -> int | None:
    """The number of the log's entry that holds an entry's commitment."""
    found = (
        each.index
        for each in ledger.of_subject(work, own.notice_number)
        if each.type == "entry.received" and each.fields["commit"] == own.commit
    )
    return next(found, None)
