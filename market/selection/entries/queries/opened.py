"""What was quoted, once it is open: what a way that ranks by price begins with."""

import dataclasses
import datetime as dt

from sqlalchemy import select

from market.db import Work
from market.selection.entries.models import Entry
from market.selection.entries.rules.states import EntryState
from market.selection.notices.queries import rows as notice_rows
from verify.zjcs import openings
from verify.zjcs.openings import Rule


@dataclasses.dataclass(frozen=True, kw_only=True)
class OpenedQuote:
    """One entry of the sealed list with what it offers.

    `no` is its number on the log, `ref` its agency's platform number. As the notice asks, it quoted an
    amount (`quote_fen`) or a rate (`rate_bp`, basis points below the ceiling); `amount_fen` is what
    either comes to: of a rate the ceiling less that part, rounded half up.
    """

    entry_id: int
    no: int
    ref: str
    agency_id: int
    received_at: dt.datetime
    amount_fen: int
    quote_fen: int | None
    rate_bp: int | None


def opened_quotes(work: Work, number: str) -> tuple[OpenedQuote, ...]:
    """The quotes of a notice's sealed list, by entry number; none before the seal, and none before they
    open where that is later.

    Who is excluded, whose box did not open, and who has withdrawn is not among them. The same rows,
    with salt and nonce, stand as `entrants` in the leaf `entries.sealed`, so that an order computed
    from these is one that outsiders can recompute. Refuses `notice.none`.
    """
    notice = notice_rows.by_number(work, number)
    listed = work.session.scalars(
        select(Entry)
        .where(
            Entry.notice_id == notice.id,
            Entry.state == EntryState.LISTED,
            Entry.quote_fen.is_not(None),
        )
        .order_by(Entry.no)
    )
    return tuple(_opened(entry, notice.ceiling_fen) for entry in listed)


def _opened(entry: Entry, ceiling_fen: int | None) -> OpenedQuote:
    kind = openings.FEN if entry.rate_bp is None else openings.RATE
    quote = entry.quote_fen if entry.rate_bp is None else entry.rate_bp
    return OpenedQuote(
        entry_id=entry.id,
        no=entry.no,
        ref=entry.ref,
        agency_id=entry.agency_id,
        received_at=entry.received_at,
        amount_fen=openings.amount_of({kind: quote}, Rule(kind, None, ceiling_fen)),
        quote_fen=entry.quote_fen,
        rate_bp=entry.rate_bp,
    )
