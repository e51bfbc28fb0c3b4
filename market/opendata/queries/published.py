"""Whether data are open, and which day's files the log knows of."""

import dataclasses
import datetime as dt

from market.db import Work
from market.ledger import queries as ledger
from market.opendata import rules
from market.opendata.events import OpenDataPublished
from market.opendata.rules import Terms
from market.rulebook import queries as rulebooks


@dataclasses.dataclass(frozen=True)
class Published:
    """A day's files as the log says it: over how many entries, the digest of their list of digests,
    and the entry that says so.
    """

    day: dt.date
    size: int
    sha256: str
    at: dt.datetime
    index: int


def terms(work: Work) -> Terms | None:
    """The terms under which data are open today; None while they are not."""
    in_force = rulebooks.in_force_or_none(work)
    return rules.terms(in_force) if in_force else None


def newest(work: Work) -> Published | None:
    """The newest files that were published."""
    for entry in ledger.latest(work, limit=1, type=OpenDataPublished.kind):
        said = entry.fields
        day = dt.date.fromisoformat(said["day"])
        return Published(day, said["size"], said["sha256"], entry.at, entry.index)
    return None
