"""What the tests of this room say often: do a use case, look at the log and at an agency's standing."""
import datetime as dt

from market.agencies import queries
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.clock import CHINA
from market.ledger import queries as ledger

REASONS = {"reasons": "证书系伪造", "basis": "《行政许可法》第三十一条", "remedy": "60 日内申请行政复议"}


def do(act, actor, **values):
    return in_one_transaction(act, actor, **values)


def kinds(*subjects):
    return [each.type for each in ledger.of_subject(reading(CLOCK), *subjects)]


def state_of(made):
    return queries.of_organisation(reading(CLOCK), made.organisation_id).state


def standing(made, item="301", at=None):
    work = reading(CLOCK)
    return queries.standing(work, made.organisation_id, item, at or work.today)


def at(clock, day, hour=10):
    clock.instant = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour), CHINA).astimezone(dt.UTC)
