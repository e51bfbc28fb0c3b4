"""The town's year: 348 agencies, 73 owners, a year of notices and complaints, ending now. Seeded
and repeatable.
"""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator

from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection

from market.db import db, in_one_transaction, reading
from market.demo import (
    auctioned,
    buyers,
    cases,
    documents,
    grievances,
    jurors,
    matters,
    measures,
    notices,
    priced,
    proposals,
    recent,
    sampled,
    scored,
    shortlists,
    standings,
    voices,
    watch,
    whole,
)
from market.demo.stage import stepped
from market.demo.town import Agenda, Town
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.clock import local_date
from market.ledger import queries as ledger
from market.ledger.service import move_bookmark
from market.rulebook.rules import CITY

SEED = "ruichang"
YEAR = dt.timedelta(days=364)
FINISHED = 130  # notices of the past year
LOADED = "demo.loaded"  # the bookmark that says that the town is whole
LETTERS_FROM = (
    400  # the last entries of the log whose letters are written; older ones nobody would read
)


def load(app: Flask, progress: Callable[[str, int, int], None], starter: str = CITY) -> None:
    """Fill an empty, migrated database with the town, which begins with a starter's rulebook;
    `progress(what, done, of)` is called along the way.
    """
    now = fabric(app).clock.now().replace(microsecond=0)
    with without_waiting_for_the_disk(), stepped(app, now - YEAR, SEED) as stage:
        town = Town(stage, now, progress, seed=SEED, letter_out=matters.signed)
        town.found(starter)
        town.people()
        live_through(town)
        in_one_transaction(
            move_bookmark, CLOCK, "letters", max(0, ledger.size(reading(CLOCK)) - LETTERS_FROM)
        )
        in_one_transaction(move_bookmark, CLOCK, LOADED, 1)


@contextlib.contextmanager
def without_waiting_for_the_disk() -> Iterator[None]:
    """SQLite does not wait for each commit to reach the disk while the town is loaded: what a power
    cut spoils is loaded anew.
    """

    def hurry(connection: DBAPIConnection, _record: object) -> None:
        connection.execute("PRAGMA synchronous = OFF")

    if db.engine.dialect.name != "sqlite":
        yield
        return
    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", hurry)
    try:
        yield
    finally:
        event.remove(db.engine, "connect", hurry)
        db.session.remove()
        db.engine.dispose()


def live_through(town: Town) -> None:
    """Notices through the year, and what became of them, up to now."""
    agenda = Agenda(town.stage)
    town.begin_to_trade()
    days = notices.working_days(local_date(town.stage.now) + dt.timedelta(days=3), town.today)
    for number in range(FINISHED):
        place = 2 + number * (len(days) - 12) // FINISHED
        town.plan(
            agenda, days[place], days[place + town.dice.between(4, 6)], _entrants(town, number)
        )
    recent.plan(town, agenda, days)
    whole.plan(town, agenda, days)
    priced.plan(town, agenda, days)
    scored.plan(town, agenda, days)
    proposals.plan(town, agenda, days)
    jurors.plan(town, agenda, days)
    shortlists.plan(town, agenda, days)
    auctioned.plan(town, agenda, days)
    cases.plan(town, agenda, days)
    grievances.plan(town, agenda, days)
    buyers.plan(town, agenda, days)
    documents.plan(town, agenda, days)
    standings.plan(town, agenda, days)
    watch.plan(town, agenda, days)
    sampled.plan(town, agenda)
    voices.plan(town, agenda)
    measures.plan(town, agenda)
    for when in agenda.run(town.now):
        town.progress("一年的公告、选取、投诉（天）", YEAR.days - (town.now - when).days, YEAR.days)


def _entrants(town: Town, number: int) -> int:
    """Mostly between 3 and 9; now and then too few, so that the selection fails."""
    return town.dice.between(0, 2) if number % 11 == 5 else town.dice.between(3, 9)
