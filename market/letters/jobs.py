"""Following the log: every few seconds the letters of what happened since."""

import datetime as dt

from flask import current_app
from flask_babel import force_locale

from market.db import in_one_transaction
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.ledger.queries import Entry
from market.letters import service
from market.letters.rules import Told
from market.letters.words import frame, title_of

LOCALES = {"zh": "zh_Hans_CN", "en": "en"}


def words(told: Told, entry: Entry) -> tuple[str, str]:
    """Title and text of a letter in the recipient's language."""
    with force_locale(LOCALES.get(told.language, LOCALES["zh"])):
        title = title_of(
            entry.type,
            entry.subject,
            fabric().event_labels.get(entry.type, entry.type),
        )
        return title, frame(title, told, entry)


def write() -> None:
    """Catch up with the log, one small transaction after another."""
    site = (
        current_app.config.get("PUBLIC_URL", "").rstrip("/")
        if current_app.config.get("SMTP_URL")
        else ""
    )
    while in_one_transaction(service.write_due, CLOCK, words=words, site=site) == service.BATCH:
        pass


JOBS = [("letters.write", dt.timedelta(seconds=3), write)]
