"""Rule 15: a quote stands once. Rule 17: quotes that were sealed to several keys are opened by those keys,
all or none of an entry, and whoever has the boxes opens them again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from . import boxes, openings, quote_keys, sealing
from . import draw as protocol
from .boxes import Purpose, Unopened
from .case import Case, Leaf
from .faults import Fault, Undecided
from .openings import Expected
from .sealing import Promise

OUTSIDE = ("below_floor", "above_ceiling")
MAKERS = ("browser", "tool", "server")


def quotes_stand_once(case: Case) -> str:
    """Rule 15: a quote stands openly or as a commitment with a salt of its own, never both."""
    rows = [*case.entrants, *case.excluded]
    if case.is_auction:
        return _no_quotes(case, rows)
    hidden = 0
    for row in rows:
        kinds = [key for key in protocol.QUOTES if key in row]
        if len(kinds) > 1:
            raise Fault("quote.twice", where=case.seal.where, no=row["no"], keys="+".join(kinds))
        if not kinds:
            raise Fault("quote.none", where=case.seal.where, no=row["no"])
        hidden += "quote_commit" in row
    commits = [row["quote_commit"] for row in rows if "quote_commit" in row]
    if len(set(commits)) != len(
        commits
    ):  # two equal commitments cannot each have a salt of their own
        raise Fault("quote.salt", where=case.seal.where)
    return f"{hidden} hidden"


def _no_quotes(case: Case, rows: list[dict[str, Any]]) -> str:
    """Of an auction, whose amounts are its bids: no row carries a quote."""
    for row in rows:
        if any(key in row for key in protocol.QUOTES):
            raise Fault("quote.auction", where=case.seal.where, no=row["no"])
    return "0 hidden"


def quotes_are_opened(case: Case) -> str:
    """Rule 17: who holds the keys is signed for, no key is older than the close, and each box gives its
    row, or the reason why it gives none.
    """
    notice = case.the("notice.published")
    if "sealed_quotes" not in notice.value:
        return _not_sealed(case)
    promise = sealing.promise_of(notice.value)
    _holders(case, promise, notice)
    keys = _released(case, promise)
    _entries_name_boxes(case)
    _reasons(case)
    _bounds(case, promise)
    made = Counter(leaf["sealed_by"] for leaf in case.of("entry.received"))
    said = ", ".join(f"{maker} {made[maker]}" for maker in MAKERS)
    _reopen(case, promise, keys)
    return said


def _not_sealed(case: Case) -> str:
    """Where nothing was promised, nothing of it may stand; since `/2` a quote that decides nothing alone
    needs no box.
    """
    named = [leaf for leaf in case.of("entry.received") if "box" in leaf.value]
    for leaf in [*named, *case.of("quote.key")]:
        raise Fault("quote.unpromised", where=leaf.where, type=leaf["type"])
    for row in case.rows("unopened"):  # nothing was sealed that could fail to open
        raise Fault("quote.reason", where=case.seal.where, no=row["no"], reason=row["reason"])
    rule = case.notice.value.get("quote_rule", {})
    is_fixed = rule.get("floor") == rule.get("ceiling") and "ceiling" in rule
    if case.is_second and case.entrants and not is_fixed and not case.is_auction:
        raise Fault("quote.not_sealed", where=case.notice.where)
    return "-"


def _holders(case: Case, promise: Promise, notice: Leaf) -> None:
    """The keys are of different holders, each signed by a key that keys.json lists for its name."""
    n = len(promise.trustees)
    distinct = {each.pk for each in promise.trustees}
    if not 1 <= promise.t <= n <= boxes.MOST_TRUSTEES or len(distinct) != n:
        raise Fault("quote.trustees", where=notice.where, t=promise.t, n=n)
    if promise.draw != case.draw:
        raise Fault("quote.promise", where=notice.where)
    case.keys.require_holders(notice.index, promise.t, notice.where)
    for trustee, note in zip(promise.trustees, promise.notes, strict=True):
        known = [key for key in (*case.keys.log, *case.keys.witnesses) if key.name == trustee.id]
        if not known:
            raise Fault("quote.unknown", where=notice.where, id=trustee.id)
        if not any(_is_signed(case, promise, trustee, note, key) for key in known):
            raise Fault("quote.note", where=notice.where, id=trustee.id)


def _is_signed(case: Case, promise: Promise, trustee: Any, note: str, key: Any) -> bool:
    try:
        quote_keys.check_note(note, key, case.keys.origin, promise.draw, trustee)
    except Fault:
        return False
    return True


def _released(case: Case, promise: Promise) -> dict[str, str]:
    """The private keys, each once, behind the closed count and before the seal."""
    closed = case.of("entries.closed")
    first = case.closed_view.size if case.closed_view else (closed[0].index + 1 if closed else 0)
    public = {trustee.id: trustee.pk for trustee in promise.trustees}
    keys: dict[str, str] = {}
    for leaf in case.of("quote.key"):
        if leaf["id"] not in public or leaf["id"] in keys:
            raise Fault("quote.key_twice", where=leaf.where, id=leaf["id"])
        if not first <= leaf.index < _opening(case):
            raise Fault("quote.key_place", where=leaf.where, closed=first, seal=case.seal.index)
        if not _belongs(leaf["sk"], public[leaf["id"]]):
            raise Fault("quote.key_other", where=leaf.where, id=leaf["id"])
        keys[leaf["id"]] = leaf["sk"]
    if len(keys) < promise.t:
        raise Fault("quote.keys", where=case.seal.where, keys=len(keys), t=promise.t)
    return keys


def _opening(case: Case) -> int:
    """Where the first opening stands: the seal, or the first of its parts."""
    return min(leaf.index for leaf in [*case.of("entries.part"), case.seal])


def _belongs(sk: str, pk: str) -> bool:
    try:
        return quote_keys.public_of(sk) == pk
    except Fault:
        return False


def _entries_name_boxes(case: Case) -> None:
    for leaf in case.of("entry.received"):
        if "box" not in leaf.value or "sealed_by" not in leaf.value:
            raise Fault("quote.unboxed", where=leaf.where, no=leaf["no"])


def _reasons(case: Case) -> None:
    """An entry that does not open says why, and never by the operator's own fault."""
    for row in case.rows("unopened"):
        if row["reason"] not in openings.REASONS or row["reason"] == "box_hash":
            raise Fault("quote.reason", where=case.seal.where, no=row["no"], reason=row["reason"])


def _bounds(case: Case, promise: Promise) -> None:
    """Who is on the list lies within the bounds, and who is left out for them lies outside."""
    for row in case.entrants:
        if promise.rule.kind not in row or openings.outside(row, promise.rule):
            raise Fault("quote.outside", where=case.seal.where, no=row["no"])
    for row in case.excluded:
        found = openings.outside(row, promise.rule) if promise.rule.kind in row else None
        if row["reason"] in OUTSIDE and row["reason"] != found:
            raise Fault("quote.inside", where=case.seal.where, no=row["no"])


def _reopen(case: Case, promise: Promise, keys: Mapping[str, str]) -> None:
    """Open each box again: it gives exactly its row, or exactly its reason. Undecided without boxes."""
    if case.boxes is None:
        if case.final_view is None:  # a whole log has no boxes; the file of the draw has
            return
        raise Undecided("quote.no_boxes", where="boxes")
    received = {leaf["no"]: leaf for leaf in case.of("entry.received")}
    for row in [*case.entrants, *case.excluded, *case.rows("unopened")]:
        number = row["no"]
        box = case.boxes.get(number)
        if box is None:
            raise Undecided("quote.no_box", where="boxes", no=number)
        try:
            found = _opened(case, promise, keys, received[number], row["ref"], box)
        except Unopened as no:
            if no.code == "box_hash":  # a file that shows another box proves nothing of the log
                raise Fault("quote.other_box", where="boxes", no=number) from None
            if no.code != row.get("reason") or "nonce" in row:
                raise Fault(
                    "quote.result", where=case.seal.where, no=number, found=no.code
                ) from None
            continue
        if any(found.get(key) != row.get(key) for key in ("nonce", "salt", *openings.MOST)):
            raise Fault("quote.result", where=case.seal.where, no=number, found="open")


def _opened(
    case: Case,
    promise: Promise,
    keys: Mapping[str, str],
    entry: Leaf,
    ref: str,
    box: bytes,
) -> dict[str, Any]:
    purpose = Purpose(case.draw, ref, boxes.QUOTE, promise.t)
    data = boxes.open_box(box, entry["box"], purpose, promise.trustees, keys)
    return openings.read(data, Expected(ref, case.draw, entry["commit"]), promise.rule.kind)
