"""Whose notice it is, asked by every use case of an owner."""

from market.db import Work
from market.kernel.errors import NotFound, Refusal
from market.owners import queries as owners
from market.owners.queries import OwnerCard
from market.selection.notices.models import Notice
from market.selection.notices.queries import rows as notice_rows


def own(work: Work, notice_id: int, *, lock: bool = False) -> Notice:
    """A notice of the actor's own organisation; another's is `notice.none` like an absent one."""
    notice = notice_rows.by_id(work, notice_id, lock=lock)
    if notice.owner_id != work.actor.organisation_id or notice.discarded_at is not None:
        raise NotFound("notice.none")
    return notice


def approved_owner(work: Work) -> OwnerCard:
    """The owner that the actor acts for. Refuses `notice.owner_not_approved`."""
    owner = owners.of_actor(work)
    if owner is None or not owner.is_approved:
        raise Refusal("notice.owner_not_approved")
    return owner
