"""Jurors of public money: what a notice promises of their draw, what stands against it, the lot that is fixed
with the list (ADR 0067).
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from market.accounts import queries as accounts
from market.catalogue import queries as catalogue
from market.db import Work
from market.kernel.clock import local_date
from market.kernel.errors import Invalid, Refusal
from market.kernel.ids import Prefix, sibling
from market.kernel.plain import Json
from market.rulebook import queries as rulebooks
from market.rulebook.rules import Rulebook
from market.selection.entries.models import Entry
from market.selection.entries.queries import rows as entry_rows
from market.selection.entries.rules.states import EntryState
from market.selection.entries.service.failing import fail
from market.selection.jurors import queries as pool_queries
from market.selection.jurors import service as pool_service
from market.selection.jurors.rules import Asked, Why, why_not
from market.selection.kinds import Failure
from market.selection.lots.rules import assurance
from market.selection.lots.rules.assurance import Promise
from market.selection.lots.service import fixed
from market.selection.notices.models import Notice
from market.selection.notices.queries import case
from market.selection.notices.rules.ways import PUBLIC
from market.selection.scored import rules
from market.selection.scored.models import ScoredJuror, ScoredRound
from market.selection.scored.queries import rows as scored_rows
from market.selection.scored.rules import Person
from market.selection.sources.queries import failing
from market.selection.way import Published
from verify.zjcs import experts as arithmetic

LAST = 2
"""How many of the owner's last notices count for who rests."""


def is_by_pool(of: Published) -> bool:
    """Whether the jurors of a notice are drawn: its money is public."""
    return of.fund in PUBLIC


def problems(work: Work, of: Published, seats: int, own: Sequence[Person]) -> list[Refusal]:
    """What stands against a notice whose jurors are drawn."""
    notice = work.session.get_one(Notice, of.notice_id)
    book = rulebooks.version(work, notice.rulebook)
    return [
        *rules.own_problems(seats, own),
        *_money(of, book, seats),
        *_pool(work, notice, book, seats),
        *_lot(work, of),
    ]


def _money(of: Published, book: Rulebook, seats: int) -> Iterator[Refusal]:
    ceiling = of.ceiling_fen or 0
    if ceiling < book.scored_from_fen:
        yield Invalid("scored.too_small", field="ceiling_fen", least=book.scored_from_fen // 100)
    if ceiling >= book.jurors_five_from_fen and seats < rules.POOL_SEATS[1]:
        yield Invalid("scored.five", field="jurors", least=book.jurors_five_from_fen // 100)


def _pool(work: Work, notice: Notice, book: Rulebook, seats: int) -> Iterator[Refusal]:
    category = catalogue.item(work, notice.item_code).category
    free = pool_queries.free_of(work, category)
    least = max(book.juror_pool_min, seats)
    if free < least:
        yield Invalid(
            "scored.pool_small", field="method", category=category, free=free, least=least
        )


def _lot(work: Work, of: Published) -> Iterator[Refusal]:
    """A lot for public money is drawn from two parties' values, neither of them the owner's."""
    promise = Promise(
        draw_at=None,
        has_fiscal_money=True,
        beacon=bool(of.terms["beacon"]),
        chains=failing.living_chains(work),
        owner_ids=frozenset({of.owner_id}),
        can_check_drand=failing.can_check_drand(),
    )
    yield from assurance.is_assured(promise)
    yield from assurance.has_checkable_beacon(promise)


def promised(work: Work, of: Published, own: int) -> Json:
    """What the leaf of a notice says of its lot and its pool; `own`: seats of the owner's own."""
    notice = work.session.get_one(Notice, of.notice_id)
    book = rulebooks.version(work, notice.rulebook)
    draw = sibling(str(of.number), Prefix.DRAW)
    gap = int(case.gap(book).total_seconds())
    return {
        **fixed.promised(work, draw, gap, beacon=bool(of.terms["beacon"])),
        "category": catalogue.item(work, notice.item_code).category,
        "own": own,
    }


def fix(work: Work, notice: Notice, row: ScoredRound) -> None:
    """The list stands: list the pool, and fix the lot of the experts. Where fewer may judge than there
    are seats the selection has failed: NO_JURORS.
    """
    listed = entry_rows.entries(work, notice.id, EntryState.LISTED)
    said = row.experts or {}
    scoring = rules.read(notice.way or {})
    seats = (scoring.jurors if scoring else 0) - said["own"]
    refs = pool_service.list_for(work, _ask(work, notice, row, listed, seats))
    if not refs:
        fail(work, notice, Failure.NO_JURORS, listed=len(listed), least=0)
        return
    lot = fixed.fix(
        work,
        notice,
        said,
        label=arithmetic.LABEL,
        list_sha256=arithmetic.list_digest(refs),
        notice_leaf=str(row.force_leaf),
    )
    notice.draw_at = lot.draw_at


def _ask(
    work: Work, notice: Notice, row: ScoredRound, listed: Sequence[Entry], seats: int
) -> pool_service.Ask:
    parties = {notice.owner_id, *(entry.agency_id for entry in listed)}
    codes = {accounts.organisation(work, each).uscc for each in parties}
    named = scored_rows.jurors(work, notice.id)
    own = {each.person_id for each in named if each.place <= rules.BEHIND}
    members = (pool_queries.row_of_person(work, each) for each in own)
    return pool_service.Ask(
        notice_id=notice.id,
        number=str(notice.number),
        draw=sibling(str(notice.number), Prefix.DRAW),
        alg=notice.alg,
        edition_id=row.edition_id,
        seats=seats,
        asked=Asked(
            category=(row.experts or {})["category"],
            codes=frozenset(code for code in codes if code),
            organisations=frozenset(parties),
            taken=frozenset(each.number for each in members if each),
            day=_day(work.now),
        ),
        sat=_sat(work, notice),
    )


def why_not_today(work: Work, notice: Notice, juror: ScoredJuror) -> Why | None:
    """Why somebody who was drawn may not judge any more: he has left or is suspended, his admission is over,
    or a party has become his. In what he judges stays as the pool was when the notice was published.
    """
    row = scored_rows.round_of(work, notice.id)
    member = pool_queries.row_of_person(work, juror.person_id)
    if row.experts is None or juror.place <= rules.BEHIND or member is None:
        return None
    listed = entry_rows.entries(work, notice.id, EntryState.LISTED)
    ask = _ask(work, notice, row, listed, 0)
    kept = {member.number: frozenset({ask.asked.category})}
    (standing,) = pool_queries.standings(work, kept, {})
    return why_not(standing, ask.asked)


TIED = {Why.EMPLOYER, Why.INTEREST}


def require_free(work: Work, notice: Notice, juror: ScoredJuror) -> None:
    """Who was drawn may still judge today. Refuses `scored.own_interest`, `scored.no_longer`."""
    pool_queries.row_of_person(work, juror.person_id, lock=True)
    why = why_not_today(work, notice, juror)
    if why is not None:
        raise Refusal("scored.own_interest" if why in TIED else "scored.no_longer")


def require_in_pool(work: Work, notice: Notice, juror: ScoredJuror) -> None:
    """Who was drawn is still in the pool: who is suspended can do nothing from that commit on, though the
    clock lets the next one sit only seconds later. Refuses `scored.no_longer`.
    """
    # Whoever suspends him at the same time waits, or we do.
    pool_queries.row_of_person(work, juror.person_id, lock=True)
    if juror in scored_rows.left_the_pool(work, notice.id):
        raise Refusal("scored.no_longer")


def _day(instant: dt.datetime) -> dt.date:
    return local_date(instant)


def _sat(work: Work, notice: Notice) -> dict[int, int]:
    """Who sat in how many of the owner's last scored notices."""
    found: Counter[int] = Counter()
    for earlier in scored_rows.last_of_owner(work, notice, LAST):
        found.update(row.person_id for row in scored_rows.jurors(work, earlier) if row.seat)
    return dict(found)
