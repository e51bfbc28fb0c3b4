"""Of a way in which nothing is quoted when one enters: who may bid is judged at the close, who was who is
sealed when the bids are over.
"""

from collections.abc import Mapping

from market.db import Work
from market.rulebook import queries as rulebooks
from market.selection.entries.queries import rows as entry_rows
from market.selection.entries.rules import turnout
from market.selection.entries.rules.states import EntryState, move_entry
from market.selection.entries.service import later, opening
from market.selection.entries.service.barring import DECIDER
from market.selection.entries.service.failing import fail
from market.selection.entries.service.least import least_entrants
from market.selection.entries.service.listing import Rows, record_seal
from market.selection.kinds import Failure
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState, move_notice
from market.selection.notices.rules.terms import fixed
from market.selection.way import Admission, SealedList, way_of


def admit(work: Work, notice: Notice, private_key: bytes) -> NoticeState:
    """Judge every entry at the close; the way goes on with who may bid. Where too few may, the list is
    sealed at once and the selection has failed.
    """
    close = fixed(notice.entry_close)
    entries = entry_rows.entries(work, notice.id, EntryState.RECEIVED)
    people: set[str] = set()
    refused: dict[int, str] = {}
    for entry in entries:
        reason = later.why_not(work, notice, entry, close, people)
        if reason:
            refused[entry.no] = reason
    admitted = {each.no: each.id for each in entries if each.no not in refused}
    least = least_entrants(notice, rulebooks.version(work, notice.rulebook))
    failure = turnout.failure(len(entries), len(admitted), least)
    number = str(notice.number)
    way_of(notice.method).admitted(
        work,
        Admission(number=number, admitted=admitted, refused=refused, goes_on=failure is None),
    )
    if failure is not None:
        _seal(work, notice, private_key, dict.fromkeys(admitted), refused, failure)
        fail(work, notice, failure, listed=len(admitted), least=least)
    return notice.state


def seal_bidders(
    work: Work,
    *,
    notice: Notice,
    private_key: bytes,
    amounts: Mapping[int, int],
    left_out: Mapping[int, str],
) -> NoticeState:
    """Put on the log who was who: on the list who has bid (`amounts` in fen by number), `left_out` the
    others, with their codes. Without a bid the selection has failed. Returns the notice's state.
    """
    failure = None if amounts else Failure.ALL_QUOTES_INVALID
    _seal(work, notice, private_key, amounts, left_out, failure)
    if failure is not None:
        fail(work, notice, failure, listed=0, least=1)
    return notice.state


def _seal(
    work: Work,
    notice: Notice,
    private_key: bytes,
    amounts: Mapping[int, int | None],
    left_out: Mapping[int, str],
    failure: Failure | None,
) -> None:
    rows = Rows([], [], [])
    opener = opening.by_the_clock(private_key)
    for entry in entry_rows.entries(work, notice.id, EntryState.RECEIVED):
        row = opening.row_of(entry, opener(entry))
        if entry.no in amounts:
            entry.state = move_entry(entry.state, EntryState.LISTED)
            entry.quote_fen = amounts[entry.no]
            rows.listed.append(row)
        else:
            entry.reason = left_out[entry.no]
            entry.state = move_entry(entry.state, EntryState.INELIGIBLE)
            rows.excluded.append({**row, "by": DECIDER, "reason": entry.reason})
    leaf = record_seal(work, notice, rows)
    notice.state = move_notice(notice.state, NoticeState.SEALED)
    sealed = SealedList(
        number=str(notice.number), leaf=leaf, listed=len(rows.listed), failure=failure
    )
    way_of(notice.method).sealed(work, sealed)
