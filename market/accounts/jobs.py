"""The clock's part of the outbox, and of what was typed and never sent."""

import datetime as dt
import logging

from flask import current_app

from market import unsent
from market.accounts import queries, service
from market.adapters import blobs, identities, mail
from market.db import in_one_transaction, reading
from market.fabric import Memory
from market.kernel.actor import CLOCK

log = logging.getLogger(__name__)
EVERY = dt.timedelta(seconds=10)
ASKS_EVERY = dt.timedelta(minutes=1)
REGISTER: Memory[identities.Identities | None] = Memory(
    lambda: identities.of(current_app.config.get("IDENTITY_REGISTER"))
)


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


def ask_register() -> int:
    """Ask the register about everybody who has only claimed who he is; returns how many it
    confirmed. Each is asked once a day, outside the transaction.
    """
    register = REGISTER.of()
    confirmed = 0
    for person, number in queries.claimed_unasked(reading(CLOCK)) if register else []:
        if register is None:
            break
        known = register.confirms(id_number=number, name=person.name, login=person.login)
        keys = in_one_transaction(
            service.confirm_by_register, CLOCK, person_id=person.id, is_confirmed=known
        )
        for key in keys:
            blobs.of(current_app.instance_path).delete(key)
        confirmed += known
    return confirmed


def forget_unsent() -> None:
    """Forget what was typed and not sent in its time (ADR 0037)."""
    in_one_transaction(unsent.sweep, CLOCK)


JOBS = [
    ("accounts.mail", EVERY, send_mail),
    ("accounts.ask_register", ASKS_EVERY, ask_register),
    ("accounts.unsent", dt.timedelta(hours=1), forget_unsent),
]
