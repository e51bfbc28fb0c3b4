"""The clock's part of the outbox, and of what was typed and never sent."""

import datetime as dt
import logging

from flask import current_app

from market import unsent
from market.accounts import queries, service
from market.adapters import mail
from market.db import in_one_transaction, reading
from market.kernel.actor import CLOCK

log = logging.getLogger(__name__)
EVERY = dt.timedelta(seconds=10)


def send_mail() -> int:
    """Send what is due in the outbox; returns how many left. Without a mail server they wait.

    A mail is taken before it leaves, so that two clocks do not send it twice; one that fails is
    tried again later and given up at last, whatever it failed of.
    """
    mailer = mail.of(current_app.config.get("SMTP_URL"), current_app.config.get("MAIL_FROM"))
    left = 0
    for mail_id in queries.mail_to_send(reading(CLOCK)) if mailer else []:
        taken = in_one_transaction(service.take_mail, CLOCK, mail_id)
        if mailer is None or taken is None:
            continue
        try:
            mailer.send(to=taken.to, subject=taken.subject, body=taken.body)
        except mail.MailRefused as refused:
            log.warning("mail %s was not taken: %s", mail_id, refused)
            in_one_transaction(service.mail_failed, CLOCK, mail_id)
        except Exception:  # one mail that nobody foresaw must not end the pass for all others
            log.exception("mail %s could not be sent", mail_id)
            in_one_transaction(service.mail_failed, CLOCK, mail_id)
        else:
            in_one_transaction(service.mail_sent, CLOCK, mail_id)
            left += 1
    return left


def forget_unsent() -> None:
    """Forget what was typed and not sent in its time (ADR 0037)."""
    in_one_transaction(unsent.sweep, CLOCK)


JOBS = [
    ("accounts.mail", EVERY, send_mail),
    ("accounts.unsent", dt.timedelta(hours=1), forget_unsent),
]
