"""The blueprint of the room and what its pages share."""

from flask import Blueprint

from market.db import Work
from market.ledger import queries as ledger
from market.owners.words import EVENTS

bp = Blueprint("owners", __name__)


def timeline(work: Work, number: str) -> list[dict[str, object]]:
    """What happened to a registration, newest first, as the log has it."""
    return [
        {"label": EVENTS[entry.type], "at": entry.at, "entry": entry.index}
        for entry in reversed(ledger.of_subject(work, number))
        if entry.type in EVENTS
    ]
