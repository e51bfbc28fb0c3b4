"""The agency's part: entering with a sealed quote, withdrawing, entering anew before the close."""

import dataclasses
import datetime as dt
import json
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select, union_all, update

from market.adapters.keys import seal_for
from market.agencies import queries as agencies
from market.agencies.queries import Standing
from market.db import Prepared, Work
from market.kernel.clock import local_date
from market.kernel.entropy import receipt
from market.kernel.errors import NotFound, Refusal
from market.kernel.ids import Prefix, sibling
from market.ledger.service import record
from market.selection import permissions
from market.selection.events import EntryLate, EntryReceived, EntryWithdrawn
from market.selection.models import Entry, LateEntry, Notice
from market.selection.queries import rows
from market.selection.rules import entering, states
from market.selection.rules.spoken import moment
from market.selection.rules.terms import fixed
from market.selection.service.leaves import record_draw
from verify.zjcs import draw as protocol


@dataclasses.dataclass(frozen=True)
class Receipt:
    """What an entrant gets: a random receipt, the number in the log, the commitment (hex), the
    instant of receipt.
    """

    receipt: str
    no: int
    commit: str
    received_at: dt.datetime


class OpenNotice(NamedTuple):
    """What entering needs of a notice."""

    id: int
    number: str
    entry_close: dt.datetime
    item_code: str
    ceiling_fen: int | None
    exclusions: list[list[str]]


# Two thousand enter in the last seconds before a close: these are run as plain SQL, without
# entities.
NOTICE = Prepared(
    select(
        Notice.id,
        Notice.number,
        Notice.entry_close,
        Notice.item_code,
        Notice.ceiling_fen,
        Notice.exclusions,
    ).where(Notice.number == bindparam("number"))
)
SENT = Prepared(
    select(Entry.receipt, Entry.no, Entry.commit, Entry.received_at).where(
        Entry.submission_key == bindparam("key"), Entry.agency_id == bindparam("agency")
    )
)
OTHERS = Prepared(
    union_all(
        select(Entry.agency_id).where(
            Entry.notice_id == bindparam("notice_id"),
            Entry.agency_id == bindparam("agency"),
            Entry.state != states.Entry.WITHDRAWN,
        ),
        select(Entry.agency_id).where(
            Entry.notice_id == bindparam("notice_id"),
            Entry.agency_id != bindparam("agency"),
            Entry.representative == bindparam("person"),
            Entry.state == states.Entry.RECEIVED,
        ),
    )
)
TAKE = Prepared(
    update(Notice)
    .where(Notice.id == bindparam("notice"), Notice.state == states.Notice.ENTRY_OPEN)
    .values(entries_given=Notice.entries_given + 1, entries_live=Notice.entries_live + 1)
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
    "receipt",
    "sealed",
    "received_at",
    "entered_by",
    "state",
    "submission_key",
)
ADD = Prepared(insert(Entry).values({name: bindparam(name) for name in GIVEN}))


def enter(
    work: Work,
    *,
    number: str,
    quote_fen: int,
    sealing_key: bytes,
    submission_key: str | None = None,
) -> Receipt:
    """Enter a notice with a quote (fen), sealed so that nobody reads it before the close; returns
    the receipt.

    `sealing_key` is the public key of the clock's process. In time by the instant of receipt.
    Refuses `entry.late`, `entry.not_open`, `entry.twice`, `entry.excluded`,
    `entry.same_representative`, the reasons of an agency's standing (agency.*),
    `entry.quote_not_positive`, `entry.above_ceiling`.
    """
    permissions.require(work.actor, "entry.enter")
    notice = _open_notice(work, number)
    agency_id = _agency(work)
    if known := _sent_before(work, agency_id, submission_key):
        return known
    entering.check_in_time(work.received_at, notice.entry_close)
    standing = _check_standing(work, notice, agency_id)
    others = OTHERS.rows(
        work, notice_id=notice.id, agency=agency_id, person=standing.legal_representative or "-"
    )
    if (agency_id,) in others:
        if known := _sent_before(
            work, agency_id, submission_key
        ):  # The same form sent twice at once: the other was quicker.
            return known
        raise Refusal("entry.twice")
    # One legal representative stands behind one entry: the later one is refused (docs/rules.md#decision-10).
    if others:
        raise Refusal("entry.same_representative")
    entering.check_quote(quote_fen, notice.ceiling_fen or 0)
    return _receive(work, notice, standing, quote_fen, sealing_key, submission_key)


def note_late(work: Work, *, number: str) -> bool:
    """Put on the log that an entry came too late, so that its sender can prove when it arrived;
    once an agency and notice.
    """
    permissions.require(work.actor, "entry.enter")
    notice = rows.by_number(work, number)
    agency_id = _agency(work)
    known = work.session.get(LateEntry, (notice.id, agency_id))
    if known is not None or entering.is_in_time(work.received_at, fixed(notice.entry_close)):
        return False
    work.session.add(
        LateEntry(notice_id=notice.id, agency_id=agency_id, received_at=work.received_at)
    )
    record(work, EntryLate(subject=number, received=work.received_at))
    return True


def withdraw(work: Work, *, number: str) -> None:
    """Take one's entry back before the close. Refuses `entry.none` and `entry.withdraw_late`."""
    permissions.require(work.actor, "entry.enter")
    notice = rows.by_number(work, number, lock=True)
    entry = rows.live_entry(work, notice.id, _agency(work))
    if entry is None:
        raise NotFound("entry.none")
    if notice.state is not states.Notice.ENTRY_OPEN or not entering.is_in_time(
        work.received_at, fixed(notice.entry_close)
    ):
        raise Refusal("entry.withdraw_late", close=moment(fixed(notice.entry_close)))
    _withdraw(work, notice, entry)


def enter_anew(
    work: Work,
    *,
    number: str,
    quote_fen: int,
    sealing_key: bytes,
    submission_key: str | None = None,
) -> Receipt:
    """Withdraw and enter with another quote, in one step: the last one counts. Refuses what the two
    refuse.
    """
    agency_id = _agency(work)
    if known := _sent_before(work, agency_id, submission_key):
        return known
    withdraw(work, number=number)
    work.session.flush()  # The unique index must see the first entry withdrawn.
    return enter(
        work,
        number=number,
        quote_fen=quote_fen,
        sealing_key=sealing_key,
        submission_key=submission_key,
    )


def _agency(work: Work) -> int:
    if work.actor.organisation_id is None or work.actor.kind != "agency":
        raise NotFound("entry.none")
    return work.actor.organisation_id


def _open_notice(work: Work, number: str) -> OpenNotice:
    row = NOTICE.first(work, number=number)
    if row is None:
        raise NotFound("notice.none")
    return OpenNotice._make(row)


def _check_standing(work: Work, notice: OpenNotice, agency_id: int) -> Standing:
    standing = agencies.standing(work, agency_id, notice.item_code, local_date(work.received_at))
    if not standing.may_enter:
        raise Refusal(standing.reason or "agency.not_active")
    if notice.exclusions:
        own = agencies.of_organisation(work, agency_id)
        reason = dict(notice.exclusions).get(own.uscc if own else "")
        if reason is not None:
            raise Refusal("entry.excluded", reason=reason)
    return standing


def _sent_before(work: Work, agency_id: int, submission_key: str | None) -> Receipt | None:
    row = SENT.first(work, key=submission_key, agency=agency_id)
    return Receipt(*row) if row else None


def _receive(
    work: Work,
    notice: OpenNotice,
    standing: Standing,
    quote_fen: int,
    sealing_key: bytes,
    submission_key: str | None,
) -> Receipt:
    draw = sibling(notice.number, Prefix.DRAW)
    ref = str(standing.ref)
    opening = {"agency": ref, "draw": draw, "nonce": work.entropy(16).hex(), "quote_fen": quote_fen}
    salt = work.entropy(16).hex()
    commit = protocol.commitment(salt, opening)
    sealed = seal_for(sealing_key, json.dumps({**opening, "salt": salt}).encode())
    # Last before the insert: the notice's row stays locked until the commit, so the seal sees this
    # entry or refuses it.
    no = _take_number(work, notice)
    given = Receipt(receipt("BM", work.entropy), no, commit, work.received_at)
    ADD.act(
        work,
        {
            "division": work.division,
            "notice_id": notice.id,
            "agency_id": work.actor.organisation_id,
            "ref": ref,
            "no": no,
            "commit": commit,
            "representative": standing.legal_representative or "",
            "receipt": given.receipt,
            "sealed": sealed,
            "received_at": work.received_at,
            "entered_by": work.actor.person_id,
            "state": states.Entry.RECEIVED,
            "submission_key": submission_key,
        },
    )  # The unique indexes speak here.
    record_draw(
        work,
        EntryReceived(subject=notice.number, at=work.received_at, commit=commit, draw=draw, no=no),
    )
    return given


def _take_number(work: Work, notice: OpenNotice) -> int:
    """The next entry number, taken while the notice is open: conditional, so that a seal in between
    wins.
    """
    taken = TAKE.first(work, notice=notice.id)
    if taken is None:
        raise Refusal("entry.not_open")
    return int(taken[0])


def _withdraw(work: Work, notice: Notice, entry: Entry) -> None:
    entry.state = states.move_entry(entry.state, states.Entry.WITHDRAWN)
    entry.withdrawn_at = work.received_at
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
            at=work.received_at,
            no=entry.no,
            draw=sibling(str(notice.number), Prefix.DRAW),
        ),
    )
