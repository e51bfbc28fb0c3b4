"""Who stands where: by the last bid that counts, equals by the lot."""

from collections.abc import Sequence

from market.db import Work
from market.selection.entries import queries as entry_queries
from market.selection.notices.queries import rows as notice_rows
from market.selection.way import Ranked
from verify.zjcs import ranked as protocol


def ranked(work: Work, number: str, seed: str) -> Sequence[Ranked]:
    """Everybody who bid, from the lowest on; equals by the tickets of a seed (hex)."""
    notice = notice_rows.by_number(work, number)
    bid = {quote.ref: quote for quote in entry_queries.opened_quotes(work, number)}
    amounts = {ref: quote.amount_fen for ref, quote in bid.items()}
    order = protocol.order_of(notice.method.value, protocol.Basis(amounts), seed)
    return [
        Ranked(entry_id=bid[ref].entry_id, ref=ref, ticket=order.tickets.get(ref))
        for ref in order.refs
    ]
