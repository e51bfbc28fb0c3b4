"""The seal: after the close and the drain the clock opens what was entered and puts the list on the
log, once for ever.
"""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from market.adapters.keys import open_sealed
from market.agencies import queries as agencies
from market.db import Work
from market.kernel.clock import local_date
from market.kernel.errors import Refusal
from market.kernel.ids import Prefix, sibling
from market.ledger.service import record
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection import permissions
from market.selection.entries.events import DrainCut, EntriesPart, EntriesSealed
from market.selection.entries.models import Entry
from market.selection.entries.queries import draining as draining_queries
from market.selection.entries.queries import rows as entry_rows
from market.selection.entries.rules import draining, entering, turnout
from market.selection.entries.rules.states import EntryState, move_entry
from market.selection.entries.service.barring import DECIDER, barred
from market.selection.entries.service.failing import fail
from market.selection.kinds import Fund
from market.selection.leaves import record_draw
from market.selection.notices.models import Notice
from market.selection.notices.queries import case
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.states import NoticeState, move_notice
from market.selection.way import SealedList, way_of
from market.windows.queries import Due
from verify.zjcs import draw as protocol

LEAST = {
    Fund.FISCAL: Rulebook.min_entrants_fiscal,
    Fund.STATE: Rulebook.min_entrants_state,
    Fund.SOCIAL: Rulebook.min_entrants_social,
}


def begin_sealing(work: Work, due: Due) -> None:
    """Note that the drain is over: the clock's process, which holds the key, seals next."""
    notice = notice_rows.by_number(work, due.subject)
    way_of(notice.method).drained(work, due.subject)


def seal(work: Work, *, number: str, private_key: bytes) -> NoticeState:
    """Open every entry, judge it at the close, put the list on the log; sealed twice is sealed
    once.

    `private_key` is the clock's. Too few entrants make a failed selection, which is published.
    Refuses `draw.seal_too_early`. Returns the notice's state.
    """
    permissions.require(work.actor, "selection.clock")
    notice = notice_rows.by_number(work, number, lock=True)
    if notice.state is not NoticeState.ENTRY_OPEN:
        return notice.state
    rulebook = rulebooks.version(work, notice.rulebook)
    if notice.entry_close is None or work.now < notice.entry_close + case.drain(rulebook):
        raise Refusal("draw.seal_too_early")
    _wait_for_processes(work, number, notice.entry_close, rulebook)
    entries = entry_rows.entries(work, notice.id, EntryState.RECEIVED)
    listed, excluded = _judged(work, notice, notice.entry_close, entries, private_key)
    notice.state = move_notice(notice.state, NoticeState.SEALED)
    leaf = _record_seal(work, number, listed, excluded)

    least = least_entrants(notice, rulebook)
    failure = turnout.failure(len(entries), len(listed), least)
    way_of(notice.method).sealed(
        work, SealedList(number=number, leaf=leaf, listed=len(listed), failure=failure)
    )
    if failure is not None:
        fail(work, notice, failure, listed=len(listed), least=least)
    return notice.state


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


def least_entrants(notice: Notice, rulebook: Rulebook) -> int:
    """The minimum of entrants of this notice."""
    by_fund = {fund: rulebook.amount(least) for fund, least in LEAST.items()}
    return turnout.least_entrants(
        case.terms_of(notice).governing_fund,
        notice.listing,
        by_fund,
        rulebook.min_entrants_relisted,
    )


def _judged(
    work: Work, notice: Notice, close: dt.datetime, entries: Sequence[Entry], private_key: bytes
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of the list and of those excluded, opened; each entry's own row says the same."""
    listed: list[dict[str, Any]] = []
    excluded: list[dict[str, Any]] = []
    people: set[str] = set()
    for entry in entries:
        opened = json.loads(open_sealed(private_key, entry.sealed))
        row = {
            "no": entry.no,
            "nonce": opened["nonce"],
            "quote_fen": opened["quote_fen"],
            "ref": entry.ref,
            "salt": opened["salt"],
        }
        reason = (
            barred(work, entry.agency_id, notice.item_code, local_date(close))
            or _amended(work, notice, entry, opened)
            or _of_one_person(entry, people)
        )
        entry.quote_fen = opened["quote_fen"]
        if reason:
            entry.reason = reason
            entry.state = move_entry(entry.state, EntryState.INELIGIBLE)
            excluded.append({**row, "by": DECIDER, "reason": entry.reason})
        else:
            entry.state = move_entry(entry.state, EntryState.LISTED)
            listed.append(row)
    return listed, excluded


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


def _amended(work: Work, notice: Notice, entry: Entry, opened: dict[str, Any]) -> str | None:
    """Why an entry no longer fits a notice that was amended since, or None."""
    if notice.amended_at is None:
        return None
    agency = agencies.of_organisation(work, entry.agency_id)
    return entering.outside_terms(
        opened["quote_fen"],
        notice.ceiling_fen or 0,
        agency.uscc if agency else None,
        dict(notice.exclusions),
    )


def _record_seal(
    work: Work, number: str, listed: list[dict[str, Any]], excluded: list[dict[str, Any]]
) -> str:
    """The leaf `entries.sealed`, in parts above 256 rows (rule 14); returns its hash."""
    draw = sibling(number, Prefix.DRAW)  # the key of zjcs-draw/1, whatever the way
    at = work.now
    count = len(listed) + len(excluded)
    if count <= protocol.PART_ROWS:
        return record_draw(
            work,
            EntriesSealed(
                subject=number, at=at, draw=draw, entrants=listed, excluded=excluded or None
            ),
        )
    hashes = []
    for part, start in enumerate(range(0, count, protocol.PART_ROWS), 1):
        end = start + protocol.PART_ROWS
        hashes.append(
            record_draw(
                work,
                EntriesPart(
                    subject=number,
                    draw=draw,
                    part=part,
                    entrants=listed[start:end] or None,
                    excluded=excluded[max(0, start - len(listed)) : max(0, end - len(listed))]
                    or None,
                ),
            )
        )
    return record_draw(
        work, EntriesSealed(subject=number, at=at, draw=draw, count=count, parts=hashes)
    )
