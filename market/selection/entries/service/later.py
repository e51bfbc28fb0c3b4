"""The list of a way whose quotes open later: who is on it, and what they propose, as text or as files."""

import datetime as dt
from collections.abc import Sequence

from market.agencies import queries as agencies
from market.db import Work
from market.kernel.clock import local_date
from market.kernel.errors import Refusal
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.selection.entries.events import EntriesListed
from market.selection.entries.models import Entry
from market.selection.entries.rules.states import EntryState, move_entry
from market.selection.entries.service import proposing
from market.selection.entries.service.barring import DECIDER, barred
from market.selection.entries.service.documents import Documents, keep_document
from market.selection.entries.service.listing import Rows
from market.selection.leaves import record_draw
from market.selection.notices import queries as notice_queries
from market.selection.notices.models import Notice
from market.selection.way import boxes_of, takes_texts
from verify.zjcs import draw as protocol


def listed(
    work: Work,
    notice: Notice,
    close: dt.datetime,
    entries: Sequence[Entry],
    private_key: bytes,
    documents: Documents,
) -> Rows:
    """Judge every entry at the close, by all but its quote, and open the proposals of those who stand;
    who hands in a file that does not open, or is no PDF, does not stand.

    Refuses `draw.seal_too_early` before the count is closed, or a file opened.
    """
    kinds = boxes_of(notice.method, notice.way)
    if notice.entries_closed_at is None:
        raise Refusal("draw.seal_too_early")
    rows = Rows([], [], [])
    people: set[str] = set()
    standing: list[Entry] = []
    for entry in entries:
        reason = why_not(work, notice, entry, close, people)
        if kinds and reason is None:
            shut = keep_document(work, entry, kinds[0], documents)
            reason = f"proposal.{shut}" if shut else None
        row: Json = {"no": entry.no, "ref": entry.ref}
        if reason:
            entry.reason = reason
            entry.state = move_entry(entry.state, EntryState.INELIGIBLE)
            rows.excluded.append({**row, "by": DECIDER, "reason": reason})
        else:
            entry.state = move_entry(entry.state, EntryState.LISTED)
            standing.append(entry)
            rows.listed.append(row)
    if takes_texts(notice.method, notice.way):
        proposing.opened(work, notice, standing, private_key)
    return rows


def why_not(
    work: Work, notice: Notice, entry: Entry, close: dt.datetime, people: set[str]
) -> str | None:
    """Why an entry does not stand, as a code; None where it does. `people`: the digests of the legal
    representatives of those before it.
    """
    promised = notice_queries.promised_day(work, notice.id)
    reason = barred(work, entry.agency_id, notice.items, local_date(close), promised)
    if reason:
        return reason
    agency = agencies.of_organisation(work, entry.agency_id)
    if agency is not None and agency.uscc in dict(notice.exclusions):
        return "entry.excluded_since"
    if entry.representative_digest is None:
        return None
    if entry.representative_digest in people:
        return "entry.same_representative"
    people.add(entry.representative_digest)
    return None


def record_list(work: Work, notice: Notice, rows: Rows) -> str:
    """The leaves `entries.listed`, 256 rows each; returns the hash of the last."""
    number = str(notice.number)
    together = [("entrants", row) for row in rows.listed]
    together += [("excluded", row) for row in rows.excluded]
    leaf = ""
    for here in protocol.in_parts(together) or [[]]:  # an empty list is said too
        leaf = record_draw(
            work,
            EntriesListed(
                subject=number,
                at=work.now,
                draw=sibling(number, Prefix.DRAW),
                entrants=[row for of, row in here if of == "entrants"],
                excluded=[row for of, row in here if of == "excluded"],
                received=notice.entries_given,
            ),
            notice.alg,
        )
    return leaf
