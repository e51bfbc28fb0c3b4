"""Which rows of letters stand on the log: none."""

from market.ledger.queries.integrity import Held
from market.letters.models import Letter

HELD: tuple[Held, ...] = ()
WITHOUT: dict[type, str] = {Letter: "follows from an entry of the log"}
