"""An auction as pages see it: pseudonyms and amounts, never who is who before the list is sealed."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from market.agencies import queries as agencies
from market.db import Work
from market.kernel.clock import epoch_ms, from_epoch_ms
from market.selection.auction import rules
from market.selection.auction.models import Auction, AuctionBidder
from market.selection.auction.queries import rows as auction_rows
from market.selection.auction.rules import Asked
from market.selection.entries import queries as entry_queries
from market.selection.entries.models import Entry
from market.selection.notices.models import Notice
from market.selection.notices.queries import rows as notice_rows
from market.selection.notices.rules.states import OPENED, NoticeState
from verify.zjcs.bidding import Rounds, State, Terms

SHOWN = 200


@dataclasses.dataclass(frozen=True)
class BidRow:
    """A bid that counts."""

    sequence: int
    pseudonym: str
    amount_fen: int
    received_at: dt.datetime
    is_own: bool


@dataclasses.dataclass(frozen=True)
class Bidder:
    """Where one who may bid stands: the last bid, whether it is the lowest; the name once it is public."""

    pseudonym: str
    amount_fen: int | None
    is_lowest: bool
    is_own: bool
    name: str | None = None
    ref: str | None = None


@dataclasses.dataclass(frozen=True)
class FreezeRow:
    """One freeze, with the reason that is public."""

    since: dt.datetime
    reason: str
    note: str
    start_at: dt.datetime | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Course:
    """How far an auction is. `most_fen`: the most that the reader's next bid may be; `own` None for whoever
    was not admitted, `refused` why that is, to the agency itself. Of one in rounds `round` says which is
    open, `turn_at` when it ends or the next begins.
    """

    number: str
    is_rounds: bool
    rounds: int
    round: int | None
    turn_at: dt.datetime | None
    state: NoticeState
    start_at: dt.datetime
    end_at: dt.datetime
    hard_stop_at: dt.datetime
    countdown: dt.timedelta
    step: int
    floor_fen: int
    ceiling_fen: int
    low_fen: int | None
    count: int
    is_opened: bool
    is_open: bool
    is_over: bool
    bids: tuple[BidRow, ...]
    bidders: tuple[Bidder, ...]
    freezes: tuple[FreezeRow, ...]
    own: Bidder | None
    refused: str | None
    most_fen: int | None


def asked_of(work: Work, notice_id: int) -> Asked | None:
    """What a notice, public or not, asks of its auction; None of another way, or where nothing is written."""
    notice = notice_rows.by_id(work, notice_id)
    return rules.read(notice.way or {}) if notice.method in rules.METHODS else None


def course(work: Work, number: str) -> Course:
    """How far the auction of a public notice is, as the actor may know it. Refuses `notice.none`."""
    notice = auction_rows.auction_notice(work, number)
    row = auction_rows.auction_of(work, notice.id)
    said = auction_rows.said_of(work, notice)
    terms = auction_rows.terms_of(work, notice)
    begun = terms.begins() if row is None else auction_rows.state_of(row)
    mine = auction_rows.bidder(work, notice.id, work.actor.organisation_id) if row else None
    standings = _bidders(work, notice, row, mine) if row else ()
    runs = notice.state in (NoticeState.AUCTION_READY, NoticeState.AUCTION_RUNNING)
    now = epoch_ms(work.now)
    is_in = runs and begun.start <= now < begun.end
    number_now, turn = _turn(terms, begun, now)
    return Course(
        number=number,
        is_rounds=isinstance(terms, Rounds),
        rounds=said.get("rounds", 0),
        round=number_now if is_in else None,
        turn_at=turn if is_in else None,
        state=notice.state,
        start_at=from_epoch_ms(begun.start),
        end_at=from_epoch_ms(begun.end),
        hard_stop_at=from_epoch_ms(begun.hard_stop),
        countdown=dt.timedelta(seconds=said.get("countdown", 0)),
        step=said["step"],
        floor_fen=said["floor"],
        ceiling_fen=said["ceiling"],
        low_fen=begun.low,
        count=row.bids if row else 0,
        is_opened=row is not None,
        is_open=is_in and (not isinstance(terms, Rounds) or number_now is not None),
        is_over=row is not None and row.closed_at is not None,
        bids=_bids(work, notice, mine) if row else (),
        bidders=standings,
        freezes=_freezes(work, notice),
        own=next((one for one in standings if one.is_own), None),
        refused=_refused(work, notice, row) if row else None,
        most_fen=terms.ceiling_now(begun, auction_rows.own_of(mine)) if mine else None,
    )


def _refused(work: Work, notice: Notice, row: Auction) -> str | None:
    """Why the actor's own entry may not bid, a code; None where it may, or there is none."""
    own = entry_queries.own_entry(work, str(notice.number), work.actor.organisation_id)
    return row.refused.get(str(own.no)) if own else None


def _turn(terms: Terms, begun: State, now: int) -> tuple[int | None, dt.datetime | None]:
    """Which round is open, and when that changes."""
    if not isinstance(terms, Rounds):
        return None, None
    whole = terms.length + terms.pause
    place, inside = divmod(now - begun.start, whole)
    opened = begun.start + place * whole
    turn = opened + terms.length if inside < terms.length else opened + whole
    return terms.round_at(begun, now), from_epoch_ms(turn)


def _bids(work: Work, notice: Notice, mine: AuctionBidder | None) -> tuple[BidRow, ...]:
    names = {each.no: each.pseudonym for each in auction_rows.bidders(work, notice.id)}
    return tuple(
        BidRow(
            each.sequence,
            names[each.no],
            each.amount_fen,
            each.received_at,
            mine is not None and each.no == mine.no,
        )
        for each in auction_rows.bids(work, notice.id, SHOWN)
    )


def _bidders(
    work: Work, notice: Notice, row: Auction, mine: AuctionBidder | None
) -> tuple[Bidder, ...]:
    found = auction_rows.bidders(work, notice.id)
    known = _names(work, notice, found)
    low = min((each.amount_fen for each in found if each.amount_fen), default=None)
    shown = [
        Bidder(
            each.pseudonym,
            each.amount_fen,
            each.amount_fen is not None and each.amount_fen == low,
            mine is not None and each.no == mine.no,
            *known.get(each.no, (None, None)),
        )
        for each in found
    ]
    last = 10**18  # whoever has not bid comes last
    return tuple(sorted(shown, key=lambda one: (one.amount_fen or last, int(one.pseudonym[1:]))))


def _names(
    work: Work, notice: Notice, found: Sequence[AuctionBidder]
) -> dict[int, tuple[str, str]]:
    """Who is who, once the list is sealed; nobody before."""
    if notice.state not in OPENED:
        return {}
    refs = {each.no: work.session.get_one(Entry, each.entry_id).ref for each in found}
    known = agencies.by_refs(work, refs.values())
    return {no: (known[ref].name if ref in known else ref, ref) for no, ref in refs.items()}


def _freezes(work: Work, notice: Notice) -> tuple[FreezeRow, ...]:
    return tuple(
        FreezeRow(each.since, each.reason, each.note, each.start_at)
        for each in auction_rows.freezes(work, notice.id)
    )


def to_begin(work: Work) -> list[str]:
    """Numbers of the auctions whose start has come."""
    waiting = auction_rows.under_way(work, NoticeState.AUCTION_READY)
    return [number for number, start, _ in waiting if start <= work.now]


def frozen(work: Work) -> list[str]:
    """Numbers of the auctions that wait for word when they go on."""
    return [number for number, *_ in auction_rows.under_way(work, NoticeState.AUCTION_FROZEN)]


def to_close(work: Work) -> list[str]:
    """Numbers of the auctions whose end has passed; of all that run while no process is there to take a
    bid.
    """
    running = auction_rows.under_way(work, NoticeState.AUCTION_RUNNING)
    spoke = max((beat for _, beat in entry_queries.lives(work)), default=work.now)
    is_silent = work.now - spoke >= rules.PATIENCE
    return [number for number, _, end in running if is_silent or end < work.now]
