"""What the clock does for selections beyond the sweep: seal what has drained, bring the values, go on with draws.

The clock's process alone holds the sealing key and the operator's chain.
"""
import datetime as dt
import logging

from flask import current_app

from market.adapters.beacon import HttpWitness, NotDue, Unreachable, Witness
from market.adapters.keys import Keys
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK
from market.kernel.clock import epoch
from market.kernel.errors import Refusal
from market.selection import queries, service
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
    """The value of a slot from whoever holds the chain: this installation's own, or the witness's."""
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


JOBS = [("selection.advance", dt.timedelta(seconds=1), advance)]
