"""The course of an auction (竞价): from what a notice promises, bid by bid, to its end.

The market asks `refusal` and `taken` of each bid when it comes, verifiers replay the leaves: there is no
second copy. Amounts are in fen; instants in whole milliseconds; a notice's own times in seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from . import auction
from .auction import Bid
from .faults import Fault

MS = 1000
NOTICE = 1800  # seconds between the announcement that a frozen auction goes on and its going on
LIVE = "auction_live"
ROUNDS = "auction_rounds"


class State(NamedTuple):
    """How far an auction is: it runs from `start` until `end`, never beyond `hard_stop`.

    `low` is the lowest valid bid. `frozen_at`: nothing received from then on counts, until it goes on.
    `done`: rounds that were over before `start`, of an auction in rounds.
    """

    start: int
    end: int
    hard_stop: int
    low: int | None = None
    frozen_at: int | None = None
    done: int = 0


class Own(NamedTuple):
    """The last valid bid of whoever bids: how much, received when."""

    amount: int
    at: int


@dataclass(frozen=True)
class Live:
    """竞价 with a countdown: each valid new low moves the end; at the floor others may match."""

    start: int
    first_end: int
    countdown: int
    hard_stop: int
    step: int
    floor: int | None
    ceiling: int | None

    def begins(self) -> State:
        """Before the first bid."""
        return State(self.start, min(self.first_end, self.hard_stop), self.hard_stop)

    def refusal(self, state: State, bid: Bid, own: Own | None) -> str | None:
        """Why a bid does not count, or None."""
        if (no := _frozen(state, bid)) is not None:
            return no
        if own is not None and bid.amount >= own.amount:
            return "STEP"
        terms = auction.Terms(state.start, 0, 0, 0, self.step, self.floor, self.ceiling)
        return auction.refusal(bid, terms, state.end, state.low)

    def taken(self, state: State, bid: Bid) -> State:
        """After a bid that counts."""
        is_low = state.low is None or bid.amount < state.low
        end = max(state.end, min(bid.at + self.countdown, state.hard_stop))
        return state._replace(low=bid.amount, end=end) if is_low else state

    def resumed(self, state: State, start: int) -> State:
        """A frozen auction goes on with a fresh countdown; what it stood is added to the hard stop."""
        stop = state.hard_stop + start - (state.frozen_at or start)
        end = min(start + self.countdown, stop)
        return state._replace(start=start, end=end, hard_stop=stop, frozen_at=None)

    def ceiling_now(self, state: State, own: Own | None) -> int | None:
        """The most that a bid may be now."""
        if state.low is None:
            return self.ceiling
        return max(state.low - self.step, self.floor or 0)


@dataclass(frozen=True)
class Rounds:
    """竞价 in rounds: one bid a round, each at least `step_bp` (hundredths of a percent) below one's own
    last; silence leaves it.
    """

    start: int
    rounds: int
    length: int
    pause: int
    step_bp: int
    floor: int | None
    ceiling: int | None

    def begins(self) -> State:
        """Before the first bid."""
        end = self.start + self._lasts(self.rounds)
        return State(self.start, end, end)

    def _lasts(self, rounds: int) -> int:
        return rounds * (self.length + self.pause) - self.pause

    def round_at(self, state: State, at: int) -> int | None:
        """Which round (from 1) is open at an instant; None between rounds, before and after."""
        number, inside = divmod(at - state.start, self.length + self.pause)
        is_open = 0 <= number < self.rounds - state.done and inside < self.length
        return state.done + number + 1 if is_open else None

    def _opened(self, state: State, number: int) -> int:
        """When a round begins (from 1)."""
        return state.start + (number - state.done - 1) * (self.length + self.pause)

    def refusal(self, state: State, bid: Bid, own: Own | None) -> str | None:
        """Why a bid does not count, or None."""
        if (no := _frozen(state, bid)) is not None:
            return no
        if bid.at < state.start:
            return "EARLY"
        if bid.at >= state.end:
            return "LATE"
        number = self.round_at(state, bid.at)
        if number is None:
            return "BREAK"
        if own is not None and own.at >= self._opened(state, number):
            return "ONCE"
        if self.floor is not None and bid.amount < self.floor:
            return "BELOW_FLOOR"
        if auction.is_step(bid.amount, own.amount if own else None, self.ceiling, self.step_bp):
            return None
        if own is None:
            return "ABOVE_CEILING"
        return None if bid.amount == self.floor and bid.amount < own.amount else "STEP"

    def taken(self, state: State, bid: Bid) -> State:
        """After a bid that counts."""
        low = bid.amount if state.low is None else min(state.low, bid.amount)
        return state._replace(low=low)

    def resumed(self, state: State, start: int) -> State:
        """A frozen auction goes on: the round in which it was frozen begins afresh."""
        gone = ((state.frozen_at or start) - state.start + self.pause) // (self.length + self.pause)
        done = state.done + max(0, min(gone, self.rounds - state.done - 1))
        end = start + self._lasts(self.rounds - done)
        return state._replace(start=start, end=end, hard_stop=end, frozen_at=None, done=done)

    def ceiling_now(self, state: State, own: Own | None) -> int | None:
        """The most that a bid may be now."""
        if own is None:
            return self.ceiling
        return max(own.amount * (100_00 - self.step_bp) // 100_00, self.floor or 0)


Terms = Live | Rounds


def _frozen(state: State, bid: Bid) -> str | None:
    is_over = state.frozen_at is not None and bid.at >= state.frozen_at
    return "FROZEN" if is_over else None


def terms_of(said: Mapping[str, Any]) -> Terms:
    """What a notice promises of its auction (`auction` of its leaf)."""
    start, step, floor, ceiling = (said[key] for key in ("start", "step", "floor", "ceiling"))
    if "rounds" in said:
        times = (said["rounds"], said["length"] * MS, said["pause"] * MS)
        return Rounds(start * MS, *times, step, floor, ceiling)
    return Live(
        start * MS,
        said["first_end"] * MS,
        said["countdown"] * MS,
        said["hard_stop"] * MS,
        step,
        floor,
        ceiling,
    )


def last_instant(terms: Terms) -> int:
    """The latest end that a notice promises, in seconds: no bid moves it further."""
    return terms.begins().hard_stop // MS


@dataclass
class Course:
    """A replayed auction. `last`: the last valid bid by entry number."""

    terms: Terms
    state: State
    last: dict[int, Own]
    bids: int = 0


def replay(said: Mapping[str, Any], leaves: list[Any]) -> Course:
    """Bids, freezes and resumptions in log order, each held to the promise.

    `leaves` are of `auction.bid`, `.frozen`, `.resumed`, sorted by index. Raises Fault
    `auction.sequence`, `auction.bid`, `auction.freeze`, `auction.resume`.
    """
    terms = terms_of(said)
    course = Course(terms, terms.begins(), {})
    for leaf in leaves:
        {"auction.bid": _bid, "auction.frozen": _freeze, "auction.resumed": _resume}[leaf["type"]](
            course, leaf
        )
    return course


def _bid(course: Course, leaf: Any) -> None:
    if leaf["sequence"] != course.bids + 1:
        raise Fault(
            "auction.sequence",
            where=leaf.where,
            sequence=leaf["sequence"],
            expected=course.bids + 1,
        )
    bid = Bid(leaf["received_ms"], str(leaf["no"]), leaf["amount"])
    no = course.terms.refusal(course.state, bid, course.last.get(leaf["no"]))
    if no is not None:
        raise Fault("auction.bid", where=leaf.where, sequence=leaf["sequence"], reason=no.lower())
    course.state = course.terms.taken(course.state, bid)
    course.last[leaf["no"]] = Own(bid.amount, bid.at)
    course.bids += 1


def _freeze(course: Course, leaf: Any) -> None:
    state = course.state
    latest = max((own.at for own in course.last.values()), default=state.start)
    fits = latest <= leaf["since_ms"] < state.end and leaf["since_ms"] < (leaf["at"] + 1) * MS
    if state.frozen_at is not None or not fits:
        raise Fault("auction.freeze", where=leaf.where)
    course.state = state._replace(frozen_at=leaf["since_ms"])


def _resume(course: Course, leaf: Any) -> None:
    state = course.state
    if state.frozen_at is None or leaf["start"] < leaf["at"] + NOTICE:
        raise Fault("auction.resume", where=leaf.where, notice=NOTICE)
    course.state = course.terms.resumed(state, leaf["start"] * MS)
