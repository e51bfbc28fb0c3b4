"""Following the log: every few seconds the letters of what happened since."""

import datetime as dt

from flask import current_app
from flask_babel import force_locale, gettext

from market.db import in_one_transaction
from market.fabric import fabric
from market.kernel.actor import CLOCK
from market.ledger.queries import Entry
from market.letters import service
from market.letters.rules import Matter, NewNotice, To, Told
from market.letters.words import digest, frame, title_of
from market.ratings.rules import Step, link
from market.web.addresses import mailed
from market.web.locale import LOCALES, shown

NAMELESS = Matter()


def words(told: Told, entry: Entry, matter: Matter = NAMELESS) -> tuple[str, str]:
    """Title and text of a letter in the recipient's language."""
    woven = fabric()
    with force_locale(LOCALES.get(told.language, LOCALES["zh"])):
        kind = woven.window_kinds.get(str(entry.fields.get("window", "")))
        title = title_of(
            entry,
            woven.event_labels.get(entry.type, entry.type),
            shown(kind.title) if kind else "",
        )
        return title, frame(told, entry, matter) + _rating(told, entry)


def _rating(told: Told, entry: Entry) -> str:
    """The link for rating a finished step, in the letter of whoever was served."""
    if SERVED.get(entry.type) is not told.to:
        return ""
    secret = str(current_app.config["SECRET_KEY"])
    path = link(secret, entry.subject, Step(entry.type))
    root = str(current_app.config.get("PUBLIC_URL", "")).rstrip("/")
    return "\n\n" + gettext(
        "请对这次办理作出好差评（不用登录，一件事评价一次）：%(link)s", link=root + path
    )


SERVED = {
    Step.ENROLLED.value: To.APPLICANT,
    Step.OWNER_APPROVED.value: To.OWNER,
    Step.NOTICE_OPENED.value: To.OWNER,
    Step.AWARD_ISSUED.value: To.WINNER,
    Step.COMPLAINT_CLOSED.value: To.COMPLAINANT,
}
"""Whom the letter about a finished step asks to rate it."""


def digest_words(told: Told, news: list[NewNotice]) -> tuple[str, str]:
    """Title and text of the day's letter about new notices."""
    with force_locale(LOCALES.get(told.language, LOCALES["zh"])):
        return digest(news)


def write() -> None:
    """Catch up with the log, one small transaction after another."""
    there = mailed()
    while in_one_transaction(service.write_due, CLOCK, words=words, site=there) == service.BATCH:
        pass


def write_digest() -> None:
    """Write the day's letters about new notices, when the day's hour has come."""
    in_one_transaction(service.digest, CLOCK, words=digest_words, site=mailed())


JOBS = [
    ("letters.write", dt.timedelta(seconds=3), write),
    ("letters.digest", dt.timedelta(minutes=10), write_digest),
]
