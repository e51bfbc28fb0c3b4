"""The clock's part: telling what came to who follows, and the day's letters."""

import datetime as dt
from collections.abc import Sequence

from flask import current_app
from flask_babel import force_locale

from market.db import in_one_transaction
from market.fabric import fabric
from market.following import rules, service, words
from market.following.models import Following
from market.following.queries import wanted_of
from market.following.rules import What
from market.following.service import Step
from market.kernel.actor import CLOCK
from market.web.addresses import mailed
from market.web.locale import LOCALES


def said(
    language: str, rows: list[Following], steps: Sequence[Step], there: str
) -> tuple[str, str, str]:
    """Title and text of a letter, and its mail with the links that end what is followed."""
    with force_locale(LOCALES.get(language, LOCALES["zh"])):
        labels = fabric().event_labels
        names = [words.said(row.what, wanted_of(row)) for row in rows]
        told = [(str(labels.get(entry.type, entry.type)), seen) for entry, seen in steps]
        title, body = words.letter(names, told)
        secret = str(current_app.config["SECRET_KEY"])
        links = [
            (name, there + rules.stop_link(secret, row.id))
            for name, row in zip(names, rows, strict=True)
        ]
        pages = [
            f"{there}/{_place(entry.type)}/{seen.number}" for entry, seen in steps[: rules.LISTED]
        ]
        return title, body, words.mail(body, links, list(dict.fromkeys(pages)))


def _place(kind: str) -> str:
    """Where the page is that a step of this type is about."""
    return "complaints" if What.COMPLAINTS in rules.OF_TYPE[kind] else "notices"


def tell() -> None:
    """Catch up with the letters, one small transaction after another."""
    there = mailed()
    while in_one_transaction(service.tell_due, CLOCK, words=said, site=there) == service.BATCH:
        pass


def write_digest() -> None:
    """Write the day's letters, when the day's hour has come."""
    there = mailed()
    while in_one_transaction(service.digest, CLOCK, words=said, site=there) == service.PEOPLE:
        pass


JOBS = [
    ("following.tell", dt.timedelta(seconds=5), tell),
    ("following.digest", dt.timedelta(minutes=10), write_digest),
]
