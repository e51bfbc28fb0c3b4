"""Who may enter: each form judged against those before it and against those that came with it."""

import dataclasses
import datetime as dt
from collections.abc import Mapping

from sqlalchemy import bindparam, select

from market import submissions
from market.agencies import queries as agencies
from market.agencies.queries import Standing
from market.db import Work
from market.kernel.actor import Actor
from market.kernel.arrival import Arrival
from market.kernel.clock import local_date
from market.kernel.errors import Invalid, NotFound, Refusal
from market.kernel.likeness import Origin
from market.prepared import Many
from market.reputation import queries as reputation
from market.selection.entries.models import Entry, EntryBox, EntryProposal
from market.selection.entries.rules import boxing, entering
from market.selection.entries.rules.boxing import Sealed
from market.selection.entries.rules.states import EntryState
from market.selection.entries.service.open_notice import OpenNotice, keys_of, open_notice, stage_of
from market.selection.notices import queries as notice_queries
from market.selection.quotes.queries import PublicKeys
from market.selection.way import Opening
from market.submissions import Form
from verify.zjcs import openings


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
    """One form of entering: who sent it, when it was here, the notice's number, the quote (fen, or of a
    notice that asks for a rate basis points), the promised `days` where they are asked for.

    `sealing_key` is the public key of the clock's process; `sealed` the quote where it came sealed,
    and then `quote_fen` is 0. `origin` says where the form came from, None of one without a page.
    `boxes` names the sealed files that belong to it: kind -> hash (hex).
    """

    actor: Actor
    arrival: Arrival
    number: str
    quote_fen: int
    sealing_key: bytes = dataclasses.field(repr=False)
    submission_key: str | None = None
    sealed: Sealed | None = dataclasses.field(default=None, repr=False)
    origin: Origin | None = dataclasses.field(default=None, repr=False)
    boxes: Mapping[str, str] = dataclasses.field(default_factory=dict)
    days: int | None = None

    @property
    def agency_id(self) -> int:
        return agency_of(self.actor)

    @property
    def form(self) -> Form | None:
        """What is kept of the form, so that sent again it does nothing again."""
        deed = f"entry.enter {self.number}"
        said = self.sealed.digest if self.sealed else self.quote_fen
        named = [sorted(self.boxes.items())] if self.boxes else []
        promised = [self.days] if self.days else []
        return submissions.form(self.actor, self.submission_key, deed, said, *named, *promised)


SENT = Many(
    lambda asked: select(
        Entry.submission_key, Entry.receipt, Entry.no, Entry.commit, Entry.received_at
    ).where(Entry.submission_key.in_(asked))
)
TOKENS = Many(
    lambda asked: select(Entry.undo).where(
        Entry.notice_id == bindparam("notice_id"), Entry.undo.in_(asked)
    )
)
ENTERED = Many(
    lambda asked: select(Entry.agency_id).where(
        Entry.notice_id == bindparam("notice_id"),
        Entry.agency_id.in_(asked),
        Entry.state != EntryState.WITHDRAWN,
    )
)


PROPOSALS = Many(
    lambda asked: select(EntryProposal.agency_id, EntryProposal.sha256).where(
        EntryProposal.notice_id == bindparam("notice_id"), EntryProposal.agency_id.in_(asked)
    )
)


UPLOADED = Many(
    lambda asked: select(
        EntryBox.agency_id,
        EntryBox.kind,
        EntryBox.sha256,
        EntryBox.document_sha256,
        EntryBox.sealed_by,
    ).where(EntryBox.notice_id == bindparam("notice_id"), EntryBox.agency_id.in_(asked))
)


@dataclasses.dataclass(frozen=True)
class Admitted:
    """One who may enter, before anything is written; `proposal` the hash (hex) of what is scored.
    `documents`: the digests (hex) of the files in the boxes that it names, by the box's kind;
    `is_open_here`: the server has seen one of them as it sealed it.
    """

    place: int
    asked: Asked
    standing: Standing
    form: Form | None
    proposal: str | None = None
    documents: Mapping[str, str] = dataclasses.field(default_factory=dict)
    is_open_here: bool = False


def agency_of(actor: Actor) -> int:
    """The agency for which somebody acts. Refuses `entry.none`."""
    if actor.organisation_id is None or actor.kind != "agency":
        raise NotFound("entry.none")
    return actor.organisation_id


def received_before(work: Work, asked: Asked) -> Receipt | None:
    """The receipt that the same form got before; None for a form that was not sent before.

    Refuses what `submissions.check_again` refuses.
    """
    form = asked.form
    earlier = submissions.known(work, [form])
    if form is None or form.key_hash not in earlier:
        return None
    submissions.check_again(form, earlier[form.key_hash])
    return receipts_of(work, earlier)[form.key_hash]


def receipts_of(work: Work, earlier: dict[str, Form]) -> dict[str, Receipt]:
    """The receipts of forms that were taken before, by the form's key."""
    return {row[0]: Receipt(*row[1:]) for row in SENT.rows(work, earlier)}


@dataclasses.dataclass
class _Known:
    """What is known of a notice's entrants, those of this group included as they are admitted.

    `standings` by day and agency, `suspended` by day; `sent` gives the form and the place of those admitted now, by the
    form's key; `repeats` the places of forms that are there twice.
    """

    standings: dict[dt.date, dict[int, Standing]]
    suspended: dict[dt.date, dict[int, dt.date]]
    entered: set[int]
    tokens: set[str | None]
    keys: PublicKeys | None
    proposals: dict[int, str]
    uploaded: dict[tuple[int, str, str], tuple[str, str]]
    sent: dict[str, tuple[Form, int]] = dataclasses.field(default_factory=dict)
    repeats: list[tuple[int, int]] = dataclasses.field(default_factory=list)


def _known(work: Work, notice: OpenNotice, asked: list[tuple[int, Asked]]) -> _Known:
    ids = [each.agency_id for _, each in asked]
    tokens = [each.sealed.undo for _, each in asked if each.sealed]
    days = {local_date(each.arrival.at) for _, each in asked}
    promised = notice_queries.promised_day(work, notice.id) if notice.amended_at else None
    standings = {day: agencies.standings(work, ids, notice.items, day, promised) for day in days}
    led_by = {
        day: {each: standing.representative_digest for each, standing in of_day.items()}
        for day, of_day in standings.items()
    }
    return _Known(
        standings,
        {day: reputation.suspended(work, of_day, day) for day, of_day in led_by.items()},
        {row[0] for row in ENTERED.rows(work, ids, notice_id=notice.id)},
        {row[0] for row in TOKENS.rows(work, tokens, notice_id=notice.id)} if tokens else set(),
        keys_of(work, notice) if tokens else None,
        _proposals(work, notice, ids),
        _uploaded(work, notice, ids),
    )


def _proposals(work: Work, notice: OpenNotice, ids: list[int]) -> dict[int, str]:
    """The hashes of what was proposed, by agency; none where nothing is scored."""
    if not notice.takes_texts:
        return {}
    return {row[0]: row[1] for row in PROPOSALS.rows(work, ids, notice_id=notice.id)}


def _uploaded(
    work: Work, notice: OpenNotice, ids: list[int]
) -> dict[tuple[int, str, str], tuple[str, str]]:
    """The digests of the files that wait sealed, and by what each was sealed, by agency, kind and hash
    of the box.
    """
    if not notice.boxes:
        return {}
    rows = UPLOADED.rows(work, ids, notice_id=notice.id)
    return {(row[0], row[1], row[2]): (row[3], row[4]) for row in rows}


def admit(
    work: Work,
    notice: OpenNotice,
    asked: list[tuple[int, Asked]],
    outcomes: list[Receipt | Refusal | None],
) -> tuple[list[Admitted], list[tuple[int, int]]]:
    """Who may enter, each judged against those before and against the earlier ones of this group;
    and the places of forms that are in the group twice, each with its first place.
    """
    known = _known(work, notice, asked)
    admitted: list[Admitted] = []
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
            files = _documents(notice, known, each)
        except Refusal as no:
            outcomes[place] = no
            continue

        if form:
            known.sent[form.key_hash] = (form, place)
        known.entered.add(each.agency_id)
        known.tokens.add(each.sealed.undo if each.sealed else None)
        proposal = known.proposals.get(each.agency_id)
        documents = {kind: document for kind, (document, _) in files.items()}
        seen = any(by == boxing.SERVER for _, by in files.values())
        admitted.append(Admitted(place, each, standing, form, proposal, documents, seen))
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
        raise standing.refusal or Refusal("agency.not_active")
    if until := known.suspended[local_date(asked.arrival.at)].get(asked.agency_id):
        raise Refusal("credit.suspended", until=until)
    if notice.exclusions:
        own = agencies.of_organisation(work, asked.agency_id)
        reason = dict(notice.exclusions).get(own.uscc if own else "")
        if reason is not None:
            raise Refusal("entry.excluded", reason=reason)

    if notice.takes_texts and asked.agency_id not in known.proposals:
        raise Refusal("entry.no_proposal")

    # That one legal representative stands behind one entry is judged at the seal: whoever were told
    # now would learn who else has entered (docs/rules.md#decision-10; ADR 0026).
    if notice.way.opening is Opening.NONE:
        if asked.sealed is not None or asked.quote_fen:
            raise Invalid("entry.no_quote", field="quote_fen")
    elif asked.sealed is None:
        _check_typed(notice, asked)
    else:
        _check_sealed(notice, known, asked.sealed, str(standing.ref))
    return standing


def _check_typed(notice: OpenNotice, asked: Asked) -> None:
    """Hold what was typed to the notice: an amount, or a rate, and days where they are asked for."""
    if notice.quotes == openings.RATE:
        entering.check_rate(asked.quote_fen, notice.ceiling_fen or 0)
    else:
        entering.check_quote(asked.quote_fen, notice.ceiling_fen or 0)
    if notice.most_days is not None:
        entering.check_days(asked.days, notice.most_days)


def _documents(notice: OpenNotice, known: _Known, asked: Asked) -> dict[str, tuple[str, str]]:
    """The digests of the files in the boxes that an entry names, and by what they were sealed, by kind.

    Refuses `entry.no_box` where the first kind is missing, `entry.box_unknown` for one that this agency
    has not uploaded for this notice as this kind; the field is the kind. A quote of the offline tool,
    which knows nothing of files and promised days, is `entry.no_tool_here`: it could not be opened later.
    """
    kinds = notice.boxes
    if kinds and not asked.boxes.get(kinds[0]):
        raise Invalid("entry.no_box", field=kinds[0])
    says_more = bool(kinds) or notice.most_days is not None
    if says_more and asked.sealed is not None and asked.sealed.by == boxing.TOOL:
        raise Invalid("entry.no_tool_here", field="sealed")
    found = {}
    for kind, sha256 in asked.boxes.items():
        file = known.uploaded.get((asked.agency_id, kind, sha256))
        if file is None:
            raise Invalid("entry.box_unknown", field=kind)
        found[kind] = file
    return found


def _check_sealed(notice: OpenNotice, known: _Known, sealed: Sealed, ref: str) -> None:
    """A box that nobody here can open: whose it is, for what and for which keys."""
    if known.keys is None:
        raise Refusal("entry.not_sealed_here")
    boxing.check_box(sealed, stage_of(notice), ref, len(known.keys.trustees), known.keys.t)
    if sealed.undo in known.tokens:
        raise Invalid("entry.token_used", field="sealed")
