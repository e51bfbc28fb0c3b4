"""Each night the day's files are written, put on the log and shown; those that are old go.

The files lie in the instance's folder and are served as they are, also while the database is away.
When the place closes its data they go at once.
"""

import datetime as dt
import logging
import pathlib
import shutil

from flask import current_app

from market.db import in_one_transaction, reading, snapshot
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.ledger import queries as ledger
from market.opendata import files, queries, rules, service
from market.opendata.rules import Terms

log = logging.getLogger(__name__)
UNFINISHED = "unfinished"


def folder() -> pathlib.Path:
    """Where the days' files are."""
    return pathlib.Path(current_app.config["INSTANCE"]) / "opendata"


def daily() -> dt.date | None:
    """Write the day's files where they are due; returns the day. Data that are not open lie nowhere."""
    place = folder()
    terms = queries.terms(reading(CLOCK))
    if terms is None:
        if place.is_dir():
            shutil.rmtree(place)
        return None
    there = files.days(place)
    day = rules.day_due(fabric().clock.now(), there[0] if there else None)
    if day is None:
        return None
    _write(place, day, terms)
    for old in there:
        if rules.is_outdated(old, day):
            shutil.rmtree(place / old.isoformat())
    return day


def _write(place: pathlib.Path, day: dt.date, terms: Terms) -> None:
    """The files first, then the log, then they are shown: nothing is shown that the log does not
    know. What was broken off is begun anew.
    """
    making = place / UNFINISHED
    if making.is_dir():
        shutil.rmtree(making)
    with snapshot(CLOCK) as work:
        size = ledger.size(work)
        sha256 = files.write(work, making, day, terms, current_app.config.get("OCDS_PREFIX"))
    in_one_transaction(service.publish, CLOCK, day=day, size=size, sha256=sha256)
    making.rename(place / day.isoformat())
    log.info("open data of %s: %d entries, %s", day, size, sha256)


JOBS = [("opendata.daily", dt.timedelta(minutes=10), daily)]
