"""Writing letters: the reader "letters" follows the log, and its bookmark moves in the transaction
of its work.
"""

import datetime as dt
from collections.abc import Callable

from sqlalchemy import select, update

from market.accounts.service import queue_mail
from market.db import Work
from market.kernel.clock import CHINA, from_epoch
from market.kernel.errors import NotFound
from market.ledger import queries as ledger
from market.ledger.queries import Entry
from market.ledger.service import move_bookmark
from market.letters import audience, paths, permissions, rules
from market.letters.asks import Ask, ask_of
from market.letters.models import Letter
from market.letters.rules import Matter, NewNotice, To, Told
from market.selection.notices.events import NoticeOpened
from market.tasks import queries as tasks
from market.windows import queries as windows_queries
from market.windows.rules import end_of

READER = "letters"
BATCH = 50  # entries a transaction
Words = Callable[[Told, Entry, Matter], tuple[str, str]]
"""Gives title and text of a letter in the recipient's language."""
DIGEST = "letters.digest"
DIGEST_HOUR = 8  # in China
MOST_NEW = 500
DigestWords = Callable[[Told, list[NewNotice]], tuple[str, str]]


def write_due(work: Work, *, words: Words, site: str) -> int:
    """Write the letters of the next entries on the log and move the bookmark; returns how many
    entries were read.

    `site` is the public address that mails link to; empty where there is none, then no mail leaves.
    """
    start = ledger.position(work, READER)
    entries = ledger.after(work, start, BATCH)
    for entry in entries:
        _tell(work, entry, words, site)
    if entries:
        move_bookmark(work, READER, entries[-1].index + 1)
    return len(entries)


def _tell(work: Work, entry: Entry, words: Words, site: str) -> None:
    written: set[int] = set()
    for to in rules.LETTERS.get(entry.type, ()):
        people = [one for one in audience.people(work, entry, to) if one.id not in written]
        matter = matter_of(work, entry, to) if people else Matter()
        for person in people:
            if person.id not in written:
                written.add(person.id)
                told = Told(person.id, person.login, person.language, to)
                _write(work, entry, told, matter, words, site)


def matter_of(work: Work, entry: Entry, to: To) -> Matter:
    """What a letter is about, and until when it asks what it asks."""
    return Matter(tasks.name_of(work, entry.subject), _until(work, entry, ask_of(entry.type, to)))


def _until(work: Work, entry: Entry, ask: Ask) -> dt.datetime | None:
    if not ask.until:
        return None
    if ask.until in entry.fields:
        end = entry.fields[ask.until]
        return end_of(dt.date.fromisoformat(end)) if isinstance(end, str) else from_epoch(end)
    for subject in (entry.subject, entry.fields.get("letter"), entry.fields.get("contract")):
        due = windows_queries.live_of(work, ask.until, subject) if subject else None
        if due is not None:
            return due.due_at
    return None


def _write(work: Work, entry: Entry, told: Told, matter: Matter, words: Words, site: str) -> None:
    title, body = words(told, entry, matter)
    path = paths.path(entry.type, entry.subject, told.to)
    work.session.add(
        Letter(
            person_id=told.person_id,
            log_index=entry.index,
            reader=READER,
            subject=entry.subject,
            title=title,
            body=body,
            path=path,
            written_at=entry.at,
        )
    )
    if site:
        queue_mail(work, to=told.login, subject=title, body=f"{body}\n\n{site}{path}\n")


# --- new notices, once a day ----------------------------------------------------------------


def digest(work: Work, *, words: DigestWords, site: str) -> int:
    """Write to each who may enter one letter about the new notices of the day before in his agency's
    items; returns how many letters. Those that closed soon were told at once, those that have closed
    meanwhile are left out; after a downtime there is one letter all the same.
    """
    until = _last_cut(work.now)
    start = ledger.position(work, DIGEST)
    entries = [
        entry
        for entry in reversed(ledger.latest(work, limit=MOST_NEW, type=NoticeOpened.kind))
        if entry.index >= start and entry.at < until
    ]
    if not entries:
        return 0
    found: dict[int, Told] = {}
    news: dict[int, list[NewNotice]] = {}
    for entry in entries:
        for one, notice in audience.digested(work, entry):
            found[one.id] = Told(one.id, one.login, one.language, To.QUALIFIED)
            news.setdefault(one.id, []).append(notice)
    for person_id, told in found.items():
        _write_digest(work, told, news[person_id], words, site)
    move_bookmark(work, DIGEST, entries[-1].index + 1)
    return len(found)


def _last_cut(now: dt.datetime) -> dt.datetime:
    """The last time that a day's digest was due."""
    today = now.astimezone(CHINA).replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if today <= now else today - dt.timedelta(days=1)


def _write_digest(
    work: Work, told: Told, news: list[NewNotice], words: DigestWords, site: str
) -> None:
    index = news[-1].index
    if has_one(work, told.person_id, index):  # the owner of that notice, told of it already
        return
    title, body = words(told, news)
    work.session.add(
        Letter(
            person_id=told.person_id,
            log_index=index,
            reader=READER,
            subject=news[-1].number,
            title=title,
            body=body,
            path="/notices",
            written_at=work.now,
        )
    )
    if site:
        queue_mail(work, to=told.login, subject=title, body=f"{body}\n\n{site}/notices\n")


def has_one(work: Work, person_id: int, index: int) -> bool:
    """Whether this reader has written to somebody about an entry."""
    asked = select(Letter.id).where(
        Letter.person_id == person_id, Letter.log_index == index, Letter.reader == READER
    )
    return work.session.scalar(asked) is not None


def tell(
    work: Work, *, person_id: int, entry: Entry, text: tuple[str, str], path: str, reader: str
) -> None:
    """Put a letter of another reader of the log into somebody's inbox: title and text. Of one reader
    there is one letter an entry.
    """
    title, body = text
    work.session.add(
        Letter(
            person_id=person_id,
            log_index=entry.index,
            reader=reader,
            subject=entry.subject,
            title=title,
            body=body,
            path=path,
            written_at=work.now,
        )
    )


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
