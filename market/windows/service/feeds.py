"""A person's own calendar program."""

from market.db import Work
from market.windows import permissions
from market.windows.models import Feed


def renew_feed(work: Work) -> int:
    """Give the actor an address of his deadlines; the former one ends. Returns its serial."""
    permissions.require(work.actor, "windows.feed")
    row = work.session.get(Feed, work.actor.person_id, with_for_update=True)
    if row is None:
        row = Feed(person_id=work.actor.person_id, serial=0)
        work.session.add(row)
    row.serial = row.serial + 1
    row.made_at = work.now
    row.ended_at = None
    return row.serial


def end_feed(work: Work) -> None:
    """End the actor's address, if he has one."""
    permissions.require(work.actor, "windows.feed")
    row = work.session.get(Feed, work.actor.person_id, with_for_update=True)
    if row is not None and row.ended_at is None:
        row.ended_at = work.now
