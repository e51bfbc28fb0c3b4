"""What the clock does for selections beyond the sweep: seal what has drained, bring the values, go on with draws.

The public beacon has a job of its own: an address that does not answer holds up no other draw.

The clock's process alone holds the sealing key and the operator's chain.
"""
import datetime as dt
import logging

from flask import current_app

from market.adapters.beacon import DRAND_URLS, HttpWitness, NotDue, Unreachable, Witness, drand_signature
from market.adapters.keys import Keys
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.clock import epoch
from market.kernel.errors import Refusal
from market.selection import queries, service
from verify.zjcs.draw import drand_time
from verify.zjcs.faults import Fault

log = logging.getLogger(__name__)


def seal_due() -> int:
    """Seal every list whose drain is over; returns how many."""
    due = queries.to_seal(reading(CLOCK))
    if not due:
        return 0
    private = Keys(current_app.config["INSTANCE"]).sealing_private()
    for number in due:
        in_one_transaction(service.seal, CLOCK, number=number, private_key=private)
    return len(due)


def bring_values() -> None:
    """Fetch the value of each source that a due draw lacks, and go on with the draw; a source that is late is asked again."""
    for lacking in queries.wanted(reading(CLOCK)):
        try:
            in_one_transaction(service.advance, CLOCK, draw_no=lacking.draw_no)
            if lacking.source and lacking.slot and lacking.kind == "chain":
                value = _value(lacking.source, lacking.slot)
                in_one_transaction(service.submit_value, CLOCK, draw_no=lacking.draw_no, source=lacking.source, value=value)
        except (Refusal, Unreachable, NotDue, Fault) as late:
            log.info("draw %s waits for %s: %s", lacking.draw_no, lacking.source, late)


def _value(source: str, slot: int) -> str:
    """The value of a slot: hashed down from a later one that is out, or from whoever holds the chain."""
    derived = queries.derived_value(reading(CLOCK), source, slot)
    if derived is not None:
        return derived
    keys = Keys(current_app.config["INSTANCE"])
    if source == keys.chain().source:
        return keys.chain_value(slot, epoch(current_app.extensions["clock"].now()))
    given: Witness | None = current_app.extensions.get("witness")
    url = current_app.config.get("WITNESS_URL")
    witness = given or (HttpWitness(url) if url else None)
    if witness is None:
        raise Unreachable("no witness is configured")
    return witness.value(slot)


def advance() -> None:
    """Seal, then bring values."""
    seal_due()
    bring_values()


def fetch_rounds() -> None:
    """Fetch each round of drand that a draw lacks and that is published; after a day without it, say so on the log.

    Setting DRAND_URLS: the addresses asked, in order; an empty list asks nobody (anyone may hand the round in).
    """
    urls = current_app.config.get("DRAND_URLS", DRAND_URLS)
    now = epoch(current_app.extensions["clock"].now())
    lacking = {line.slot: line for line in queries.wanted(reading(CLOCK))
               if line.kind == "drand" and line.slot and drand_time(line.slot) <= now}
    for number, line in lacking.items():
        try:
            signature = drand_signature(urls, number)
            in_one_transaction(service.submit_value, CLOCK, draw_no=line.draw_no, source=str(line.source), round_=number,
                               signature=signature)
        except (Refusal, Unreachable) as late:
            log.info("draw %s waits for drand round %s: %s", line.draw_no, number, late)
    for source, number in queries.overdue_rounds(reading(CLOCK)):
        in_one_transaction(service.note_failed, CLOCK, source=source, round_=number)


JOBS = [("selection.advance", dt.timedelta(seconds=1), advance), ("selection.drand", dt.timedelta(seconds=5), fetch_rounds)]
