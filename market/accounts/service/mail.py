"""The outbox: a mail is a row of the transaction that wants it sent; a job of the clock carries it
out.
"""

import dataclasses
import datetime as dt

from sqlalchemy import update

from market.accounts.models import OutgoingMail
from market.db import Work

WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
"""How long to wait after each try that failed; after the last the mail is given up."""


@dataclasses.dataclass(frozen=True)
class Mail:
    """One mail as it leaves: to one address, plain text."""

    id: int
    to: str
    subject: str
    body: str


def queue_mail(work: Work, *, to: str, subject: str, body: str) -> int:
    """Put a mail in the outbox and return its id."""
    row = OutgoingMail(to=to, subject=subject, body=body, created_at=work.now, next_try_at=work.now)
    work.session.add(row)
    work.session.flush()  # The id below.
    return row.id


def take_mail(work: Work, mail_id: int) -> Mail | None:
    """Take a mail for one try, before it leaves; None when another clock took it or it was sent."""
    taken = work.session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.id == mail_id, OutgoingMail.next_try_at <= work.now)
        .values(tries=OutgoingMail.tries + 1, next_try_at=work.now + WAITS[0])
        .returning(OutgoingMail.id, OutgoingMail.to, OutgoingMail.subject, OutgoingMail.body)
    ).first()
    return Mail(*taken) if taken else None


def mail_sent(work: Work, mail_id: int) -> None:
    """Note that a mail has left. Its text goes: it may hold a link that opens an account."""
    row = work.session.get_one(OutgoingMail, mail_id)
    row.sent_at = work.now
    row.next_try_at = None
    row.body = ""


def mail_failed(work: Work, mail_id: int) -> None:
    """Note a try that failed: again later, at last given up."""
    row = work.session.get_one(OutgoingMail, mail_id)
    row.next_try_at = work.now + WAITS[row.tries - 1] if row.tries <= len(WAITS) else None
