"""What an agency proposes where proposals are scored: sealed when it is handed in, opened with the list."""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import delete

from market.adapters.keys import open_sealed, seal_for
from market.db import Work
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.visible import trimmed
from market.selection import permissions
from market.selection.entries.models import Entry, EntryProposal
from market.selection.entries.queries import rows as entry_rows
from market.selection.entries.rules import entering
from market.selection.entries.service.admitting import agency_of
from market.selection.notices.models import Notice
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.terms import fixed
from market.selection.way import takes_texts
from verify.zjcs import scored

LONGEST = 6000
"""Characters of one part of a proposal: some six pages; all parts together stay near thirty."""


def hand_in_proposal(
    work: Work, *, number: str, texts: Mapping[str, str], sealing_key: bytes
) -> str:
    """Hand in what is proposed for each criterion (code -> text), in the place of what was handed in
    before; returns its hash (hex). Nobody reads it before the list stands.

    Refuses `notice.none`, `entry.late`, `entry.not_open`, `entry.proposal_in`
    where an entry carries it already, `entry.proposal_empty`, `entry.proposal_long`.
    """
    permissions.require(work.actor, "entry.enter")
    agency_id = agency_of(work.actor)
    notice = notice_rows.by_number(work, number)
    _check_open(work, notice, agency_id)
    said = {code: trimmed(text) for code, text in texts.items()}
    for code, text in said.items():
        if not text:
            raise Invalid("entry.proposal_empty", field=code)
        if len(text) > LONGEST:
            raise Invalid("entry.proposal_long", field=code, most=LONGEST)

    whole = {"salt": work.entropy(16).hex(), "texts": said}
    sha256 = scored.digest(scored.PROPOSED, whole)
    known = work.session.get(EntryProposal, (notice.id, agency_id), with_for_update=True)
    row = known or EntryProposal(notice_id=notice.id, agency_id=agency_id)
    row.sealed = seal_for(sealing_key, json.dumps(whole).encode())
    row.sha256 = sha256
    row.handed_at = work.received_at
    row.handed_by = work.actor.person_id or 0
    work.session.add(row)
    return sha256


def _check_open(work: Work, notice: Notice, agency_id: int) -> None:
    if not takes_texts(notice.method, notice.way):
        raise NotFound("notice.none")
    closed = entering.why_closed(notice.state, work.received_at, fixed(notice.entry_close))
    if closed is not None:
        raise closed
    if entry_rows.live_entry(work, notice.id, agency_id) is not None:
        raise Refusal("entry.proposal_in")


def opened(work: Work, notice: Notice, listed: Sequence[Entry], private_key: bytes) -> None:
    """Open the proposals of those who are on the list, and erase the others.

    Refuses `draw.box_damaged` where one is not what its entry carried: ours to answer for.
    """
    kept = {entry.agency_id for entry in listed}
    work.session.execute(
        delete(EntryProposal).where(
            EntryProposal.notice_id == notice.id, EntryProposal.agency_id.not_in(kept)
        )
    )
    for entry in listed:
        row = work.session.get_one(EntryProposal, (notice.id, entry.agency_id))
        whole = json.loads(open_sealed(private_key, row.sealed))
        if scored.digest(scored.PROPOSED, whole) != entry.proposal_sha256:
            raise Refusal("draw.box_damaged", no=entry.no)
        row.texts = whole["texts"]
