"""Payments as the finance office's books have them, held against what owners registered (docs/rules.md#payment-books). Pure."""

import dataclasses
import datetime as dt
import enum
import hashlib
import json
from collections.abc import Iterable, Sequence

from market.kernel.errors import Invalid
from market.kernel.visible import folded

NEAR = 7
"""Calendar days between an owner's word and the books' that are still one payment."""
DAY = dt.timedelta(days=1)


class Match(enum.StrEnum):
    """What a payment of the books is to the platform."""

    REGISTERED = "registered"  # the owner has registered it
    UNREGISTERED = "unregistered"  # of a contract, and its owner has not
    DIFFERS = "differs"  # its award is another agency's, or another owner paid
    UNKNOWN = "unknown"  # no contract of this platform has its award's number
    OUTSIDE = "outside"  # to an agency, under no award


@dataclasses.dataclass(frozen=True, kw_only=True)
class BookLine:
    """A payment of the books. `no` is its line, `award` TZ-... or "", the amount in fen."""

    no: int
    award: str
    paid_on: dt.date
    amount_fen: int
    payer_uscc: str
    payer_name: str
    payee_uscc: str
    payee_name: str
    voucher: str
    purpose: str

    @property
    def identity(self) -> str:
        """The same payment in whatever file it comes: SHA-256 in lower-case hex."""
        said = [self.payer_uscc, self.payee_uscc, self.voucher, self.paid_on.isoformat()]
        return hashlib.sha256(json.dumps([*said, self.amount_fen]).encode()).hexdigest()


@dataclasses.dataclass(frozen=True)
class Entry:
    """A payment on either side: the day, the amount (fen), the voucher."""

    paid_on: dt.date
    amount_fen: int
    voucher: str


@dataclasses.dataclass(frozen=True)
class Loose:
    """A payment of the books that no contract has. `payer_id` and `payee_id` are the owner and the agency
    of this platform, None where it is neither.
    """

    award: str
    payer_id: int | None
    payee_id: int | None
    paid_on: dt.date

    def may_pay(self, award: str, owner_id: int, agency_id: int, since: dt.date) -> bool:
        """Whether it may be of this award: it names it, or the agency got it since then from the owner or
        from a payer that is no owner here, as the treasury.
        """
        if self.award == award:
            return True
        is_theirs = self.payee_id == agency_id and self.payer_id in (owner_id, None)
        return is_theirs and self.paid_on >= since


def check_books(covers_from: dt.date, covers_to: dt.date, today: dt.date) -> None:
    """Refuse `finance.covers` (field covers_to) unless the days are in order and over."""
    if not covers_from <= covers_to <= today:
        raise Invalid("finance.covers", field="covers_to", today=today.isoformat())


def unregistered(books: Iterable[Entry], registered: Sequence[Entry]) -> list[Entry]:
    """What the books have and the owner has not registered: each registered payment stands for one of the
    same amount with its voucher, or within NEAR days.
    """
    left = list(registered)
    missing: list[Entry] = []
    for entry in sorted(books, key=lambda each: (each.paid_on, each.amount_fen, each.voucher)):
        same = next((each for each in left if _is_same(entry, each)), None)
        if same is None:
            missing.append(entry)
        else:
            left.remove(same)
    return missing


def _is_same(book: Entry, said: Entry) -> bool:
    is_near = abs((book.paid_on - said.paid_on).days) <= NEAR
    is_same_voucher = folded(book.voucher) == folded(said.voucher)
    return book.amount_fen == said.amount_fen and (is_near or is_same_voucher)


def is_covered(spans: Iterable[tuple[dt.date, dt.date]], since: dt.date, until: dt.date) -> bool:
    """Whether the books have every day from `since` to `until` (both included); spans may overlap."""
    reached = since - DAY
    for begins, ends in sorted(spans):
        if begins > reached + DAY:
            break
        reached = max(reached, ends)
    return reached >= until
