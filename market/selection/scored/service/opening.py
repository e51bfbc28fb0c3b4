"""The end: when nothing is judged any more, the quotes open, and the order follows."""

from collections.abc import Sequence
from functools import partial

from market.db import Work
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.selection import permissions
from market.selection.credit import queries as credit_queries
from market.selection.entries import queries as entry_queries
from market.selection.entries.models import Entry
from market.selection.entries.queries import rows as entry_rows
from market.selection.entries.rules.states import EntryState, move_entry
from market.selection.entries.service import opening as entry_opening
from market.selection.entries.service.documents import Documents, keep_document
from market.selection.entries.service.failing import fail
from market.selection.kinds import Failure
from market.selection.leaves import record_draw, record_list
from market.selection.notices.models import Notice
from market.selection.notices.rules.states import NoticeState
from market.selection.quotes import queries as quote_queries
from market.selection.results.service.announce import publish_order
from market.selection.scored.events import (
    LettersOpened,
    QuotesOpened,
    QuotesPart,
    ScoredRanked,
    SheetOpened,
)
from market.selection.scored.queries import rows as scored_rows
from market.selection.scored.service.judging import opened_sheet
from market.selection.scored.service.promise import RESERVES, rule_of
from market.selection.way import Ranked, boxes_of
from verify.zjcs import draw as protocol
from verify.zjcs import scored as arithmetic
from verify.zjcs.boxes import Unopened
from verify.zjcs.quote_keys import PRICE
from verify.zjcs.scored import Offer, Outcome


def open_quotes(work: Work, *, number: str, documents: Documents | None = None) -> NoticeState:
    """Open every quote of the list with the keys that were handed in, show marks and letters, and
    publish the order that follows; opened twice is opened once. `documents`: the named parts that open
    now, of a way whose proposals are files. Returns the notice's state.

    Refuses `draw.seal_too_early` before the sheets are closed and the keys there.
    """
    permissions.require(work.actor, "selection.clock")
    notice = scored_rows.scored_notice(work, number, lock=True)
    row = scored_rows.round_of(work, notice.id)
    if notice.state is not NoticeState.SCORING or row.closed_at is None or row.opened_at:
        return notice.state
    entries = entry_rows.entries(work, notice.id, EntryState.LISTED)
    offers = _open(work, notice, entries)
    _keep_named(work, notice, entries, documents or {})
    row.opened_at = work.now
    _show_letters(work, notice)
    _show_sheets(work, notice)
    found = computed(work, notice, offers)
    _conclude(work, notice, entries, found)
    return notice.state


def _open(work: Work, notice: Notice, entries: Sequence[Entry]) -> dict[str, Offer]:
    """Open the boxes, each entry's row says what was in it; what was offered and had, by ref."""
    opener = entry_opening.by_released_keys(work, notice)
    rows: list[Json] = []
    offers: dict[str, Offer] = {}
    marks = credit_queries.marks_of(work, notice.id, [entry.ref for entry in entries])
    for entry in entries:
        try:
            opened = opener(entry)
            _hold_to_document(work, entry, opened)
        except Unopened as no:
            entry.reason = no.code
            entry.state = move_entry(entry.state, EntryState.UNOPENED)
            rows.append({"no": entry.no, "unopened": no.code})
            continue
        amount = entry_opening.amount_of(opened, notice)
        entry_opening.keep(entry, opened, amount)
        entry.opened_at = work.now
        offers[entry.ref] = Offer(amount, entry.rate_bp, entry.response_days, marks[entry.ref])
        row = entry_opening.row_of(entry, opened)
        rows.append({name: row[name] for name in row if name != "ref"})
    _record_quotes(work, notice, rows)
    return offers


def _hold_to_document(work: Work, entry: Entry, opened: Json) -> None:
    """The document that the jurors judged is the one that the quote names. Raises Unopened."""
    shown = entry_queries.opened_digest(work, entry)
    if shown is not None and opened.get("proposal") != shown:
        raise Unopened("proposal_hash")


def _keep_named(work: Work, notice: Notice, entries: Sequence[Entry], documents: Documents) -> None:
    """Keep the named parts. One that does not open changes nothing: it is not judged."""
    for kind in boxes_of(notice.method, notice.way)[1:]:
        for entry in entries:
            keep_document(work, entry, kind, documents, is_needed=False)


def _record_quotes(work: Work, notice: Notice, rows: list[Json]) -> None:
    facts = _facts(notice)
    record_list(
        work,
        rows,
        whole=partial(QuotesOpened, **facts, at=work.now),
        part=partial(QuotesPart, **facts),
        alg=notice.alg,
    )


def _show_letters(work: Work, notice: Notice) -> None:
    rows = [
        {
            "letter": letter.letter,
            "no": entry.no,
            "proposal": scored_rows.shown_digest(work, entry),
            "salt": letter.salt,
        }
        for letter, entry in scored_rows.letters(work, notice.id)
    ]
    for chunk in protocol.in_parts(rows):
        event = LettersOpened(**_facts(notice), at=work.now, rows=chunk)
        record_draw(work, event, alg=notice.alg)


def _show_sheets(work: Work, notice: Notice) -> None:
    for juror, sheet in scored_rows.standing_sheets(work, notice.id):
        whole = opened_sheet(work, notice, juror, sheet, str(sheet.salt))
        rows = [{name: row[name] for name in ("letter", "marks")} for row in whole["rows"]]
        for chunk in protocol.in_parts(rows):
            event = SheetOpened(
                **_facts(notice),
                at=work.now,
                comments=str(whole["comments"]),
                juror=str(juror.ref),
                rows=chunk,
                salt=str(sheet.salt),
                seat=juror.seat or 0,
            )
            record_draw(work, event, alg=notice.alg)


def seed_of(work: Work, notice: Notice) -> str:
    """The seed (hex) of the tickets of equals."""
    row = scored_rows.round_of(work, notice.id)
    draw = sibling(str(notice.number), Prefix.DRAW)
    return arithmetic.seed_of(
        draw,
        row.notice_leaf,
        str(row.list_leaf),
        str(row.closed_leaf),
        quote_queries.given(work, f"{draw}{PRICE}"),
    )


def sheet_scores(work: Work, notice: Notice) -> dict[str, list[int]]:
    """What each sheet gives each agency (ref), by seat, in hundredths."""
    criteria = rule_of(work, notice)["criteria"]
    codes = [each["code"] for each in criteria]
    refs = {letter.letter: entry.ref for letter, entry in scored_rows.letters(work, notice.id)}
    scores: dict[str, list[int]] = {ref: [] for ref in refs.values()}
    for _, sheet in scored_rows.standing_sheets(work, notice.id):
        for letter, marks in sheet.marks.items():
            given = [marks[code] for code in codes]
            scores[refs[letter]].append(arithmetic.sheet_score(criteria, given))
    return scores


def computed(work: Work, notice: Notice, offers: dict[str, Offer]) -> Outcome:
    """What follows from the offers (by ref) and the sheets."""
    return arithmetic.outcome(
        rule_of(work, notice), offers, sheet_scores(work, notice), seed_of(work, notice)
    )


def _conclude(work: Work, notice: Notice, entries: Sequence[Entry], found: Outcome) -> None:
    by_ref = {entry.ref: entry for entry in entries}
    for ref, code in found.invalid.items():
        by_ref[ref].reason = code
        by_ref[ref].state = move_entry(by_ref[ref].state, EntryState.INELIGIBLE)
    if found.failure is not None:
        fail(work, notice, Failure(found.failure), listed=len(entries), least=1)
        return
    order = found.order
    record_draw(
        work,
        ScoredRanked(
            **_facts(notice),
            at=work.now,
            **protocol.order_said(order),
            winners=arithmetic.WINNERS,
        ),
        alg=notice.alg,
    )
    ranked = [
        Ranked(entry_id=by_ref[ref].id, ref=ref, ticket=found.tickets.get(ref)) for ref in order
    ]
    publish_order(work, str(notice.number), ranked, winners=arithmetic.WINNERS, reserves=RESERVES)


def _facts(notice: Notice) -> Json:
    number = str(notice.number)
    return {"subject": number, "draw": sibling(number, Prefix.DRAW)}
