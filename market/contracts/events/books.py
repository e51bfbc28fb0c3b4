"""The finance office's books. The subject of an import is its number ZF-..., of a payment that was found the notice."""

import dataclasses
import datetime as dt

from market.kernel.events import Event


@dataclasses.dataclass(frozen=True, kw_only=True)
class BooksImported(Event):
    """The finance office handed in its payments of some days (both included); `digest` is salted."""

    kind = "finance.imported"
    covers_from: dt.date
    covers_to: dt.date
    lines: int
    digest: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class PaymentFound(Event):
    """The books (`books` ZF-...) have payments of a contract of public money that its owner has not
    registered.
    """

    kind = "contract.pay_found"
    contract: str
    books: str
    payments: int
