"""How open data stand to the log: the files are taken out of the rows, which are held against it."""

from market.ledger.queries.integrity import Held
from market.opendata.events import OpenDataPublished

HELD: tuple[Held, ...] = ()
WITHOUT: dict[type, str] = {
    OpenDataPublished: "files, whose digest the leaf itself has",
}
