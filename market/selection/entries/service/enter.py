"""What an agency does with an entry of its own: enter, enter anew, withdraw; and what comes too late.

Who may: admitting.py; all who wait at once: together.py.
"""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, insert, select, update

from market.db import Work
from market.fabric import Memory
from market.gathering import Gathering
from market.kernel.actor import Actor
from market.kernel.arrival import Arrival
from market.kernel.errors import NotFound, Refusal
from market.kernel.ids import Prefix, sibling
from market.kernel.likeness import Origin
from market.kernel.moments import moment
from market.ledger.service import record
from market.prepared import Many, Prepared
from market.selection import permissions
from market.selection.entries.events import EntryLate, EntryWithdrawn
from market.selection.entries.models import Entry, LateEntry
from market.selection.entries.queries import rows as entry_rows
from market.selection.entries.rules import boxing, entering
from market.selection.entries.rules.boxing import Sealed
from market.selection.entries.rules.states import EntryState, move_entry
from market.selection.entries.service.admitting import (
    Asked,
    Receipt,
    agency_of,
    received_before,
)
from market.selection.entries.service.open_notice import open_notice
from market.selection.entries.service.together import enter_together
from market.selection.leaves import record_draw
from market.selection.notices.models import Notice
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.terms import fixed
from verify.zjcs import draw as protocol

MOST_CLOSES = 1_000
CLOSES: Memory[dict[str, dt.datetime]] = Memory(dict)
"""When notices close, as it was last read in this process. Nothing is decided by it."""
LATE_BEFORE = Many(
    lambda asked: select(LateEntry.agency_id).where(
        LateEntry.notice_id == bindparam("notice_id"), LateEntry.agency_id.in_(asked)
    )
)
ADD_LATE = Prepared(
    insert(LateEntry).values(
        {name: bindparam(name) for name in ("notice_id", "agency_id", "received_at")}
    )
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Late:
    """A form that came after the close: whose, when, for which notice (number)."""

    actor: Actor
    arrival: Arrival
    number: str


def enter(
    work: Work,
    *,
    number: str,
    quote_fen: int,
    sealing_key: bytes,
    submission_key: str | None = None,
    sealed: Sealed | None = None,
    origin: Origin | None = None,
    boxes: Mapping[str, str] | None = None,
    days: int | None = None,
) -> Receipt:
    """Enter a notice with a quote (fen), sealed so that nobody reads it before the close; returns
    the receipt. `sealed` is a quote that came sealed, and then `quote_fen` is 0; `boxes` names the sealed
    files that were uploaded for it (kind -> hash). Of a notice that asks for a rate `quote_fen` is basis
    points; `days` is the promise of days where one is asked for.

    `sealing_key` is the public key of the clock's process. In time by the instant of receipt.
    Refuses `notice.none`, `entry.late`, `entry.not_open`, `entry.twice`, `entry.excluded`, the reasons of
    an agency's standing (agency.*), `credit.suspended`, `entry.quote_not_positive`,
    `entry.above_ceiling`, `entry.rate`, `entry.days`, `entry.not_sealed_here`, of a sealed one `entry.box_*`, `entry.token_used`, of
    files `entry.no_box`, `entry.box_unknown`.
    """
    asked = Asked(
        actor=work.actor,
        arrival=Arrival(work.received_at, work.received_by),
        number=number,
        quote_fen=quote_fen,
        sealing_key=sealing_key,
        submission_key=submission_key,
        sealed=sealed,
        origin=origin,
        boxes=boxes or {},
        days=days,
    )
    return _alone(work, asked)


def missed(work: Work, asked: Asked) -> Refusal | None:
    """`entry.late` for a form that comes after the close and was not received before. Found by
    reading, since a late form must not cost those who came in time.

    Who comes before the close as it was last read here is spared the reading: whether he is in time
    is decided under the notice's lock (`enter`).
    """
    closes = CLOSES.of()
    known = closes.get(asked.number)
    if known is not None and entering.is_in_time(asked.arrival.at, known):
        return None
    close = open_notice(work, asked.number).entry_close
    if len(closes) >= MOST_CLOSES:
        closes.clear()
    closes[asked.number] = close
    try:
        entering.check_in_time(asked.arrival.at, close)
    except Refusal as late:
        return None if received_before(work, asked) else late
    return None


def note_late(work: Work, *, number: str) -> bool:
    """Put on the log that an entry came too late, so that its sender can prove when it arrived;
    once an agency and notice.
    """
    arrival = Arrival(work.received_at, work.received_by)
    (outcome,) = note_late_together(work, [Late(actor=work.actor, arrival=arrival, number=number)])
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


def note_late_together(work: Work, asked: Sequence[Late]) -> list[bool | Refusal]:
    """Note all of these; True where something was noted."""
    outcomes: list[bool | Refusal] = [False] * len(asked)
    by_notice: dict[str, list[tuple[int, Late]]] = defaultdict(list)
    for place, each in enumerate(asked):
        try:
            permissions.require(each.actor, "entry.enter")
            agency_of(each.actor)
            by_notice[each.number].append((place, each))
        except Refusal as no:
            outcomes[place] = no

    for number, late in by_notice.items():
        notice = open_notice(work, number)
        agencies = [agency_of(each.actor) for _, each in late]
        known = {row[0] for row in LATE_BEFORE.rows(work, agencies, notice_id=notice.id)}
        added = []
        for place, each in late:
            agency_id = agency_of(each.actor)
            if agency_id in known or entering.is_in_time(each.arrival.at, notice.entry_close):
                continue
            known.add(agency_id)
            outcomes[place] = True
            record(work, EntryLate(subject=number, received=each.arrival.at))
            added.append(
                {
                    "notice_id": notice.id,
                    "agency_id": agency_id,
                    "received_at": each.arrival.at,
                }
            )
        ADD_LATE.act(work, *added)
    return outcomes


noting_late_together = Gathering(note_late_together)


def receive_late(late: Late) -> bool:
    """Note it with whoever else is late at this moment; returns after the commit."""
    return noting_late_together.ask(late)


def withdraw(work: Work, *, number: str, token: str = "") -> None:
    """Take one's entry back before the close. Since zjcs-draw/2 by its `token` (hex) alone, which the
    entrant keeps. Refuses `entry.none`, `entry.wrong_token`, and as `why_closed` says.
    """
    permissions.require(work.actor, "entry.enter")
    notice = notice_rows.by_number(work, number, lock=True)
    entry = entry_rows.live_entry(work, notice.id, agency_of(work.actor))
    if entry is None:
        raise NotFound("entry.none")
    no = entering.why_closed(notice.state, work.received_at, notice.entry_close)
    if no is not None:
        raise no
    if notice.alg == protocol.PROTOCOL:
        _withdraw(work, notice, entry)
        return
    if notice.entries_closed_at is not None:  # received in time, and here when the count stood
        raise Refusal("entry.closed", close=moment(fixed(notice.entry_close)))
    boxing.check_token(token, entry.undo)
    _withdraw(work, notice, entry, boxing.plain_token(token))


def enter_anew(
    work: Work,
    *,
    number: str,
    quote_fen: int,
    sealing_key: bytes,
    submission_key: str | None = None,
    sealed: Sealed | None = None,
    token: str = "",
    origin: Origin | None = None,
    boxes: Mapping[str, str] | None = None,
    days: int | None = None,
) -> Receipt:
    """Withdraw and enter with another quote, in one step: the last one counts. `token` (hex) is that of
    the entry that is withdrawn. Refuses what the two refuse, and first `entry.late`.
    """
    permissions.require(work.actor, "entry.enter")
    asked = Asked(
        actor=work.actor,
        arrival=Arrival(work.received_at, work.received_by),
        number=number,
        quote_fen=quote_fen,
        sealing_key=sealing_key,
        submission_key=submission_key,
        sealed=sealed,
        origin=origin,
        boxes=boxes or {},
        days=days,
    )
    if known := received_before(work, asked):
        return known

    # By the row: a change that comes too late is noted as late, like a first entry.
    notice = notice_rows.by_number(work, number, lock=True)
    entering.check_in_time(work.received_at, fixed(notice.entry_close))
    withdraw(work, number=number, token=token)
    work.session.flush()  # The unique index must see the first entry withdrawn.

    return _alone(work, asked)


def _alone(work: Work, asked: Asked) -> Receipt:
    (outcome,) = enter_together(work, [asked])
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


def _withdraw(work: Work, notice: Notice, entry: Entry, token: str | None = None) -> None:
    entry.state = move_entry(entry.state, EntryState.WITHDRAWN)
    entry.withdrawn_at = work.received_at
    instants = {"at": work.received_at}
    if token is not None:
        entry.sealed = b""  # keys that are out later open whatever box is still there
        instants = {"at": work.now, "received_at": work.received_at}
    work.session.execute(
        update(Notice)
        .where(Notice.id == notice.id)
        .values(entries_live=Notice.entries_live - 1)
        .execution_options(synchronize_session=False)
    )
    record_draw(
        work,
        EntryWithdrawn(
            subject=str(notice.number),
            no=entry.no,
            draw=sibling(str(notice.number), Prefix.DRAW),
            token=token,
            **instants,
        ),
        notice.alg,
    )
