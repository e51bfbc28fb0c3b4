"""The seal: after the close and the drain the clock opens what was entered and puts the list on the
log, once for ever.
"""

import datetime as dt
from collections.abc import Sequence

from market.agencies import queries as agencies
from market.db import Work
from market.kernel.clock import local_date
from market.kernel.errors import Refusal
from market.kernel.ids import Prefix, sibling
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection import permissions
from market.selection.entries.events import DrainCut, EntriesClosed
from market.selection.entries.models import Entry
from market.selection.entries.queries import draining as draining_queries
from market.selection.entries.queries import rows as entry_rows
from market.selection.entries.rules import draining, entering, turnout
from market.selection.entries.rules.states import EntryState, move_entry
from market.selection.entries.service import bidders, later, opening
from market.selection.entries.service.barring import DECIDER, barred
from market.selection.entries.service.documents import Documents
from market.selection.entries.service.failing import fail
from market.selection.entries.service.least import least_entrants
from market.selection.entries.service.listing import Rows, record_seal
from market.selection.leaves import record_draw
from market.selection.notices import queries as notice_queries
from market.selection.notices.models import Notice
from market.selection.notices.queries import case
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.states import NoticeState, move_notice
from market.selection.notices.rules.terms import fixed
from market.selection.way import Opening, SealedList, way_of
from market.windows.queries import Due
from verify.zjcs import draw as protocol
from verify.zjcs.boxes import Unopened


def begin_sealing(work: Work, due: Due) -> None:
    """Note that the drain is over: the clock's process seals next."""
    notice = notice_rows.by_number(work, due.subject)
    way_of(notice.method).drained(work, due.subject)


def seal(
    work: Work, *, number: str, private_key: bytes, documents: Documents | None = None
) -> NoticeState:
    """Open every entry, judge it at the close, put the list on the log; sealed twice is sealed
    once.

    `private_key` is the clock's and opens what came before zjcs-draw/2; what came since is opened by the
    keys that were handed in (opening.py); `documents` are the proposals that were files, opened by them
    (documents.py). Too few entrants make a failed selection, which is published.
    Refuses `draw.seal_too_early`, `draw.box_damaged`. Returns the notice's state.
    """
    permissions.require(work.actor, "selection.clock")
    notice = notice_rows.by_number(work, number, lock=True)
    if notice.state is not NoticeState.ENTRY_OPEN:
        return notice.state
    rulebook = rulebooks.version(work, notice.rulebook)
    close = fixed(notice.entry_close)
    if notice.alg == protocol.PROTOCOL:
        _wait_for_drain(work, notice, rulebook)
    if way_of(notice.method).opening is Opening.NONE:
        return bidders.admit(work, notice, private_key)
    entries = entry_rows.entries(work, notice.id, EntryState.RECEIVED)
    if way_of(notice.method).opening is Opening.AFTER_SHEETS:
        rows = later.listed(work, notice, close, entries, private_key, documents or {})
        leaf = later.record_list(work, notice, rows)
    else:
        rows = _judged(work, notice, close, entries, _opener(work, notice, private_key))
        leaf = record_seal(work, notice, rows)
    listed = rows.listed
    notice.state = move_notice(notice.state, NoticeState.SEALED)

    least = least_entrants(notice, rulebook)
    left_out = [row["reason"] for row in (*rows.excluded, *rows.unopened)]
    failure = turnout.failure(len(entries), len(listed), least, left_out)
    way_of(notice.method).sealed(
        work, SealedList(number=number, leaf=leaf, listed=len(listed), failure=failure)
    )
    if failure is not None:
        fail(work, notice, failure, listed=len(listed), least=least)
    return notice.state


def _opener(work: Work, notice: Notice, private_key: bytes) -> opening.Opener:
    if notice.alg == protocol.PROTOCOL:
        return opening.by_the_clock(private_key)
    return opening.by_released_keys(work, notice)


def close_entries(work: Work, *, number: str) -> bool:
    """Since zjcs-draw/2: put on the log how many were received, before any key is asked for; nothing is
    entered or withdrawn from then on. False when that is done already, or never for this notice.

    Refuses `draw.seal_too_early`.
    """
    permissions.require(work.actor, "selection.clock")
    notice = notice_rows.by_number(work, number, lock=True)
    is_done = notice.entries_closed_at is not None or notice.alg == protocol.PROTOCOL
    if is_done or notice.state is not NoticeState.ENTRY_OPEN:
        return False
    _wait_for_drain(work, notice, rulebooks.version(work, notice.rulebook))
    notice.entries_closed_at = work.now
    record_draw(
        work,
        EntriesClosed(
            subject=number,
            at=work.now,
            count=notice.entries_given,
            draw=sibling(number, Prefix.DRAW),
        ),
        notice.alg,
    )
    way_of(notice.method).closed(work, number)
    return True


def _wait_for_drain(work: Work, notice: Notice, rulebook: Rulebook) -> None:
    """Refuse `draw.seal_too_early` before the drain is over."""
    close = fixed(notice.entry_close)
    if work.now < close + case.drain(rulebook):
        raise Refusal("draw.seal_too_early")
    _wait_for_processes(work, str(notice.number), close, rulebook)


def _wait_for_processes(work: Work, number: str, close: dt.datetime, rulebook: Rulebook) -> None:
    """Refuse `draw.seal_too_early` while a web process may hold a form from before the close; when
    the wait is over, seal all the same and say so on the log.
    """
    held = draining_queries.holding(work, close)
    if not held:
        return
    if work.now < close + draining.longest(case.drain(rulebook), case.gap(rulebook)):
        raise Refusal("draw.seal_too_early")
    record(work, DrainCut(subject=number, count=held))


def _judged(
    work: Work,
    notice: Notice,
    close: dt.datetime,
    entries: Sequence[Entry],
    opener: opening.Opener,
) -> Rows:
    """Rows of the list, of those excluded and of those that do not open; each entry's own row says the
    same.
    """
    rows = Rows([], [], [])
    people: set[str] = set()
    promised = notice_queries.promised_day(work, notice.id)
    for entry in entries:
        try:
            opened = opener(entry)
        except Unopened as no:
            entry.reason = no.code
            entry.state = move_entry(entry.state, EntryState.UNOPENED)
            rows.unopened.append({"no": entry.no, "reason": no.code, "ref": entry.ref})
            continue
        row = opening.row_of(entry, opened)
        amount = opening.amount_of(opened, notice)
        reason = (
            opening.outside(opened, notice)
            or barred(work, entry.agency_id, notice.items, local_date(close), promised)
            or _amended(work, notice, entry, amount)
            or _of_one_person(entry, people)
        )
        opening.keep(entry, opened, amount)
        if reason:
            entry.reason = reason
            entry.state = move_entry(entry.state, EntryState.INELIGIBLE)
            rows.excluded.append({**row, "by": DECIDER, "reason": entry.reason})
        else:
            entry.state = move_entry(entry.state, EntryState.LISTED)
            rows.listed.append(row)
    return rows


def _of_one_person(entry: Entry, people: set[str]) -> str | None:
    """Why an entry does not stand whose legal representative stands behind an earlier one, or None.

    By the keyed digest alone: namesakes are several people.
    """
    if entry.representative_digest is None:
        return None
    if entry.representative_digest in people:
        return "entry.same_representative"
    people.add(entry.representative_digest)
    return None


def _amended(work: Work, notice: Notice, entry: Entry, amount: int) -> str | None:
    """Why an entry no longer fits a notice that was amended since, or None."""
    if notice.amended_at is None:
        return None
    agency = agencies.of_organisation(work, entry.agency_id)
    return entering.outside_terms(
        amount,
        notice.ceiling_fen or 0,
        agency.uscc if agency else None,
        dict(notice.exclusions),
    )
