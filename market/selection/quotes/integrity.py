"""Which facts of quote keys stand on the log alone; what has rows is held by the folder's own table."""

from market.ledger.queries.integrity import Held
from market.selection.quotes import events

HELD: tuple[Held, ...] = ()
WITHOUT: dict[type, str] = {
    events.QuoteEscrowed: "the log is where it is kept: whoever has the file compares its digest",
}
