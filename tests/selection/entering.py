"""Entries with a quote that one can search for, and agencies that lose their standing."""

import datetime as dt
import itertools

from market.db import db, new_work
from market.selection.entries import service as entry_service
from tests.factories import agencies
from tests.factories import selection as f

_count = itertools.count(1)


QUOTE = 9_876_543  # the canary: searched for in everything that anybody can see before the seal


def enter_at(number, who, instant, quote_fen=QUOTE):
    """Enter with a request that began at that instant, whenever it is worked on."""
    work = new_work(who.actor, instant)
    receipt = entry_service.enter(
        work, number=number, quote_fen=quote_fen, sealing_key=f.keys().sealing_public()
    )
    db.session.rollback()
    return receipt


def expiring():
    """An agency whose qualification ends before the close."""
    return agencies.active_agency(
        [f.ITEM], legal_representative=f"到期{next(_count)}", valid_to=dt.date(2026, 3, 8)
    )


def suspension():
    return {"reason": "核查材料", "until": dt.date(2026, 3, 20)}
