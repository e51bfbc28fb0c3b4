"""What the clock does for draws beyond the sweep: bring the values, go on with draws.

The public beacon has a job of its own: an address that does not answer holds up no other draw.

The clock's process alone holds the operator's chain, and gives no value of it while a list that
waits for that slot is not cosigned.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterator

from flask import current_app

from market.adapters import vkeys
from market.adapters.beacon import DRAND_URLS, NotDue, Unreachable, drand_signature, witnesses
from market.adapters.keys import Keys
from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.kernel.clock import epoch
from market.kernel.errors import Invalid, Refusal
from market.selection.sources import queries as source_queries
from market.selection.sources import service as source_service
from verify.zjcs.draw import drand_time
from verify.zjcs.faults import Fault

log = logging.getLogger(__name__)


def bring_values() -> None:
    """Fetch the value of each source that a due draw lacks, and go on with the draw; a source that
    is late is asked again.
    """
    for lacking in source_queries.wanted(reading(CLOCK)):
        try:
            in_one_transaction(source_service.advance, CLOCK, draw_no=lacking.draw_no)
            if lacking.source and lacking.slot and lacking.kind == "chain":
                _bring(lacking.draw_no, lacking.source, lacking.slot)
        except (Refusal, Unreachable, NotDue, Fault) as late:
            log.info("draw %s waits for %s: %s", lacking.draw_no, lacking.source, late)


def bring_lots() -> None:
    """The same for lots with a list of their own."""
    for lacking in source_queries.lots_wanting(reading(CLOCK)):
        try:
            in_one_transaction(source_service.advance_lot, CLOCK, lot=lacking.name)
            if lacking.source and lacking.slot:
                _hand_in(
                    source_service.give_lot_value, lacking.source, lacking.slot, lot=lacking.name
                )
        except (Refusal, Unreachable, NotDue, Fault) as late:
            log.info("lot %s waits for %s: %s", lacking.name, lacking.source, late)


def _bring(draw_no: str, source: str, slot: int) -> None:
    _hand_in(source_service.submit_value, source, slot, draw_no=draw_no)


def _hand_in(act: Callable[..., object], source: str, slot: int, **of: str) -> None:
    """Hand in the value of a slot: hashed down from a later one that is out, or from whoever holds
    the chain.
    """
    keys = Keys(current_app.config["INSTANCE"])
    derived = source_queries.derived_value(reading(CLOCK), source, slot)
    if derived is None and source == keys.chain().source:
        if unseen := source_queries.unseen(reading(CLOCK), source, slot):
            raise NotDue(f"the list of {', '.join(unseen)} is not cosigned yet")
        derived = keys.chain_value(slot, epoch(fabric().clock.now()))
    given = [derived] if derived is not None else _told(slot)
    for value in given:
        try:
            in_one_transaction(act, CLOCK, source=source, value=value, **of)
            return
        except Invalid as other:
            log.info("%s: a value that is not %s's: %s", of, source, other)
    if derived is None:
        raise Unreachable("no witness is configured, or none gave the value")


def _told(slot: int) -> Iterator[str]:
    """What each witness says its chain's value is; which chain it holds shows at the anchor."""
    for witness in witnesses(current_app.config, fabric().witness):
        try:
            yield witness.value(slot)
        except (Unreachable, NotDue) as late:
            log.info("slot %s: %s", slot, late)


def fetch_rounds() -> None:
    """Fetch each round of drand that a draw lacks and that is published; after a day without it,
    say so on the log.

    Setting DRAND_URLS: the addresses asked, in order; an empty list asks nobody (anyone may hand
    the round in).
    """
    urls = current_app.config.get("DRAND_URLS", DRAND_URLS)
    now = epoch(fabric().clock.now())
    lacking = {
        line.slot: line
        for line in source_queries.wanted(reading(CLOCK))
        if line.kind == "drand" and line.slot and drand_time(line.slot) <= now
    }
    for number, line in lacking.items():
        try:
            signature = drand_signature(urls, number)
            in_one_transaction(
                source_service.submit_value,
                CLOCK,
                draw_no=line.draw_no,
                source=str(line.source),
                round_=number,
                signature=signature,
            )
        except (Refusal, Unreachable) as late:
            log.info("draw %s waits for drand round %s: %s", line.draw_no, number, late)
    for source, number in source_queries.overdue_rounds(reading(CLOCK)):
        in_one_transaction(source_service.note_failed, CLOCK, source=source, round_=number)


def fetch_lists() -> None:
    """Fetch the first witness's numbered list for each draw of which outsiders ask for it (rule 2)."""
    lacking = source_queries.without_list(reading(CLOCK))
    known = witnesses(current_app.config, fabric().witness)
    for draw_no, sealed in lacking if known else []:
        try:
            in_one_transaction(
                source_service.keep_list,
                CLOCK,
                draw_no=draw_no,
                sealed=sealed,
                given=known[0].listed(sealed),
                vkeys=vkeys.published(current_app.config),
            )
        except (Refusal, Unreachable) as late:
            log.info("draw %s: no list of the witness yet: %s", draw_no, late)


JOBS = [
    ("selection.advance", dt.timedelta(seconds=1), bring_values),
    ("selection.lots", dt.timedelta(seconds=10), bring_lots),
    ("selection.lists", dt.timedelta(seconds=10), fetch_lists),
    ("selection.drand", dt.timedelta(seconds=5), fetch_rounds),
]
