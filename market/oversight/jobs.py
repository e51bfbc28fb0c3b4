"""Every night each draw is recomputed out of its evidence, by the verifier that outsiders use; a new
result at the next turn.
"""

import datetime as dt
import json
import logging

from flask import current_app

from market.adapters.vkeys import vkeys
from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR
from market.kernel.clock import CHINA
from market.kernel.errors import NotFound, Refusal
from market.oversight import queries, service
from market.oversight.rules import Verdict
from market.rulebook import queries as rulebooks
from verify.zjcs import evidence
from verify.zjcs.faults import Fault

log = logging.getLogger(__name__)
HOUR = 2  # of the Chinese night
AT_ONCE = 100


def verify() -> int:
    """Recompute the draws that were not since the last night; returns how many."""
    since = last_night(fabric().clock.now())
    numbers = queries.unverified(reading(CLOCK), since)[:AT_ONCE]
    done = 0
    for number in numbers:
        found = recompute(number)
        if found is None:
            continue
        verdict, fault = found
        if verdict is Verdict.BROKEN:
            log.error("%s does not recompute: %s", number, fault)
        in_one_transaction(
            service.keep_verification, CLOCK, draw=number, verdict=verdict, fault=fault
        )
        done += 1
    return done


def last_night(now: dt.datetime) -> dt.datetime:
    """The last two o'clock at night in China, at or before an instant."""
    local = now.astimezone(CHINA)
    night = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return night if night <= local else night - dt.timedelta(days=1)


def recompute(number: str) -> tuple[Verdict, str | None] | None:
    """Verify a draw, or a direct choice, from what the public gets; None while a witness has not seen
    its result yet.
    """
    try:
        work = reading(VISITOR)
        file = queries.evidence_file(work, number, vkeys(current_app.config))
    except NotFound:
        return None
    try:
        steps = list(evidence.check(json.dumps(file)))
    except Fault as fault:
        return Verdict.BROKEN, fault.code
    open_points = [step.fault.code for step in steps if step.fault]
    return (Verdict.UNDECIDED, open_points[0]) if open_points else (Verdict.HOLDS, None)


def follow_flags() -> int:
    """Compute the flags about selections of which something became public."""
    read = in_one_transaction(service.follow, CLOCK)
    while read == service.BATCH:
        read = in_one_transaction(service.follow, CLOCK)
    return read


def nightly_flags() -> int:
    """Once a night compute every flag that is switched on; returns how many findings there are. Before
    a rulebook is in force none is.
    """
    night = last_night(fabric().clock.now())
    work = reading(CLOCK)
    if not rulebooks.is_any_in_force(work):
        return 0
    if (last := queries.last_run(work)) is not None and last.night >= night:
        return 0
    found, selections = queries.night_pass(work, night)
    in_one_transaction(service.keep_night, CLOCK, night=night, found=found, selections=selections)
    return len(found)


def daily_figures() -> bool:
    """Once a day compute the public figures; False where today's are there."""
    work = reading(CLOCK)
    last = queries.last_figures(work)
    if last is not None and last.day >= work.today:
        return False
    in_one_transaction(service.keep_figures, CLOCK, figures=queries.compute_figures(work))
    return True


def keep_samples() -> int:
    """Promise the samples of the coming month, and fix the lists of those whose month is over; returns
    how many were promised or listed. Before a rulebook is in force there are none.
    """
    if not rulebooks.is_any_in_force(reading(CLOCK)):
        return 0
    done = len(in_one_transaction(service.plan_samples, CLOCK))
    for number in queries.samples_to_list(reading(CLOCK)):
        try:
            in_one_transaction(service.list_sample, CLOCK, number=number)
            done += 1
        except Refusal as no:
            log.error("sample %s has no list yet: %s", number, no.code)
    return done


JOBS = [
    ("oversight.verify", dt.timedelta(minutes=10), verify),
    ("oversight.samples", dt.timedelta(minutes=10), keep_samples),
    ("oversight.flags", dt.timedelta(minutes=1), follow_flags),
    ("oversight.figures", dt.timedelta(minutes=10), daily_figures),
    ("oversight.nightly_flags", dt.timedelta(minutes=10), nightly_flags),
]
