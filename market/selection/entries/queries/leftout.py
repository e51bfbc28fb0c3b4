"""Entries that were left out for their proposals: what an inspector sees before it is confirmed."""

import dataclasses
import datetime as dt
from collections.abc import Mapping

from sqlalchemy import or_, select

from market.agencies import queries as agencies
from market.db import Work
from market.files import queries as file_queries
from market.selection.entries.models import Entry, EntryBox
from market.selection.entries.queries import uploads
from market.selection.entries.queries.uploads import PART_A, ToOpen
from market.selection.notices.queries import rows as notice_rows
from market.selection.quotes import queries as quote_queries

OTHER_DOCUMENT = "proposal_hash"
BEGINS = "proposal."


@dataclasses.dataclass(frozen=True)
class LeftOut:
    """One entry and why, as a code. `box` is its box with the keys that opened the others, to be opened
    once more; `named` the digest (hex) that its agency gave with the box, `found` that of the file in it, None where
    none came out.
    """

    no: int
    ref: str
    name: str
    reason: str
    sha256: str
    box: ToOpen
    named: str
    found: str | None
    confirmed_at: dt.datetime | None


def left_out(work: Work, number: str) -> list[LeftOut]:
    """Those of a notice whose proposals are files, by number. Refuses `notice.none`."""
    notice = notice_rows.by_number(work, number)
    stage = uploads.stage_of_kind(work, number, PART_A)
    if stage is None:
        return []
    entries = work.session.scalars(
        select(Entry)
        .where(
            Entry.notice_id == notice.id,
            or_(Entry.reason == OTHER_DOCUMENT, Entry.reason.startswith(BEGINS)),
        )
        .order_by(Entry.no)
    ).all()
    known = agencies.by_refs(work, [entry.ref for entry in entries])
    given = quote_queries.given(work, stage.draw)
    found = []
    for entry in entries:
        row = uploads.box_of(work, entry, PART_A)
        if row is None:
            continue
        file = file_queries.file(work, row.file_id)
        opened = row.opened_file_id and file_queries.file(work, row.opened_file_id).sha256
        found.append(
            LeftOut(
                no=entry.no,
                ref=entry.ref,
                name=known[entry.ref].name if entry.ref in known else entry.ref,
                reason=str(entry.reason),
                sha256=row.sha256,
                box=_box(row, entry, file.key, stage, given),
                named=row.document_sha256,
                found=opened or None,
                confirmed_at=row.confirmed_at,
            )
        )
    return found


def _box(
    row: EntryBox, entry: Entry, key: str, stage: uploads.Stage, given: Mapping[str, str]
) -> ToOpen:
    return ToOpen(
        row.id, entry.no, key, row.sha256, stage.draw, entry.ref, PART_A, stage.keys, given
    )
