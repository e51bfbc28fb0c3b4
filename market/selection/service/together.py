"""Entering: all who wait for it at one moment, in one transaction, with one append and one commit.

Whoever is refused has written nothing; numbers follow the instants of receipt. To enter alone is to
enter as a group of one: there is one path (ADR 0032).
"""

import dataclasses
import datetime as dt
import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select, update

from market import submissions
from market.adapters.keys import seal_for
from market.agencies import queries as agencies
from market.agencies.queries import Standing
from market.db import Work
from market.gathering import Gathering
from market.kernel.actor import Actor
from market.kernel.arrival import Arrival
from market.kernel.clock import local_date
from market.kernel.entropy import receipt
from market.kernel.errors import NotFound, Refusal
from market.kernel.ids import Prefix, sibling
from market.prepared import Many, Prepared
from market.selection import permissions
from market.selection.events import EntryReceived
from market.selection.models import Entry, Notice
from market.selection.rules import entering, states
from market.selection.service.leaves import record_draw
from market.submissions import Form
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


@dataclasses.dataclass(frozen=True, kw_only=True)
class Asked:
    """One form of entering: who sent it, when it was here, the notice's number, the quote (fen).

    `sealing_key` is the public key of the clock's process.
    """

    actor: Actor
    arrival: Arrival
    number: str
    quote_fen: int
    sealing_key: bytes = dataclasses.field(repr=False)
    submission_key: str | None = None

    @property
    def agency_id(self) -> int:
        return agency_of(self.actor)

    @property
    def form(self) -> Form | None:
        """What is kept of the form, so that sent again it does nothing again."""
        deed = f"entry.enter {self.number}"
        return submissions.form(self.actor, self.submission_key, deed, self.quote_fen)


class OpenNotice(NamedTuple):
    """What entering needs of a notice."""

    id: int
    number: str
    entry_close: dt.datetime
    item_code: str
    ceiling_fen: int | None
    exclusions: list[list[str]]


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
SENT = Many(
    lambda asked: select(
        Entry.submission_key, Entry.receipt, Entry.no, Entry.commit, Entry.received_at
    ).where(Entry.submission_key.in_(asked))
)
ENTERED = Many(
    lambda asked: select(Entry.agency_id).where(
        Entry.notice_id == bindparam("notice_id"),
        Entry.agency_id.in_(asked),
        Entry.state != states.Entry.WITHDRAWN,
    )
)
REPRESENTED = Many(
    lambda asked: select(Entry.representative, Entry.agency_id).where(
        Entry.notice_id == bindparam("notice_id"),
        Entry.representative.in_(asked),
        Entry.state == states.Entry.RECEIVED,
    )
)
TAKE = Prepared(
    update(Notice)
    .where(Notice.id == bindparam("notice"), Notice.state == states.Notice.ENTRY_OPEN)
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
    "receipt",
    "sealed",
    "received_at",
    "received_by",
    "entered_by",
    "state",
    "submission_key",
)
ADD = Prepared(insert(Entry).values({name: bindparam(name) for name in GIVEN}))


@dataclasses.dataclass(frozen=True)
class _Admitted:
    """One who may enter, before anything is written."""

    place: int
    asked: Asked
    standing: Standing
    form: Form | None


def enter_together(work: Work, asked: Sequence[Asked]) -> list[Receipt | Refusal]:
    """Enter all of these; each gets its receipt, or the refusal that `enter` names.

    They may be of several notices. `work` gives the instant of the log; who acts and when a form
    was here is each form's own.
    """
    outcomes: list[Receipt | Refusal | None] = [None] * len(asked)
    forms = [each.form for each in asked]
    earlier = submissions.known(work, forms)
    again = _received_before(work, earlier)
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


def agency_of(actor: Actor) -> int:
    """The agency for which somebody acts. Refuses `entry.none`."""
    if actor.organisation_id is None or actor.kind != "agency":
        raise NotFound("entry.none")
    return actor.organisation_id


def open_notice(work: Work, number: str) -> OpenNotice:
    """What entering needs of a notice, by its number. Refuses `notice.none`."""
    row = NOTICE.first(work, number=number)
    if row is None:
        raise NotFound("notice.none")
    return OpenNotice._make(row)


def received_before(work: Work, asked: Asked) -> Receipt | None:
    """The receipt that the same form got before; None for a form that was not sent before.

    Refuses what `submissions.check_again` refuses.
    """
    form = asked.form
    earlier = submissions.known(work, [form])
    if form is None or form.key_hash not in earlier:
        return None
    submissions.check_again(form, earlier[form.key_hash])
    return _received_before(work, earlier)[form.key_hash]


def _received_before(work: Work, earlier: dict[str, Form]) -> dict[str, Receipt]:
    return {row[0]: Receipt(*row[1:]) for row in SENT.rows(work, earlier)}


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

    admitted, repeats = _admit(work, notice, asked, outcomes)
    if admitted:
        _take(work, notice, admitted, outcomes)
    for place, first in repeats:
        outcomes[place] = outcomes[first]


def _take(
    work: Work,
    notice: OpenNotice,
    admitted: list[_Admitted],
    outcomes: list[Receipt | Refusal | None],
) -> None:
    """Give numbers, seal the quotes, keep the entries."""

    # Last before the inserts: the notice's row stays locked until the commit, so the seal sees
    # these entries or refuses them all.
    taken = TAKE.first(work, notice=notice.id, many=len(admitted))
    if taken is None:
        for each in admitted:
            outcomes[each.place] = Refusal("entry.not_open")
        return

    first = int(taken[0]) - len(admitted) + 1
    submissions.take(work, [each.form for each in admitted if each.form])
    rows = []
    for number_given, each in enumerate(admitted, start=first):
        row = _sealed(work, notice, each, number_given)
        rows.append(row)
        outcomes[each.place] = Receipt(
            row["receipt"], number_given, row["commit"], each.asked.arrival.at
        )
    ADD.act(work, *rows)  # The unique indexes speak here.


@dataclasses.dataclass
class _Known:
    """What is known of a notice's entrants, those of this group included as they are admitted.

    `standings` by day and agency; `represented` says which agency a person stands for; `sent` gives
    the form and the place of those admitted now, by the form's key; `repeats` the places of forms
    that are there twice.
    """

    standings: dict[dt.date, dict[int, Standing]]
    entered: set[int]
    represented: dict[str, int]
    sent: dict[str, tuple[Form, int]] = dataclasses.field(default_factory=dict)
    repeats: list[tuple[int, int]] = dataclasses.field(default_factory=list)


def _known(work: Work, notice: OpenNotice, asked: list[tuple[int, Asked]]) -> _Known:
    ids = [each.agency_id for _, each in asked]
    days = {local_date(each.arrival.at) for _, each in asked}
    standings = {day: agencies.standings(work, ids, notice.item_code, day) for day in days}
    people = [_person(each) for day in days for each in standings[day].values()]
    return _Known(
        standings,
        {row[0] for row in ENTERED.rows(work, ids, notice_id=notice.id)},
        dict(REPRESENTED.rows(work, people, notice_id=notice.id)),
    )


def _person(standing: Standing) -> str:
    return standing.legal_representative or "-"


def _admit(
    work: Work,
    notice: OpenNotice,
    asked: list[tuple[int, Asked]],
    outcomes: list[Receipt | Refusal | None],
) -> tuple[list[_Admitted], list[tuple[int, int]]]:
    """Who may enter, each judged against those before and against the earlier ones of this group;
    and the places of forms that are in the group twice, each with its first place.
    """
    known = _known(work, notice, asked)
    admitted: list[_Admitted] = []
    for place, each in asked:
        form = each.form
        try:
            if form and form.key_hash in known.sent:
                submissions.check_again(form, known.sent[form.key_hash][0])
                known.repeats.append((place, known.sent[form.key_hash][1]))
                continue
            if each.agency_id in known.entered:
                outcomes[place] = _entered_meanwhile(work, each)
                continue
            standing = _check(work, notice, known, each)
        except Refusal as no:
            outcomes[place] = no
            continue

        if form:
            known.sent[form.key_hash] = (form, place)
        known.entered.add(each.agency_id)
        known.represented[_person(standing)] = each.agency_id
        admitted.append(_Admitted(place, each, standing, form))
    return admitted, known.repeats


def _entered_meanwhile(work: Work, asked: Asked) -> Receipt:
    """The receipt of the same form that was quicker; refuses `entry.twice` for any other."""
    entering.check_in_time(asked.arrival.at, open_notice(work, asked.number).entry_close)
    known = received_before(work, asked)
    if known is None:
        raise Refusal("entry.twice")
    return known


def _check(work: Work, notice: OpenNotice, known: _Known, asked: Asked) -> Standing:
    """The standing of one who may enter; refuses whoever may not."""
    entering.check_in_time(asked.arrival.at, notice.entry_close)

    standing = known.standings[local_date(asked.arrival.at)][asked.agency_id]
    if not standing.may_enter:
        raise Refusal(standing.reason or "agency.not_active")
    if notice.exclusions:
        own = agencies.of_organisation(work, asked.agency_id)
        reason = dict(notice.exclusions).get(own.uscc if own else "")
        if reason is not None:
            raise Refusal("entry.excluded", reason=reason)

    # One legal representative stands behind one entry: the later one is refused.
    if known.represented.get(_person(standing), asked.agency_id) != asked.agency_id:
        raise Refusal("entry.same_representative")
    entering.check_quote(asked.quote_fen, notice.ceiling_fen or 0)
    return standing


def _sealed(work: Work, notice: OpenNotice, admitted: _Admitted, no: int) -> dict[str, Any]:
    """The row of an entry with its quote sealed, its fact queued for the log."""
    asked = admitted.asked
    draw = sibling(notice.number, Prefix.DRAW)
    ref = str(admitted.standing.ref)
    opening = {
        "agency": ref,
        "draw": draw,
        "nonce": work.entropy(16).hex(),
        "quote_fen": asked.quote_fen,
    }
    salt = work.entropy(16).hex()
    commit = protocol.commitment(salt, opening)
    sealed = seal_for(asked.sealing_key, json.dumps({**opening, "salt": salt}).encode())
    key = admitted.form.key_hash if admitted.form else work.entropy(32).hex()
    record_draw(
        work,
        EntryReceived(subject=notice.number, at=asked.arrival.at, commit=commit, draw=draw, no=no),
    )
    return {
        "division": work.division,
        "notice_id": notice.id,
        "agency_id": asked.agency_id,
        "ref": ref,
        "no": no,
        "commit": commit,
        "representative": admitted.standing.legal_representative or "",
        "receipt": receipt("BM", work.entropy),
        "sealed": sealed,
        "received_at": asked.arrival.at,
        "received_by": asked.arrival.by,
        "entered_by": asked.actor.person_id,
        "state": states.Entry.RECEIVED,
        "submission_key": key,
    }
