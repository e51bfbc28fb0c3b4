"""Putting a day's files on the log."""

import datetime as dt

from market.db import Work
from market.ledger.service import record
from market.opendata import permissions, rules
from market.opendata.events import OpenDataPublished


def publish(work: Work, *, day: dt.date, size: int, sha256: str) -> None:
    """Say on the log that a day's files are out: over the first `size` entries, with the digest of
    their list of digests.
    """
    permissions.require(work.actor, "opendata.publish")
    subject = rules.key(work.division, day)
    record(work, OpenDataPublished(subject=subject, day=day, size=size, sha256=sha256))
