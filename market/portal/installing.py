"""Whether this site may be put on a phone's home screen: the rulebook's `installable`."""

import datetime as dt

from flask import g

from market.db import reading
from market.fabric import Memory
from market.kernel.actor import VISITOR
from market.rulebook import queries as rulebooks
from market.web.face import server_now

FRESH = dt.timedelta(minutes=1)  # how long an answer stands: every page asks
ANSWER = Memory[tuple[dt.datetime, bool] | None](lambda: None)


def is_installable() -> bool:
    """As the rulebook in force says; while the database is away as it said last."""
    now = server_now()
    known = ANSWER.of()
    if known and (now < known[0] or "database_lost" in g):
        return known[1]
    if "database_lost" in g:
        return False
    rulebook = rulebooks.in_force_or_none(reading(VISITOR))
    answer = bool(rulebook and rulebook.installable)
    ANSWER.keep((now + FRESH, answer))
    return answer
