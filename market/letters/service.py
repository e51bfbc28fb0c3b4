"""Writing letters: the reader "letters" follows the log, and its bookmark moves in the transaction
of its work.
"""

from collections.abc import Callable

from sqlalchemy import select, update

from market.accounts.service import queue_mail
from market.db import Work
from market.kernel.errors import NotFound
from market.ledger import queries as ledger
from market.ledger.queries import Entry
from market.ledger.service import move_bookmark
from market.letters import audience, permissions, rules
from market.letters.models import Letter
from market.letters.rules import Told

READER = "letters"
BATCH = 50  # entries a transaction
Words = Callable[[Told, Entry], tuple[str, str]]
"""Gives title and text of a letter in the recipient's language."""


def write_due(work: Work, *, words: Words, site: str) -> int:
    """Write the letters of the next entries on the log and move the bookmark; returns how many
    entries were read.

    `site` is the public address that mails link to; empty where there is none, then no mail leaves.
    """
    start = ledger.position(work, READER)
    entries = ledger.after(work, start, BATCH)
    for entry in entries:
        written: set[int] = set()
        for to in rules.LETTERS.get(entry.type, ()):
            for person in audience.people(work, entry, to):
                if person.id not in written:
                    written.add(person.id)
                    _write(
                        work, entry, Told(person.id, person.login, person.language, to), words, site
                    )
    if entries:
        move_bookmark(work, READER, entries[-1].index + 1)
    return len(entries)


def _write(work: Work, entry: Entry, told: Told, words: Words, site: str) -> None:
    title, body = words(told, entry)
    path = rules.path(entry.type, entry.subject, told.to)
    work.session.add(
        Letter(
            person_id=told.person_id,
            log_index=entry.index,
            subject=entry.subject,
            title=title,
            body=body,
            path=path,
            written_at=entry.at,
        )
    )
    if site:
        queue_mail(work, to=told.login, subject=title, body=f"{body}\n\n{site}{path}\n")


def read(work: Work, *, letter_id: int) -> str:
    """Note that the actor has read one of his letters; returns the address of what it is about.
    Refuses `letter.none`.
    """
    permissions.require(work.actor, "letter.read")
    path: str | None = work.session.scalar(
        update(Letter)
        .where(Letter.id == letter_id, Letter.person_id == work.actor.person_id)
        .values(read_at=work.now)
        .returning(Letter.path)
    )
    if path is None:
        raise NotFound("letter.none")
    return path


def read_all(work: Work) -> None:
    """Note that the actor has read everything in his inbox."""
    permissions.require(work.actor, "letter.read")
    unread = select(Letter.id).where(
        Letter.person_id == work.actor.person_id, Letter.read_at.is_(None)
    )
    work.session.execute(update(Letter).where(Letter.id.in_(unread)).values(read_at=work.now))
