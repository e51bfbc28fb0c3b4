"""Which rows of programs stand on the log: none, they read what is public."""

from market.ledger.queries.integrity import Held
from market.programs.models import ApiToken, Webhook

HELD: tuple[Held, ...] = ()
WITHOUT: dict[type, str] = {
    ApiToken: "a key to what everybody may read",
    Webhook: "an address to which what everybody may read is sent",
}
