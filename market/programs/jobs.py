"""Sending the log's changes to the addresses that are named: in order, signed, until they are taken."""

import datetime as dt
import json
import logging
import time

from flask import current_app

from market.adapters import hooks
from market.db import in_one_transaction, reading
from market.fabric import fabric
from market.kernel.actor import CLOCK, VISITOR
from market.ledger import queries as ledger
from market.opendata import queries as opendata
from market.programs import queries, rules, service
from market.programs.service import Taken

log = logging.getLogger(__name__)
AT_MOST = 50  # deliveries to one address in one turn


def inside() -> frozenset[str]:
    """Hosts of the operator's own network that may be told (setting WEBHOOK_INSIDE, a list)."""
    return frozenset(current_app.config.get("WEBHOOK_INSIDE") or ())


def send() -> int:
    """Send what is due; returns how many deliveries were received. Data that are not open go nowhere."""
    if opendata.terms(reading(CLOCK)) is None:
        return 0
    return sum(_catch_up(hook_id) for hook_id in queries.due_hooks(reading(CLOCK)))


def _catch_up(hook_id: int) -> int:
    """Bring one address to the end of the log, one delivery after another; who answers slowly goes
    on in the next turn.
    """
    received = 0
    over = time.monotonic() + rules.TURN
    for _turn in range(AT_MOST):
        if _is_at_the_end(hook_id) or time.monotonic() > over:
            break
        taken = in_one_transaction(service.take, CLOCK, hook_id=hook_id)
        if taken is None or not _deliver(taken):
            break
        received += 1
    return received


def _is_at_the_end(hook_id: int) -> bool:
    work = reading(CLOCK)
    return queries.hook(work, hook_id).position >= ledger.size(work)


def _deliver(taken: Taken) -> bool:
    """Make one delivery; whether it was received, or had nothing that is wanted."""
    work = reading(VISITOR)
    end = ledger.size(work)
    found = opendata.changes(work, taken.first, end, rules.AT_ONCE)
    following = found[-1].log_index + 1 if found else taken.first
    wanted = [vars(each) for each in found if not taken.kinds or each.type in taken.kinds]
    note = {"hook_id": taken.hook_id, "first": taken.first}
    if wanted:
        body = json.dumps(
            {"delivery": f"{taken.hook_id}-{taken.first}", "after": following, "data": wanted},
            ensure_ascii=False,
        ).encode()
        try:
            hooks.post(taken.url, body, _headers(taken, body), inside())
        except hooks.NotReceived as no:
            log.warning("webhook %s did not take %s: %s", taken.hook_id, taken.first, no)
            in_one_transaction(service.failed, CLOCK, **note, why=str(no))
            return False
    in_one_transaction(
        service.received, CLOCK, **note, following=following, was_posted=bool(wanted)
    )
    return True


def _headers(taken: Taken, body: bytes) -> dict[str, str]:
    site = str(current_app.config["SECRET_KEY"])
    stamp = int(fabric().clock.now().timestamp())
    secret = rules.secret_of(site, taken.hook_id, taken.salt)
    return {
        "Content-Type": "application/json",
        "User-Agent": "zjcs-webhook/1",
        "X-Zjcs-Delivery": f"{taken.hook_id}-{taken.first}",
        "X-Zjcs-Timestamp": str(stamp),
        "X-Zjcs-Signature": rules.signature(secret, stamp, body),
    }


JOBS = [("programs.send", dt.timedelta(seconds=10), send)]
