"""Entrants of one notice whose legal representatives bear the same name: a hint, after the seal."""

import dataclasses
from collections import defaultdict

from sqlalchemy import select

from market.db import Work
from market.selection.entries.models import Entry
from market.selection.entries.rules.states import EntryState
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.states import OPENED

SEALED = (EntryState.LISTED, EntryState.INELIGIBLE)


@dataclasses.dataclass(frozen=True)
class Namesakes:
    """A name and the agencies (platform numbers) that have it, where nothing tells the people
    apart.
    """

    name: str
    refs: tuple[str, ...]


def namesakes(work: Work, number: str) -> list[Namesakes]:
    """Names that several entrants share, by name; none before the seal. Refuses `notice.none`.

    Two whose identity numbers are known and differ are two people and no hint.
    """
    notice = notice_rows.by_number(work, number)
    if notice.state not in OPENED:
        return []
    found = work.session.execute(
        select(Entry.representative, Entry.ref, Entry.representative_digest)
        .where(Entry.notice_id == notice.id, Entry.state.in_(SEALED))
        .order_by(Entry.no)
    )
    named: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for name, ref, digest in found:
        named["".join(name.split())].append((ref, digest))
    return [
        Namesakes(name, tuple(ref for ref, _ in shared))
        for name, shared in sorted(named.items())
        if name and len(shared) > 1 and not _are_told_apart([digest for _, digest in shared])
    ]


def _are_told_apart(digests: list[str | None]) -> bool:
    return None not in digests and len(set(digests)) == len(digests)
