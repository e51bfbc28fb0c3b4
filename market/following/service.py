"""Following and stopping, and telling what came: the reader "following" goes along the log behind the
letters, so that who is told of a step anyway is not told twice.
"""

from collections.abc import Callable, Collection, Sequence

from sqlalchemy import delete

from market.accounts import queries as accounts
from market.accounts.service import queue_mail
from market.db import Work
from market.following import permissions, queries, rules
from market.following.models import FollowedStep, Following
from market.following.rules import Pace, Seen, Wanted, What
from market.kernel.errors import NotFound
from market.ledger import queries as ledger
from market.ledger.queries import Entry, along
from market.ledger.service import move_bookmark
from market.letters import service as letters
from market.letters.service import READER as LETTERS
from market.owners import queries as owners

READER = "following"
DIGEST = "following.digest"
BATCH = 200  # entries a transaction
PEOPLE = 100  # who get the day's letter in one transaction: others write meanwhile
Step = tuple[Entry, Seen]
Words = Callable[[str, list[Following], Sequence[Step], str], tuple[str, str, str]]
"""Gives title and text of a letter, and what its mail says besides: of the recipient's language, the
followings, the steps, and the public address.
"""


def follow(work: Work, *, what: What, wanted: Wanted, pace: Pace, by_mail: bool) -> int:
    """Follow a search from now on; returns its id. Who follows it already changes how he is told.

    Refuses `not_permitted`, `following.text`, `following.not_of_list`, `following.most`,
    `owners.none`.
    """
    permissions.require(work.actor, "following.keep")
    rules.check_wanted(what, wanted)
    person = work.actor.person_id
    if person is None:
        raise AssertionError("who has signed in is somebody")
    key = rules.key(what, wanted)
    for known in queries.rows_of(work, person):
        if known.key == key:
            known.pace = pace
            known.by_mail = by_mail
            return known.id
    rules.check_many(queries.count(work))
    if wanted.owner_id is not None and not owners.public_buyers(work, {wanted.owner_id}):
        raise NotFound("owners.none")
    row = Following(
        person_id=person,
        key=key,
        what=what,
        pace=pace,
        by_mail=by_mail,
        since=work.now,
        first=ledger.size(work),
        **vars(wanted),
    )
    work.session.add(row)
    work.session.flush()
    return row.id


def stop(work: Work, *, following_id: int) -> None:
    """Follow one of one's own searches no more. Refuses `following.none`."""
    permissions.require(work.actor, "following.keep")
    row = work.session.get(Following, following_id)
    if row is None or row.person_id != work.actor.person_id:
        raise NotFound("following.none")
    _end(work, following_id)


def stop_by_link(work: Work, *, following_id: int) -> None:
    """The same, by whoever has the link of a mail, which the view has read; a second time is no
    fault.
    """
    _end(work, following_id)


def _end(work: Work, following_id: int) -> None:
    work.session.execute(delete(FollowedStep).where(FollowedStep.following_id == following_id))
    work.session.execute(delete(Following).where(Following.id == following_id))


def tell_due(work: Work, *, words: Words, site: str) -> int:
    """Tell what the next steps of the log are to those who follow them at once, and keep them for the
    day's letter of the others; returns how many steps were read. The bookmark moves with it.
    """
    permissions.require(work.actor, "following.tell")
    start = ledger.position(work, READER)
    end = ledger.position(work, LETTERS)
    entries = along.of_types(work, tuple(rules.OF_TYPE), start, end, BATCH)
    followings: dict[What, Sequence[Following]] = {}
    for entry, what, seen in queries.seen(work, entries):
        if what not in followings:
            followings[what] = queries.of_list(work, what)
        _tell(work, entry, what, seen, followings[what], words, site)
    reached = entries[-1].index + 1 if len(entries) == BATCH else end
    if reached > start:
        move_bookmark(work, READER, reached)
    return len(entries)


def _tell(
    work: Work,
    entry: Entry,
    what: What,
    seen: Seen,
    followings: Sequence[Following],
    words: Words,
    site: str,
) -> None:
    fitting: dict[int, list[Following]] = {}
    for row in followings:
        wanted = queries.wanted_of(row)
        if entry.index >= row.first and rules.fits(what, wanted, entry.type, seen):
            fitting.setdefault(row.person_id, []).append(row)
    for person_id, rows in fitting.items():
        if letters.has_one(work, person_id, entry.index):
            continue
        if at_once := [row for row in rows if row.pace is Pace.AT_ONCE]:
            _write(work, person_id, at_once, [(entry, seen)], READER, words, site)
        else:
            work.session.add_all(
                FollowedStep(following_id=row.id, log_index=entry.index, at=entry.at)
                for row in rows
            )


def digest(work: Work, *, words: Words, site: str) -> int:
    """Write to `PEOPLE` who follow by the day one letter each about all that came until the last cut;
    returns how many people were seen to. After a downtime there is one letter all the same, and none
    before every step until the cut has been read: what came last would be a second letter of that day.
    """
    permissions.require(work.actor, "following.tell")
    until = rules.last_cut(work.now)
    unread = ledger.after(work, ledger.position(work, READER), 1)
    if unread and unread[0].at < until:
        return 0
    due = queries.due_steps(work, until, PEOPLE)
    found = _seen(work, {step.log_index for waiting in due.values() for _row, step in waiting})
    for person_id, waiting in due.items():
        indexes = dict.fromkeys(step.log_index for _row, step in waiting)
        steps = [found[index] for index in indexes if index in found]
        rows = list({row.id: row for row, _step in waiting}.values())
        if steps:
            _write(work, person_id, rows, steps, DIGEST, words, site)
        for _row, step in waiting:
            work.session.delete(step)
    return len(due)


def _seen(work: Work, indexes: Collection[int]) -> dict[int, Step]:
    """What these entries of the log are about, by index."""
    entries = [ledger.entry(work, index) for index in sorted(indexes)]
    return {entry.index: (entry, seen) for entry, _what, seen in queries.seen(work, entries)}


def _write(
    work: Work,
    person_id: int,
    rows: list[Following],
    steps: Sequence[Step],
    reader: str,
    words: Words,
    site: str,
) -> None:
    if accounts.is_disabled(work, person_id):
        return
    person = accounts.person(work, person_id)
    title, body, mail = words(person.language, rows, steps, site)
    entry, seen = steps[-1]
    page = f"/{'complaints' if rows[0].what is What.COMPLAINTS else 'notices'}/{seen.number}"
    letters.tell(
        work,
        person_id=person_id,
        entry=entry,
        text=(title, body),
        path=page if len(steps) == 1 else "/following",
        reader=reader,
    )
    if site and any(row.by_mail for row in rows):
        queue_mail(work, to=person.login, subject=title, body=mail)
