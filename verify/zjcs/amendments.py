"""Rule 7: what an amendment may change, and when."""

from __future__ import annotations

from typing import Any

from .case import Case, Leaf
from .faults import Fault

FOR_GOOD = (
    "winners",
    "reserves",
    "level",
    "price_decides",
    "rule",
    "rulebook",
    "quote_rule",
    "sealed_quotes",
    "keys2",
    "drain_max",
    "credit",
    "shortlist",
)
"""What stays through every amendment, beside sources, fallbacks and project."""


def amendments_only_later(case: Case) -> str:
    """Rule 7: an amendment comes before the close in force, moves times only later, keeps the
    sources' ids and kinds.
    """
    before = case.the("notice.published")
    for leaf in case.of("notice.amended"):
        for key in ("entry_close", "draw_at"):
            if leaf[key] < before[key]:
                raise Fault(
                    "amendment.earlier", where=leaf.where, key=key, old=before[key], new=leaf[key]
                )
        if leaf["at"] >= before["entry_close"] or not before.index < leaf.index < case.seal.index:
            raise Fault(
                "amendment.late", where=leaf.where, at=leaf["at"], close=before["entry_close"]
            )
        if _plan(leaf) != _plan(before):
            raise Fault("amendment.sources", where=leaf.where)
        for key in FOR_GOOD:
            if leaf.value.get(key) != before.value.get(key):
                raise Fault("amendment.terms", where=leaf.where, key=key)
        if _auction(leaf) != _auction(before):
            raise Fault("amendment.terms", where=leaf.where, key="auction")
        _amended_in_sight(case, leaf, before)
        before = leaf
    return f"{len(case.of('notice.amended'))}"


MOVES = ("type", "at", "entry_close", "notice_sha256")
"""What alone an amendment says anew where no draw is promised: when it was made, its text, a later close."""


def all_else_stays(case: Case) -> None:
    """Rule 7 of ways that are scored: an amendment comes before the close in force and before the entries
    are closed, and moves the close only later. Raises Fault `amendment.*`.
    """
    before = case.the("notice.published")
    for leaf in case.of("notice.amended"):
        close = before["entry_close"]
        if leaf["entry_close"] < close:
            raise Fault(
                "amendment.earlier",
                rule=7,
                where=leaf.where,
                key="entry_close",
                old=close,
                new=leaf["entry_close"],
            )
        closed = [each.index for each in case.of("entries.closed")]
        is_in_place = before.index < leaf.index < min(closed, default=leaf.index + 1)
        if leaf["at"] >= close or not is_in_place:
            raise Fault("amendment.late", rule=7, where=leaf.where, at=leaf["at"], close=close)
        for key in sorted({*leaf.value, *before.value} - {*MOVES}):
            if leaf.value.get(key) != before.value.get(key):
                raise Fault("amendment.terms", rule=7, where=leaf.where, key=key)
        _amended_in_sight(case, leaf, before)
        before = leaf


def _plan(notice: Leaf) -> Any:
    names = [(source["id"], source["kind"]) for source in notice["sources"]]
    fixed = [notice.value.get(key) for key in ("project", "predecessor", "fallback")]
    return names, fixed


def _auction(notice: Leaf) -> Any:
    """What stays of an auction: everything but its instants, which move with the close, and their
    distances.
    """
    said = dict(notice.value.get("auction", {}))
    start = said.pop("start", 0)
    for key in ("first_end", "hard_stop"):
        if key in said:
            said[key] -= start
    return said


def _amended_in_sight(case: Case, leaf: Leaf, before: Leaf) -> None:
    """A changed text that entrants had not seen is listed; since `/2` a witness saw the amendment
    before the close that it moves.
    """
    entered = min((entry.index for entry in case.of("entry.received")), default=leaf.index)
    if entered < leaf.index and leaf["notice_sha256"] != before["notice_sha256"]:
        case.mark("amendment.text", 7, leaf.where)
    if not case.is_second or not case.views:  # of leaves alone nobody knows who saw what
        return
    seen = case.seen_at(leaf.index)
    if seen is None or seen >= before["entry_close"]:
        raise Fault(
            "amendment.unseen", rule=7, where=leaf.where, close=before["entry_close"], seen=seen
        )
