"""The two auctions (竞价) as pure functions of the bids, in the order in which they came.

Amounts are in fen, instants are whole milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .faults import Fault


class Rounds(NamedTuple):
    """What the rounds left. `final`: the last valid quote by entrant; `refused`: (ref, round from 1)."""

    final: dict[str, int]
    refused: list[tuple[str, int]]


def rounds(
    quotes: Mapping[str, Sequence[int | None]], *, ceiling: int | None, step: int, count: int
) -> Rounds:
    """竞价 in rounds: each quote at least `step` (hundredths of a percent) below one's own last.

    A refused quote and silence (None) leave the last one; a first quote is at most the ceiling.
    """
    final: dict[str, int] = {}
    refused = []
    for ref, row in quotes.items():
        if len(row) > count:
            raise Fault("rank.rounds", ref=ref, found=len(row), count=count)
        for number, quote in enumerate(row, start=1):
            if quote is None:
                continue
            if is_step(quote, final.get(ref), ceiling, step):
                final[ref] = quote
            else:
                refused.append((ref, number))
    return Rounds(final, refused)


def is_step(quote: int, last: int | None, ceiling: int | None, step: int) -> bool:
    """Whether a quote is far enough below one's own last, or a first one within the ceiling."""
    if last is None:
        return ceiling is None or quote <= ceiling
    return quote * 100_00 <= last * (100_00 - step)


class Terms(NamedTuple):
    """What a live auction promises: instants in ms, amounts in fen."""

    start: int
    first_end: int
    countdown: int
    hard_stop: int
    step: int
    floor: int | None
    ceiling: int | None


class Bid(NamedTuple):
    """One bid: received at (ms), of whom, how much (fen)."""

    at: int
    ref: str
    amount: int


class Live(NamedTuple):
    """How a live auction ended. `last`: the lowest valid bid by entrant; `at_floor` may be several."""

    end: int
    refused: list[tuple[int, str]]
    last: dict[str, int]
    at_floor: list[str]


def live(bids: Sequence[Bid], terms: Terms) -> Live:
    """竞价 with a countdown: each valid new low moves the end, never beyond the hard stop.

    At the floor others may match; that moves nothing. Refusals are (place in `bids` from 0, code).
    """
    end = min(terms.first_end, terms.hard_stop)
    low = None
    last: dict[str, int] = {}
    at_floor: list[str] = []
    refused = []
    for place, bid in enumerate(bids):
        code = refusal(bid, terms, end, low)
        if code is not None:
            refused.append((place, code))
            continue
        if low is None or bid.amount < low:
            end = max(end, min(bid.at + terms.countdown, terms.hard_stop))
        low = bid.amount
        last[bid.ref] = bid.amount
        if bid.amount == terms.floor and bid.ref not in at_floor:
            at_floor.append(bid.ref)
    return Live(end, refused, last, at_floor)


def refusal(bid: Bid, terms: Terms, end: int, low: int | None) -> str | None:
    """Why a bid does not count, or None."""
    if bid.at < terms.start:
        return "EARLY"
    if bid.at >= end:
        return "LATE"
    if terms.floor is not None and bid.amount < terms.floor:
        return "BELOW_FLOOR"
    if low is None:
        is_above = terms.ceiling is not None and bid.amount > terms.ceiling
        return "ABOVE_CEILING" if is_above else None
    is_low = bid.amount <= low - terms.step
    return None if is_low or bid.amount == terms.floor else "STEP"
