"""Entering: all who wait for it at one moment, in one transaction, with one append and one commit.

Whoever is refused has written nothing; numbers follow the instants of receipt. To enter alone is to
enter as a group of one: there is one path (ADR 0032).
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, insert, update

from market import submissions
from market.adapters.keys import seal_for
from market.db import Work
from market.gathering import Gathering
from market.kernel.entropy import receipt
from market.kernel.errors import Refusal
from market.kernel.plain import Json
from market.prepared import Prepared
from market.selection import permissions
from market.selection.entries.events import EntryReceived
from market.selection.entries.models import Entry
from market.selection.entries.rules import boxing, entering
from market.selection.entries.rules.states import EntryState
from market.selection.entries.service.admitting import (
    Admitted,
    Asked,
    Receipt,
    admit,
    agency_of,
    receipts_of,
)
from market.selection.entries.service.likeness import keep_likeness
from market.selection.entries.service.open_notice import (
    OpenNotice,
    draw_of,
    keys_of,
    open_notice,
    stage_of,
)
from market.selection.leaves import record_draw
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState
from market.selection.quotes.queries import PublicKeys
from market.selection.way import Opening
from verify.zjcs import boxes, openings
from verify.zjcs import draw as protocol
from verify.zjcs.boxes import Purpose

TAKE = Prepared(
    update(Notice)
    .where(
        Notice.id == bindparam("notice"),
        Notice.state == NoticeState.ENTRY_OPEN,
        Notice.entries_closed_at.is_(None),
    )
    .values(
        entries_given=Notice.entries_given + bindparam("many"),
        entries_live=Notice.entries_live + bindparam("many"),
    )
    .returning(Notice.entries_given)
)
GIVEN = (
    "division",
    "notice_id",
    "agency_id",
    "ref",
    "no",
    "commit",
    "representative",
    "representative_digest",
    "receipt",
    "sealed",
    "box_sha256",
    "undo",
    "proposal_sha256",
    "proposal_b_sha256",
    "sealed_by",
    "received_at",
    "received_by",
    "entered_by",
    "state",
    "submission_key",
)


class Kept(NamedTuple):
    """A sealed quote as it is kept: the box, the commitment (hex), and since zjcs-draw/2 the box's
    hash, the hash of its token, and who sealed it.
    """

    sealed: bytes
    commit: str
    digest: str | None = None
    undo: str | None = None
    by: str | None = None


ADD = Prepared(insert(Entry).values({name: bindparam(name) for name in GIVEN}))


def enter_together(work: Work, asked: Sequence[Asked]) -> list[Receipt | Refusal]:
    """Enter all of these; each gets its receipt, or the refusal that `enter` names.

    They may be of several notices. `work` gives the instant of the log; who acts and when a form
    was here is each form's own.
    """
    outcomes: list[Receipt | Refusal | None] = [None] * len(asked)
    forms = [each.form for each in asked]
    earlier = submissions.known(work, forms)
    again = receipts_of(work, earlier)
    by_notice: dict[str, list[int]] = defaultdict(list)
    for place, (each, form) in enumerate(zip(asked, forms, strict=True)):
        try:
            permissions.require(each.actor, "entry.enter")
            agency_of(each.actor)
            if form and form.key_hash in earlier:
                submissions.check_again(form, earlier[form.key_hash])
                outcomes[place] = again[form.key_hash]
            else:
                by_notice[each.number].append(place)
        except Refusal as no:
            outcomes[place] = no

    for number, places in by_notice.items():
        _enter_notice(work, number, [(place, asked[place]) for place in places], outcomes)
    return [outcome for outcome in outcomes if outcome is not None]


entering_together = Gathering(enter_together)


def receive(asked: Asked) -> Receipt:
    """Enter with whoever else enters at this moment; returns after the commit."""
    return entering_together.ask(asked)


def _enter_notice(
    work: Work,
    number: str,
    asked: list[tuple[int, Asked]],
    outcomes: list[Receipt | Refusal | None],
) -> None:
    """Those of a group who enter one notice, in the order in which they came."""
    asked.sort(key=lambda each: each[1].arrival.at)
    try:
        notice = open_notice(work, number)
    except Refusal as no:
        for place, _ in asked:
            outcomes[place] = no
        return

    admitted, repeats = admit(work, notice, asked, outcomes)
    if admitted:
        _take(work, notice, admitted, outcomes)
    for place, first in repeats:
        outcomes[place] = outcomes[first]


def _take(
    work: Work,
    notice: OpenNotice,
    admitted: list[Admitted],
    outcomes: list[Receipt | Refusal | None],
) -> None:
    """Give numbers, seal the quotes, keep the entries."""

    # Last before the inserts: the notice's row stays locked until the commit, so the seal sees
    # these entries or refuses them all.
    taken = TAKE.first(work, notice=notice.id, many=len(admitted))
    if taken is None:
        for each in admitted:
            no = entering.why_closed(notice.state, each.asked.arrival.at, notice.entry_close)
            outcomes[each.place] = no or Refusal("entry.not_open")
        return

    first = int(taken[0]) - len(admitted) + 1
    submissions.take(work, [each.form for each in admitted if each.form])
    keys = keys_of(work, notice)
    rows = []
    for number_given, each in enumerate(admitted, start=first):
        row = _sealed(work, notice, each, number_given, keys)
        rows.append(row)
        outcomes[each.place] = Receipt(
            row["receipt"], number_given, row["commit"], each.asked.arrival.at
        )
    ADD.act(work, *rows)  # The unique indexes speak here.
    keep_likeness(work, notice, admitted, first)


def _sealed(
    work: Work, notice: OpenNotice, admitted: Admitted, no: int, keys: PublicKeys | None
) -> Json:
    """The row of an entry with its quote sealed, its fact queued for the log."""
    asked = admitted.asked
    box = _box(work, notice, admitted, keys)
    _record(work, notice, admitted, box, no)
    return {
        "division": work.division,
        "notice_id": notice.id,
        "agency_id": asked.agency_id,
        "ref": str(admitted.standing.ref),
        "no": no,
        "commit": box.commit,
        "representative": admitted.standing.legal_representative or "",
        "representative_digest": admitted.standing.representative_digest,
        "receipt": receipt("BM", work.entropy),
        "sealed": box.sealed,
        "box_sha256": box.digest,
        "undo": box.undo,
        "proposal_sha256": admitted.proposal or asked.boxes.get("proposal"),
        "proposal_b_sha256": asked.boxes.get("proposal_b"),
        "sealed_by": boxing.SERVER if admitted.is_open_here else box.by,
        "received_at": asked.arrival.at,
        "received_by": asked.arrival.by,
        "entered_by": asked.actor.person_id,
        "state": EntryState.RECEIVED,
        "submission_key": admitted.form.key_hash if admitted.form else work.entropy(32).hex(),
    }


def _record(work: Work, notice: OpenNotice, admitted: Admitted, box: Kept, no: int) -> None:
    """Queue the fact; since zjcs-draw/2 with the instants of commit and of receipt."""
    asked = admitted.asked
    instants = {"at": asked.arrival.at}
    if notice.is_second:
        instants = {"at": work.now, "received_at": asked.arrival.at}
    record_draw(
        work,
        EntryReceived(
            subject=notice.number,
            commit=box.commit,
            draw=draw_of(notice),
            no=no,
            undo=box.undo,
            box=box.digest,
            sealed_by=boxing.SERVER if admitted.is_open_here else box.by,
            proposal=admitted.proposal or asked.boxes.get("proposal"),
            proposal_b=asked.boxes.get("proposal_b"),
            **instants,
        ),
        notice.alg,
    )


def _box(work: Work, notice: OpenNotice, admitted: Admitted, keys: PublicKeys | None) -> Kept:
    """What is kept of a quote: the box that came, or one that is made here."""
    asked = admitted.asked
    if asked.sealed is not None:
        sealed = asked.sealed
        return Kept(sealed.box, sealed.commit, sealed.digest, sealed.undo, sealed.by)
    purpose = Purpose(
        stage_of(notice), str(admitted.standing.ref), boxes.QUOTE, keys.t if keys else 1
    )
    has_quote = notice.way.opening is not Opening.NONE
    opening: Json = {
        "agency": purpose.agency,
        "draw": purpose.draw,
        "nonce": work.entropy(16).hex(),
        **({notice.quotes: asked.quote_fen} if has_quote else {}),
        **({protocol.RESPONSE: asked.days} if notice.most_days is not None else {}),
        **admitted.documents,
    }
    salt = work.entropy(16).hex()
    token = (
        boxing.token_of(asked.submission_key, notice.number)
        if asked.submission_key
        else work.entropy(32)
    )
    if keys is None:
        whole = json.dumps({**opening, "salt": salt}).encode()
        kept = Kept(seal_for(asked.sealing_key, whole), protocol.commitment(salt, opening))
        if has_quote:
            return kept
        return kept._replace(undo=openings.undo_of(token), by=boxing.SERVER)

    box = boxes.seal(openings.data_of({**opening, "salt": salt}), purpose, keys.trustees)
    return Kept(
        box,
        protocol.commitment(salt, opening),
        boxes.box_hash(box),
        openings.undo_of(token),
        boxing.SERVER,
    )
