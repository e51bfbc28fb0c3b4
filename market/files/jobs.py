"""Bytes whose transaction never came to its end go away by themselves."""

import datetime as dt
import itertools

from flask import current_app

from market.adapters import blobs
from market.db import reading
from market.files import queries
from market.kernel.actor import CLOCK

DAY = dt.timedelta(days=1)
BATCH = 500


def remove_orphans() -> int:
    """Delete blobs older than a day that no file knows; returns how many."""
    store = blobs.of(current_app.instance_path)
    removed = 0
    work = reading(CLOCK)
    keys = store.older_than((work.now - DAY).timestamp())
    while batch := list(itertools.islice(keys, BATCH)):
        for key in queries.unknown(work, batch):
            store.delete(key)
            removed += 1
    return removed


JOBS = [("files.orphans", DAY, remove_orphans)]
