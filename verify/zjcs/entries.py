"""Rules 6 and 16: nobody who entered vanishes, and nothing is entered once the entries are closed."""

from __future__ import annotations

import hashlib
from collections import Counter

from . import draw as protocol
from .case import Case, Leaf
from .exclusions import look_at_exclusions
from .faults import Fault
from .instants import SLACK

DRAIN = 60  # seconds between receipt and log that need no explanation
WITHDRAW = b"zjcs/withdraw/1\n"  # before the 32 bytes whose hash an entry names as its `undo`


def nobody_vanishes(case: Case) -> str:
    """Rule 6: numbers 1..N, each once; each sealed, excluded or withdrawn; each opening fits its
    commitment.
    """
    entries = case.of("entry.received")
    received = {leaf["no"]: leaf for leaf in entries}
    if sorted(leaf["no"] for leaf in entries) != list(range(1, len(entries) + 1)):
        raise Fault("entry.numbers", where=f"draw {case.draw}", numbers=len(entries))
    for part in (case.entrants, case.excluded):
        if [row["no"] for row in part] != sorted(row["no"] for row in part):
            raise Fault("entry.sorting", rule=1, where=case.seal.where)
    _each_ends_once(case, received)
    _openings_fit(case, received)
    for leaf in case.of("entry.withdrawn"):
        if leaf.index <= received[leaf["no"]].index:
            raise Fault("entry.withdrawn_first", where=leaf.where, no=leaf["no"])
    look_at_exclusions(case)
    if case.is_second:
        _second(case, received)
    return f"{len(entries)} received, {len(case.entrants)} sealed, {len(case.excluded)} excluded"


def _each_ends_once(case: Case, received: dict[int, Leaf]) -> None:
    """Sealed, excluded, unopened or withdrawn; void of what came behind the closed count."""
    rows = [*case.entrants, *case.excluded, *case.rows("unopened")]
    ends = Counter(
        [row["no"] for row in rows] + [leaf["no"] for leaf in case.of("entry.withdrawn")]
    )
    void = {number for number, leaf in received.items() if _is_void(case, leaf)}
    for number in sorted(ends.keys() | received.keys()):
        if number not in received or ends[number] != (0 if number in void else 1):
            raise Fault(
                "entry.end",
                rule=16 if number in void else 6,
                where=case.seal.where,
                no=number,
                ends=ends[number],
            )
    for number in sorted(void):
        case.mark("entry.void", 16, received[number].where, no=number)


def _openings_fit(case: Case, received: dict[int, Leaf]) -> None:
    rows = [*case.entrants, *case.excluded]
    for row in rows:
        entry = received[row["no"]]
        opened = protocol.opening(case.draw, row)
        if protocol.commitment(row["salt"], opened) != entry["commit"]:
            raise Fault("entry.commitment", where=entry.where, no=row["no"])
    refs = [row["ref"] for row in rows]
    if len(set(refs)) != len(refs):
        raise Fault("entry.ref_twice", where=case.seal.where)


def _second(case: Case, received: dict[int, Leaf]) -> None:
    """What `/2` binds too: withdrawals open a token, receipts and the log agree, the seal counts."""
    undo = [
        leaf[key] for leaf in received.values() for key in ("undo", "again") if key in leaf.value
    ]
    if len(set(undo)) != len(undo):
        raise Fault("entry.undo_twice", where=f"draw {case.draw}")
    entered = {leaf.index for leaf in received.values()}
    for leaf in case.of("entry.withdrawn"):
        opened = hashlib.sha256(WITHDRAW + bytes.fromhex(leaf["token"])).hexdigest()
        entry = received[leaf["no"]]
        anew = opened == entry.value.get("again") and leaf.index + 1 in entered
        if opened != entry["undo"] and not anew:
            raise Fault("entry.token", where=leaf.where, no=leaf["no"])
    for leaf in case.of("entry.received", "entry.withdrawn"):
        _received_and_logged(case, leaf)
    if case.seal["received"] != len(received):
        raise Fault(
            "seal.received",
            where=case.seal.where,
            count=case.seal["received"],
            entries=len(received),
        )


def _received_and_logged(case: Case, leaf: Leaf) -> None:
    """The instant of receipt is the operator's word: it may not lie far before the log's."""
    waited = leaf["at"] - leaf["received_at"]
    latest = case.notice["entry_close"] + case.notice["drain_max"]
    if not -SLACK <= waited <= case.notice["drain_max"] or leaf["at"] > latest:
        raise Fault("entry.waited", where=leaf.where, no=leaf["no"], seconds=waited)
    if waited > DRAIN or leaf["at"] >= case.notice["entry_close"]:
        case.mark("entry.late", 3, leaf.where, no=leaf["no"], seconds=waited)


def _is_void(case: Case, entry: Leaf) -> bool:
    """Of `/1` alone: what was logged behind the closed count counts for nothing."""
    closed = case.of("entries.closed")
    return bool(closed) and entry.index > closed[0].index


def closed_before_opened(case: Case) -> str:
    """Rule 16: where the notice promises it, and since `/2` always, the count is closed and cosigned
    before anything is opened, and nobody enters or withdraws behind it.
    """
    closed = case.of("entries.closed")
    promised = case.is_second or bool(case.notice.value.get("price_decides"))
    if not closed:
        if promised:
            raise Fault("closed.missing", where=case.notice.where)
        return "-"
    leaf = closed[0]
    if not promised:
        case.mark("closed.unpromised", 16, leaf.where)
    close = case.notice["entry_close"]
    counted = sum(entry.index < leaf.index for entry in case.of("entry.received"))
    if leaf["count"] != counted or leaf["at"] < close:
        raise Fault("closed.count", where=leaf.where, count=leaf["count"], entries=counted)
    if case.is_second:
        _nothing_behind(case, leaf)
    if case.closed_view is not None:  # of leaves alone nobody knows; a file must show it
        _closed_in_time(case, leaf)
    return f"{counted} closed"


def _nothing_behind(case: Case, closed: Leaf) -> None:
    for leaf in case.of("entry.received", "entry.withdrawn"):
        if leaf.index > closed.index:
            raise Fault("closed.after", where=leaf.where, closed=closed.index)


def _closed_in_time(case: Case, leaf: Leaf) -> None:
    """Its first cosigned head is not older than the close, and comes within 120 s: of the close
    itself in `/1`, of the leaf's instant in `/2`, where lateness is listed and refuses nothing.
    """
    close = case.notice["entry_close"]
    since = leaf["at"] if case.is_second else close
    times = case.closed_view.times if case.closed_view else {}
    for name in case.owners:
        time = times.get(name)
        if time is None or time < max(close, leaf["at"] - (SLACK if case.is_second else 0)):
            raise Fault("closed.time", where=leaf.where, witness=name, cosigned=time, close=close)
        if time > since + protocol.CLOSED_WITHIN:
            if not case.is_second:
                raise Fault(
                    "closed.time", where=leaf.where, witness=name, cosigned=time, close=close
                )
            case.mark("closed.late", 16, leaf.where, witness=name, cosigned=time)
    if case.is_second and leaf["at"] > close + case.notice["drain_max"]:
        case.mark("closed.late", 16, leaf.where, witness="-", cosigned=leaf["at"])
