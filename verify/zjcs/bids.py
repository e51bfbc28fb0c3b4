"""Rule 18: an auction is replayed from its bids. Who was admitted under which pseudonym is public before the
first bid; each bid keeps to what the notice promises, in the order of the log; the end follows, and the
sealed list says who was who.
"""

from __future__ import annotations

from typing import Any

from . import bidding, score
from .bidding import LIVE, MS
from .case import Case, Leaf
from .exclusions import NO_BID
from .faults import Fault
from .instants import SLACK

KINDS = ("auction.opened", "auction.bid", "auction.frozen", "auction.resumed", "auction.closed")
LEAST_GAP = 60  # seconds between the last possible end with its drain and the draw of equals


def auction_is_replayed(case: Case) -> str:
    """Rule 18. Gives how many bid, how many bids counted, the lowest, and the end."""
    if not case.is_auction:
        found = case.of(*KINDS)
        if found or "auction" in case.notice.value:
            raise Fault("auction.unpromised", where=(found or [case.notice])[0].where)
        return "-"
    _terms_hold(case)
    admitted, refused = _opened(case)
    _bids_in_time(case, admitted)
    course = case.course
    _closed(case, course)
    _list_follows(case, course, admitted, refused)
    _marks(case)
    low = course.state.low
    shown = "-" if low is None else score.shown(low)
    return f"{len(course.last)} / {course.bids}; {shown}; {course.state.end // MS}"


def _terms_hold(case: Case) -> None:
    """The auction begins after the close, and ends, with its drain, before the draw of equals."""
    notice = case.notice
    if "auction" not in notice.value:
        raise Fault("auction.terms", where=notice.where)
    said = notice["auction"]
    latest = bidding.last_instant(bidding.terms_of(said)) + said["drain"]
    is_live = notice["rule"] == LIVE
    in_order = not is_live or said["start"] < said["first_end"] <= said["hard_stop"]
    fits = notice["entry_close"] < said["start"] and latest + LEAST_GAP <= notice["draw_at"]
    bounds = said["floor"] < said["ceiling"]
    if is_live != ("countdown" in said) or not (in_order and fits and bounds):
        raise Fault("auction.terms", where=notice.where)


def _opened(case: Case) -> tuple[dict[int, str], dict[int, str]]:
    """Who bids under which pseudonym, and who may not and why; by entry number, each once."""
    leaves = case.of("auction.opened")
    closed = case.the("entries.closed")
    if not leaves:
        raise Fault("auction.opened", where=closed.where)
    admitted = [(row["no"], row["pseudonym"]) for leaf in leaves for row in leaf["admitted"]]
    refused = [(row["no"], row["reason"]) for leaf in leaves for row in leaf["refused"]]
    gone = {leaf["no"] for leaf in case.of("entry.withdrawn")}
    live = sorted(leaf["no"] for leaf in case.of("entry.received") if leaf["no"] not in gone)
    names = [name for _, name in admitted]
    is_whole = sorted(no for no, _ in (*admitted, *refused)) == live
    if not is_whole or len(set(names)) != len(names) or leaves[0].index < closed.index:
        raise Fault("auction.opened", where=leaves[0].where)
    return dict(admitted), dict(refused)


def _bids_in_time(case: Case, admitted: dict[int, str]) -> None:
    """Each bid is of somebody admitted, stands behind the opening and was not long in hand. One that was in
    hand for longer than the drain is listed: only the operator says when it came.
    """
    opened = case.of("auction.opened")[-1]
    for leaf in case.of("auction.bid"):
        if leaf["no"] not in admitted or leaf.index < opened.index:
            raise Fault("auction.bidder", where=leaf.where, no=leaf["no"])
        waited = leaf["at"] - leaf["received_ms"] // MS
        if not -SLACK <= waited <= case.notice["drain_max"]:
            raise Fault("auction.waited", where=leaf.where, no=leaf["no"], seconds=waited)
        if waited > case.notice["auction"]["drain"]:
            case.mark("auction.slow", 18, leaf.where, no=leaf["no"], seconds=waited)


def _closed(case: Case, course: bidding.Course) -> None:
    """Closed once, after the end and its drain and behind every bid, with the end that follows."""
    leaves = case.of("auction.closed")
    if not leaves and not case.of("auction.bid") and not case.entrants:
        return  # too few were admitted: nobody could bid
    if len(leaves) != 1:
        raise Fault("auction.closed", where=case.seal.where, found=len(leaves))
    leaf = leaves[0]
    last = max((each.index for each in case.of("auction.bid", "auction.resumed")), default=0)
    end = course.state.end
    is_over = course.state.frozen_at is None and leaf["at"] >= end // MS
    if not is_over or not last < leaf.index < case.seal.index or leaf["bids"] != course.bids:
        raise Fault("auction.closed", where=leaf.where, found=leaf["bids"])
    if leaf["end_ms"] != end:
        raise Fault("auction.end", where=leaf.where, found=leaf["end_ms"], computed=end)
    drain = case.notice["auction"]["drain"]
    if leaf["at"] < end // MS + drain:
        raise Fault("auction.closed", where=leaf.where, found=leaf["bids"])
    if leaf["at"] > end // MS + drain + case.notice["drain_max"]:
        case.mark("auction.late", 18, leaf.where, seconds=leaf["at"] - end // MS)


def _list_follows(
    case: Case, course: bidding.Course, admitted: dict[int, str], refused: dict[int, str]
) -> None:
    """Who bid is on the list; who did not, and who was refused, is not, and is said why."""
    is_held = bool(case.of("auction.closed"))
    for row in case.entrants:
        if row["no"] not in admitted or row["no"] not in course.last:
            raise Fault("auction.list", where=case.seal.where, no=row["no"])
    for row in case.excluded:
        reason = _why(row, course, admitted, refused, is_held)
        if row["reason"] != reason:
            raise Fault("auction.list", where=case.seal.where, no=row["no"])


def _why(
    row: dict[str, Any],
    course: bidding.Course,
    admitted: dict[int, str],
    refused: dict[int, str],
    is_held: bool,
) -> str | None:
    """Why an entry is left out: as it was said before the first bid, or it never bid."""
    if row["no"] in refused:
        return refused[row["no"]]
    return NO_BID if is_held and row["no"] not in course.last else None


def _marks(case: Case) -> None:
    """What no rule refuses and somebody has to answer for: freezes, bids that no bidder signed, an opening
    that nobody saw before the first bid.
    """
    for leaf in case.of("auction.frozen"):
        case.mark("auction.frozen", 18, leaf.where, reason=leaf["reason"])
    bids = case.of("auction.bid")
    if bids:
        case.mark("auction.unsigned", 18, bids[0].where, bids=len(bids))
    opened: Leaf = case.of("auction.opened")[-1]
    seen = case.seen_at(opened.index)
    if case.seal_view is not None and bids and (seen is None or seen * MS > bids[0]["received_ms"]):
        case.mark("auction.unseen", 18, opened.where)
