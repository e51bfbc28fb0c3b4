"""By what entries may be like one another: kept at entry, erased when their months are over."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert

from market.db import Work
from market.kernel.likeness import digest
from market.prepared import Prepared
from market.rulebook import queries as rulebooks
from market.selection import permissions
from market.selection.entries.models import EntryLikeness
from market.selection.entries.service.admitting import Admitted
from market.selection.entries.service.open_notice import OpenNotice

MONTH = dt.timedelta(days=31)
NAMES = ("notice_id", "no", "received_at", "phone", "address", "device", "network")
ADD = Prepared(insert(EntryLikeness).values({name: bindparam(name) for name in NAMES}))


def keep_likeness(work: Work, notice: OpenNotice, admitted: Sequence[Admitted], first: int) -> None:
    """Keep the likeness facts of entries, whose numbers run from `first`, of those that came by a
    page.
    """
    rows = []
    for no, each in enumerate(admitted, start=first):
        origin = each.asked.origin
        if origin is None:
            continue
        rows.append(
            {
                "notice_id": notice.id,
                "no": no,
                "received_at": each.asked.arrival.at,
                "phone": digest(origin.key, "phone", each.standing.phone),
                "address": digest(origin.key, "address", each.standing.address),
                "device": origin.device,
                "network": origin.network,
            }
        )
    if rows:
        ADD.act(work, *rows)


def erase_likeness(work: Work) -> int:
    """Erase the likeness facts of entries older than `likeness_months`; returns how many. Before a
    rulebook is in force there are none.
    """
    permissions.require(work.actor, "selection.clock")
    if not rulebooks.is_any_in_force(work):
        return 0
    before = work.now - MONTH * rulebooks.in_force(work).likeness_months
    old = delete(EntryLikeness).where(EntryLikeness.received_at < before)
    return len(work.session.scalars(old.returning(EntryLikeness.no)).all())
