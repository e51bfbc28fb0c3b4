"""Which rows of files stand on the log: none; what stands there is the matter they belong to."""

from market.files.models import File, FileGrant
from market.ledger.queries.integrity import Held

HELD: tuple[Held, ...] = ()
WITHOUT: dict[type, str] = {
    File: "belongs to a matter, which stands on the log",
    FileGrant: "to whom a file was shown is not public",
}
