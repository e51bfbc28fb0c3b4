"""Which rows of the search stand on the log: none of their own."""

from market.ledger.queries.integrity import Held
from market.search.models import SearchText

HELD: tuple[Held, ...] = ()
WITHOUT: dict[type, str] = {
    SearchText: "made out of rows that stand there themselves; `flask search check` compares them",
}
